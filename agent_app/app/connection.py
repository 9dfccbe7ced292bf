"""Connect an account with its server: a sandbox of its own, the way to a token, the sync engine."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from agent_app.app.local_data import Erased, erase
from agent_app.app.sandbox_process import SandboxAddress, SandboxProcess
from agent_app.config.account import Account, SignInMethod
from agent_app.domain.errors import ExternalError, Unreachable
from agent_app.domain.network import Network
from agent_app.domain.settings import Settings
from agent_app.domain.sync_state import connection_of
from agent_app.models.commands import Commands
from agent_app.models.sync_status import SyncStatus
from agent_app.store.store import Store
from agent_app.system.secrets import Keyring, TokenVault
from agent_app.ui.window.main_window import MainWindow

if TYPE_CHECKING:  # after the first paint
    from agent_app.api.browser import BrowserClient
    from agent_app.api.tokens import Grant, Token
    from agent_app.sync.engine import Engine

log = logging.getLogger(__name__)
translate = QCoreApplication.translate

PATIENCE_S = 12.0
"""How long the sync may take to end (seconds). A renewal of the token that is under way is waited
for: its answer takes the place of what it has spent."""


class AccountConnection:
    """The server of the account that is shown."""

    def __init__(
        self,
        window: MainWindow,
        status: SyncStatus,
        folder: Path,
        keyring: Keyring,
        settings: Callable[[], Settings],
        *,
        sandbox_followups: int,
    ) -> None:
        self._window, self._status, self._keyring = window, status, keyring
        self._settings = settings
        self._secrets: dict[str, TokenVault] = {}
        self._stops = 0
        self._folder, self._sandbox_followups = folder, sandbox_followups
        self._sandbox: SandboxProcess | None = None
        self.engine: Engine | None = None

    def begin(self, account: Account) -> None:
        """What takes a while is begun before the window needs it."""
        if account.way is SignInMethod.SANDBOX:
            self._sandbox = SandboxProcess(
                "--followups",
                str(self._sandbox_followups),
                data=self._folder / "sandbox.sqlite3",
            )

    async def connect(
        self,
        account: Account,
        store: Store,
        commands: Commands,
        network: Network,
        first: "Token | None",
    ) -> None:
        """Start the sync; what keeps it from starting is told to the window. *first* is the token of
        a sign-in that has just ended."""
        from agent_app.api.client import Client  # after the first paint
        from agent_app.api.transport import Transport
        from agent_app.sync.engine import Engine

        stops = self._stops
        try:
            server, grant = await self._grant(account, first)
            if stops != self._stops:
                return  # the person signed out while the keyring asked
            client = Client(Transport(server, network), grant)
        except ExternalError as error:
            if stops == self._stops:
                self._status.fail(connection_of(error), error)
            return
        self.engine = Engine(client, store, network=network, keep_days=self._keep_days)
        commands.attach(self.engine)
        self._status.follow(self.engine.state)
        store.outbox.retry_all()  # what waited for a sign-in, or for another network, leaves now
        self.engine.start()

    def _keep_days(self) -> int:
        return self._settings().keep_days

    async def _grant(self, account: Account, first: "Token | None") -> "tuple[str, Grant]":
        from agent_app.api.tokens import (  # after the first paint
            ClientCredentials,
            SignedInByBrowser,
        )

        if self._sandbox is not None:
            at = await self._sandbox.address()
            return at.server, ClientCredentials(at.client_id, at.client_secret)
        if account.way is SignInMethod.ENVIRONMENT:
            scopes = self._settings().scopes
            credentials = ClientCredentials(account.client_id, account.client_secret, scopes)
            return account.server, credentials
        vault = self._vault(account)
        if first is not None:
            await self._keep(vault, first)

        async def secret() -> str:
            return (await self.browser_client(account)).secret

        return account.server, SignedInByBrowser(account.client_id, vault, first, secret)

    def _vault(self, account: Account) -> TokenVault:
        return TokenVault(self._keyring, f"refresh/{account.name}")

    async def _keep(self, vault: TokenVault, first: "Token") -> None:
        """Keep what a sign-in brought for the next hours, or say how long it lasts."""
        if not first.refresh:
            await vault.forget()  # one of an earlier sign-in is another person's, or spent
            minutes = max(1, round(first.life_s / 60))
            words = translate("Desktop", "This server asks you to sign in again in {n} min.")
            self._window.statusBar().showMessage(words.format(n=minutes), 15_000)
            return
        await vault.store(first.refresh)
        if not vault.in_keyring:
            self._window.statusBar().showMessage(
                translate("Desktop", "No keyring here: this sign-in lasts until you quit."),
                15_000,
            )

    # -- the secret of the desk's own client, for servers that want one

    async def browser_client(self, account: Account) -> "BrowserClient":
        """Return who the desk is to the account's server: a secret is what was typed, or stands in the
        settings, or was kept."""
        from agent_app.api.browser import BrowserClient  # after the first paint

        secret = account.client_secret or await self._secret_vault(account).load() or ""
        return BrowserClient(account.client_id, secret, self._settings().scopes)

    async def keep_secret(self, account: Account) -> None:
        """Keep the secret that was typed, in the keyring alone."""
        await self._secret_vault(account).store(account.client_secret)

    def _secret_vault(self, account: Account) -> TokenVault:
        name = f"client-secret/{account.base.name}"  # it is the desk's own, whoever signs in
        return self._secrets.setdefault(name, TokenVault(self._keyring, name))

    async def sandbox_address(self) -> SandboxAddress:
        """Return where the sandbox of this desk listens. Raises Unreachable if there is none."""
        if self._sandbox is None:
            raise Unreachable("this desk has no sandbox")
        return await self._sandbox.address()

    def sign_out(self, account: Account | None) -> Coroutine[Any, Any, None]:
        """Forget the account's sign-in on this computer, also where no sync has come about."""
        self._stops += 1
        return self._sign_out(self.engine, account)

    async def _sign_out(self, engine: "Engine | None", account: Account | None) -> None:
        if engine is not None:
            await engine.sign_out()
        elif account is not None and account.way is SignInMethod.BROWSER:
            await self._vault(account).forget()

    async def erase(self, account: Account) -> Erased:
        """Remove all that the account has on this computer; its store must be closed."""
        return await asyncio.to_thread(erase, account.name, self._folder, self._keyring)

    async def stop(self) -> None:
        """End the sync, before the store that it writes into is closed."""
        self._stops += 1
        self._status.follow(None)
        if self.engine is not None:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    await self.engine.stop()
            except TimeoutError:
                log.warning("the sync did not end in %.0f s", PATIENCE_S)
            self.engine = None  # only now: whoever interrupts this stops it again

    def end_sandbox(self, *, ahead: bool = False) -> None:
        """End the sandbox; *ahead*: tell it to, and do not wait for it yet."""
        if self._sandbox is None:
            return
        if ahead:
            self._sandbox.begin_to_stop()  # its end takes longer than ours
            return
        self._sandbox.stop()
        self._sandbox = None
