"""What a desk and its team tell each other of the debt that is open: who works on it.

A debt is claimed when its followup is opened; by whoever walks through the list with the arrow keys only
where they stay, so that nothing is taken from colleagues in passing.
Who is away holds nothing. A claim is advice: it warns once before a call, and blocks no save.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from agent_app.domain.callers import TO_BE_DONE
from agent_app.domain.team import Activity, Claim, Role
from agent_app.features.context import AppContext
from agent_app.models.edit_session import EditSession
from agent_app.models.open_followup import Progress
from agent_app.runtime.scope import Scope
from agent_app.ui.editor.editor_panel import EditorPanel
from agent_app.ui.followups.list_panel import ListPanel
from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.banner import Banner

SETTLE_MS = 500
"""Of followups that are opened one after the other so quickly, the one that stays open is worked on
(milliseconds)."""
AWAY_S = 300.0
"""Who typed and clicked nothing for so long, and is not on a call, is away (seconds)."""
LONGEST_CALL_S = 3_600.0
TICK_MS = 5_000
CALL_ENDED = frozenset({"duration_ms", "disconnection_reason", "status"})
"""Fields that say of a call that it is over."""
LEFT = frozenset({Progress.SAVING, Progress.WAITING, Progress.SAVED})


class AtWork(QObject):
    """Serves one account's list and form, until `close`. *quiet_s* gives how long nobody has typed or
    clicked (seconds)."""

    def __init__(
        self,
        context: AppContext,
        panel: ListPanel,
        session: EditSession,
        editor: EditorPanel,
        quiet_s: Callable[[], float],
    ) -> None:
        super().__init__()
        self._context, self._team, self._window = context, context.team, context.window
        self._panel, self._session, self._editor, self._quiet_s = panel, session, editor, quiet_s
        self.line = Banner(context.theme)
        self.line.setObjectName("claim")
        editor.put_claim_line(self.line)
        self._used = ""
        self._opened = QElapsedTimer()
        """Since the last followup was opened."""
        self._has_dialled = False
        self._is_warned = False
        """Whether the person was told, before a call, that a colleague has the open debt."""
        self._dialled_at: dict[str, float] = {}
        self._wraps_since: dict[str, float] = {}
        """Since when (seconds, monotonic) followups were dialled, and are wrapped up."""
        self._former = ""
        self._lost: Claim | None = None
        """Who has taken the open debt over from this desk."""
        self._scope = Scope()
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._use_open)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._look)
        team = self._team
        for signal, slot in (
            (session.opened, self._on_opened),
            (session.edited, self._on_edited),
            (session.progressed, self._look),
            (team.changed, self._on_team),
            (team.claims_changed, self._on_claims),
            (team.taken_over, self._on_taken_over),
            (context.status.changed, self._say_waiting),
            (context.window.covered, self._look),
            (editor.take_over_wanted, self.take_over),
        ):
            self._scope.connect(signal, slot)
        editor.dialling.may_call = self._may_call
        self._tick.start()
        self._on_team()
        self._on_opened()
        self._say_waiting()

    def close(self) -> None:
        """The account goes: its claims are released by the team's end."""
        self._tick.stop()
        self._settle.stop()
        self._scope.close()
        self._window.actions_.offer_to_team(False)

    # -- what is open

    @property
    def _debt_id(self) -> str:
        shown = self._session.shown
        return shown.debt_id if shown is not None else ""

    @property
    def _is_changed(self) -> bool:
        return bool(self._session.changed) or self._session.is_begun

    def _is_work(self) -> bool:
        """Return whether the open followup is worked on, once it has been open for a moment: a call that is to
        be made is, what was done long ago is looked at."""
        shown, me = self._session.shown, self._team.me
        if shown is None:
            return False
        if self._is_changed or self._has_dialled:
            return True
        return shown.status in TO_BE_DONE and (me is None or me.role is Role.AGENT)

    def _on_opened(self) -> None:
        self._has_dialled, self._is_warned, self._lost = False, False, None
        kept = (self._former, self._session.followup_id)  # the former one may be being saved
        self._former = self._session.followup_id
        for times in (self._dialled_at, self._wraps_since):
            for gone in times.keys() - set(kept):
                del times[gone]
        if self._used != self._debt_id:
            self._use("")
        is_passing = self._opened.isValid() and not self._opened.hasExpired(SETTLE_MS)
        self._opened.start()
        if is_passing:
            self._settle.start()
        else:
            self._use_open()
        self._look()
        self._say_who()

    def _on_edited(self, _names: object) -> None:
        if self._is_changed and not self._used:
            self._use_open()
        self._look()

    def _use_open(self) -> None:
        self._settle.stop()
        if not self._is_away and self._is_work():
            self._use(self._debt_id)

    def _use(self, debt_id: str) -> None:
        self._used = debt_id
        self._team.use(debt_id)

    # -- what the person does

    @property
    def _is_away(self) -> bool:
        quiet = self._quiet_s()
        limit = LONGEST_CALL_S if self._has_dialled else AWAY_S
        return self._window.is_covered or quiet >= limit

    def _activity(self) -> Activity:
        if self._is_away:
            return Activity.AWAY
        if not self._debt_id or self._session.progress in LEFT:
            return Activity.READY
        changed = frozenset(self._session.changed)
        if changed & CALL_ENDED:
            return Activity.WRAPPING_UP
        if self._has_dialled or "call_id" in changed:
            return Activity.ON_CALL
        return Activity.WRAPPING_UP if changed else Activity.READY

    def _look(self) -> None:
        """Say what the person does; who comes back has again what they left open."""
        if self._session.progress in LEFT:
            self._has_dialled = False
        activity = self._activity()
        self._note_times(activity)
        if activity is Activity.AWAY and self._used:
            self._use("")
        elif activity is not Activity.AWAY and not self._used and not self._settle.isActive():
            self._use_open()
        self._team.be(activity, self._debt_id if self._is_work() else "")

    def _note_times(self, activity: Activity) -> None:
        followup_id = self._session.followup_id
        if activity is Activity.ON_CALL:
            self._dialled_at.setdefault(followup_id, time.monotonic())
        elif activity is Activity.WRAPPING_UP:
            self._wraps_since.setdefault(followup_id, time.monotonic())

    def times_of(self, followup_id: str) -> tuple[int | None, int | None]:
        """Return how long the call of a followup that is being saved took, from dialling to the first change
        that says it is over, and how long it was wrapped up (milliseconds); None where that is not known."""
        dialled = self._dialled_at.pop(followup_id, None)
        wrapped = self._wraps_since.pop(followup_id, None)
        talk = None if dialled is None or wrapped is None else round((wrapped - dialled) * 1000)
        wrap_up = None if wrapped is None else round((time.monotonic() - wrapped) * 1000)
        return talk, wrap_up

    def _say_waiting(self) -> None:
        self._team.say_waiting(self._context.status.state.waiting)

    # -- what colleagues do

    def _on_team(self) -> None:
        self._window.actions_.offer_to_team(self._team.is_set)
        if self._team.state.is_live:
            self._team.use(self._used)
            self._say_waiting()
        self._say_who()

    def _on_claims(self, debts: frozenset[str]) -> None:
        self._panel.say_claims(debts)
        if self._debt_id in debts:
            self._say_who()

    def _on_taken_over(self, claim: Claim) -> None:
        if claim.debt_id == self._debt_id:
            self._lost = claim
            self._say_who()

    def _say_who(self) -> None:
        claim = self._team.claim_of(self._debt_id)
        if claim is None:
            self._lost = None
            self.line.say("")
            return
        words = self._team.claim_words(claim)
        if self._is_warned:
            words = self.tr(
                "{who}, and may be speaking with them. Call again to call all the same."
            ).format(who=words)
        elif self._lost is not None:
            words = self.tr("{name} has taken this debt over. What you typed is kept.").format(
                name=claim.member.shown
            )
        self.line.say(
            words,
            tone="info" if not self._is_warned and self._lost is None else "warning",
            action=self.tr("Take over"),
            act=self.take_over,
        )

    def _may_call(self) -> bool:
        """Return whether the debtor may be dialled now: where a colleague has the debt, the person is told
        so once."""
        claim = self._team.claim_of(self._debt_id)
        if claim is not None and not self._is_warned:
            self._is_warned = True
            self._say_who()
            return False
        self._has_dialled = True
        self._use_open()
        self._look()
        return True

    def take_over(self) -> None:
        """Have the open debt, which a colleague has; their desk says so."""
        claim = self._team.claim_of(self._debt_id)
        if claim is None:
            announce(self._editor, self.tr("No colleague has this debt."))
            return
        self._used = claim.debt_id
        self._team.take_over(claim.debt_id)
