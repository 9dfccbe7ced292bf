"""The team for the window: signals, and what is asked of it. There is one, or none."""

from collections.abc import Callable
from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from agent_app.domain.team import Claim, Event, Member, NoTeam, Presence, TeamLink, TeamState
from agent_app.text.team import claim_brief, claim_words, link_sentence, link_words, place_words

if TYPE_CHECKING:
    from agent_app.domain.team import Activity, Shared, SharedKind, TeamReview
    from agent_app.team.team import Team


class TeamStatus(QObject):
    """Lives as long as the window; teams come and go with accounts."""

    changed = Signal()
    """The link to the team is another one."""
    claims_changed = Signal(object)
    """Colleagues took or left these debts (a frozenset of ids)."""
    people_changed = Signal()
    """Somebody came, went, or does something else."""
    taken_over = Signal(object)
    """A colleague has what this desk had: their `Claim`."""
    event_heard = Signal(object)
    review_heard = Signal(object)
    shared_changed = Signal(object)

    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        self._zone = zone
        self.state = TeamState()
        self.team: Team | None = None
        self._unlisten: list[Callable[[], None]] = []
        self._names: dict[str, str] = {}
        """How members who were here are called, by id."""

    def follow(self, team: "Team | None") -> None:
        """Follow another team, or none."""
        for unlisten in self._unlisten:
            unlisten()
        self._unlisten = []
        self._names = {}
        had = frozenset(one.debt_id for one in self.claims())
        self.team = team
        if team is not None:
            self._unlisten = [
                team.changed.listen(self._on_state),
                team.claims.changed.listen(self.claims_changed.emit),
                team.claims.taken.listen(self.taken_over.emit),
                team.presences.changed.listen(self._on_people),
                team.events.heard.listen(self.event_heard.emit),
                team.reviews.heard.listen(self.review_heard.emit),
                team.shared.changed.listen(self.shared_changed.emit),
            ]
        self._on_state(team.state if team is not None else TeamState())
        self.people_changed.emit()
        if had:
            self.claims_changed.emit(had)

    def foresee(self) -> None:
        """There is to be a team in a moment."""
        self._on_state(TeamState(TeamLink.CONNECTING))

    def fail(self, error: NoTeam) -> None:
        """There is to be a team, and it cannot be made: why."""
        self._on_state(TeamState(error.link, error=str(error)))

    def _on_state(self, state: TeamState) -> None:
        self.state = state
        self.changed.emit()

    def _on_people(self, _nothing: None) -> None:
        self._names |= {one.member.id: one.member.shown for one in self.people()}
        self.people_changed.emit()

    # -- what is asked

    @property
    def is_set(self) -> bool:
        """Whether this desk is to be in a team, connected or not."""
        return self.state.link is not TeamLink.OFF

    @property
    def is_awaited(self) -> bool:
        """Whether nobody knows yet if the team is there."""
        return self.state.link is TeamLink.CONNECTING

    @property
    def me(self) -> Member | None:
        """Who this desk is in the team."""
        return self.state.me

    def claims(self) -> list[Claim]:
        """Return the claims of all, the oldest first."""
        return self.team.claims.all() if self.team is not None else []

    def claim_of(self, debt_id: str) -> Claim | None:
        """Return the colleague's claim of a debt, or None: nobody has it, or this desk."""
        return self.team.claims.of_colleague(debt_id) if self.team is not None and debt_id else None

    def people(self) -> list[Presence]:
        """Return who is there, by name."""
        return self.team.presences.all() if self.team is not None else []

    def events(self) -> list[Event]:
        """Return what was done: by all for a supervisor, by oneself else."""
        return self.team.events.all() if self.team is not None else []

    def all_reviews(self) -> "list[TeamReview]":
        """Return the reviews that this person may read, the newest first: a supervisor everybody's, an agent
        their own."""
        return self.team.reviews.all() if self.team is not None else []

    def name_of(self, member_id: str) -> str:
        """Return how a member is called; their id where they were not here yet."""
        return self._names.get(member_id, member_id)

    def shared(self) -> "list[Shared]":
        """Return what supervisors wrote for all, the newest version of each."""
        if self.team is None:
            return []
        from agent_app.domain.team import SharedKind  # asked seldom

        found = (self.team.shared.of(kind) for kind in SharedKind)
        return [one for one in found if one is not None]

    def shared_before(self, kind: "SharedKind") -> "list[Shared]":
        """Return the versions of something shared that the team keeps, the newest first."""
        return self.team.shared.history(kind) if self.team is not None else []

    # -- what this desk tells; nothing here waits

    def use(self, debt_id: str) -> None:
        """This debt is in use here, and no other ("": none)."""
        if self.team is not None:
            self.team.claims.use((debt_id,))

    def take_over(self, debt_id: str) -> None:
        """Have a debt that a colleague has."""
        if self.team is not None:
            self.team.claims.take_over(debt_id)

    def be(self, activity: "Activity", debt_id: str) -> None:
        """The person does this, with this debt ("": none)."""
        if self.team is not None:
            self.team.presences.be(activity, debt_id)

    async def tell(self, event: Event) -> None:
        """The agent did this. Raises NoTeam."""
        if self.team is not None:
            await self.team.events.tell(event)

    async def review(self, review: "TeamReview") -> None:
        """Send a review to its agent. Raises NoTeam."""
        if self.team is None:
            raise NoTeam(TeamLink.OFF, "no team")
        await self.team.reviews.publish(review)

    async def acknowledge(self, review_id: str, words: str) -> None:
        """This person has read a review, and says this to it. Raises NoTeam."""
        if self.team is None:
            raise NoTeam(TeamLink.OFF, "no team")
        await self.team.reviews.acknowledge(review_id, words)

    async def write_shared(self, kind: "SharedKind", text: str, after: int) -> None:
        """Write something for all, on top of version *after*. Raises NoTeam; Beaten where a colleague wrote."""
        if self.team is None:
            raise NoTeam(TeamLink.OFF, "no team")
        await self.team.shared.publish(kind, text, after)

    def say_waiting(self, waiting: int) -> None:
        """So many saves have not reached the server."""
        if self.team is not None:
            self.team.presences.say_waiting(waiting)

    # -- in words

    def words(self) -> str:
        """Return how the team is in a word or two, "" where there is none."""
        me = self.me
        others = sum(one.member.id != (me.id if me else "") for one in self.people())
        if self.state.is_live and others:
            return self.tr("Team: %n colleague(s) here", "", others)
        return link_words(self.state.link)

    def sentence(self) -> str:
        """Return who one is in the team, where, and how that stands; "" where there is none."""
        return " ".join(
            part for part in (place_words(self.state), link_sentence(self.state)) if part
        )

    def claim_words(self, claim: Claim) -> str:
        """Return who has a debt since when."""
        return claim_words(claim, self._zone)

    def brief_of(self, debt_id: str) -> str:
        """Return which colleague has a debt since when, in a few words; "" where none has."""
        claim = self.claim_of(debt_id)
        return claim_brief(claim, self._zone) if claim is not None else ""
