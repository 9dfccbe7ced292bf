"""Calls that another program tells of: shown on a card, opened when the person wants it.

A call never takes the form or the keyboard from somebody who works. It opens by itself only where
nobody does: nothing typed, nothing half done, no key or click for a while. Nothing here saves, and a
call's facts go only into fields in which the person typed nothing.

It lives as long as the window, so a call waits until an account, its list and its form are there.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QLocale, QObject, QTimer
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
)

from agent_app.domain.callers import Caller, LookUp, takes_a_call
from agent_app.domain.screen_pop import NotAPop, from_values
from agent_app.domain.sync_state import Connection
from agent_app.domain.telephone import national
from agent_app.domain.views import View
from agent_app.features.context import AppContext
from agent_app.models.commands import Commands
from agent_app.models.edit_session import EditSession
from agent_app.models.incoming_calls import Incoming, IncomingCalls, callers_of, number_of
from agent_app.models.open_followup import Progress
from agent_app.models.player import Player, Playing
from agent_app.store.changes import Change
from agent_app.store.store import Store
from agent_app.text import calls as call_words
from agent_app.text.calls import CardWords
from agent_app.text.labels import field_label
from agent_app.text.moments import clock_text
from agent_app.ui.widgets.links import copy_text
from agent_app.ui.window.call_card import CallCard

log = logging.getLogger(__name__)

QUIET_S = 10.0
"""Nobody works here if there was no key or click for this long (seconds)."""
NOTE_MS = 12_000
"""How long it is said what became of a call (milliseconds)."""
SETTLE_MS = 200
"""What is written at once is looked at once; many messages at once are one look-up."""
MINUTE_MS = 60_000
TYPED_INTO = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox)

SHOWN, WAITING, OFF, NOTHING = "shown", "waiting", "off", "nothing"
"""What became of a message, as the program that sent it is told."""


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """What of an account is needed. `show` opens a followup, in the list where it is there."""

    store: Store
    session: EditSession
    commands: Commands
    player: Player
    show: Callable[[str], None]


class ScreenPops(QObject):
    """Serves one window. *is_opening* says whether an account is on its way; *quiet_s* how long nobody
    has typed or clicked (seconds)."""

    def __init__(
        self, context: AppContext, is_opening: Callable[[], bool], quiet_s: Callable[[], float]
    ) -> None:
        window = context.window
        super().__init__(window)
        self._context, self._window, self._status = context, window, context.status
        self._zone, self._now = context.clock.zone, context.clock.now
        self._is_opening, self._quiet_s = is_opening, quiet_s
        self.card = CallCard(window, context.theme)
        self._calls = IncomingCalls()
        self._desk: OpenDesk | None = None
        self._note: CardWords | None = None
        self._former = ""
        self._was_online = False
        self._unlisten: Callable[[], None] = lambda: None
        self._render = self._timer(0, self._show)
        self._settle = self._timer(SETTLE_MS, self._look_again)
        self._end_of_note = self._timer(NOTE_MS, self._forget_note)
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self._show)
        self.card.wanted.connect(self._on_wanted)
        self.card.chosen.connect(self._on_chosen)
        window.actions_["answer"].triggered.connect(self.accept)
        window.actions_["dismiss_call"].triggered.connect(self.dismiss)
        window.covered.connect(self._show)
        context.status.changed.connect(self._on_status)
        context.team.claims_changed.connect(self._on_claims)

    def _timer(self, interval_ms: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=interval_ms)
        timer.timeout.connect(act)
        return timer

    def serve(self, desk: OpenDesk) -> None:
        """An account's list and form are there: look in them."""
        self.end()
        self._desk = desk
        self._unlisten = desk.store.changes.listen(self._on_change)
        self._look_again()

    def end(self) -> None:
        """The account is closed: calls that wait, wait on."""
        self._unlisten()
        self._unlisten = lambda: None
        self._desk = self._note = None
        call = self._calls.latest
        if call is not None and call.looked_up is LookUp.ASKED:
            call.looked_up = None
        self._render.start()

    # -- a call comes in

    def take(self, values: dict[str, object]) -> str:
        """Loose values of a telephone system; returns what becomes of them."""
        try:
            pop = from_values(values)
        except NotAPop:
            log.info("a message to the socket named nothing to open")
            self._say_refused()
            return NOTHING
        self._window.ask_for_attention()
        if not self._context.settings.accept_links:
            self._say_off()
            return OFF
        call = self._calls.add(pop, self._now())
        self._note = None
        if self._desk is None or self._window.is_covered:
            self._render.start()
            return WAITING
        self._settle.start()
        self._open_by_itself(call)
        self._render.start()
        return SHOWN

    def _say_refused(self) -> None:
        """What a telephone system hands over must not be refused without a word."""
        self._window.ask_for_attention()
        if not self._window.is_covered:
            self._window.notice.say(
                self.tr(
                    "Another program asked to open something, but not what: no followup and no"
                    " telephone number could be read."
                ),
                tone="warning",
                action=self.tr("Close"),
                act=self._close_notice,
            )

    def _say_off(self) -> None:
        self._window.notice.say(
            self.tr("The pop-up from the phone system is off (Settings › Calls)."),
            tone="warning",
            action=self.tr("Close"),
            act=self._close_notice,
        )

    def _close_notice(self) -> None:
        self._window.notice.say("")

    def _open_by_itself(self, call: Incoming) -> None:
        callers = self._callers(call)
        only = len(callers) == 1 and callers[0].followup_id
        if only and not self._calls.more and self._is_at_rest():
            former = self._desk.session.followup_id if self._desk is not None else ""
            self._open(call, callers[0], by_itself=True)
            self._former = former

    def _is_at_rest(self) -> bool:
        """Return whether nobody works here: then an opened form takes nothing away."""
        desk, window = self._desk, self._window
        if desk is None or window.is_covered or not window.shows_desk:
            return False
        session = desk.session
        half_done = (
            session.changed
            or session.is_begun
            or session.reason
            or session.progress is Progress.ATTENTION
            or desk.player.state is Playing.PLAYING
            or desk.commands.last_dialled == session.followup_id != ""  # they may be speaking
        )
        elsewhere = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        types = window.isActiveWindow() and isinstance(window.focusWidget(), TYPED_INTO)
        return not (half_done or elsewhere or types) and self._quiet_s() >= QUIET_S

    # -- what the person does

    def _on_wanted(self, name: str) -> None:
        act = {
            "open": self.accept,
            "search": self.accept,
            "retry": self.accept,
            "dismiss": self.dismiss,
            "copy": self._copy,
            "back": self._go_back,
        }.get(name)
        if act is not None:
            act()

    def _on_chosen(self, row: int) -> None:
        if self._calls.latest is not None and row >= 0:
            self._calls.latest.chosen = row

    def accept(self) -> None:
        """Open who calls; of several, let the person choose first."""
        call = self._calls.latest
        if call is None or self._desk is None or self._window.is_covered:
            return
        callers = self._callers(call)
        if not callers:
            if call.looked_up is LookUp.FAILED:
                self._look_up(call)
            elif call.looked_up is not LookUp.ASKED:
                self._search(call)
            self._show()
            return
        if len(callers) > 1 and not self.card.has_focus:
            self.card.choose()
            return
        self._open(call, callers[min(call.chosen, len(callers) - 1)])

    def dismiss(self) -> None:
        """Take the card away; the next call that waits is shown."""
        if self._window.is_covered:
            return
        if self._note is not None:
            self._forget_note()
            return
        latest = self._calls.latest
        if latest is not None:
            self._calls.remove(latest)
            if latest.is_over(self._now()):
                self._calls.remove_over(self._now())
        self.card.give_focus_back()
        self._show()

    def _copy(self) -> None:
        if self._calls.latest is not None:
            copy_text(self.card, number_of(self._calls.latest.pop))

    def _go_back(self) -> None:
        former, self._former = self._former, ""
        if self._desk is not None and former:
            self._desk.show(former)
        self._forget_note()

    def _search(self, call: Incoming) -> None:
        """Look for the number in all followups; a name typed now takes its place."""
        number = national(number_of(call.pop))
        panel, search = self._window.list_panel, self._window.search_field
        if panel is None or not number:
            return
        self._calls.remove(call)
        self._window.bring_desk()
        panel.clear_filters()
        self._window.actions_.views[View.ALL].trigger()
        search.setText(number)
        self._window.actions_["find"].trigger()

    # -- opening

    def _open(self, call: Incoming, caller: Caller, *, by_itself: bool = False) -> None:
        desk = self._desk
        assert desk is not None
        self._calls.remove(call)
        self._window.bring_desk()
        may_write = self._status.state.may_write
        followup_id = caller.followup_id or self._new_call(desk, call, caller, may_write=may_write)
        if followup_id and followup_id != desk.session.followup_id:
            desk.show(followup_id)
        followup = desk.session.followup
        if followup is None or followup.id != followup_id:
            log.info("the followup of a call was not opened")
            self._show()
            return
        filled: list[str] = []
        fits = takes_a_call(followup)
        if may_write and fits:
            filled = self._fill_in(desk.session, call)
        editor = self._window.editor
        if editor is not None:
            if filled:
                editor.form.show_details()
            editor.form.focus_field("notes")  # a letter typed now is a letter, never a status
        self._note = call_words.opened(
            caller.name,
            filled=", ".join(field_label(name) for name in filled),
            left_out=", ".join(call.pop.left_out),
            by_itself=by_itself,
            is_message=not fits and bool(call.pop.changes(call.at)),
        )
        self._end_of_note.start()
        self._show()

    def _new_call(self, desk: OpenDesk, call: Incoming, caller: Caller, *, may_write: bool) -> str:
        """Return a new call for the debt; where nothing may be written, what was done last for it."""
        if may_write:
            pop = call.pop
            return desk.commands.begin_call(caller.debt_id, number_of(pop), pop.direction)
        of_debt = desk.store.followups.of_debt(caller.debt_id)
        return of_debt[0].id if of_debt else ""

    def _fill_in(self, session: EditSession, call: Incoming) -> list[str]:
        """Put the call's facts where the person typed nothing; returns the fields."""
        changes = call.pop.changes(call.at)
        mine = {name: value for name, value in changes.items() if name not in session.changed}
        session.put(mine)
        return [name for name in mine if name in session.changed]

    # -- looking up

    def _callers(self, call: Incoming) -> list[Caller]:
        if self._desk is None:
            return []
        return callers_of(call, self._desk.store, self._desk.session.followup_id)

    def _look_again(self) -> None:
        """The store, the connection or the call is new: look up what is to be looked up."""
        call = self._calls.latest
        if call is not None and self._desk is not None:
            missing = call.pop.followup_id and not self._callers(call)
            if missing and call.looked_up is None:
                self._look_up(call)
        self._show()

    def _look_up(self, call: Incoming) -> None:
        if self._desk is not None:
            call.looked_up = LookUp.ASKED
            self._desk.commands.look_up(call.pop.followup_id, partial(self._on_looked_up, call))

    def _on_looked_up(self, call: Incoming, how: LookUp) -> None:
        call.looked_up = how
        if how is LookUp.FOUND and call is self._calls.latest and self._desk is not None:
            self._open_by_itself(call)
        self._render.start()

    def _on_change(self, change: Change) -> None:
        if self._calls.latest is not None and (change.followups or change.debts):
            self._settle.start()

    def _on_claims(self, _debts: object) -> None:
        if self._calls.latest is not None:
            self._render.start()

    def _on_status(self) -> None:
        online = self._status.state.connection is Connection.ONLINE
        if online and not self._was_online:
            for call in self._calls.failed():
                call.looked_up = None
            self._settle.start()
        self._was_online = online

    # -- the card

    def _forget_note(self) -> None:
        self._note = None
        self._show()

    def _show(self) -> None:
        call = self._calls.latest
        if call is not None:
            self.card.say(self._words(call))
            self._minute.start()
        elif self._note is not None and not self._window.is_covered:
            self.card.say(self._note)
            self._minute.stop()
        else:
            self.card.go()
            self._minute.stop()

    def _words(self, call: Incoming) -> CardWords:
        if self._window.is_covered:
            return call_words.behind_the_lock()
        now, more = self._now(), call_words.more_words(self._calls.more)
        number, named = number_of(call.pop), call.pop.followup_id
        came = clock_text(call.at.astimezone(self._zone), QLocale())
        about = call_words.heading(call.pop, number, over_at=came if call.is_over(now) else "")
        if self._desk is None:
            return call_words.kept_for_later(about, opening=self._is_opening(), more=more)
        callers = self._callers(call)
        if callers:
            taken = self._context.team.brief_of
            return call_words.known(about, callers, min(call.chosen, len(callers) - 1), more, taken)
        if named and call.looked_up is LookUp.FAILED:
            return call_words.not_looked_up(about, named, more)
        if named and call.looked_up in (None, LookUp.ASKED):
            return call_words.looking_up(about, more)
        state = self._status.state
        loading = state.progress is not None or state.last_refresh is None
        return call_words.unknown(about, number, named, loading=loading, more=more)
