"""Followups and debts in SQLite, and how each reply shows them."""

import json
import secrets
import sqlite3
import weakref
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from agent_app.sandbox.media import Media
from agent_app.sandbox.rules import DEBT_WRITABLE, WRITABLE, moment_of, stored_moment

READ_ONLY = (
    "processed_at",
    "triggered_payment",
    "email_opened",
    "email_open_count",
    "email_first_opened_at",
    "email_clicked",
    "email_click_count",
)
_LEFT_OUT = frozenset(READ_ONLY) - {"processed_at"}
"""Replies to PUT and POST are shorter (CONTRACT, "Replies are uneven")."""

_EMPTY: dict[str, Any] = {
    **dict.fromkeys(WRITABLE),
    "status": "on_hold",
    "type": "call",
    "is_retry": False,
    "pdf_url": None,
    "processed_at": None,
    "triggered_payment": False,
    "email_opened": False,
    "email_open_count": 0,
    "email_first_opened_at": None,
    "email_clicked": False,
    "email_click_count": 0,
}
_MOMENTS = ("call_date", "scheduled_at")
_ADDRESS = frozenset({"street_address", "street_number", "postal_code", "city"})


class Records:
    """The company's data. *file* None keeps it in memory."""

    def __init__(self, file: str | None, media: Media) -> None:
        self._media = media
        self._db = sqlite3.connect(file or ":memory:", check_same_thread=False)
        weakref.finalize(self, self._db.close)  # Python 3.13 warns of one that nobody closed
        self._db.executescript(
            """
            pragma journal_mode = wal;
            pragma synchronous = normal;
            create table if not exists followup (
                number integer primary key autoincrement,
                id text not null unique, debt_id text not null,
                status text not null, type text not null, day text, doc text not null
            );
            create index if not exists followup_debt on followup (debt_id);
            create table if not exists debt (id text primary key, doc text not null);
            """
        )

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def is_empty(self) -> bool:
        """Return whether nothing was seeded yet."""
        return self._db.execute("select 1 from debt limit 1").fetchone() is None

    def fill(self, debts: list[dict[str, Any]], followups: list[dict[str, Any]]) -> None:
        """Put seed data in."""
        with self._db:
            self._db.executemany(
                "insert into debt values (?, ?)", [(d["id"], json.dumps(d)) for d in debts]
            )
            for values in followups:
                self._insert({**_EMPTY, **values})

    def empty(self) -> None:
        """Forget all that there is."""
        with self._db:
            self._db.execute("delete from followup")
            self._db.execute("delete from debt")

    def debt(self, debt_id: str) -> dict[str, Any] | None:
        """Return a debt with its count of followups, or None."""
        row = self._db.execute("select doc from debt where id = ?", [_kept(debt_id)]).fetchone()
        if row is None:
            return None
        return self._with_count(json.loads(row[0]))

    def debts(self, offset: int, limit: int) -> tuple[list[dict[str, Any]], int]:
        """Return a stretch of the debts, and how many there are."""
        total = self._db.execute("select count(*) from debt").fetchone()[0]
        rows = self._db.execute(
            "select doc from debt order by id limit ? offset ?", [limit, min(offset, 2**62)]
        )
        return [self._with_count(json.loads(row[0])) for row in rows.fetchall()], total

    def debts_of(self, debtor_id: str, offset: int, limit: int) -> tuple[list[dict[str, Any]], int]:
        """Return a stretch of a debtor's debts, and how many there are."""
        rows = self._db.execute(
            "select doc from debt where doc ->> '$.debtor_id' = ? order by id", [_kept(debtor_id)]
        ).fetchall()
        shown = [self._with_count(json.loads(row[0])) for row in rows[offset : offset + limit]]
        return shown, len(rows)

    def update_debt(self, debt_id: str, changes: Mapping[str, Any]) -> dict[str, Any] | None:
        """Change what may be written of a debt; the debt as GET shows it."""
        debt = self.debt(debt_id)
        if debt is None:
            return None
        written = {name: changes[name] for name in DEBT_WRITABLE if name in changes}
        debt |= written
        if written.keys() & _ADDRESS:
            debt["address"] = _address(debt)
        with self._db:
            self._db.execute(
                "update debt set doc = ? where id = ?", [json.dumps(debt), _kept(debt_id)]
            )
        return debt

    def followups(
        self, wanted: Mapping[str, str], offset: int, limit: int
    ) -> tuple[list[dict[str, Any]], int]:
        """Return a stretch of the followups that *wanted* lets through, newest first; and how many."""
        columns = {
            "status": "status = ?",
            "type": "type = ?",
            "debt_id": "debt_id = ?",
            "date_from": "day >= ?",
            "date_to": "day <= ?",
        }
        where = " and ".join(columns[name] for name in wanted) or "true"
        values = [_kept(value) for value in wanted.values()]
        total = self._db.execute(
            f"select count(*) from followup where {where}",
            values,
        ).fetchone()[0]
        rows = self._db.execute(
            f"select doc from followup where {where} order by number desc limit ? offset ?",
            [*values, limit, min(offset, 2**62)],
        ).fetchall()
        return [self._shown(json.loads(row[0])) for row in rows], total

    def followup(self, followup_id: str) -> dict[str, Any] | None:
        """Return a followup as GET shows it, or None."""
        doc = self._doc(followup_id)
        return self._shown(doc) if doc is not None else None

    def update(self, followup_id: str, changes: Mapping[str, Any]) -> dict[str, Any] | None:
        """Change the writable fields that *changes* names; the followup as PUT shows it."""
        doc = self._doc(followup_id)
        if doc is None:
            return None
        doc.update(_written(changes))
        with self._db:
            self._db.execute(
                "update followup set status = ?, type = ?, day = ?, doc = ? where id = ?",
                [doc["status"], doc["type"], _day(doc), json.dumps(doc), doc["id"]],
            )
        return self._shown(doc, _LEFT_OUT)

    def create(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Add a followup; the followup as POST shows it. `processed_at` is set at once, which does
        not mean that it was executed (CONTRACT)."""
        doc = {
            **_EMPTY,
            **_written(values),
            "id": secrets.token_urlsafe(18),
            "debt_id": values["debt_id"],
            "processed_at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        with self._db:
            self._insert(doc)
        return self._shown(doc, _LEFT_OUT)

    def remove(self, followup_id: str) -> bool:
        """Take a followup away (only the sandbox's control can)."""
        with self._db:
            gone = self._db.execute("delete from followup where id = ?", [_kept(followup_id)])
        return gone.rowcount > 0

    def _doc(self, followup_id: str) -> dict[str, Any] | None:
        row = self._db.execute(
            "select doc from followup where id = ?", [_kept(followup_id)]
        ).fetchone()
        return json.loads(row[0]) if row else None

    def _insert(self, doc: dict[str, Any]) -> None:
        self._db.execute(
            "insert into followup (id, debt_id, status, type, day, doc) values (?, ?, ?, ?, ?, ?)",
            [doc["id"], doc["debt_id"], doc["status"], doc["type"], _day(doc), json.dumps(doc)],
        )

    def _with_count(self, debt: dict[str, Any]) -> dict[str, Any]:
        count = self._db.execute(
            "select count(*) from followup where debt_id = ?", [debt["id"]]
        ).fetchone()[0]
        return {**debt, "followups_count": count}

    def _shown(self, doc: dict[str, Any], left_out: frozenset[str] = frozenset()) -> dict[str, Any]:
        shown = {name: value for name, value in doc.items() if name not in left_out}
        links = {
            name: self._media.sign(doc[name]) if doc[name] else None
            for name in ("audio_url", "pdf_url")
        }
        expires = max((link.expires for link in links.values() if link), default=None)
        for name, link in links.items():
            shown[name] = link.address if link else None
        if expires is not None:
            shown["media_urls_expire_at"] = datetime.fromtimestamp(expires, UTC).isoformat()
        return shown


def _address(debt: Mapping[str, Any]) -> str:
    """Return a debt's address in a line."""
    street = " ".join(filter(None, (debt.get("street_number"), debt.get("street_address"))))
    city = " ".join(filter(None, (debt.get("postal_code"), debt.get("city"))))
    return ", ".join(filter(None, (street, city)))


def _written(values: Mapping[str, Any]) -> dict[str, Any]:
    written = {name: values[name] for name in WRITABLE if name in values}
    for name in _MOMENTS:
        if written.get(name) is not None:
            written[name] = stored_moment(written[name])
    if written.get("duration_ms") is not None:
        written["duration_ms"] = int(written["duration_ms"])
    return written


def _day(doc: Mapping[str, Any]) -> str | None:
    """Return the day that the date filters look at (CONTRACT, "Assumed"): UTC."""
    text = doc.get("scheduled_at") or doc.get("call_date")
    moment = moment_of(text) if text else None
    day: date | None = moment.date() if moment else None
    return day.isoformat() if day else None


def _kept(text: str) -> str:
    """*text* as SQLite can compare it: a lone surrogate matches nothing."""
    return text.encode("utf-8", "replace").decode()
