"""Room: store. The text that the quick search looks through, and how a search is put to SQLite."""

import re
from dataclasses import dataclass

from agent_app.domain.debt import Debt
from agent_app.domain.followup import Followup
from agent_app.domain.text import fold

TRIGRAM = 3


def digits(text: str) -> str:
    """Only the digits of *text*."""
    return "".join(c for c in text if c.isdigit())


SEARCHED = ("summary", "notes", "id", "debt_id", "phone_number_used")
"""The followup's own fields in `searched_text`: where none of them changed, neither did the text."""


def searched_text(followup: Followup, debt: Debt | None) -> str:
    """What a followup can be found by: summary, notes, debtor, phones, ids."""
    phones = [followup.phone_number_used or "", (debt.phone if debt else "") or ""]
    parts = [
        followup.summary or "",
        followup.notes or "",
        debt.debtor if debt else "",
        debt.reference if debt else "",
        followup.id,
        followup.debt_id,
        *phones,
        *(digits(phone) for phone in phones),
    ]
    return "\n".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Search:
    """A search in SQLite's terms: a full-text expression, and words too short for it."""

    match: str
    short: tuple[str, ...]


def search_of(text: str) -> Search:
    """Every word must be found. A number with spaces or dashes is looked for by its digits.

    A leading 0 of a national number is dropped, so that 06 12 … finds +33612….
    """
    text = text.replace("\0", " ").strip()
    if len(digits(text)) >= TRIGRAM and re.fullmatch(r"[+0-9\s().\-/]+", text):
        bare = digits(text).lstrip("0")
        if len(bare) >= TRIGRAM:
            return Search(_quoted(bare), ())
    words = text.split()
    long = [word for word in words if len(word) >= TRIGRAM]
    short = tuple(fold(word) for word in words if len(word) < TRIGRAM)
    return Search(" ".join(_quoted(word) for word in long), short)


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
