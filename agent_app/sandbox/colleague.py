"""A colleague who works on the same followups, by themselves, until told to stop.

Each edit adds a word of their own to the notes, puts one into the summary, or sets a status. A word
is never used twice, so that anybody can find out what became of it.
"""

import asyncio
import random
from collections.abc import Callable
from typing import Any

from agent_app.sandbox.records import Records

STATUSES = ("deal_found", "no_answer", "deal_not_found", "in_progress", "on_hold")
Told = Callable[[str, dict[str, Any], dict[str, Any]], None]
"""What is told of each edit: the followup's id, the new values, and the values before."""


class Colleague:
    """Edits *records*; `told` hears of each edit."""

    def __init__(self, records: Records, told: Told) -> None:
        self._records, self._told = records, told
        self._rng = random.Random(1)  # noqa: S311  (not for secrets)
        self._words = 0
        self._task: asyncio.Task[None] | None = None

    def start(self, rate: float, seed: int) -> None:
        """Make *rate* edits a second from now on; needs a running loop."""
        self.stop()
        self._rng = random.Random(seed)  # noqa: S311
        self._task = asyncio.get_running_loop().create_task(self._run(rate))

    def stop(self) -> None:
        """Edit no more."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def forget(self) -> None:
        """Begin with the first word again."""
        self.stop()
        self._words = 0

    async def _run(self, rate: float) -> None:
        while True:
            await asyncio.sleep(self._rng.expovariate(rate))
            self.edit_any()

    def edit_any(self) -> None:
        """One edit of any followup."""
        rows, _total = self._records.followups({}, 0, 1_000_000)
        if rows:
            self.edit(self._rng.choice(rows)["id"])

    def edit(self, followup_id: str, field: str = "", word: str = "") -> dict[str, Any]:
        """Return one edit of this followup, of *field* ("": any); returns the new values.

        In the notes *word* ("": one of their own) stands below what was there.
        """
        before = self._records.followup(followup_id)
        if before is None:
            return {}
        self._words += 1
        word = word or f"theirs{self._words}x"
        field = field or self._rng.choice(("notes", "notes", "summary", "status"))
        value = word
        if field == "notes":
            value = f"{before['notes'] or ''}\n{word}".lstrip("\n")
        elif field == "status":
            value = word if word in STATUSES else self._rng.choice(STATUSES)
        changes = {field: value}
        self._records.update(followup_id, changes)
        self._told(followup_id, changes, {field: before[field]})
        return changes
