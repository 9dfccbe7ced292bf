"""What an agent pinned to a debt: a few words that are always in sight. The server never sees them."""

from datetime import datetime

from agent_app.store.codec import to_ms
from agent_app.store.database import Database


class Pins:
    """One text a debt."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, debt_id: str) -> str:
        """Return what is pinned to a debt, or ""."""
        row = self._database.read_one("select text from pin where debt_id = ?", [debt_id])
        return str(row[0]) if row else ""

    @property
    def are_there(self) -> bool:
        """Whether anything is pinned."""
        return self._database.read_one("select 1 from pin limit 1") is not None

    def keep(self, debt_id: str, text: str, at: datetime) -> None:
        """Put *text* in the place of what was pinned ("": nothing). Raises StoreError."""
        with self._database.transaction():
            if text:
                self._database.write(
                    "insert or replace into pin (debt_id, text, at) values (?, ?, ?)",
                    [debt_id, text, to_ms(at)],
                )
            else:
                self._database.write("delete from pin where debt_id = ?", [debt_id])
