"""In what order questions were asked and answers came, so that a late answer undoes nothing.

A list that was asked for before a save was confirmed, and arrives after it, holds the old values.
Numbers are counted here instead of looking at a clock, which may be put back.
"""

from collections.abc import Iterable, Mapping
from typing import Any

MOST = 1_000
"""Followups that are remembered: no request is under way for as long as it takes to save so many."""


class Answers:
    """What of each followup became known after which question."""

    def __init__(self) -> None:
        self._count = 0
        self._whole: dict[str, int] = {}
        self._fields: dict[str, dict[str, int]] = {}

    def ask(self) -> int:
        """A question is about to be asked; returns its place in the order."""
        self._count += 1
        return self._count

    def saved(self, followup_id: str, names: Iterable[str]) -> None:
        """The server has confirmed these fields just now."""
        self._count += 1
        known = {**self._fields.pop(followup_id, {}), **dict.fromkeys(names, self._count)}
        self._fields[followup_id] = known
        if len(self._fields) > MOST:
            del self._fields[next(iter(self._fields))]

    def read(self, followup_id: str, asked: int) -> None:
        """The followup was read with a question of its own, *asked* then, or found to be gone."""
        self._whole[followup_id] = max(asked, self._whole.pop(followup_id, 0))
        if len(self._whole) > MOST:
            del self._whole[next(iter(self._whole))]

    def news(self, payload: Mapping[str, Any], asked: int) -> Mapping[str, Any]:
        """Return what of an answer to a question *asked* then is not older than what is known; {} if all
        of it is."""
        followup_id = payload["id"]
        if self._whole.get(followup_id, 0) > asked:
            return {}
        fields = self._fields.get(followup_id)
        if not fields:
            return payload
        return {name: value for name, value in payload.items() if fields.get(name, 0) <= asked}
