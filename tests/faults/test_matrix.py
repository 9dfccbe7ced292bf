"""Every fault times every operation: an error that has words, or success; and never a lost word.

The table is printed at the end. Canaries (a name, a phone, a note, a token) travel through all of
it and must turn up in no log and in no file outside the encrypted store.
"""

import asyncio
import contextlib
import logging
import socket
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QLocale

from agent_app.api.client import Client
from agent_app.api.tokens import ClientCredentials
from agent_app.api.transport import Transport
from agent_app.domain.errors import ExternalError
from agent_app.domain.patch import diff
from agent_app.system.logs import start_log
from agent_app.text.labels import error_words
from tests.sandbox import RunningSandbox
from tests.unit.sync.stories import desk_on
from tests.waiting import until

pytestmark = pytest.mark.anyio

CANARIES = [f"CANARY{number:02}" for number in range(50)]
DEADLINE_S = 0.8
SETTLED_S = 90

FAULTS: dict[str, dict[str, Any]] = {
    "slow": {"kind": "delay", "value": 3},
    "reset before": {"kind": "drop", "value": "before"},
    "reset after": {"kind": "drop", "value": "after"},
    "500": {"kind": "status", "value": 500},
    "502": {"kind": "status", "value": 502},
    "503": {"kind": "status", "value": 503},
    "504": {"kind": "status", "value": 504},
    "401 once": {"kind": "status", "value": 401, "count": 1},
    "401 for good": {"kind": "status", "value": 401},
    "403": {"kind": "status", "value": 403, "message": 'Required scope "x:y" not found in token'},
    "404": {"kind": "status", "value": 404},
    "400 details": {"kind": "status", "value": 400, "details": {"notes": ["CANARY00 is bad"]}},
    "422": {"kind": "status", "value": 422, "details": {"notes": "CANARY01 is bad"}},
    "429 with": {"kind": "status", "value": 429, "retry_after": 1800},
    "429 without": {"kind": "status", "value": 429},
    "truncated": {"kind": "truncate"},
    "cut": {"kind": "cut"},
    "html": {"kind": "html"},
    "empty": {"kind": "empty"},
    "wrong types": {"kind": "wrong-types"},
    "unknown enums": {"kind": "unknown-enums"},
    "missing keys": {"kind": "missing-keys"},
    "nulls": {"kind": "nulls"},
    "bad row": {"kind": "bad-row"},
    "wrong id": {"kind": "wrong-id"},
    "20 MB": {"kind": "big", "value": 20_000_000},
    "bomb": {"kind": "bomb", "value": 100_000_000},
    "drip": {"kind": "drip", "value": 1},
    "redirect": {"kind": "redirect", "value": "http://127.0.0.1:1/elsewhere"},
}
UNREACHABLE = {
    "refused": "http://127.0.0.1:{port}",
    "no such host": "https://desk.invalid",
    "no TLS": "https://127.0.0.1:{sandbox}",
}
OPERATIONS = ("list", "get", "update", "create", "token")
PATHS = {
    "list": "*/followups",
    "get": "*/followups/*",
    "update": "*/followups/*",
    "create": "*/followups",
    "token": "/token",
}
METHODS = {"list": "GET", "get": "GET", "update": "PUT", "create": "POST", "token": "POST"}

table: dict[tuple[str, str], str] = {}


@pytest.fixture(scope="module")
def whole() -> Iterator[RunningSandbox]:
    """A sandbox for the whole matrix, with canaries in it."""
    sandbox = RunningSandbox("--followups", "60")
    sandbox.set(reads=10**6, writes=10**6)
    rows = sandbox.api("GET", "/followups?limit=50")[1]["data"]
    for canary, row in zip(CANARIES, rows, strict=True):
        sandbox.put(row["id"], notes=f"{canary} note", phone_number_used=f"+33{canary}")
    yield sandbox
    sandbox.stop()


def operation(client: Client, name: str, row: dict[str, Any]) -> Awaitable[object]:
    calls: dict[str, Callable[[], Awaitable[object]]] = {
        "list": lambda: client.list_followups(1),
        "get": lambda: client.get_followup(row["id"]),
        "update": lambda: client.update_followup(row["id"], {"notes": "CANARY02 again"}),
        "create": lambda: client.create_followup(row["debt_id"], {"type": "call"}),
        "token": client.sign_in,
    }
    return calls[name]()


async def outcome(server: str, sandbox: RunningSandbox, name: str, row: dict[str, Any]) -> str:
    """What a person would be told, or "ok"; at most a few deadlines later."""
    began = time.monotonic()
    client = Client(
        Transport(server, deadline_s=DEADLINE_S),
        ClientCredentials(sandbox.client_id, sandbox.client_secret),
    )
    error: ExternalError | None = None
    try:
        await operation(client, name, row)
    except ExternalError as caught:
        error = caught
    finally:
        await client.aclose()
    assert time.monotonic() - began < 3 * DEADLINE_S + 1
    if error is None:
        return "ok"
    words = error_words(error, ZoneInfo("Europe/Paris"), QLocale("en_GB"), None)
    assert words
    assert words[-1] in ".!)" or words == getattr(error, "message", None)
    assert "CANARY" not in str(error)
    assert "Traceback" not in words
    return type(error).__name__


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("fault", FAULTS)
async def test_fault(
    whole: RunningSandbox, fault: str, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    row = whole.some(type="call")
    said = {"method": METHODS[name], "path": PATHS[name], **FAULTS[fault]}
    assert whole.ask("POST", "/sandbox/faults", said)[0] == 200
    try:
        table[fault, name] = await outcome(whole.server, whole, name, row)
    finally:
        whole.no_faults()
    assert "CANARY" not in caplog.text
    assert await outcome(whole.server, whole, name, row) == "ok"


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("fault", UNREACHABLE)
async def test_nobody_there(whole: RunningSandbox, fault: str, name: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = UNREACHABLE[fault].format(port=port, sandbox=whole.server.rsplit(":", 1)[1])
    row = {"id": "x", "debt_id": "y"}
    table[fault, name] = await outcome(server, whole, name, row)
    assert table[fault, name] in ("Unreachable", "NotTrusted")


NEED_A_PERSON = {"400 details", "403", "404", "422", "nulls", "wrong types"}
"""See the stories in unit/sync; a server that says null or 7 everywhere is a colleague who wrote it:
what is there is read before a save."""


@pytest.mark.parametrize("fault", [one for one in FAULTS if one not in NEED_A_PERSON])
async def test_a_saved_word_outlives_every_fault(
    whole: RunningSandbox, fault: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    start_log(tmp_path)
    row = whole.some(type="call")
    text = f"CANARY03 {fault} {time.time_ns()}"
    async with desk_on(whole, tmp_path / "x.store", running=False) as desk:
        for method in ("GET", "PUT"):
            # Two times each: what comes first may be a refresh, then the save's own try.
            said = {"count": 2, **FAULTS[fault], "method": method, "path": "*/followups*"}
            if FAULTS[fault]["kind"] == "delay":
                said["value"] = 0.3
            assert whole.ask("POST", "/sandbox/faults", said)[0] == 200
        desk.commands.save(diff(desk.followup(row["id"]), {"notes": text}))
        desk.start()
        assert desk.followup(row["id"]).notes == text

        assert desk.engine is not None
        # However slow the machine is: on and on until it has left, half an hour later each time.
        async with asyncio.timeout(SETTLED_S):
            while desk.store.outbox.counts()[0]:
                desk.clock.move(minutes=31)
                desk.engine.wake()
                with contextlib.suppress(AssertionError):
                    await until(lambda: not desk.store.outbox.counts()[0], deadline_s=1.5)
                if "for good" in fault or fault == "drip":
                    whole.no_faults()
        assert desk.store.outbox.counts() == (0, 0)
    whole.no_faults()
    assert whole.followup(row["id"])["notes"] == text
    assert "CANARY" not in caplog.text
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert b"CANARY" not in file.read_bytes(), file


def test_print_the_matrix(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [*FAULTS, *UNREACHABLE]
    assert len(table) == len(rows) * len(OPERATIONS), "run the whole file"
    with capsys.disabled():
        print(f"\n{'fault':<14}" + "".join(f"{name:<20}" for name in OPERATIONS))
        for fault in rows:
            cells = "".join(f"{table[fault, name]:<20}" for name in OPERATIONS)
            print(f"{fault:<14}{cells}")
