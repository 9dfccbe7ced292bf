"""A supervisor's review of a followup, and what to look for.

The API has no place for reviews: they live in this computer's store, and travel as a file.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import islice

from agent_app.domain.fields import DIALLED_TYPES, Status
from agent_app.domain.followup import Followup

REACHED = frozenset({Status.DEAL_FOUND, Status.DEAL_NOT_FOUND, Status.BAD_BEHAVIOR})
"""Outcomes for which somebody has to have answered."""
SHORT_CALL_MS = 10_000
LATE_MS = 3_600_000
MAX_COMMENT = 2_000
MAX_QUESTIONS = 12
FIRST_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)
LAST_MOMENT = datetime(9998, 12, 31, tzinfo=UTC)
"""Moments of reviews lie between these: at the calendar's ends other zones have no day."""


class Score(StrEnum):
    """The answer to one of the team's questions."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Review:
    """What a supervisor found. `scores` by question; `at` is UTC."""

    followup_id: str
    reviewer: str
    at: datetime
    comment: str = ""
    scores: Mapping[str, Score] = field(default_factory=dict)


class LookFor(StrEnum):
    """Rules to look for, each a saved filter."""

    DEAL_WITHOUT_SUMMARY = "deal_without_summary"
    SHORT_BUT_REACHED = "short_but_reached"
    RECORDED_LATE = "recorded_late"
    SCHEDULED_AND_FORGOTTEN = "scheduled_and_forgotten"
    SECRET_IN_NOTES = "secret_in_notes"  # noqa: S105  (a name, no secret)


def is_deal_without_summary(followup: Followup) -> bool:
    """Deal found without a summary."""
    return followup.status == Status.DEAL_FOUND and not (followup.summary or "").strip()


def is_short_but_reached(followup: Followup) -> bool:
    """Return a call of under 10 s that is marked as reached."""
    length = followup.duration_ms
    if length is None or followup.type not in DIALLED_TYPES:
        return False
    return followup.status in REACHED and length < SHORT_CALL_MS


def is_recorded_late(followup: Followup) -> bool:
    """Return an outcome that was recorded more than an hour after the call's end."""
    called, recorded = followup.call_date, followup.processed_at
    if called is None or recorded is None or followup.type not in DIALLED_TYPES:
        return False
    return recorded - called > timedelta(milliseconds=(followup.duration_ms or 0) + LATE_MS)


MAX_LOOKED_AT = 50_000
"""So much of a text is looked through (characters): it is done for each row that is written."""
MAX_CANDIDATES = 200
_CARD = re.compile(r"(?<![\d.])((?:\d[ \-]?){12,18}\d)(?![\d])")
_IBAN = re.compile(r"\b(?=([A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]){11,30})\b)")
"""Looks ahead, so that words which look like a beginning do not swallow a number."""
MIN_IBAN, MAX_IBAN = 15, 34


def holds_secret(text: str | None) -> bool:
    """Return whether *text* holds a card number or an IBAN, by its check digits."""
    text = (text or "")[:MAX_LOOKED_AT]
    if not re.search(r"\d{2}", text):
        return False
    return any(map(_is_card, _some(_CARD, text))) or any(map(_is_iban, _some(_IBAN, text.upper())))


def _some(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    return (found[1] for found in islice(pattern.finditer(text), MAX_CANDIDATES))


def _is_card(text: str) -> bool:
    from stdnum import luhn  # when notes are first looked through

    digits = re.sub(r"[ \-]", "", text)
    # 2 to 6 begin the numbers of payment cards (ISO/IEC 7812); a telephone number has a country.
    return 13 <= len(digits) <= 19 and digits[0] in "23456" and bool(luhn.is_valid(digits))


def _is_iban(text: str) -> bool:
    """Words may follow the number: every length whose check digits are right is tried."""
    from stdnum import iban  # when notes are first looked through

    compact = text.replace(" ", "")[:MAX_IBAN]
    return any(
        iban.is_valid(compact[:length], check_country=False) for length in _right_lengths(compact)
    )


def _right_lengths(compact: str) -> list[int]:
    """Return the lengths with which a text begins with an IBAN's check digits (ISO 7064, mod 97-10)."""
    head = int("".join(str(int(letter, 36)) for letter in compact[:4]))
    found, remainder = [], 0
    for length, letter in enumerate(compact[4:], 5):
        digits = str(int(letter, 36))
        remainder = (remainder * 10 ** len(digits) + int(digits)) % 97
        if length >= MIN_IBAN and (remainder * 10**6 + head) % 97 == 1:
            found.append(length)
    return found
