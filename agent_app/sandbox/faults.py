"""Trouble on demand: slow, broken, lying or silent replies for chosen requests.

A fault is written `METHOD PATH KIND[=VALUE] [NAME=VALUE …]`, for example
`PUT */followups/* status=503 count=2` or `GET * delay=2`. METHOD may be `*`, PATH is a glob.
KINDS below says what there is; `count` is how often it strikes (0: for ever), `skip` how many
matching requests pass first. A request with the header `X-Sandbox-Calm: 1` is spared.
"""

import asyncio
import fnmatch
import functools
import gzip
import json
import random
import shlex
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agent_app.sandbox.delays import delay_of
from agent_app.sandbox.records import Records

KINDS = {
    "delay": "seconds to wait before the request is carried out: `2`, `0.05..2`, `lognormal:0.2:0.8`",
    "late": "seconds to wait with the answer once the request was carried out",
    "drop": "`before` or `after` the request is carried out, the connection is reset",
    "status": "answer this code instead; `details` is JSON, `retry_after` goes into a 429's details",
    "truncate": "half of the JSON, as if it were whole",
    "cut": "half of the body, then the connection breaks",
    "html": "a web page with 200",
    "empty": "no body",
    "redirect": "307 to this address",
    "big": "a JSON body of this many bytes",
    "bomb": "this many bytes of blanks, packed with gzip",
    "drip": "the body, a byte each this many seconds",
    "nulls": "every value but the ids is null",
    "wrong-types": "numbers for texts, texts for numbers",
    "unknown-enums": "a status and a type that nobody knows, and a key more",
    "missing-keys": "id and debt_id only",
    "bad-row": "the first row of a list is not an object",
    "wrong-id": "the reply speaks of another id",
    "old-values": "carried out, but the reply has the values from before",
    "moving": "carried out, and then a followup comes on top of the list",
}

_AS_JSON = [(b"content-type", b"application/json")]


@dataclass
class Fault:
    """One trouble, and for which requests."""

    method: str
    path: str
    kind: str
    value: Any = None
    count: int = 0
    skip: int = 0
    details: dict[str, Any] | None = None
    retry_after: Any = None
    message: str = ""
    struck: int = 0


def parse(text: str) -> Fault:
    """Return the fault that *text* describes. Raises ValueError with a sentence."""
    words = shlex.split(text)
    if len(words) < 3:
        raise ValueError(f"a fault is METHOD PATH KIND[=VALUE], not {text!r}")
    values = dict(word.partition("=")[::2] for word in words[3:])
    kind, _, value = words[2].partition("=")
    return make(
        {"method": words[0], "path": words[1], "kind": kind, "value": value or None, **values}
    )


def make(said: dict[str, Any]) -> Fault:
    """Return a fault of plain values. Raises ValueError with a sentence."""
    known = {
        "method",
        "path",
        "kind",
        "value",
        "count",
        "skip",
        "details",
        "retry_after",
        "message",
    }
    if unknown := said.keys() - known:
        raise ValueError(f"a fault has no {', '.join(sorted(unknown))}")
    if said.get("kind") not in KINDS:
        raise ValueError(f"a fault is one of: {', '.join(KINDS)}")
    details = said.get("details")
    if isinstance(details, str):
        details = json.loads(details)
    kind, value = said["kind"], said.get("value")
    if kind in ("status", "big", "bomb"):
        value = int(value or 500)
    elif kind == "delay":
        value = delay_of(str(value or 1))
    elif kind in ("late", "drip"):
        value = float(value or 1)
    elif kind == "drop" and value not in ("before", "after"):
        raise ValueError("drop is `before` or `after`")
    return Fault(
        method=str(said.get("method", "*")).upper(),
        path=str(said.get("path", "*")),
        kind=kind,
        value=value,
        count=int(said.get("count", 0)),
        skip=int(said.get("skip", 0)),
        details=details,
        retry_after=said.get("retry_after"),
        message=str(said.get("message", "")),
    )


@dataclass
class Faults:
    """An ASGI layer around *app* that makes the trouble. Faults of one request add up in order."""

    app: ASGIApp
    records: Records
    faults: list[Fault] = field(default_factory=list)
    rng: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        calm = (b"x-sandbox-calm", b"1") in scope.get("headers", ())
        if scope["type"] != "http" or calm or scope["path"].startswith("/sandbox/"):
            await self.app(scope, receive, send)
            return
        for fault in self._striking(scope["method"], scope["path"]):
            if fault.kind != "delay":
                await self._strike(fault, scope, receive, send)
                return
            await asyncio.sleep(fault.value.draw(self.rng))
        await self.app(scope, receive, send)

    def _striking(self, method: str, path: str) -> list[Fault]:
        striking: list[Fault] = []
        for fault in list(self.faults):
            if fault.method not in ("*", method) or not fnmatch.fnmatch(path, fault.path):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            fault.struck += 1
            striking.append(fault)
            if fault.count and fault.struck >= fault.count:
                self.faults.remove(fault)
            if fault.kind != "delay":
                break
        return striking

    async def _strike(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        if fault.kind == "drop" and fault.value == "before":
            _abort(send)
            return
        if fault.kind == "status":
            await _answer(send, fault.value, _envelope(fault), _AS_JSON)
            return
        if fault.kind == "redirect":
            await _answer(send, 307, b"", [(b"location", str(fault.value).encode())])
            return
        if fault.kind == "html":
            page = b"<!doctype html><title>Welcome</title><h1>It works!</h1>"
            await _answer(send, 200, page, [(b"content-type", b"text/html")])
            return
        if fault.kind == "big":
            filler = b'{"error":false,"message":"' + b"x" * fault.value + b'"}'
            await _answer(send, 200, filler, _AS_JSON)
            return
        if fault.kind == "bomb":
            await _answer(send, 200, _bomb(fault.value), [(b"content-encoding", b"gzip")])
            return
        before = self.records.followup(scope["path"].rpartition("/")[2])
        code, headers, body = await _carried_out(self.app, scope, receive)
        if fault.kind == "old-values":
            await _answer(send, code, _with_old(body, before), headers)
        elif fault.kind == "moving":
            await _answer(send, code, body, headers)
            self._add_one()
        elif fault.kind == "late":
            await asyncio.sleep(fault.value)
            await _answer(send, code, body, headers)
        elif fault.kind == "drop":
            _abort(send)
        elif fault.kind == "drip":
            await _drip(send, code, body, fault.value)
        elif fault.kind == "cut":
            await _answer(send, code, body[: len(body) // 2], headers, claimed=len(body))
            _abort(send)
        elif fault.kind == "truncate":
            await _answer(send, code, body[: len(body) // 2], headers)
        elif fault.kind == "empty":
            await _answer(send, code, b"", headers)
        else:
            await _answer(send, code, _changed(body, fault.kind), headers)

    def _add_one(self) -> None:
        """A followup more of some debt, on top of the list."""
        debts, _total = self.records.debts(0, 1)
        for debt in debts:
            self.records.create({"debt_id": debt["id"], "type": "call", "status": "scheduled"})


def _with_old(body: bytes, before: dict[str, Any] | None) -> bytes:
    """Return the reply with the values from before, as far as it has any."""
    reply = json.loads(body)
    data = reply.get("data")
    if before is not None and isinstance(data, dict):
        reply["data"] = {name: before.get(name, value) for name, value in data.items()}
    return json.dumps(reply).encode()


def _envelope(fault: Fault) -> bytes:
    content: dict[str, Any] = {
        "error": True,
        "message": fault.message or f"Fault {fault.value}",
        "code": fault.value,
    }
    if fault.details is not None:
        content["details"] = fault.details
    elif fault.retry_after is not None:
        content["details"] = {"retry_after": _number(fault.retry_after), "limit": 1000}
    return json.dumps(content).encode()


def _number(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value


@functools.lru_cache(maxsize=4)
def _bomb(size: int) -> bytes:
    """Packing it takes a second or more, in which the sandbox answers nobody: once will do."""
    return gzip.compress(b" " * size, 1)


async def _carried_out(
    app: ASGIApp, scope: Scope, receive: Receive
) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    code, headers, body = 500, [], bytearray()

    async def collect(message: Message) -> None:
        nonlocal code, headers
        if message["type"] == "http.response.start":
            code, headers = message["status"], list(message.get("headers", []))
        elif message["type"] == "http.response.body":
            body.extend(message.get("body", b""))

    await app(scope, receive, collect)
    return code, [pair for pair in headers if pair[0] != b"content-length"], bytes(body)


async def _answer(
    send: Send,
    code: int,
    body: bytes,
    headers: list[tuple[bytes, bytes]],
    *,
    claimed: int | None = None,
) -> None:
    length = str(len(body) if claimed is None else claimed).encode()
    start = {"type": "http.response.start", "status": code}
    await send({**start, "headers": [*headers, (b"content-length", length)]})
    await send({"type": "http.response.body", "body": body, "more_body": claimed is not None})


async def _drip(send: Send, code: int, body: bytes, seconds: float) -> None:
    await send({"type": "http.response.start", "status": code, "headers": _AS_JSON})
    for place in range(len(body)):
        await asyncio.sleep(seconds)
        await send(
            {"type": "http.response.body", "body": body[place : place + 1], "more_body": True}
        )
    await send({"type": "http.response.body", "body": b""})


def _abort(send: Send) -> None:
    """Reset the connection. ASGI has no word for it: uvicorn's `send` belongs to an object that
    holds the connection."""
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        raise RuntimeError("this server cannot reset a connection")
    transport.abort()


def _changed(body: bytes, kind: str) -> bytes:
    reply = json.loads(body)
    data = reply.get("data")
    change: Callable[[dict[str, Any]], Any] = {
        "nulls": lambda row: {**dict.fromkeys(row), "id": row["id"], "debt_id": row.get("debt_id")},
        "wrong-types": lambda row: {
            name: value if name in ("id", "debt_id") else 7 if isinstance(value, str) else "seven"
            for name, value in row.items()
        },
        "unknown-enums": lambda row: {
            **row,
            "status": "abducted",
            "type": "telegram",
            "mood": {"today": "fine"},
        },
        "missing-keys": lambda row: {k: row[k] for k in ("id", "debt_id") if k in row},
        "bad-row": lambda row: row,
        "wrong-id": lambda row: {**row, "id": "somebody-else"},
    }[kind]
    if isinstance(data, list):
        reply["data"] = [change(row) for row in data]
        if kind == "bad-row" and data:
            reply["data"][0] = 42
    elif isinstance(data, dict):
        reply["data"] = 42 if kind == "bad-row" else change(data)
    return json.dumps(reply).encode()
