"""The desk: builds and wires an account's store, models, widgets and sync, and takes them apart."""

import asyncio
import logging
import os
from collections.abc import Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, QLocale, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from agent_app.commands import Commands
from agent_app.domain.errors import (
    StoreError,
    StoreLocked,
    Unreachable,
    WorldError,
)
from agent_app.domain.settings import Settings
from agent_app.models.followup_table import FollowupTable
from agent_app.models.sync_status import SyncStatus
from agent_app.models.view_counts import ViewCounts
from agent_app.models.words import error_words
from agent_app.store.database import Key
from agent_app.store.rescue import Rescued, is_sound, mark_damaged, open_or_rescue
from agent_app.store.store import Store
from agent_app.sync.state import connection_of
from agent_app.system.account import Account, StorePlace, Way, store_place
from agent_app.system.paths import resources
from agent_app.system.sandbox_process import SandboxAddress, SandboxProcess
from agent_app.system.secrets import Keyring, KeyringUnavailable, TokenVault
from agent_app.system.zone import local_zone
from agent_app.ui.followups.list_panel import ListPanel
from agent_app.ui.main_window import MainWindow
from agent_app.ui.shared.painted import Painted
from agent_app.ui.signin.passphrase_dialog import PassphraseDialog
from agent_app.ui.theme import Theme

if TYPE_CHECKING:
    from agent_app.api.tokens import Grant, Token
    from agent_app.models.edit_session import EditSession
    from agent_app.preferring import Preferring
    from agent_app.signing_in import SigningIn
    from agent_app.sync.engine import Engine
    from agent_app.system.notifier import Notifier
    from agent_app.system.wakefulness import Wakefulness
    from agent_app.ui.signin.signin_page import SignInPage
    from agent_app.workplace import Workplace

log = logging.getLogger(__name__)
translate = QCoreApplication.translate

PAINT_PATIENCE_S = 1.0
QUIT_PATIENCE_S = 2.0
CHECK_AFTER_S = 20.0
"""The store is read through this long after the start, when the window is at rest."""


def utc_now() -> datetime:
    """The clock of a real run."""
    return datetime.now(UTC)


class Desktop:
    """The window and the account that it shows."""

    def __init__(
        self, app: QApplication, folder: Path, settings: Settings, *, sandbox_followups: int = 500
    ) -> None:
        self._folder = folder
        self._sandbox_followups = sandbox_followups
        self._zone = local_zone()
        self._keyring = Keyring()
        self._theme = Theme(app, resources(), settings.theme)
        self.status = SyncStatus(self._zone)
        keep = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.window = MainWindow(self._theme, self.status, keep)
        self.closed = asyncio.Event()
        self.account: Account | None = None
        self.store: Store | None = None
        self.session: EditSession | None = None
        self.engine: Engine | None = None
        self._commands: Commands | None = None
        self._parts: list[FollowupTable | ViewCounts] = []
        self._sandbox: SandboxProcess | None = None
        self._wakefulness: Wakefulness | None = None
        self._vault: TokenVault | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._signing_in: SigningIn | None = None
        self._stopped = False
        self._rescuing = False
        self._check: asyncio.Future[bool] | None = None
        self._starting = asyncio.Lock()
        self._passphrase = ""
        self._carried: dict[str, list[dict[str, Any]]] = {}
        self.place: Workplace | None = None
        self.notifier: Notifier | None = None
        self._preferring: Preferring | None = None
        self._settings = settings
        self._wire()

    @property
    def settings(self) -> Settings:
        """The settings as they are now."""
        return self._preferring.settings if self._preferring is not None else self._settings

    def _wire(self) -> None:
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.applicationStateChanged.connect(self._on_application_state)
        window = self.window
        window.closing.connect(self.closed.set)
        window.refresh.connect(self._refresh)
        window.loading_given_up.connect(self._give_up_loading)
        window.sign_in_wanted.connect(self._on_sign_in_wanted)
        window.sign_out_wanted.connect(lambda: self._do(self._sign_out()))
        window.sandbox_wanted.connect(lambda: self._do(self._use_sandbox()))
        window.sign_in_page_made.connect(self._on_sign_in_page)

    def _on_application_state(self, state: Qt.ApplicationState) -> None:
        """Leaving the window (also for the lock screen) keeps what was typed; coming back looks."""
        if self.session is None or self._commands is None:
            return
        self._commands.looked_at(state == Qt.ApplicationState.ApplicationActive)
        if state == Qt.ApplicationState.ApplicationActive:
            if self.session.followup_id:
                self._commands.returned(self.session.followup_id)
        else:
            self.session.keep_draft()

    def _give_up_loading(self) -> None:
        if self._commands is not None:
            self._commands.give_up_loading()

    def _refresh(self) -> None:
        if self._commands is not None:
            self._commands.refresh()

    # -- an account comes and goes

    async def start(self, account: Account, first: "Token | None" = None) -> None:
        """Show *account*: its store at once, its server as soon as it answers."""
        async with self._starting:  # two starts at once would leave one running unseen
            await self._start(account, first)

    async def _start(self, account: Account, first: "Token | None") -> None:
        await self._stop_account()
        self.account = account
        if account.way is Way.SANDBOX:
            self._sandbox = SandboxProcess(
                "--followups",
                str(self._sandbox_followups),
                data=self._folder / "sandbox.sqlite3",
            )
        try:
            place = await self._find_store(account)
            key = Key(place.raw_key, place.passphrase) if place.file else None
            self.store, rescued = open_or_rescue(place.file, key)
        except StoreError as error:
            self.window.show_waiting(self._words(error))
            if isinstance(error, StoreLocked) and await self._has_no_keyring():
                self._ask_passphrase(account, new=False, wrong=bool(self._passphrase))
            return
        carried, self._carried = self._carried, {}
        for table, rows in carried.items():
            self.store.bring_back(table, rows)
        try:
            self._build_list(self.store, account)
            if rescued is not None:
                self._say_rescued(rescued)
            await self._painted()
            self._build_place(self.store)
        except StoreLocked:
            # It was opened with this key a moment ago: a page that the first screen needs is damaged.
            self._on_store_trouble()
            return
        await self._connect(account, first)
        if place.file is not None and key is not None:
            self._do(self._check_store(place.file, key))

    def _say_rescued(self, rescued: Rescued) -> None:
        self.window.notice.say(
            translate(
                "Desktop",
                "The local data was damaged. It was set aside as {file}; {edits} unsent changes and"
                " {drafts} drafts were brought over, the list is read from the server again.",
            ).format(
                file=rescued.aside.name,
                edits=rescued.rows.get("outbox", 0),
                drafts=rescued.rows.get("draft", 0),
            ),
            tone="warning",
        )

    async def _check_store(self, file: Path, key: Key) -> None:
        """Read the whole file once, in a thread; damage found so is not met in mid-work later."""
        await asyncio.sleep(CHECK_AFTER_S)
        self._check = asyncio.ensure_future(asyncio.to_thread(is_sound, file, key))
        try:
            sound = await asyncio.shield(self._check)
        except StoreError:
            return
        if not sound:
            self._on_store_trouble()

    async def _rescue_store(self) -> None:
        """The open file is damaged: close it, and start this account again on what is left."""
        account = self.account
        if account is None or self.store is None or self.store.path is None:
            return
        log.error("the store is damaged")
        if self._check is not None and not self._check.done():
            # SQLite removes a log by its name when its last reader goes: a check that is still
            # reading the old file would take the new one's log away.
            await asyncio.wait({self._check})
        path = self.store.path
        mark_damaged(path)
        await self.start(account)
        self._rescuing = False

    def _on_store_trouble(self) -> None:
        if self.store is not None and self.store.on_disk and not self._rescuing:
            self._rescuing = True
            self._do(self._rescue_store())

    async def _find_store(self, account: Account) -> StorePlace:
        if account.way is Way.SANDBOX:
            return store_place(account, self._folder, self._keyring)
        self.window.show_waiting(translate("Desktop", "Opening your followups…"))
        # A locked keyring asks its owner, who may take a while: not on the window's thread.
        given = {"AGENT_APP_STORE_PASSPHRASE": self._passphrase} if self._passphrase else os.environ
        return await asyncio.to_thread(
            store_place, account, self._folder, self._keyring, dict(given)
        )

    async def _restart_with_what_is_in_memory(self, account: Account) -> None:
        """Open the store on disk; what was typed and saved without one goes along."""
        rows: dict[str, list[dict[str, Any]]] = {}
        if self.store is not None and self.session is not None:
            self.session.keep_draft()
            rows = {table: self.store.rows_of(table) for table in ("followup", "draft", "outbox")}
        self._carried = rows
        await self.start(account)

    async def _has_no_keyring(self) -> bool:
        try:
            await asyncio.to_thread(self._keyring.get, "is there one")
        except KeyringUnavailable:
            return True
        return False

    def _ask_passphrase(self, account: Account, *, new: bool, wrong: bool = False) -> None:
        """Without a keyring: have the person guard the local data with a passphrase."""
        dialog = PassphraseDialog(self.window, new=new, wrong=wrong)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def on_given(passphrase: str) -> None:
            self._passphrase = passphrase
            self._do(self._restart_with_what_is_in_memory(account))

        dialog.given.connect(on_given)
        dialog.open()

    def _build_list(self, store: Store, account: Account) -> None:
        """What the first paint needs."""
        commands = Commands(store, utc_now)
        table = FollowupTable(store, utc_now, self._zone)
        counts = ViewCounts(store, utc_now, self._zone)
        panel = ListPanel(table, counts, self._theme, utc_now, self._zone)
        self._commands = commands
        self.window.kept_on_disk = store.on_disk
        self._parts = [table, counts]
        self.window.show_list(panel, self._where(account))
        if not store.on_disk:
            self.window.notice.say(
                translate(
                    "Desktop",
                    "There is no keyring on this computer, so nothing is written to disk: what is"
                    " not sent is lost when the program ends. A passphrase of yours changes that.",
                ),
                tone="warning",
                action=translate("Desktop", "Choose a passphrase…"),
                act=lambda: self._ask_passphrase(account, new=True),
            )
        else:
            self.window.notice.say("")

    def _build_place(self, store: Store) -> None:
        """The form's half, after the first paint."""
        from agent_app.preferring import Preferring
        from agent_app.system.notifier import Notifier
        from agent_app.workplace import Workplace

        panel, commands = self.window.list_panel, self._commands
        assert panel is not None
        assert commands is not None
        if self._preferring is None:
            self._preferring = Preferring(
                self.window, self._theme, self._folder, resources(), self._settings
            )
            self.notifier = Notifier(resources() / "icons" / "followup-desk.svg", "Followup Desk")
        assert self.notifier is not None
        self.place = Workplace(
            self.window,
            panel,
            store,
            commands,
            self.status,
            self._theme,
            self._zone,
            utc_now,
            self._preferring,
            self.notifier,
            self._words,
            self._do,
        )
        self.session = self.place.session

    def take_pop(self, values: object) -> None:
        """Loose values from the local socket: another program wants a followup opened."""
        if self.place is not None and isinstance(values, dict):
            self.place.screen_pop.take(values)

    def open_outcomes(self) -> None:
        """Open the supervisors' view as soon as the token says whether it may be."""
        if self.status.state.scopes is not None:
            self.window.outcomes_wanted.emit()
            return

        def look() -> None:
            if self.status.state.scopes is not None:
                self.status.changed.disconnect(look)
                self.window.outcomes_wanted.emit()

        self.status.changed.connect(look)

    def _where(self, account: Account) -> str:
        if account.way is Way.SANDBOX:
            return translate("Desktop", "Sandbox (made-up data)")
        return urlsplit(account.server).hostname or account.server

    async def _painted(self) -> None:
        """Wait until the list was painted: what it does not need is imported after it."""
        panel = self.window.list_panel
        if panel is None or not self.window.isVisible():
            return
        seen = Painted(panel.view.viewport())
        try:
            async with asyncio.timeout(PAINT_PATIENCE_S):
                await seen.painted.wait()
        except TimeoutError:
            log.info("the window was not painted in %.0f s", PAINT_PATIENCE_S)
        finally:
            seen.end()

    async def _connect(self, account: Account, first: "Token | None") -> None:
        from agent_app.api.client import Client
        from agent_app.api.transport import Transport
        from agent_app.sync.engine import Engine

        assert self.store is not None and self._commands is not None
        try:
            server, grant = await self._grant(account, first)
            client = Client(Transport(server), grant)
        except WorldError as error:
            self.status.fail(connection_of(error), error)
            return
        self.engine = Engine(client, self.store)
        self._commands.attach(self.engine)
        self.status.follow(self.engine.state)
        self.engine.start()
        self._watch_over_sleep()
        if self.session is not None and self.session.followup_id:
            self._commands.opened(self.session.followup_id)

    def _watch_over_sleep(self) -> None:
        if self._wakefulness is None:
            from agent_app.system.wakefulness import Wakefulness  # after the first paint

            self._wakefulness = Wakefulness()
            self._wakefulness.woke.connect(self._on_woke)

    def _on_woke(self) -> None:
        if self._commands is not None:
            self._commands.wake()
            if self.session is not None and self.session.followup_id:
                self._commands.returned(self.session.followup_id)

    async def sandbox_address(self) -> SandboxAddress:
        """Where the sandbox of this desk listens. Raises Unreachable if there is none."""
        if self._sandbox is None:
            raise Unreachable("this desk has no sandbox")
        return await self._sandbox.address()

    async def _grant(self, account: Account, first: "Token | None") -> "tuple[str, Grant]":
        from agent_app.api.tokens import ClientCredentials, SignedInByBrowser

        if self._sandbox is not None:
            at = await self._sandbox.address()
            return at.server, ClientCredentials(at.client_id, at.client_secret)
        if account.way is Way.ENVIRONMENT:
            return account.server, ClientCredentials(account.client_id, account.client_secret)
        self._vault = TokenVault(self._keyring, f"refresh/{account.name}")
        if first is not None and first.refresh:
            await self._vault.store(first.refresh)
            self._say_where_the_sign_in_lives()
        return account.server, SignedInByBrowser(account.client_id, self._vault, first)

    def _say_where_the_sign_in_lives(self) -> None:
        if self._vault is not None and not self._vault.in_keyring:
            self.window.statusBar().showMessage(
                translate("Desktop", "No keyring here: this sign-in lasts until you quit."), 15_000
            )

    async def _stop_account(self) -> None:
        if self.place is not None:
            self.place.close()
            self.place = self.session = None
        if self._commands is not None:
            self._commands.attach(None)
        self.status.follow(None)
        if self.engine is not None:
            try:
                async with asyncio.timeout(QUIT_PATIENCE_S):
                    await self.engine.stop()
            except TimeoutError:
                log.warning("the sync did not end in %.0f s", QUIT_PATIENCE_S)
            self.engine = None  # only now: whoever interrupts this stops it again
        for part in self._parts:
            part.close()
        self._parts = []
        if self.store is not None:
            self.store.close()
            self.store = None
        if self._sandbox is not None:
            self._sandbox.stop()
            self._sandbox = None

    async def stop(self) -> None:
        """End everything, in the order in which nothing is lost: the text first."""
        if self._stopped:
            return
        self._stopped = True
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.disconnect(self._on_application_state)
        if self._wakefulness is not None:
            self._wakefulness.close()
        if self.session is not None:
            self.session.keep_draft()
        self.window.hide()
        if self._signing_in is not None:
            await self._signing_in.close()
        if self.notifier is not None:
            await self.notifier.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._stop_account()
        self.window.deleteLater()

    # -- signing in and out

    def _on_sign_in_page(self, page: "SignInPage") -> None:
        from agent_app.signing_in import SigningIn

        self._signing_in = SigningIn(page, self._on_signed_in, self._words)
        page.sandbox.connect(lambda: self._do(self._use_sandbox()))
        page.back.connect(self.window.back_to_desk)

    def _on_sign_in_wanted(self) -> None:
        settings = self.settings
        self.window.show_sign_in(
            settings.server, settings.client_id, may_go_back=self.session is not None
        )
        known = bool(settings.server and settings.client_id)
        if known and self.account is not None and self.account.way is Way.BROWSER:
            assert self._signing_in is not None
            self._signing_in.begin(settings.server, settings.client_id)

    async def _on_signed_in(self, server: str, client_id: str, token: "Token") -> None:
        new = replace(self.settings, server=server, client_id=client_id)
        if self._preferring is not None:
            self._preferring.keep(new)
        self.window.activateWindow()
        await self.start(Account(Way.BROWSER, server, client_id), token)

    async def _sign_out(self) -> None:
        waiting = sum(self.store.outbox.counts()) if self.store is not None else 0
        on_disk = self.store is not None and self.store.on_disk
        if self.engine is not None:
            await self.engine.sign_out()
        await self._stop_account()
        settings = self.settings
        self.window.show_sign_in(settings.server, settings.client_id)
        if waiting and on_disk:
            words = self.status.kept_words(waiting)
            self.window.sign_in_page.banner.say(words)

    async def _use_sandbox(self) -> None:
        await self.start(Account(Way.SANDBOX))

    # -- small things

    def _words(self, error: Exception) -> str:
        return error_words(error, self._zone, QLocale(), None)

    def _do(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def on_mistake(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """A mistake of ours: logged without values, and the person is told once."""
        log.error("a mistake in the program: %s", kind.__name__, exc_info=(kind, error, trace))
        if isinstance(error, StoreLocked):
            self._on_store_trouble()  # it was open a moment ago: its key is right
        elif isinstance(error, Exception):
            self.window.notice.say(self._words(error), tone="error")

    def on_task_mistake(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """The same for a task that nobody waits for."""
        error = context.get("exception")
        if isinstance(error, Exception):
            self.on_mistake(type(error), error, error.__traceback__)
        else:
            log.error("the loop says: %s", context.get("message"))
