"""A team on one list as plain values: who is there, who has which debt, how the link is.

All moments are UTC by this computer's own clock, whatever other computers' clocks show.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from agent_app.domain.errors import ExternalError


class TeamLink(StrEnum):
    """How the desk is connected with its team."""

    OFF = "off"
    """No team is set."""
    CONNECTING = "connecting"
    LIVE = "live"
    LOST = "lost"
    """Nobody answers, or the connection broke: it is tried again by itself."""
    REFUSED = "refused"
    """The credentials are not accepted (any more): the administrator has to help."""
    NOT_TRUSTED = "not_trusted"
    """The server's certificate is not one that the credentials file vouches for, or there is no TLS."""
    NOT_SET_UP = "not_set_up"
    """The server has no place for the team's messages yet: a relay or a supervisor makes it."""
    BAD_FILE = "bad_file"
    """The credentials file is missing or cannot be read."""


class Role(StrEnum):
    """What a person, or the relay, may do in the team."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    RELAY = "relay"


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the team, or the relay: `id` is the name in the credentials, `name` what is shown."""

    id: str
    name: str = ""
    role: Role = Role.AGENT

    @property
    def shown(self) -> str:
        """What colleagues call them."""
        return self.name or self.id


@dataclass(frozen=True, slots=True)
class TeamState:
    """How the desk stands with its team. `error` is for the log and a tool tip, without names."""

    link: TeamLink = TeamLink.OFF
    me: Member | None = None
    server: str = ""
    error: str = ""

    @property
    def is_live(self) -> bool:
        """Whether what colleagues do is seen here."""
        return self.link is TeamLink.LIVE


class Activity(StrEnum):
    """What a person is doing."""

    READY = "ready"
    ON_CALL = "on_call"
    WRAPPING_UP = "wrapping_up"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Presence:
    """What a member is doing since when, and with which debt ("": none); `waiting` saves of theirs
    have not reached the server."""

    member: Member
    activity: Activity
    since: datetime
    debt_id: str = ""
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody works on this debt. It is advice: it warns, and blocks nothing."""

    debt_id: str
    member: Member
    since: datetime


@dataclass(frozen=True, slots=True)
class Event:
    """What an agent did with a followup: no word, name or number of a debtor. `at` is UTC. Times are
    milliseconds: of the talk, and from its end to the save."""

    id: str
    agent: str
    followup_id: str
    debt_id: str
    status: str
    at: datetime
    talk_ms: int | None = None
    wrap_up_ms: int | None = None


@dataclass(frozen=True, slots=True)
class TeamReview:
    """A supervisor's review of what an agent did, on its way to the agent. `scores` by question."""

    id: str
    followup_id: str
    agent: str
    reviewer: str
    at: datetime
    comment: str = ""
    scores: Mapping[str, str] = field(default_factory=dict)
    acknowledged_at: datetime | None = None
    answer: str = ""


class SharedKind(StrEnum):
    """What supervisors write for the whole team."""

    TEMPLATES = "templates"
    CALLING_RULES = "calling_rules"
    SCORECARD = "scorecard"
    GOALS = "goals"


TEAM_SETTINGS = {SharedKind.SCORECARD: "review_questions", SharedKind.GOALS: "daily_goal"}
"""The settings that a team can decide."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The team's `text` of a kind: its version, who wrote it and when."""

    kind: SharedKind
    version: int
    text: str
    by: str
    at: datetime


class NoTeam(ExternalError):
    """The team's server did not do what was asked."""

    retry = True

    def __init__(self, link: TeamLink, why: str) -> None:
        super().__init__(why)
        self.link = link


class Beaten(NoTeam):
    """Somebody else wrote first."""

    def __init__(self) -> None:
        super().__init__(TeamLink.LIVE, "somebody else wrote first")
