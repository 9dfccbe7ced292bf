"""Signing in with the browser, as the sign-in page shows it: begin, wait, give up."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from agent_app.domain.errors import BadSetting, Unreachable, WorldError
from agent_app.domain.network import Network
from agent_app.domain.server_address import checked_server
from agent_app.ui.signin.signin_page import SignInPage

if TYPE_CHECKING:
    from agent_app.api.tokens import Token
    from agent_app.api.transport import Transport

translate = QCoreApplication.translate


class SigningIn:
    """One sign-in at a time. *done* takes server, client id and the first token; *words* gives a
    sentence for an error."""

    def __init__(
        self,
        page: SignInPage,
        done: "Callable[[str, str, Token], Awaitable[None]]",
        words: Callable[[Exception], str],
        network: Network,
    ) -> None:
        self._page, self._done, self._words, self._network = page, done, words, network
        self._task: asyncio.Task[None] | None = None
        self._ending: set[asyncio.Task[None]] = set()  # given up, not yet at their end
        page.sign_in.connect(self.begin)
        page.cancelled.connect(self.cancel)

    def begin(self, address: str, client_id: str) -> None:
        """Begin anew."""
        self.cancel()
        self._task = asyncio.get_running_loop().create_task(self._sign_in(address, client_id))

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

    async def _sign_in(self, address: str, client_id: str) -> None:
        from agent_app.api.transport import Transport

        try:
            server = checked_server(address)
            if not client_id:
                raise BadSetting(translate("Desktop", "The client ID is missing."))
            transport = Transport(server, self._network)
        except BadSetting as error:
            self._page.banner.say(self._words(error), tone="error")
            return
        self._page.set_waiting(True)
        try:
            token = await _in_browser(transport, client_id)
        except WorldError as error:
            self._page.set_waiting(False)
            self._page.banner.say(sign_in_trouble(error, self._words), tone="error")
            return
        finally:
            await transport.aclose()
        self._page.banner.say("")
        await self._done(server, client_id, token)


def sign_in_trouble(error: WorldError, words: Callable[[Exception], str]) -> str:
    """A sentence about why nobody was signed in."""
    if isinstance(error, Unreachable) and str(error) == "no browser could be opened":
        return translate("Desktop", "No browser could be opened on this computer.")
    return words(error)


async def sign_in_again(server: str, client_id: str, network: Network) -> "Token":
    """A new first token for an account that is known. Raises WorldError."""
    from agent_app.api.transport import Transport

    transport = Transport(server, network)
    try:
        return await _in_browser(transport, client_id)
    finally:
        await transport.aclose()


async def _in_browser(transport: "Transport", client_id: str) -> "Token":
    from agent_app.api.browser import sign_in

    words = translate(
        "Desktop", "You are signed in. You can close this page and go back to the desk."
    )
    return await sign_in(transport, client_id, open_in_browser, words)


def open_in_browser(address: str) -> bool:
    """Open an address in the person's own browser; says whether one could be opened."""
    return bool(QDesktopServices.openUrl(QUrl(address)))
