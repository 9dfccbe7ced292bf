"""The few words that an agent pinned to the debt that is shown. They stay on this computer."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from agent_app.models.draft_keeper import DraftKeeper
from agent_app.store.store import Store

MAX_CHARACTERS = 500


class PinnedNote(QObject):
    """Kept soon after it was typed, like any text; what the disk refused is tried again. *now* gives
    UTC."""

    shown = Signal()
    """Another debt's note is shown, or words were pinned to it."""
    refused = Signal(Exception)
    """The local file did not take it."""
    taken = Signal()
    """The local file has taken what it had refused."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._store, self._now = store, now
        self._debt_id = ""
        self._typed: dict[str, str] = {}
        """What is not on disk yet, by debt."""
        self._keeper = DraftKeeper(self._put_on_disk)
        self._keeper.refused.connect(self.refused)
        self._keeper.taken.connect(self.taken)

    def close(self) -> None:
        """Keep what was typed."""
        self._keeper.keep()
        self._keeper.stop()

    def show(self, debt_id: str) -> None:
        """Show another debt's note ("": none)."""
        if debt_id == self._debt_id:
            return
        self.keep()
        self._debt_id = debt_id
        self.shown.emit()

    @property
    def debt_id(self) -> str:
        """The debt it is pinned to, or ""."""
        return self._debt_id

    @property
    def text(self) -> str:
        """What is pinned."""
        if self._debt_id in self._typed:
            return self._typed[self._debt_id]
        return self._store.pins.get(self._debt_id) if self._debt_id else ""

    def set(self, text: str) -> None:
        """The agent made *text* of it."""
        if self._debt_id and text != self.text:
            self._typed[self._debt_id] = text[:MAX_CHARACTERS]
            self._keeper.soon()

    def add(self, text: str) -> None:
        """Pin words to what is pinned already."""
        lines = [*self.text.splitlines(), " ".join(text.split())]
        self.set("\n".join(dict.fromkeys(line for line in lines if line)))
        self.shown.emit()

    def keep(self) -> None:
        """Put it on disk now."""
        if self._typed:
            self._keeper.keep()

    def _put_on_disk(self) -> None:
        for debt_id, text in list(self._typed.items()):
            self._store.pins.keep(debt_id, text.strip(), self._now())
            if self._typed.get(debt_id) == text:
                del self._typed[debt_id]
