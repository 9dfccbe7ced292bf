"""The desk: builds and wires an account's store, models, widgets and sync, and takes them apart."""

import asyncio
import logging
import random
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

from agent_app.app.connection import AccountConnection
from agent_app.app.sandbox_process import SandboxAddress
from agent_app.app.store_opener import StoreOpener
from agent_app.config.account import Account, SignInMethod
from agent_app.config.layers import Configuration
from agent_app.domain import mistakes
from agent_app.domain.errors import StoreLocked
from agent_app.domain.part import MAX_SHARE, Part
from agent_app.domain.settings import Settings
from agent_app.models.commands import Commands
from agent_app.models.followup_table import FollowupTable
from agent_app.models.queue import Queue
from agent_app.models.sync_status import SyncStatus
from agent_app.models.view_counts import ViewCounts
from agent_app.store.store import Store
from agent_app.system.paths import resources
from agent_app.system.secrets import Keyring
from agent_app.system.zone import local_zone
from agent_app.text.labels import error_words
from agent_app.ui.followups.list_panel import ListPanel
from agent_app.ui.widgets.painted import until_painted
from agent_app.ui.widgets.theme import Theme
from agent_app.ui.window.digit_keys import DigitKeys
from agent_app.ui.window.input_guard import InputGuard
from agent_app.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from agent_app.api.browser import BrowserClient
    from agent_app.api.tokens import Token
    from agent_app.app.account_scope import Workplace
    from agent_app.features.lock import WindowLock
    from agent_app.features.preferences import Preferences
    from agent_app.features.screen_pop import ScreenPops
    from agent_app.features.sign_in import SignIn
    from agent_app.features.support import SupportRequest
    from agent_app.models.edit_session import EditSession
    from agent_app.sync.engine import Engine
    from agent_app.system.notifier import Notifier
    from agent_app.system.wakefulness import Wakefulness
    from agent_app.ui.signin.signin_page import SignInPage

log = logging.getLogger(__name__)
translate = QCoreApplication.translate

PAINT_PATIENCE_S = 1.0
"""How long the first paint is waited for (seconds)."""


def utc_now() -> datetime:
    """The clock of a real run."""
    return datetime.now(UTC)


class Desktop:
    """The window and the account that it shows."""

    def __init__(
        self,
        app: QApplication,
        folder: Path,
        configuration: Configuration,
        *,
        sandbox_followups: int = 500,
    ) -> None:
        self._folder = folder
        self._zone = local_zone()
        self._keyring = Keyring()
        self._theme = Theme(app, resources(), configuration.settings.theme)
        self.status = SyncStatus(self._zone)
        keep = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.window = MainWindow(self._theme, self.status, keep)
        self._guard = InputGuard(DigitKeys(self.window))
        self.closed = asyncio.Event()
        self.account: Account | None = None
        self.session: EditSession | None = None
        self._store_opener = StoreOpener(
            self.window, folder, self._keyring, self._words, self._do, configuration.passphrase
        )
        self._connection = AccountConnection(
            self.window,
            self.status,
            folder,
            self._keyring,
            lambda: self.settings,
            sandbox_followups=sandbox_followups,
        )
        self._commands: Commands | None = None
        self._parts: list[FollowupTable | ViewCounts] = []
        self._wakefulness: Wakefulness | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._sign_in: SignIn | None = None
        self.lock: WindowLock | None = None
        self._support: SupportRequest | None = None
        self._stopped = False
        self._starting = asyncio.Lock()
        self._wanted = 0
        """Counts starts and sign-outs: what began before the last one gives way."""
        self.place: Workplace | None = None
        self._screen_pops: ScreenPops | None = None
        self.notifier: Notifier | None = None
        self._preferences: Preferences | None = None
        self._configuration = configuration
        self._queue = Queue(self._part, random.randint(0, MAX_SHARE))  # noqa: S311  (no secret)
        self._wire()

    @property
    def store(self) -> Store | None:
        """The open store."""
        return self._store_opener.store

    @property
    def engine(self) -> "Engine | None":
        """The sync, while there is one."""
        return self._connection.engine

    @property
    def settings(self) -> Settings:
        """The settings as they are now."""
        preferences = self._preferences
        return (preferences.configuration if preferences else self._configuration).settings

    def _part(self) -> Part | None:
        return Part.read(self.settings.part)

    def _wire(self) -> None:
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.applicationStateChanged.connect(self._on_application_state)
        window = self.window
        window.closing.connect(self.closed.set)
        window.refresh.connect(self._refresh)
        window.loading_given_up.connect(self._give_up_loading)
        window.older_wanted.connect(self._on_older_wanted)
        window.sign_in_wanted.connect(self._on_sign_in_wanted)
        window.sign_out_wanted.connect(lambda: self._do(self._sign_out()))
        window.sandbox_wanted.connect(lambda: self._do(self._use_sandbox()))
        window.sign_in_page_made.connect(self._on_sign_in_page)
        window.support_wanted.connect(self._on_support_wanted)
        opener = self._store_opener
        opener.passphrase_given.connect(lambda account: self._do(self._start_with_memory(account)))
        opener.damaged.connect(lambda: self._do(self._start_with_what_is_sound()))

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

    def _on_older_wanted(self, wanted: bool) -> None:
        if self._commands is not None and wanted:
            self._commands.bring_older()
        elif self._commands is not None:
            self._commands.stop_older()

    def _refresh(self) -> None:
        if self._commands is not None:
            self._commands.refresh()

    # -- an account comes and goes

    async def start(self, account: Account, first: "Token | None" = None) -> None:
        """Show *account*: its store at once, its server as soon as it answers."""
        self._wanted += 1  # whoever signs out meanwhile ends this start
        wanted = self._wanted
        async with self._starting:  # two starts at once would leave one running unseen
            if wanted == self._wanted:
                await self._start(account, first, wanted)

    async def _start(self, account: Account, first: "Token | None", wanted: int) -> None:
        await self._stop_account()
        self.account = account
        if self.window.was_covered:
            self._watch_idle().lock()
        self._connection.begin(account)
        opened = await self._store_opener.open(account)
        if wanted != self._wanted:  # the keyring asked, and the person signed out
            self._store_opener.close()
            return
        if not opened:
            return
        try:
            self._build_list(account)
            await self._painted()
            if wanted == self._wanted:
                await self._build_rest(account, first)
        except StoreLocked:
            # It was opened with this key a moment ago: a page that the first screen needs is damaged.
            self._store_opener.on_trouble()
            return
        self._store_opener.check_at_rest()

    async def _start_with_memory(self, account: Account) -> None:
        """Open the store on disk; what was typed and saved without one goes along."""
        self._keep_draft()
        self._store_opener.carry()
        await self.start(account)

    async def _start_with_what_is_sound(self) -> None:
        """The open file is damaged: start this account again on what is left of it."""
        if self.account is not None and self._store_opener.set_aside():
            await self.start(self.account)
            self._store_opener.reopened()

    async def _build_rest(self, account: Account, first: "Token | None") -> None:
        """The form and the sync. Where there is nothing to put into a form the server is asked
        first, but for a sandbox: that is starting meanwhile."""
        store = self.store
        assert store is not None
        if (
            store.followups.count()
            or account.way is SignInMethod.SANDBOX
            or not self.window.isVisible()
        ):
            self._build_place(store)
            await self._connect(account, first)
            return
        await self._connect(account, first)
        if self.store is store:
            await self._rows_or_news()
        if self.store is store:  # nobody signed out meanwhile
            self._build_place(store)

    async def _rows_or_news(self) -> None:
        """Wait until the first rows were painted, or something keeps them away."""
        panel, news = self.window.list_panel, asyncio.Event()
        assert panel is not None
        table = panel.view.model()

        def look() -> None:
            state = self.status.state
            if table.rowCount() or state.error or state.last_refresh:
                news.set()

        self.status.changed.connect(look)
        table.rowsInserted.connect(look)
        look()
        try:
            async with asyncio.timeout(PAINT_PATIENCE_S):
                await news.wait()
            if table.rowCount():
                await self._painted()  # it has a patience of its own
        except TimeoutError:
            log.info("no rows in %.0f s", PAINT_PATIENCE_S)
        finally:
            self.status.changed.disconnect(look)
            table.rowsInserted.disconnect(look)

    def _build_list(self, account: Account) -> None:
        """What the first paint needs."""
        store = self.store
        assert store is not None
        commands = Commands(store, utc_now, lambda: self.settings.planned_type)
        table = FollowupTable(store, utc_now, self._zone)
        counts = ViewCounts(store, utc_now, self._zone, self._queue)
        panel = ListPanel(table, counts, self._theme, utc_now, self._zone, self._queue)
        self._commands = commands
        self._parts = [table, counts]
        self.window.show_list(panel, self._where(account))
        self._store_opener.say_where(account)

    def _build_place(self, store: Store) -> None:
        """The form's half, after the first paint."""
        from agent_app.app.account_scope import Workplace
        from agent_app.features.preferences import Preferences
        from agent_app.system.notifier import Notifier

        panel, commands = self.window.list_panel, self._commands
        assert panel is not None
        assert commands is not None
        if self._preferences is None:
            self._preferences = Preferences(
                self.window, self._theme, self._folder, resources(), self._configuration
            )
            self._preferences.changed.connect(self._queue.changed)
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
            self._preferences,
            self.notifier,
            self._words,
            self._do,
        )
        self.session = self.place.session
        self.session.store_refused.connect(self._on_store_refused)
        self.session.draft_refused.connect(self._on_store_refused)
        self._watch_idle()
        self._serve_pops()

    def _watch_idle(self) -> "WindowLock":
        """Cover the window when nobody is there, from the first account on."""
        if self.lock is None:
            from agent_app.features.lock import WindowLock

            self.lock = WindowLock(
                self.window,
                self._theme,
                lambda: self.settings,
                lambda: self.account,
                lambda: self._store_opener.typed_passphrase,
                self._connection.browser_client,
                self._words,
                self._do,
            )
            self.lock.locked.connect(self._keep_draft)
            self.lock.signed_out.connect(lambda: self._do(self._forget_sign_in()))
            self.lock.signed_in_again.connect(lambda token: self._do(self._start_anew(token)))
        return self.lock

    def _keep_draft(self) -> None:
        if self.session is not None:
            self.session.keep_draft()

    async def _forget_sign_in(self) -> None:
        """Nobody came back for hours. What is not sent stays; there is nothing to forget about a
        sign-in that the environment gives."""
        if self.account is not None and self.account.way is SignInMethod.BROWSER:
            await self._sign_out()

    async def _start_anew(self, token: "Token") -> None:
        if self.account is not None:
            await self.start(self.account, token)

    def take_pop(self, values: dict[str, object]) -> str:
        """Another program tells of a call: loose values. Returns what becomes of it."""
        if self._screen_pops is None:
            from agent_app.features.screen_pop import ScreenPops  # not for the first paint

            self._screen_pops = ScreenPops(
                self.window,
                self._theme,
                self.status,
                self._zone,
                utc_now,
                self._may_pop,
                self._starting.locked,
                self._quiet_s,
            )
            self._serve_pops()
        return self._screen_pops.take(values)

    def _serve_pops(self) -> None:
        """Let calls that wait be shown, where there is an account and its form."""
        if self._screen_pops is None or self.place is None:
            return
        from agent_app.features.screen_pop import OpenDesk

        place, store, commands = self.place, self.store, self._commands
        assert store is not None
        assert commands is not None
        self._screen_pops.serve(OpenDesk(store, place.session, commands, place.player, place.show))

    def _may_pop(self) -> bool:
        return self.settings.accept_links

    def _quiet_s(self) -> float:
        return self.lock.idle.quiet_s() if self.lock is not None else 0.0

    def open_report(self) -> None:
        """Open the supervisors' view as soon as the token says whether it may be."""
        if self.status.state.scopes is not None:
            self.window.report_wanted.emit()
            return

        def look() -> None:
            if self.status.state.scopes is not None:
                self.status.changed.disconnect(look)
                self.window.report_wanted.emit()

        self.status.changed.connect(look)

    def _where(self, account: Account) -> str:
        if account.way is SignInMethod.SANDBOX:
            return translate("Desktop", "Sandbox (made-up data)")
        return urlsplit(account.server).hostname or account.server

    async def _painted(self) -> None:
        """Wait until the list was painted: what it does not need is imported after it."""
        panel = self.window.list_panel
        if panel is not None and self.window.isVisible():
            await until_painted(panel.view.viewport(), PAINT_PATIENCE_S)

    async def _connect(self, account: Account, first: "Token | None") -> None:
        store, commands = self.store, self._commands
        assert store is not None and commands is not None
        network = self.settings.network
        await self._connection.connect(account, store, commands, network, first)
        if self.engine is None or self.store is not store:
            return
        self._watch_over_sleep()
        if self.session is not None and self.session.followup_id:
            commands.opened(self.session.followup_id)

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
        return await self._connection.sandbox_address()

    async def _stop_account(self) -> None:
        if self._screen_pops is not None:
            self._screen_pops.end()
        if self.place is not None:
            self.place.close()
            self.place = self.session = None
        if self._commands is not None:
            self._commands.close()
        await self._connection.stop()
        for part in self._parts:
            part.close()
        self._parts = []
        self._store_opener.close()
        self._connection.end_sandbox()

    async def stop(self) -> None:
        """End everything, in the order in which nothing is lost: the text first."""
        if self._stopped:
            return
        self._stopped = True
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.disconnect(self._on_application_state)
        self._guard.close()
        if self._wakefulness is not None:
            self._wakefulness.close()
        self._keep_draft()
        if not self.status.state.waiting:
            self._connection.end_sandbox(ahead=True)
        self.window.hide()
        if self.lock is not None:
            self.lock.close()
        if self._sign_in is not None:
            await self._sign_in.close()
        if self.notifier is not None:
            await self.notifier.close()
        await self._store_opener.end()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._stop_account()
        await self._keyring.settled()
        self.window.deleteLater()

    # -- signing in and out

    def _on_sign_in_page(self, page: "SignInPage") -> None:
        from agent_app.features.sign_in import SignIn

        self._sign_in = SignIn(
            page, self._client_at, self._on_signed_in, self._words, self.settings.network
        )
        page.sandbox.connect(lambda: self._do(self._use_sandbox()))
        page.back.connect(self.window.back_to_desk)

    def _on_sign_in_wanted(self) -> None:
        settings = self.settings
        self.window.show_sign_in(
            settings.server, settings.client_id, may_go_back=self.session is not None
        )
        known = bool(settings.server and settings.client_id)
        if known and self.account is not None and self.account.way is SignInMethod.BROWSER:
            assert self._sign_in is not None
            self._sign_in.begin(settings.server, settings.client_id)

    def _browser_account(self, server: str, client_id: str, secret: str) -> Account:
        """The account of a sign-in; a secret that is not typed may stand in the settings."""
        settings = self.settings
        known = (settings.server.rstrip("/"), settings.client_id)
        if not secret and (server, client_id) == known:
            secret = settings.client_secret
        return Account(SignInMethod.BROWSER, server, client_id, secret)

    async def _client_at(self, server: str, client_id: str, secret: str) -> "BrowserClient":
        account = self._browser_account(server, client_id, secret)
        return await self._connection.browser_client(account)

    async def _on_signed_in(self, server: str, client_id: str, secret: str, token: "Token") -> None:
        new = replace(self.settings, server=server, client_id=client_id)
        if self._preferences is not None:
            self._preferences.keep(new)
        self.window.activateWindow()
        account = self._browser_account(server, client_id, secret)
        if secret:
            await self._connection.keep_secret(account)
            self.window.sign_in_page.forget_secret()
        await self.start(account, token)

    async def _sign_out(self) -> None:
        waiting = sum(self.store.outbox.counts()) if self.store is not None else 0
        on_disk = self.store is not None and self.store.on_disk
        self._wanted += 1
        # The keyring may ask its owner before it forgets: the desk closes meanwhile.
        forgetting = self._do(self._connection.sign_out(self.account))
        await self._stop_account()
        settings = self.settings
        self.window.show_sign_in(settings.server, settings.client_id)
        if waiting and on_disk:
            words = self.status.kept_words(waiting)
            self.window.sign_in_page.banner.say(words)
        await forgetting

    async def _use_sandbox(self) -> None:
        await self.start(Account(SignInMethod.SANDBOX))

    def _on_support_wanted(self) -> None:
        from agent_app.diagnostics.checks import CheckupTarget
        from agent_app.features.support import SupportRequest

        def patient() -> CheckupTarget:
            preferences = self._preferences
            configuration = preferences.configuration if preferences else self._configuration
            account = self.account or Account(SignInMethod.SANDBOX)
            return CheckupTarget(self._folder, configuration, account, self._keyring)

        self._support = SupportRequest(self.window, patient, self._do)
        self._support.ask()

    def _on_store_refused(self, error: Exception) -> None:
        if isinstance(error, StoreLocked):
            self._store_opener.on_trouble()  # it was open a moment ago: its key is right

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
        log.error("a mistake in the program: %s", mistakes.trail(error.with_traceback(trace)))
        if isinstance(error, StoreLocked):
            self._store_opener.on_trouble()  # it was open a moment ago: its key is right
        elif isinstance(error, Exception):
            self.window.notice.say(self._words(error), tone="error")

    def on_task_mistake(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """The same for a task that nobody waits for."""
        error = context.get("exception")
        if isinstance(error, Exception):
            self.on_mistake(type(error), error, error.__traceback__)
        else:
            log.error("the loop says: %s", context.get("message"))
