"""Signing in with the browser, as the sign-in page shows it: begin, wait, give up."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication

from agent_app.domain.errors import BadSetting, CredentialsRefused, ExternalError
from agent_app.domain.network import Network
from agent_app.domain.server_address import checked_server
from agent_app.system.web_browser import OpenedBrowser, open_in_browser
from agent_app.ui.signin.signin_page import SignInPage

if TYPE_CHECKING:
    from agent_app.api.browser import BrowserClient
    from agent_app.api.tokens import Token

log = logging.getLogger(__name__)
translate = QCoreApplication.translate

Words = Callable[[Exception], str]

LOOK_S = 0.2
"""Between two looks at whether the browser has opened (seconds)."""


class Waiting(Protocol):
    """A page on which a person waits for their browser."""

    def wait_for_browser(self, words: str, link: str, *, is_trouble: bool = False) -> None:
        """Say how it stands, and offer the link to copy."""
        ...


class SignIn:
    """One sign-in at a time. *client* gives the desk's own name and secret at a server, *done* takes
    server, client ID, the secret that was typed and the first token; *words* gives a sentence for
    an error."""

    def __init__(
        self,
        page: SignInPage,
        client: "Callable[[str, str, str], Awaitable[BrowserClient]]",
        done: "Callable[[str, str, str, Token], Awaitable[None]]",
        words: Words,
        network: Network,
        fresh: "Callable[[str, str], bool]" = lambda _server, _client_id: False,
    ) -> None:
        """*fresh* says whether who signs in at a server has to give their password."""
        self._fresh = fresh
        self._page, self._client, self._done, self._words = page, client, done, words
        self._network = network
        self._task: asyncio.Task[None] | None = None
        self._ending: set[asyncio.Task[None]] = set()  # given up, not yet at their end
        page.sign_in.connect(self.begin)
        page.cancelled.connect(self.cancel)

    def begin(self, address: str, client_id: str, secret: str = "") -> None:
        """Begin anew."""
        self.cancel()
        work = self._sign_in(address, client_id, secret)
        self._task = asyncio.get_running_loop().create_task(work)

    def cancel(self) -> None:
        """Give up waiting for the browser."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            self._ending.add(self._task)
            self._task.add_done_callback(self._ending.discard)
            self._page.set_waiting(False)
            self._page.banner.say("")

    async def close(self) -> None:
        """Give up and wait for the end, unless it is the sign-in itself that ends the desk."""
        task, self._task = self._task, None
        ending = set(self._ending)
        if task is not None and task is not asyncio.current_task():
            task.cancel()
            ending.add(task)
        await asyncio.gather(*ending, return_exceptions=True)

    async def _sign_in(self, address: str, client_id: str, secret: str) -> None:
        page = self._page
        try:
            server = checked_server(address)
            if not client_id:
                raise BadSetting(translate("Desktop", "The client ID is missing."))
            page.set_waiting(True)
            client = await self._client(server, client_id, secret)
            token = await sign_in_with(
                server,
                client,
                self._network,
                page,
                self._words,
                fresh=self._fresh(server, client_id),
            )
        except ExternalError as error:
            page.set_waiting(False)
            page.banner.say(sign_in_trouble(error, self._words), tone="error")
            return
        page.banner.say("")
        await self._done(server, client_id, secret, token)


async def sign_in_with(
    server: str,
    client: "BrowserClient",
    network: Network,
    page: Waiting,
    words: Words,
    *,
    fresh: bool = False,
) -> "Token":
    """Return a first token from *server*, by way of the person's browser. *fresh*: they are to give their
    password, whatever the browser remembers. Raises ExternalError."""
    from agent_app.api.browser import sign_in  # after the first paint
    from agent_app.api.transport import Transport

    transport = Transport(server, network)
    guide = _Guide(page, words)
    watch = asyncio.get_running_loop().create_task(guide.watch())
    try:
        return await sign_in(transport, client, guide, fresh=fresh)
    except ExternalError as error:
        log.warning("nobody was signed in: %s", error)
        raise
    finally:
        watch.cancel()
        await transport.aclose()


class _Guide:
    """Leads a person to their browser and on; see `api.browser.Guide`."""

    def __init__(self, page: Waiting, words: Words) -> None:
        self._page, self._words = page, words
        self._address = ""
        self._opened: OpenedBrowser | None = None

    def open(self, address: str) -> None:
        """Open an address in the browser; the link is offered from the start."""
        self._address = address
        self._opened = open_in_browser(address)
        words = translate("Desktop", "Waiting for your browser: sign in there, then come back.")
        self._page.wait_for_browser(words, address)
        self._look()

    def sent_on(self, address: str) -> None:
        """The server did not grant all that was asked for; the browser asks for less."""
        self._address = address
        words = translate(
            "Desktop",
            "The server does not grant all that was asked for. Your browser asks for less now: please"
            " go on there.",
        )
        self._page.wait_for_browser(words, address)

    def last_words(self, error: ExternalError | None) -> Sequence[str]:
        """Return what stands on the browser's last page."""
        if error is None:
            return [
                translate(
                    "Desktop", "You are signed in. You can close this page and go back to the desk."
                )
            ]
        back = translate("Desktop", "You can close this page and go back to the desk.")
        return [f"{sign_in_words(error, self._words)} {back}", server_words(error)]

    async def watch(self) -> None:
        """Say it as soon as the browser is known to have failed."""
        while True:
            await asyncio.sleep(LOOK_S)
            self._look()

    def _look(self) -> None:
        if self._opened is None or not self._opened.has_failed:
            return
        self._opened = None  # said once
        words = translate(
            "Desktop",
            "No browser opened. Copy this link into a browser on this computer and sign in there.",
        )
        self._page.wait_for_browser(words, self._address, is_trouble=True)


def sign_in_trouble(error: ExternalError, words: Words) -> str:
    """Why nobody was signed in, and on a line of its own what the server said of it."""
    return "\n".join(part for part in (sign_in_words(error, words), server_words(error)) if part)


def sign_in_words(error: ExternalError, words: Words) -> str:
    """A sentence about why nobody was signed in."""
    if isinstance(error, CredentialsRefused) and error.code == "invalid_grant":
        return translate(
            "Desktop", "The sign-in took too long, or was used before. Please try again."
        )
    return words(error)


def server_words(error: ExternalError) -> str:
    """Return what the server said to whoever looks after it, if it said something."""
    if not isinstance(error, CredentialsRefused) or error.code in ("", "access_denied"):
        return ""
    said = ": ".join(part for part in (error.code, error.description) if part)
    return translate("Desktop", "For your administrator: {said}").format(said=said)
