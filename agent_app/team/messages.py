"""The messages as bytes: written small, read with suspicion.

What cannot be read is no message: garbage, and what a newer version of the desk writes. It is counted
and logged by its kind alone, as its text may be anything.
"""

import logging
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent_app.domain.team import Activity, Role, SharedKind

log = logging.getLogger(__name__)

VERSION = 1
MOST_BYTES = 512 * 1024
MOST_ID = 400
_Id = Field(max_length=MOST_ID)
_Text = Field(default="", max_length=4_000)


class Said(BaseModel):
    """A message. Keys that are not known are a newer version's, and do no harm."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)
    name: ClassVar[str] = "a message"

    v: int = VERSION

    def write(self) -> bytes:
        """As bytes."""
        return self.model_dump_json(exclude_defaults=True).encode()

    @classmethod
    def read(cls, data: bytes) -> Self | None:
        """Return a message of these bytes, or None where they make no sense to this version."""
        if len(data) > MOST_BYTES:
            _note(cls.name, "too long")
            return None
        try:
            found = cls.model_validate_json(data)
        except (ValidationError, ValueError, RecursionError):
            _note(cls.name, "not understood")
            return None
        if found.v != VERSION:
            _note(cls.name, "of a newer version")
            return None
        return found


@lru_cache(maxsize=64)
def _note(kind: str, what: str) -> None:
    """Log, once for each kind, that such a message came."""
    log.warning("a message of the team was ignored: %s, %s", kind, what)


class MemberSaid(Said):
    """Who it is."""

    id: str = _Id
    shown: str = Field(default="", max_length=200)
    role: Role = Role.AGENT


class PresenceSaid(MemberSaid):
    """What they do, for how long (seconds). *session* and *number* tell an old message that comes
    again."""

    name: ClassVar[str] = "presence"

    activity: Activity = Activity.READY
    for_s: float = Field(default=0.0, ge=0.0)
    debt: str = Field(default="", max_length=MOST_ID)
    waiting: int = Field(default=0, ge=0)
    session: str = _Id
    number: int = Field(ge=0)


class ClaimSaid(MemberSaid):
    """Who has this debt, for how long (seconds); *at* is when that was written, by the server's
    clock."""

    name: ClassVar[str] = "a claim"

    debt: str = _Id
    for_s: float = Field(default=0.0, ge=0.0)
    at: float


class RowSaid(Said):
    """A row as the API at *api* said it. *asked* is when the question left, by the team server's clock;
    *gone* says that the API no longer has it."""

    name: ClassVar[str] = "a row"

    row: Mapping[str, Any]
    asked: float
    by: str = _Id
    api: str = _Id
    place: int | None = Field(default=None, ge=1)
    gone: bool = False


class ShareSaid(Said):
    """What the headers of a reply said of the hour: *resets_in* seconds. *asked* is when the question
    left, by the server's clock."""

    name: ClassVar[str] = "a budget"

    limit: int = Field(gt=0, le=10_000_000)
    remaining: int = Field(ge=0)
    resets_in: float = Field(ge=0.0, le=86_400.0)
    asked: float
    by: str = _Id


class WriteSaid(Said):
    """A write is about to leave."""

    name: ClassVar[str] = "a write"

    by: str = _Id


class EventSaid(Said):
    """What an agent did."""

    name: ClassVar[str] = "an event"

    id: str = _Id
    followup: str = _Id
    debt: str = Field(default="", max_length=MOST_ID)
    status: str = Field(max_length=100)
    ago_s: float = 0.0
    talk_ms: int | None = Field(default=None, ge=0)
    wrap_up_ms: int | None = Field(default=None, ge=0)


class ReviewSaid(Said):
    """A supervisor's review."""

    name: ClassVar[str] = "a review"

    id: str = _Id
    followup: str = _Id
    agent: str = _Id
    comment: str = _Text
    scores: Mapping[str, str] = Field(default_factory=dict, max_length=20)


class AnswerSaid(Said):
    """The agent has read a review, and what they say to it."""

    name: ClassVar[str] = "an answer"

    id: str = _Id
    words: str = _Text


class SharedSaid(Said):
    """A version of something that all share."""

    name: ClassVar[str] = "something shared"

    kind: SharedKind
    version: int = Field(ge=1)
    text: str = Field(max_length=MOST_BYTES)


class LeaseSaid(Said):
    """Who does a thing that one alone does, and how far they are."""

    name: ClassVar[str] = "a lease"

    holder: str = _Id
    at: float
    facts: Mapping[str, float | int | bool | str] = Field(default_factory=dict)
