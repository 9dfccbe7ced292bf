"""Signing in and out: which account a sign-in makes, and what is kept of it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from agent_app.app.connection import AccountConnection
from agent_app.config.account import Account, SignInMethod
from agent_app.features.context import AppContext

if TYPE_CHECKING:
    from agent_app.api.browser import BrowserClient
    from agent_app.api.tokens import Token
    from agent_app.features.sign_in import SignIn
    from agent_app.ui.signin.signin_page import SignInPage


class SignIns(QObject):
    """Serves one window. *account* gives the account that is shown, *start* shows another one."""

    def __init__(
        self,
        context: AppContext,
        connection: AccountConnection,
        account: Callable[[], Account | None],
        start: "Callable[[Account, Token | None], Awaitable[None]]",
        use_sandbox: Callable[[], object],
    ) -> None:
        super().__init__()
        self._context, self._connection = context, connection
        self._account, self._start, self._use_sandbox = account, start, use_sandbox
        self._sign_in: SignIn | None = None
        window = context.window
        window.sign_in_page_made.connect(self._on_page)
        window.sign_in_wanted.connect(self._on_wanted)

    async def close(self) -> None:
        """Give up a sign-in that is under way."""
        if self._sign_in is not None:
            await self._sign_in.close()

    def _on_page(self, page: "SignInPage") -> None:
        from agent_app.features.sign_in import SignIn  # after the first paint

        self._sign_in = SignIn(
            page,
            self._client_at,
            self._on_signed_in,
            self._context.describe_error,
            self._context.settings.network,
        )
        page.sandbox.connect(self._use_sandbox)
        page.back.connect(self._context.window.back_to_desk)

    def _on_wanted(self) -> None:
        settings, account = self._context.settings, self._account()
        window = self._context.window
        window.show_sign_in(
            settings.server, settings.client_id, may_go_back=window.editor is not None
        )
        known = bool(settings.server and settings.client_id)
        if known and account is not None and account.way is SignInMethod.BROWSER:
            assert self._sign_in is not None
            self._sign_in.begin(settings.server, settings.client_id)

    def _browser_account(self, server: str, client_id: str, secret: str) -> Account:
        """Return the account of a sign-in; a secret that is not typed may stand in the settings."""
        settings = self._context.settings
        known = (settings.server.rstrip("/"), settings.client_id)
        if not secret and (server, client_id) == known:
            secret = settings.client_secret
        return Account(SignInMethod.BROWSER, server, client_id, secret)

    async def _client_at(self, server: str, client_id: str, secret: str) -> "BrowserClient":
        account = self._browser_account(server, client_id, secret)
        return await self._connection.browser_client(account)

    async def _on_signed_in(self, server: str, client_id: str, secret: str, token: "Token") -> None:
        preferences, window = self._context.preferences, self._context.window
        preferences.keep(replace(preferences.settings, server=server, client_id=client_id))
        window.activateWindow()
        account = self._browser_account(server, client_id, secret)
        if secret:
            await self._connection.keep_secret(account)
            window.sign_in_page.forget_secret()
        await self._start(account, token)
