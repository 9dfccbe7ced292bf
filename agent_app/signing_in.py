"""Signing in with the browser, as the sign-in page shows it: begin, wait, give up."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from agent_app.domain.errors import BadSetting, Unreachable, WorldError
from agent_app.domain.server_address import checked_server
from agent_app.ui.signin.signin_page import SignInPage

if TYPE_CHECKING:
    from agent_app.api.tokens import Token

translate = QCoreApplication.translate


class SigningIn:
    """One sign-in at a time. *done* takes server, client id and the first token; *words* gives a
    sentence for an error."""

    def __init__(
        self,
        page: SignInPage,
        done: "Callable[[str, str, Token], Awaitable[None]]",
        words: Callable[[Exception], str],
    ) -> None:
        self._page, self._done, self._words = page, done, words
        self._task: asyncio.Task[None] | None = None
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
            self._page.set_waiting(False)
            self._page.banner.say("")

    async def close(self) -> None:
        """Give up and wait for the end, unless it is the sign-in itself that ends the desk."""
        task, self._task = self._task, None
        if task is not None and task is not asyncio.current_task():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _sign_in(self, address: str, client_id: str) -> None:
        from agent_app.api.browser import sign_in
        from agent_app.api.transport import Transport

        try:
            server = checked_server(address)
            if not client_id:
                raise BadSetting(translate("Desktop", "The client ID is missing."))
            transport = Transport(server)
        except BadSetting as error:
            self._page.banner.say(self._words(error), tone="error")
            return
        self._page.set_waiting(True)
        words = translate(
            "Desktop", "You are signed in. You can close this page and go back to the desk."
        )
        try:
            token = await sign_in(transport, client_id, open_in_browser, words)
        except WorldError as error:
            self._page.set_waiting(False)
            said = self._words(error)
            if isinstance(error, Unreachable) and str(error) == "no browser could be opened":
                said = translate("Desktop", "No browser could be opened on this computer.")
            self._page.banner.say(said, tone="error")
            return
        finally:
            await transport.aclose()
        self._page.banner.say("")
        await self._done(server, client_id, token)


def open_in_browser(address: str) -> bool:
    """Open an address in the person's own browser; says whether one could be opened."""
    return bool(QDesktopServices.openUrl(QUrl(address)))
