"""Where everything lies on the team's server: streams, subjects, lifetimes.

The rights of a person are given by these subjects (`rights.py`), so each thing that only one person may
write has their name in it. Debts and followups stand there by a digest: subjects are seen in a server's
own figures, and an id may hold any sign.
"""

import re
from dataclasses import dataclass
from hashlib import sha256

PRESENCE, CLAIMS, LEASES = "KV_presence", "KV_claims", "KV_leases"
ROWS, DEBTS, EVENTS = "FOLLOWUPS", "DEBTS", "EVENTS"
BUDGET, WRITES = "BUDGET", "WRITES"
REVIEWS, ANSWERS, SHARED = "REVIEWS", "ANSWERS", "SHARED"
HOUR_S = 3_600.0

DAY_S = 86_400.0
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long things last (seconds). Tests make them short."""

    lease: float = 90.0
    """A claim that is not renewed is over after this time."""
    renew: float = 30.0
    presence: float = 60.0
    presence_renew: float = 20.0
    events: float = 90 * DAY_S
    rows: float = 30 * DAY_S


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream of the team's server. `age` seconds are kept, `each` messages of a subject; `kv` is for
    those that other tools know as a key-value bucket."""

    name: str
    subjects: str
    age: float = 0.0
    each: int = 1
    in_memory: bool = False
    kv: bool = False


def streams(lives: Lifetimes) -> tuple[Stream, ...]:
    """Return all streams of a team."""
    return (
        Stream(PRESENCE, "$KV.presence.>", lives.presence, in_memory=True, kv=True),
        Stream(CLAIMS, "$KV.claims.>", lives.lease, in_memory=True, kv=True),
        Stream(LEASES, "$KV.leases.>", lives.lease, in_memory=True, kv=True),
        Stream(ROWS, "followup.>", lives.rows),
        Stream(DEBTS, "debt.>", lives.rows),
        Stream(EVENTS, "event.>", lives.events, each=-1),
        Stream(BUDGET, "budget.>", HOUR_S, in_memory=True),
        Stream(WRITES, "write.>", HOUR_S, each=-1, in_memory=True),
        Stream(REVIEWS, "review.>", lives.events),
        Stream(ANSWERS, "answer.>", lives.events),
        Stream(SHARED, "shared.>", each=20),
    )


def is_name(text: str) -> bool:
    """Return whether a text can be a member's id: small letters, digits, - and _, 40 at most."""
    return bool(_NAME.fullmatch(text))


def digest(anything: str) -> str:
    """Return an id as a part of a subject."""
    return sha256(anything.encode(errors="replace")).hexdigest()[:32]


def presence(member: str) -> str:
    """Return where a member's presence lies."""
    return f"$KV.presence.{member}"


def claim(debt_id: str) -> str:
    """Return where the claim of a debt lies."""
    return f"$KV.claims.{digest(debt_id)}"


def lease(what: str) -> str:
    """Return where it says who does a thing that one alone does."""
    return f"$KV.leases.{what}"


def row(followup_id: str) -> str:
    """Return where a followup's row lies."""
    return f"followup.{digest(followup_id)}"


def debt(debt_id: str) -> str:
    """Return where a debt's row lies."""
    return f"debt.{digest(debt_id)}"


def event(member: str) -> str:
    """Return where a member's events go."""
    return f"event.{member}"


def budget(client_id: str, kind: str) -> str:
    """Return where it says what is left of a client's hour; *kind* is "read" or "write"."""
    return f"budget.{digest(client_id)}.{kind}"


def write(client_id: str) -> str:
    """Return where the writes of a client's last hour lie."""
    return f"write.{digest(client_id)}"


def review(agent: str, reviewer: str, review_id: str) -> str:
    """Return where a review of an agent's work lies."""
    return f"review.{agent}.{reviewer}.{digest(review_id)}"


def answer(agent: str, review_id: str) -> str:
    """Return where the agent's answer to a review lies."""
    return f"answer.{agent}.{digest(review_id)}"


def shared(kind: str, author: str) -> str:
    """Return where an author's versions of something shared lie."""
    return f"shared.{kind}.{author}"
