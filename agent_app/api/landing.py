"""The door at which the browser comes back: a listener on 127.0.0.1 for one sign-in.

It takes only its own path with the right state. A browser that comes is held until its answer is
known, so that its last page says what became of the sign-in.
"""

import asyncio
import html
import secrets
from collections.abc import Sequence
from types import TracebackType
from urllib.parse import parse_qs, urlsplit

PATH = "/callback"

_MOST_LINE = 8192
_READ_S = 10.0
_LEAVE_S = 2.0
"""How long a browser may take to read its last page before the door is shut (seconds)."""


class Visit:
    """A browser that came back, with what it brought."""

    def __init__(self, values: dict[str, str], reader: asyncio.StreamReader) -> None:
        self.values = values
        self._reader = reader
        self._answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    @property
    def is_gone(self) -> bool:
        """Whether the browser did not wait for its answer."""
        return self._reader.at_eof()

    def show(self, paragraphs: Sequence[str]) -> None:
        """End with a page of plain text."""
        self._settle(page(200, paragraphs))

    def send_on(self, address: str) -> None:
        """Send the browser to another address."""
        self._settle(
            f"HTTP/1.1 303 See Other\r\nLocation: {address}\r\nCache-Control: no-store\r\n"
            "Content-Length: 0\r\nConnection: close\r\n\r\n".encode()
        )

    def _settle(self, answer: bytes) -> None:
        if not self._answer.done():
            self._answer.set_result(answer)

    async def answer(self) -> bytes:
        """Return what the browser is told, as soon as it is known; a page that is loaded again too."""
        return await asyncio.shield(self._answer)


class Landing:
    """`async with` listens. `expect` names the state that is waited for next."""

    def __init__(self) -> None:
        self._server: asyncio.Server | None = None
        self._visits: dict[str, asyncio.Future[Visit]] = {}
        self._held: set[asyncio.Task[None]] = set()
        self._talks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> "Landing":
        # Listens only once it is in our hands: given up between the two, asyncio would leave it open.
        self._server = await asyncio.start_server(
            self._serve, "127.0.0.1", 0, limit=_MOST_LINE, start_serving=False
        )
        try:
            await self._server.start_serving()
        except BaseException:
            self._server.close()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._server is not None
        self._server.close()
        try:
            if self._held and kind is not asyncio.CancelledError:
                await asyncio.wait(self._held, timeout=_LEAVE_S)
        finally:
            for talk in self._talks:
                talk.cancel()

    @property
    def address(self) -> str:
        """Where the browser is to come back to."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}{PATH}"

    def expect(self, state: str) -> "asyncio.Future[Visit]":
        """Return the visit that brings this state."""
        visit: asyncio.Future[Visit] = asyncio.get_running_loop().create_future()
        self._visits[state] = visit
        return visit

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = asyncio.current_task()
        assert talk is not None
        self._talks.add(talk)
        try:
            async with asyncio.timeout(_READ_S):
                line = await reader.readline()
                while (await reader.readline()).strip():
                    pass
            expected, values = self._expected(line)
            if expected is None:
                writer.write(page(404, ["Not found"]))
            else:
                self._held.add(talk)
                if not expected.done():
                    expected.set_result(Visit(values, reader))
                writer.write(await expected.result().answer())
            await writer.drain()
        except (TimeoutError, ValueError, OSError):
            pass  # not our browser, or one that gave up: the sign-in goes on waiting
        except asyncio.CancelledError:
            pass  # the door is shut
        finally:
            writer.close()
            self._held.discard(talk)
            self._talks.discard(talk)

    def _expected(self, line: bytes) -> "tuple[asyncio.Future[Visit] | None, dict[str, str]]":
        """Whose visit a request is, if it is for our path with a state of ours; and its values."""
        parts = line.decode("latin-1").split(" ")
        if len(parts) != 3 or parts[0] != "GET":
            return None, {}
        target = urlsplit(parts[1])
        values = {name: found[-1] for name, found in parse_qs(target.query).items()}
        given = values.get("state", "").encode()
        for state, visit in self._visits.items():
            if target.path == PATH and secrets.compare_digest(given, state.encode()):
                return (None if visit.cancelled() else visit), values
        return None, {}


def page(code: int, paragraphs: Sequence[str]) -> bytes:
    """Return a reply that shows *paragraphs* as plain text."""
    lines = "".join(f"<p>{html.escape(words)}</p>" for words in paragraphs if words)
    body = (
        "<!doctype html><meta charset=utf-8><title>Followup Desk</title>"
        "<meta name=viewport content='width=device-width'>"
        "<meta name=color-scheme content='light dark'>"
        "<style>body{font:18px/1.5 sans-serif;margin:4em auto;max-width:32em;padding:0 1em;"
        "text-align:center}p+p{font-size:14px;opacity:.75;overflow-wrap:anywhere}</style>"
        f"{lines}"
    ).encode()
    head = (
        f"HTTP/1.1 {code} {'OK' if code == 200 else 'Not Found'}\r\n"
        "Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n"
        "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body
