"""Connecting an account with its server: a sandbox of its own, the way to a token, the engine."""

import asyncio
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from agent_app.commands import Commands
from agent_app.domain.errors import Unreachable, WorldError
from agent_app.domain.network import Network
from agent_app.models.sync_status import SyncStatus
from agent_app.store.store import Store
from agent_app.sync.state import connection_of
from agent_app.system.account import Account, Way
from agent_app.system.sandbox_process import SandboxAddress, SandboxProcess
from agent_app.system.secrets import Keyring, TokenVault
from agent_app.ui.main_window import MainWindow

if TYPE_CHECKING:  # after the first paint
    from agent_app.api.tokens import Grant, Token
    from agent_app.sync.engine import Engine

log = logging.getLogger(__name__)
translate = QCoreApplication.translate

PATIENCE_S = 2.0
"""How long the sync may take to end (seconds)."""


class Connecting:
    """The server of the account that is shown."""

    def __init__(
        self,
        window: MainWindow,
        status: SyncStatus,
        folder: Path,
        keyring: Keyring,
        *,
        sandbox_followups: int,
    ) -> None:
        self._window, self._status, self._keyring = window, status, keyring
        self._folder, self._sandbox_followups = folder, sandbox_followups
        self._sandbox: SandboxProcess | None = None
        self.engine: Engine | None = None

    def begin(self, account: Account) -> None:
        """What takes a while is begun before the window needs it."""
        if account.way is Way.SANDBOX:
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
        from agent_app.api.client import Client
        from agent_app.api.transport import Transport
        from agent_app.sync.engine import Engine

        try:
            server, grant = await self._grant(account, first)
            client = Client(Transport(server, network), grant)
        except WorldError as error:
            self._status.fail(connection_of(error), error)
            return
        self.engine = Engine(client, store, network=network)
        commands.attach(self.engine)
        self._status.follow(self.engine.state)
        self.engine.start()

    async def _grant(self, account: Account, first: "Token | None") -> "tuple[str, Grant]":
        from agent_app.api.tokens import ClientCredentials, SignedInByBrowser

        if self._sandbox is not None:
            at = await self._sandbox.address()
            return at.server, ClientCredentials(at.client_id, at.client_secret)
        if account.way is Way.ENVIRONMENT:
            return account.server, ClientCredentials(account.client_id, account.client_secret)
        vault = TokenVault(self._keyring, f"refresh/{account.name}")
        if first is not None and first.refresh:
            await vault.store(first.refresh)
            if not vault.in_keyring:
                self._window.statusBar().showMessage(
                    translate("Desktop", "No keyring here: this sign-in lasts until you quit."),
                    15_000,
                )
        return account.server, SignedInByBrowser(account.client_id, vault, first)

    async def sandbox_address(self) -> SandboxAddress:
        """Where the sandbox of this desk listens. Raises Unreachable if there is none."""
        if self._sandbox is None:
            raise Unreachable("this desk has no sandbox")
        return await self._sandbox.address()

    async def sign_out(self) -> None:
        """Forget the sign-in on this computer."""
        if self.engine is not None:
            await self.engine.sign_out()

    async def stop(self) -> None:
        """End the sync, before the store that it writes into is closed."""
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
