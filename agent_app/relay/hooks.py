"""The provider's webhooks: who sent them is checked, and of what they say only the id is
believed (CONTRACT, "Webhooks")."""

import hmac
import json
import logging
import socket
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

log = logging.getLogger(__name__)

PATH = "/webhooks"
SIGNATURE = "x-getbill-signature"
MOST_BODY = 1_000_000
MOST_ID = 400

Told = Callable[[str, str], None]
"""Hears of a followup ("followup") or debt ("debt") that has changed, by its id."""


def hooks_app(secret: bytes, told: Told) -> Starlette:
    """Return the application that receives them: it answers at once, and reads later."""

    async def receive(request: Request) -> Response:
        body = b""
        try:
            async for piece in request.stream():
                body += piece
                if len(body) > MOST_BODY:
                    return Response(status_code=413)
        except ClientDisconnect:
            return Response(status_code=400)
        said = request.headers.get(SIGNATURE, "")
        if not is_signed(secret, body, said):
            log.warning("a webhook whose signature is wrong was refused")
            return Response(status_code=401)
        what = changed_by(body)
        if what is not None:
            told(*what)
        return Response(status_code=204)

    return Starlette(routes=[Route(PATH, receive, methods=["POST"])])


def is_signed(secret: bytes, body: bytes, signature: str) -> bool:
    """Return whether *signature* is the hex HMAC-SHA256 of *body*."""
    ours = hmac.new(secret, body, sha256).hexdigest()
    return hmac.compare_digest(ours.encode(), signature.strip().lower().encode(errors="replace"))


def changed_by(body: bytes) -> tuple[str, str] | None:
    """Return what a webhook is about: "followup" or "debt", and its id; None for all else."""
    try:
        said: Any = json.loads(body)
        kind, _, _ = str(said["type"]).partition(".")
        data = said["data"]
        if kind in ("followup", "debt"):
            found = data["id"]
        elif kind in ("payment", "payment_plan"):
            kind, found = "debt", data["debt_id"]
        else:
            return None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    text = str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""
    return (kind, text) if 0 < len(text) <= MOST_ID else None


class HookServer:
    """Serves the application on an address of this computer, until `stop`."""

    def __init__(self, app: Starlette, host: str, port: int) -> None:
        """Raises OSError where the address is taken."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.socket(family, socket.SOCK_STREAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((host, port))
        self.port = int(self._socket.getsockname()[1])
        config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off")
        self._server = _Quiet(config)

    async def run(self) -> None:
        """Serve."""
        await self._server.serve(sockets=[self._socket])

    def stop(self) -> None:
        """End it."""
        self._server.should_exit = self._server.force_exit = True


class _Quiet(uvicorn.Server):
    """A server that leaves the process's signals to whoever runs it."""

    def install_signal_handlers(self) -> None:
        """Signals are the command's."""
