"""The window's life: accounts come and go in it, other programs call, the person leaves and comes back."""

import asyncio
import logging
import random
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from agent_app.app.account_scope import AccountScope
from agent_app.app.calls import Calls
from agent_app.app.connection import AccountConnection
from agent_app.app.first_paint import painted, rows_or_news
from agent_app.app.open_account import OpenAccount
from agent_app.app.sandbox_process import SandboxAddress
from agent_app.app.sign_ins import SignIns
from agent_app.app.sign_outs import SignOuts
from agent_app.app.store_opener import StoreOpener
from agent_app.config.account import Account, SignInMethod
from agent_app.config.layers import Configuration
from agent_app.domain import mistakes
from agent_app.domain.clock import Clock
from agent_app.domain.errors import StoreLocked
from agent_app.domain.part import MAX_SHARE, Part
from agent_app.domain.settings import Settings
from agent_app.features.context import AppContext
from agent_app.features.preferences import Preferences
from agent_app.models.queue import Queue
from agent_app.models.sync_status import SyncStatus
from agent_app.models.team_status import TeamStatus
from agent_app.runtime.tasks import Tasks
from agent_app.store.store import Store
from agent_app.system.paths import resources
from agent_app.system.secrets import Keyring
from agent_app.system.zone import local_zone
from agent_app.ui.widgets.theme import Theme
from agent_app.ui.window.digit_keys import DigitKeys
from agent_app.ui.window.input_guard import InputGuard
from agent_app.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from agent_app.api.tokens import Token
    from agent_app.app.form_desk import FormDesk
    from agent_app.features.lock import WindowLock
    from agent_app.features.support import SupportRequest
    from agent_app.models.commands import Commands
    from agent_app.models.edit_session import EditSession
    from agent_app.sync.engine import Engine
    from agent_app.system.notifier import Notifier
    from agent_app.system.wakefulness import Wakefulness

log = logging.getLogger(__name__)
translate = QCoreApplication.translate


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
        self._keyring = Keyring()
        theme = Theme(app, resources(), configuration.settings.theme)
        clock = Clock(local_zone())
        self.status = SyncStatus(clock.zone)
        self._keep = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        team = TeamStatus(clock.zone)
        self.window = MainWindow(theme, self.status, team, self._keep)
        self.preferences = Preferences(
            self.window, theme, folder=folder, resources=resources(), configuration=configuration
        )
        self._tasks = Tasks()
        self.context = AppContext(
            self.window, theme, self.status, clock, self.preferences, self._tasks, team
        )
        self._guard = InputGuard(DigitKeys(self.window))
        self.closed = asyncio.Event()
        self.account: Account | None = None
        self._store_opener = StoreOpener(
            self.window,
            folder,
            self._keyring,
            self.context.describe_error,
            self._tasks,
            configuration.passphrase,
        )
        self._connection = AccountConnection(
            self.window,
            self.status,
            folder,
            self._keyring,
            self._settings_now,
            sandbox_followups=sandbox_followups,
        )
        self._sign_ins = SignIns(
            self.context,
            self._connection,
            folder,
            self._account_now,
            self._is_blank,
            self.start,
            self._on_sandbox_wanted,
        )
        self._sign_outs = SignOuts(
            self.context,
            self._connection,
            self._sign_ins.people,
            self._account_now,
            self._store_now,
            self._keep_draft,
            self._end_account,
        )
        self._queue = Queue(self._part, random.randint(0, MAX_SHARE))  # noqa: S311  (no secret)
        self._scope: AccountScope | None = None
        self._open: OpenAccount | None = None
        self._starting = asyncio.Lock()
        self.calls = Calls(self.context, self._starting.locked, self._quiet_s)
        self._wanted = 0
        """Counts starts and sign-outs: what began before the last one gives way."""
        self._stopped = False
        self._wakefulness: Wakefulness | None = None
        self._support: SupportRequest | None = None
        self.lock: WindowLock | None = None
        self.notifier: Notifier | None = None
        self._connect_signals()

    # -- what is there now

    @property
    def form_desk(self) -> "FormDesk | None":
        """The form's half of the account that is shown, once it is there."""
        return self._scope.form_desk if self._scope is not None else None

    @property
    def session(self) -> "EditSession | None":
        """The open followup, once there is a form."""
        return self.form_desk.session if self.form_desk is not None else None

    @property
    def commands(self) -> "Commands | None":
        """What can be done in the account that is shown."""
        return self._open.commands if self._open is not None else None

    @property
    def store(self) -> Store | None:
        """The open store."""
        return self._store_opener.store

    @property
    def engine(self) -> "Engine | None":
        """The sync, while there is one."""
        return self._connection.engine

    def _settings_now(self) -> Settings:
        return self.preferences.settings

    def _store_now(self) -> Store | None:
        return self.store

    def _account_now(self) -> Account | None:
        return self.account

    def _passphrase_now(self) -> str:
        return self._store_opener.typed_passphrase

    def _part(self) -> Part | None:
        return Part.read(self.preferences.settings.part)

    def _connect_signals(self) -> None:
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.applicationStateChanged.connect(self._on_application_state)
        window = self.window
        window.closing.connect(self.closed.set)
        window.refresh.connect(self._refresh)
        window.loading_given_up.connect(self._give_up_loading)
        window.older_wanted.connect(self._on_older_wanted)
        for name, act in (
            ("sandbox", self._on_sandbox_wanted),
            ("support", self._on_support_wanted),
        ):
            window.actions_[name].triggered.connect(act)
        self._store_opener.passphrase_given.connect(self._on_passphrase)
        self._store_opener.damaged.connect(self._on_damaged)
        self.preferences.changed.connect(self._queue.changed)

    def _on_application_state(self, state: Qt.ApplicationState) -> None:
        """Leaving the window (also for the lock screen) keeps what was typed; coming back looks."""
        if self.session is None or self.commands is None:
            return
        self.commands.looked_at(state == Qt.ApplicationState.ApplicationActive)
        if state == Qt.ApplicationState.ApplicationActive:
            if self.session.followup_id:
                self.commands.returned(self.session.followup_id)
        else:
            self.session.keep_draft()

    def _give_up_loading(self) -> None:
        if self.commands is not None:
            self.commands.give_up_loading()

    def _on_older_wanted(self, wanted: bool) -> None:
        if self.commands is not None and wanted:
            self.commands.bring_older()
        elif self.commands is not None:
            self.commands.stop_older()

    def _refresh(self) -> None:
        if self.commands is not None:
            self.commands.refresh()

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
        if self._sign_ins.people.is_signed_out(account):
            settings = self.preferences.settings
            self.window.show_sign_in(settings.server, settings.client_id)
            return
        if self.window.was_covered(account.name):
            self._watch_idle().lock()
        scope = self._scope = AccountScope(self.context, account, self._queue)
        scope.at_end(self._connection.end_sandbox)
        self._connection.begin(account)
        scope.at_end(self._store_opener.close)
        opened = await self._store_opener.open(account)
        if wanted != self._wanted:  # the keyring asked, and the person signed out
            self._store_opener.close()
            return
        if not opened or self.store is None:
            return
        try:
            self._open = scope.open_list(self.store, self._where(account))
            scope.at_end(scope.team_desk.stop)  # after the sync, which hands over to it
            scope.at_end(self._connection.stop)
            scope.at_end(self._open.commands.close)
            self._store_opener.say_where(account)
            self._sign_ins.say_others(account)
            await painted(self.window)
            if wanted == self._wanted:
                await self._open_rest(self._open, first)
        except StoreLocked:
            # It was opened with this key a moment ago: a page that the first screen needs is damaged.
            self._store_opener.on_trouble()
            return
        self._store_opener.check_at_rest()

    async def _open_rest(self, opened: OpenAccount, first: "Token | None") -> None:
        """Build the form and the sync. Where there is nothing to put into a form the server is asked
        first, but for a sandbox: that is starting meanwhile."""
        account, store = self.account, opened.store
        assert account is not None
        is_sandbox = account.way is SignInMethod.SANDBOX
        if store.followups.count() or is_sandbox or not self.window.isVisible():
            self._open_form(opened)
            await self._connect(account, opened, first)
            return
        await self._connect(account, opened, first)
        if self.store is store:
            await rows_or_news(self.window, self.status)
        if self.store is store:  # nobody signed out meanwhile
            self._open_form(opened)

    def _open_form(self, opened: OpenAccount) -> None:
        """Build the form's half, after the first paint."""
        if self.notifier is None:
            from agent_app.system.notifier import Notifier  # after the first paint

            self.notifier = Notifier(resources() / "icons" / "followup-desk.svg", "Followup Desk")
        assert self._scope is not None
        session = self._scope.open_form(opened, self.notifier, self._quiet_s).session
        session.store_refused.connect(self._on_store_refused)
        session.draft_refused.connect(self._on_store_refused)
        self._watch_idle()
        self.calls.serve(opened, self.form_desk)

    def _where(self, account: Account) -> str:
        if account.way is SignInMethod.SANDBOX:
            return translate("Desktop", "Practice mode (made-up data)")
        return urlsplit(account.server).hostname or account.server

    async def _connect(self, account: Account, opened: OpenAccount, first: "Token | None") -> None:
        store, commands = opened.store, opened.commands
        scope = self._scope
        assert scope is not None
        scope.team_desk.begin()
        network = self.preferences.settings.network
        await self._connection.connect(account, store, commands, network, first)
        if self.engine is None or self.store is not store:
            return
        scope.team_desk.join(self.engine)
        self._watch_over_sleep()
        if self.session is not None and self.session.followup_id:
            commands.opened(self.session.followup_id)

    async def _stop_account(self) -> None:
        """Let go of the account that is shown. Whoever interrupts this calls it again."""
        self.calls.end()
        self._sign_outs.note_unsent()
        self._open = None
        if self._scope is not None:
            await self._scope.aclose()
        self._scope = None

    async def _end_account(self) -> None:
        """Let go of the account, and of all that the window shows of it."""
        self._wanted += 1
        await self._stop_account()
        self.window.clear_desk()

    def _is_blank(self) -> bool:
        """Return whether a store is open and holds nothing."""
        store = self.store
        if store is None:
            return False
        return not (store.followups.count() or sum(store.outbox.counts()) or store.drafts.ids())

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
        await self._sign_ins.close()
        if self.notifier is not None:
            await self.notifier.close()
        await self._store_opener.end()
        await self._tasks.end()
        await self._stop_account()
        await self._keyring.settled()
        self.window.deleteLater()

    async def sandbox_address(self) -> SandboxAddress:
        """Return where the sandbox of this desk listens. Raises Unreachable if there is none."""
        return await self._connection.sandbox_address()

    # -- other accounts, other stores

    def _on_sandbox_wanted(self) -> None:
        self._tasks.start(self.start(Account(SignInMethod.SANDBOX)))

    def _on_passphrase(self, account: Account) -> None:
        self._tasks.start(self._start_with_memory(account))

    async def _start_with_memory(self, account: Account) -> None:
        """Open the store on disk; what was typed and saved without one goes along."""
        self._keep_draft()
        self._store_opener.carry()
        await self.start(account)

    def _on_damaged(self) -> None:
        self._tasks.start(self._start_with_what_is_sound())

    async def _start_with_what_is_sound(self) -> None:
        """The open file is damaged: start this account again on what is left of it."""
        if self.account is not None and self._store_opener.set_aside():
            await self.start(self.account)
            self._store_opener.reopened()

    def _on_store_refused(self, error: Exception) -> None:
        if isinstance(error, StoreLocked):
            self._store_opener.on_trouble()  # it was open a moment ago: its key is right

    # -- nobody is there

    def _watch_idle(self) -> "WindowLock":
        """Cover the window when nobody is there, from the first account on."""
        if self.lock is None:
            from agent_app.features.guesses import Guesses  # after the first paint
            from agent_app.features.lock import WindowLock

            self.lock = WindowLock(
                self.context,
                self._account_now,
                self._passphrase_now,
                self._connection.browser_client,
                Guesses(self._keep),
                self._sign_ins.people,
            )
            self.lock.locked.connect(self._keep_draft)
            self.lock.signed_out.connect(self._on_nobody_for_hours)
            self.lock.sign_out_wanted.connect(self._on_somebody_else)
            self.lock.signed_in_again.connect(self._on_signed_in_again)
            self.lock.signed_in_unknown.connect(self._on_signed_in_unknown)
        return self.lock

    def _keep_draft(self) -> None:
        if self.session is not None:
            self.session.keep_draft()

    def _on_nobody_for_hours(self) -> None:
        """Forget the sign-in. What is not sent stays; there is nothing to forget about a sign-in that
        the environment gives."""
        if self.account is not None and self.account.way is SignInMethod.BROWSER:
            self._tasks.start(self._sign_outs.sign_out())

    def _on_somebody_else(self) -> None:
        self._tasks.start(self._sign_out_and_uncover())

    async def _sign_out_and_uncover(self) -> None:
        await self._sign_outs.sign_out()
        if self.lock is not None:
            self.lock.unlock()

    def _on_signed_in_again(self, token: "Token") -> None:
        if self.account is not None:
            self._tasks.start(self.start(self.account, token))

    def _on_signed_in_unknown(self, token: "Token") -> None:
        self._tasks.start(self._ask_who(token))

    async def _ask_who(self, token: "Token") -> None:
        """Somebody signed in behind the cover, and the server does not say who: the desk is closed before
        the cover goes, and they are asked as at any sign-in."""
        account = self.account
        if account is None or self.lock is None:
            return
        await self._end_account()
        settings = self.preferences.settings
        self.window.show_sign_in(settings.server, settings.client_id)
        self.lock.unlock()
        await self._sign_ins.sign_in(account.base, token)

    def _watch_over_sleep(self) -> None:
        if self._wakefulness is None:
            from agent_app.system.wakefulness import Wakefulness  # after the first paint

            self._wakefulness = Wakefulness()
            self._wakefulness.woke.connect(self._on_woke)

    def _on_woke(self) -> None:
        if self.commands is not None:
            self.commands.wake()
            if self._scope is not None:
                self._scope.team_desk.wake()
            if self.session is not None and self.session.followup_id:
                self.commands.returned(self.session.followup_id)

    # -- other programs, and features that are seldom wanted

    def take_pop(self, values: dict[str, object]) -> str:
        """Another program tells of a call: loose values. Returns what becomes of it."""
        return self.calls.take(values, self._open, self.form_desk)

    def _quiet_s(self) -> float:
        return self.lock.idle.quiet_s() if self.lock is not None else 0.0

    def open_report(self) -> None:
        """Open the supervisors' view as soon as the token says whether it may be."""
        report = self.window.actions_["report"]
        if self.status.state.scopes is not None:
            report.trigger()
            return

        def look() -> None:
            if self.status.state.scopes is not None:
                self.status.changed.disconnect(look)
                report.trigger()

        self.status.changed.connect(look)

    def _on_support_wanted(self) -> None:
        from agent_app.diagnostics.checks import CheckupTarget  # after the first paint
        from agent_app.features.support import SupportRequest

        def target() -> CheckupTarget:
            account = self.account or Account(SignInMethod.SANDBOX)
            configuration = self.preferences.configuration
            return CheckupTarget(self._folder, configuration, account, self._keyring)

        self._support = SupportRequest(self.context, target)
        self._support.ask()

    # -- mistakes

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
            self.window.notice.say(self.context.describe_error(error), tone="error")

    def on_task_mistake(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """The same for a task that nobody waits for."""
        error = context.get("exception")
        if isinstance(error, Exception):
            self.on_mistake(type(error), error, error.__traceback__)
        else:
            log.error("the loop says: %s", context.get("message"))
