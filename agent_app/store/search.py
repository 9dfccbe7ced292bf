"""The text that the quick search looks through, and how a search is put to SQLite."""

import re
from dataclasses import dataclass

from agent_app.domain.debt import Debt
from agent_app.domain.followup import Followup
from agent_app.domain.places import country_code
from agent_app.domain.telephone import numbers_in, without_marks
from agent_app.domain.text import fold, spelt_out

TRIGRAM = 3
MAX_SEARCHED = 20_000
"""Of each text that is searched (characters): one that repeats itself takes seconds beyond that."""
MAX_TYPED = 100
"""A search is what a person types, not a text that they paste (characters)."""
_NUMBER = re.compile(r"[+0-9\s().\-/]+")


def digits(text: str) -> str:
    """Only the digits of *text*."""
    return "".join(c for c in text if c.isdigit())


SEARCHED = ("summary", "notes", "id", "debt_id", "phone_number_used")
"""The followup's own fields in `searched_text`: where none of them changed, neither did the text."""


def searched_text(followup: Followup, debt: Debt | None) -> str:
    """Return what a followup can be found by: summary, notes, debtor, phones, ids."""
    phones = [followup.phone_number_used or "", (debt.phone if debt else "") or ""]
    country = country_code((debt.country if debt else "") or "")
    name = debt.debtor if debt else ""
    parts = [
        followup.summary or "",
        followup.notes or "",
        name,
        "" if (spelt := spelt_out(name)) == name else spelt,
        debt.reference if debt else "",
        followup.id,
        followup.debt_id,
        *phones,
        *(one for phone in phones for one in _spellings(phone, country)),
    ]
    return "\n".join(part[:MAX_SEARCHED] for part in parts if part)


def _spellings(phone: str, country: str) -> list[str]:
    """Return the digits of a number as it stands, and with its country's where those differ."""
    bare = digits(phone)
    if not bare or (phone[0] == "+" and phone[1:] == bare):
        return [bare]
    whole = [digits(one.e164) for one in numbers_in(phone, [country])]
    return list(dict.fromkeys([bare, *whole]))


@dataclass(frozen=True, slots=True)
class Search:
    """A search in SQLite's terms: a full-text expression, and words too short for it."""

    match: str
    short: tuple[str, ...]


def search_of(text: str) -> Search:
    """Every word must be found. A number is looked for by its digits, however it is written.

    A leading 0 of a national number is dropped, so that 06 12 … finds +33612….
    """
    text = text[:MAX_TYPED].replace("\0", " ").strip()
    number = without_marks(text)
    if len(digits(number)) >= TRIGRAM and _NUMBER.fullmatch(number):
        bare = digits(number).lstrip("0")
        if len(bare) >= TRIGRAM:
            return Search(_quoted(bare), ())
    words = fold(text).split()
    long = [word for word in words if len(word) >= TRIGRAM]
    short = tuple(word for word in words if len(word) < TRIGRAM)
    return Search(" ".join(_quoted(word) for word in long), short)


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
