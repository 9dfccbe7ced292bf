"""Rows of the API that one desk has read are known to all: each is read once for everybody.

A row says when its question left, by the team server's clock: whoever has read it later keeps what they
have. So a row that comes late, or comes again, undoes nothing.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from agent_app.domain.team import Member
from agent_app.team.bus import Bus, Message
from agent_app.team.listeners import Listeners
from agent_app.team.messages import RowSaid

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RowHeard:
    """A row as the API said it, `age_s` seconds after its question had left; `place` is counted from
    the list's end. `left` rows of what was there before are still to come. `is_gone`: the API no
    longer has it."""

    row: Mapping[str, Any]
    age_s: float
    place: int | None
    left: int
    is_gone: bool


class Rows:
    """Rows of one kind: those of *stream*, each under what *subject* makes of its id. *api* tells which
    API they are of: those of another are none of ours."""

    def __init__(
        self, me: Member, stream: str, *, subjects: str, subject: Callable[[str], str], api: str
    ) -> None:
        self.heard: Listeners[RowHeard] = Listeners()
        self._me, self._stream, self._subjects, self._subject = me, stream, subjects, subject
        self._api = api
        self._bus: Bus | None = None
        self.born, self.sequence = 0.0, 0
        """Up to where they were heard, and of which stream; to be kept across a restart."""
        self.is_full: Callable[[], bool] = lambda: False
        """Whether no more is to be told for now."""
        self.is_whole = False
        """Whether all that was there before has been heard."""

    async def join(self, bus: Bus) -> None:
        """Hear what came since last time; returns when that is heard. Raises NoTeam."""
        self._bus, self.is_whole = bus, False
        born, last = await bus.extent(self._stream)
        if born != self.born or last < self.sequence:
            self.born, self.sequence = born, 0
        await bus.follow(
            self._stream,
            self._subjects,
            self._hear,
            after=self.sequence,
            is_full=lambda: self.is_full(),
        )
        self.is_whole = True

    def lost(self) -> None:
        """The connection is gone."""
        self._bus, self.is_whole = None, False

    async def tell(
        self,
        row: Mapping[str, Any],
        asked_s_ago: float,
        place: int | None = None,
        *,
        gone: bool = False,
    ) -> None:
        """Have all know a row whose question left so many seconds ago. Does not wait."""
        bus = self._bus
        if bus is None:
            return
        said = RowSaid(
            row=row,
            asked=bus.now() - asked_s_ago,
            by=self._me.id,
            place=place,
            api=self._api,
            gone=gone,
        )
        await bus.say(self._subject(str(row["id"])), said.write())

    def _hear(self, message: Message) -> None:
        self.sequence = max(self.sequence, message.sequence)
        said = RowSaid.read(message.data)
        bus = self._bus
        if said is None or bus is None or said.api != self._api:
            return
        if self._subject(str(said.row.get("id", ""))) != message.subject:
            return
        if said.by == self._me.id and not message.left and self.is_whole:
            return  # our own word
        age = max(0.0, bus.now() - said.asked)
        self.heard.tell(RowHeard(said.row, age, said.place, message.left, said.gone))
