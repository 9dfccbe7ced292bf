"""What each role may write and read, by subject: the server keeps it, not the window.

An agent writes their own presence, events and answers, and what all write: claims, rows, the hour. They
read what all read, of events and reviews their own. Supervisors read all, and write reviews and what is
shared under their own name. A relay writes rows and its lease, and sees no events.
"""

from dataclasses import dataclass

from agent_app.domain.team import Member, Role
from agent_app.team.subjects import (
    ANSWERS,
    BUDGET,
    CLAIMS,
    DEBTS,
    EVENTS,
    LEASES,
    PRESENCE,
    REVIEWS,
    ROWS,
    SHARED,
    WRITES,
)

_OPEN = (PRESENCE, CLAIMS, LEASES, ROWS, DEBTS, BUDGET, WRITES, SHARED)
"""Streams that all may read."""


@dataclass(frozen=True, slots=True)
class Rights:
    """Subjects that a person may publish and subscribe to; what is not named is refused."""

    publish: tuple[str, ...]
    subscribe: tuple[str, ...]


def rights_of(member: Member) -> Rights:
    """Return the rights of a member."""
    own = member.id
    publish = [
        f"$KV.presence.{own}",
        "$KV.claims.*",
        "followup.*",
        "debt.*",
        "budget.*.*",
        "write.*",
        "$JS.API.STREAM.INFO.*",
        "$JS.FC.>",
    ]
    for stream in _OPEN:
        publish += [f"$JS.API.CONSUMER.CREATE.{stream}.>", f"$JS.API.STREAM.MSG.GET.{stream}"]
    match member.role:
        case Role.AGENT:
            publish += [
                f"event.{own}",
                f"answer.{own}.*",
                f"$JS.API.CONSUMER.CREATE.{EVENTS}.*.event.{own}",
                f"$JS.API.CONSUMER.CREATE.{ANSWERS}.*.answer.{own}.*",
                f"$JS.API.CONSUMER.CREATE.{REVIEWS}.*.review.{own}.*.*",
            ]
        case Role.SUPERVISOR:
            publish += [
                f"event.{own}",
                f"answer.{own}.*",
                f"shared.*.{own}",
                f"review.*.{own}.*",
                "$JS.API.STREAM.CREATE.*",
            ]
            publish += [f"$JS.API.CONSUMER.CREATE.{one}.>" for one in (EVENTS, ANSWERS, REVIEWS)]
        case Role.RELAY:
            publish += ["$KV.leases.*", "$JS.API.STREAM.CREATE.*"]
    return Rights(tuple(publish), (f"_INBOX_{own}.>",))
