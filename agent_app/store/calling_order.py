"""The order of `domain/calling_order.py` in SQL, over the columns of `followup` and `debt_fact`."""

import json
from collections.abc import Mapping
from datetime import datetime

from agent_app.domain.calling_order import (
    AGREED,
    AMOUNT_POINTS,
    AMOUNT_STEPS,
    BAND_BITS,
    BANDS,
    CLOSING_POINTS,
    DAY_MS,
    KEPT_MS,
    LATE_POINTS,
    MAX_LATE_DAYS,
    MAX_MOMENT,
    MAX_POINTS,
    MAX_REST_DAYS,
    MAX_TRIES,
    MOMENT_BITS,
    REST_MS,
    REST_POINTS,
    TRY_POINTS,
    Hours,
    Why,
)
from agent_app.domain.fields import Status
from agent_app.domain.part import MAX_SHARE
from agent_app.store.codec import to_ms

FACTS = "followup left join debt_fact on of_debt = debt_id"
"""The tables that `rank_sql` reads."""
LAST_CALL = "(select max(p.last_call) from debt_fact p where p.person = debt_fact.person)"
"""When the person was called last, for whichever debt."""
_AGREED = ", ".join(f"'{one}'" for one in sorted(AGREED))


def order_sql(source: str, where: str, now: datetime, start: int | None, direction: str) -> str:
    """Return the query for the keys of what *where* lets through of *source*, the best call first; all of one person
    together, where the best of them is. Its first value is `hours_value`. *direction* is SQL's."""
    return (
        "with found as materialized (select key, debt_id, status, scheduled_at, share, person, amount,"
        f" against, tries, last_outcome, last_call, ? ->> nullif(place, '') as hours, {LAST_CALL} as called"
        f" from {source} left join debt_fact on of_debt = debt_id where {where}),"
        f" due as materialized (select key, coalesce(person, debt_id) as person,"
        f" {rank_sql(now, start)} as rank from found)"
        f" select key from due order by min(rank) over (partition by person) {direction},"
        f" person, rank {direction}, key"
    )


def hours_value(hours: Mapping[str, Hours]) -> str:
    """Return the hours of all places, as `order_sql` is given them."""
    return json.dumps({place: int(one) for place, one in hours.items()})


def rank_sql(now: datetime, start: int | None) -> str:
    """`calling_order.rank` as an expression. *called* and *hours* are columns beside the tables'; *start*
    is where a desk begins among those that promise as much."""
    now_ms = to_ms(now)
    at = f"max(0, min(coalesce(scheduled_at, {MAX_MOMENT}), {MAX_MOMENT}))"
    turn = at if start is None else f"((share - {start}) & {MAX_SHARE})"
    agreed = f"last_outcome in ({_AGREED}) and scheduled_at > coalesce(last_call, {-MAX_MOMENT})"
    worth = f"(({MAX_POINTS} - {_points_sql(now_ms)}) << {MOMENT_BITS}) + {turn}"
    called = f"max(0, min(coalesce(called, 0), {MAX_MOMENT}))"
    return (
        "case"
        f" when against then {_band(Why.AGAINST)} + {at}"
        f" when {agreed} and scheduled_at > {now_ms} - {KEPT_MS} then {_band(Why.AGREED)} + {at}"
        f" when {agreed} then {_band(Why.MISSED)} + {at}"
        f" when status = '{Status.IN_PROGRESS}' then {_band(Why.BEGUN)} + {at}"
        f" when called > {now_ms} - {REST_MS} then {_band(Why.CALLED_LATELY)} + {called}"
        f" when hours = {int(Hours.CLOSED)} then {_band(Why.CLOSED)} + {worth}"
        f" else {_band(Why.WORTH)} + {worth} end"
    )


def _points_sql(now_ms: int | None) -> str:
    amount = " + ".join(f"(coalesce(amount, 0) >= {step})" for step in AMOUNT_STEPS)
    rest, late = (
        f"min(max(0, {now_ms} - coalesce({since}, {now_ms})) / {DAY_MS}, {most})"
        for since, most in (("called", MAX_REST_DAYS), ("scheduled_at", MAX_LATE_DAYS))
    )
    whole = (
        f"{AMOUNT_POINTS} * ({amount}) - {TRY_POINTS} * min(coalesce(tries, 0), {MAX_TRIES})"
        f" + {REST_POINTS} * {rest} + {LATE_POINTS} * {late}"
        f" + {CLOSING_POINTS} * (coalesce(hours, 0) = {int(Hours.CLOSING)}) + {TRY_POINTS * MAX_TRIES}"
    )
    return f"max(0, min({whole}, {MAX_POINTS}))"


def _band(why: Why) -> str:
    return str(BANDS.index(why) << BAND_BITS)
