"""SQL and the domain agree on every figure; filters lead to just the followups that were counted."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_app.domain.fields import DIALLED_TYPES, Direction, Status, Type
from agent_app.domain.followup import Followup
from agent_app.domain.periods import Period, Span, hour_spans, period_of, stretches
from agent_app.domain.reviews import REACHED, LookFor, holds_secret
from agent_app.domain.statistics import Group, Rate, Tally, percentile
from agent_app.domain.views import Column, Filter
from agent_app.store.store import Store

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
# Around both changes of clocks, where hours are missing and come twice.
MOMENTS = st.one_of(
    st.datetimes(datetime(2026, 3, 28, 20), datetime(2026, 3, 30, 4)),
    st.datetimes(datetime(2026, 10, 24, 20), datetime(2026, 10, 26, 4)),
)


@st.composite
def followups(draw: st.DrawFn) -> dict[str, Any]:
    called = draw(st.one_of(st.none(), MOMENTS))
    return {
        "debt_id": "d",
        "status": draw(st.sampled_from([*Status, "new_status"])),
        "type": draw(st.sampled_from([*Type, "fax"])),
        "call_date": called.replace(microsecond=0, tzinfo=UTC) if called else None,
        "scheduled_at": draw(st.one_of(st.none(), MOMENTS.map(lambda m: m.replace(tzinfo=UTC)))),
        "duration_ms": draw(st.one_of(st.none(), st.integers(0, 900_000))),
        "direction": draw(st.one_of(st.none(), st.sampled_from(Direction))),
        "disconnection_reason": draw(st.sampled_from([None, "", "busy", "invalid_number"])),
        "is_retry": draw(st.one_of(st.none(), st.booleans())),
        "triggered_payment": draw(st.one_of(st.none(), st.booleans())),
        "email_opened": draw(st.one_of(st.none(), st.booleans())),
        "email_clicked": draw(st.one_of(st.none(), st.booleans())),
    }


def by_hand(rows: list[Followup], period: Period) -> Tally:
    """The same figures, one followup after the other."""
    tally = Tally()
    for one in rows:
        if one.call_date is None:
            continue
        here = one.call_date.astimezone(PARIS)
        if not period.first <= here.date() <= period.last:
            continue
        group = Group(
            here.date(),
            here.hour,
            one.type,
            one.status,
            inbound=one.direction == "inbound",
            retry=bool(one.is_retry),
            paid=bool(one.triggered_payment),
            opened=bool(one.email_opened),
            clicked=bool(one.email_clicked),
            reason=(one.disconnection_reason or "") if one.status == "failed" else "",
        )
        talked = [one.duration_ms] if group.is_reached and one.duration_ms else []
        tally.add([group], talked)
    return tally


def counted(store: Store, period: Period) -> Tally:
    tally = Tally()
    for day in period.days:
        tally.add(store.report.day(day, PARIS))
    tally.talk_ms = store.report.talk_ms(period.start(PARIS), period.end(PARIS))
    return tally


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(followups(), max_size=40), st.sampled_from(["spring", "autumn"]))
def test_sql_and_the_domain_agree(said: list[dict[str, Any]], season: str) -> None:
    month, first = (3, 28) if season == "spring" else (10, 24)
    period = Period(date(2026, month, first), date(2026, month, first + 2))
    store = Store(None, None)
    store.followups.upsert([{"id": f"f{n}", **one} for n, one in enumerate(said)], NOW)
    rows = [one for n in range(len(said)) if (one := store.followups.get(f"f{n}"))]
    theirs, ours = counted(store, period), by_hand(rows, period)
    theirs.talk_ms.sort()
    ours.talk_ms.sort()
    assert theirs == ours
    # Every cell, and every status of a day, leads to just what was counted for it.
    base = Filter(types=frozenset(DIALLED_TYPES), inbound=False)
    for (weekday, hour), cell in ours.cells.items():
        spans = tuple(hour_spans(period, weekday, hour, PARIS))
        reached = replace(base, spans=spans, statuses=frozenset(REACHED))
        assert store.listing.count(reached) == cell.reached
    for day, statuses in ours.days.items():
        whole = Period(day, day)
        for status, count in statuses.items():
            wanted = Filter(spans=((whole.start(PARIS), whole.end(PARIS)),), status=status)
            assert len(store.listing.keys(wanted, Column.EXECUTED, descending=True)) == count
    store.close()


def test_a_seeded_month_with_figures_worked_out_by_hand() -> None:
    """10 attempts: 4 reached of which 2 deals (1 paid), 5 not answered, 1 failed."""
    at = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
    rows: list[dict[str, Any]] = []

    def add(status: str, kind: str = "call", days: int = 0, **more: Any) -> None:
        rows.append({"id": f"f{len(rows)}", "debt_id": "d", "type": kind, "status": status,
                     "call_date": at + timedelta(days=days), "direction": "outbound", **more})  # fmt: skip

    add("deal_found", duration_ms=60_000, triggered_payment=True)
    add("deal_found", duration_ms=180_000, days=1)
    add("deal_not_found", duration_ms=30_000)
    add("bad_behavior", duration_ms=5_000, is_retry=True)
    for _ in range(4):
        add("no_answer")
    add("no_answer", is_retry=True)
    add("failed", disconnection_reason="invalid_number")
    add("deal_found", direction="inbound", duration_ms=90_000)  # they called: no attempt
    add("cancelled")
    add("delivered", "email", email_opened=True, email_clicked=True)
    add("delivered", "email")
    add("delivered", "email", days=40)  # another month
    store = Store(None, None)
    store.followups.upsert(rows, NOW)
    tally = counted(store, Period(date(2026, 11, 1), date(2026, 11, 30)))
    assert (tally.contacts, tally.attempted, tally.reached, tally.deals) == (14, 10, 4, 2)
    assert tally.reached_rate == Rate(4, 10)
    assert tally.deal_rate == Rate(2, 4)
    assert tally.no_answer_rate == Rate(5, 10)
    assert tally.open_rate == Rate(1, 2)
    assert tally.click_rate == Rate(1, 2)
    assert tally.funnel == (10, 4, 2, 1)
    assert tally.paid == 1
    assert tally.top_reasons() == [("invalid_number", 1)]
    assert tally.retries == Counter({"bad_behavior": 1, "no_answer": 1})
    assert (tally.median_talk_ms, tally.p90_talk_ms) == (30_000, 180_000)
    assert tally.cells[1, 10].attempted == 9  # a Tuesday, 10:30 in Paris
    assert tally.talk_columns() == [1, 0, 1, 1, 0, 1, 0, 0, 0]
    store.close()


def test_nothing_is_divided_by_zero() -> None:
    tally = Tally()
    assert tally.reached_rate.value is None
    assert tally.deal_rate.value is None
    assert tally.median_talk_ms is None
    assert tally.reached_rate.is_small


def test_overdue_and_their_age() -> None:
    store = Store(None, None)
    for name, hours, status in (
        ("a", 3, "scheduled"),
        ("b", 1, "scheduled"),
        ("c", 2, "no_answer"),
    ):
        said = {"id": name, "debt_id": "d", "type": "call", "status": status,
                "scheduled_at": NOW - timedelta(hours=hours)}  # fmt: skip
        store.followups.upsert([said], NOW)
    assert store.report.overdue(NOW).ages_ms == (3 * 3_600_000, 3_600_000)
    store.close()


@given(st.lists(st.integers(0, 10**6), min_size=1), st.sampled_from([0.5, 0.9, 1.0]))
def test_a_percentile_is_a_value_that_was_there(values: list[int], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(v <= found for v in values) >= share * len(values)


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (Span.TODAY, "2026-11-24", "2026-11-24"),
        (Span.YESTERDAY, "2026-11-23", "2026-11-23"),
        (Span.THIS_WEEK, "2026-11-23", "2026-11-24"),
        (Span.LAST_WEEK, "2026-11-16", "2026-11-22"),
        (Span.THIS_MONTH, "2026-11-01", "2026-11-24"),
        (Span.LAST_MONTH, "2026-10-01", "2026-10-31"),
    ],
)
def test_periods(span: Span, first: str, last: str) -> None:
    period = period_of(span, date(2026, 11, 24))
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)
    before = period.before()
    assert before.last < period.first
    assert [day.weekday() for day in before.days] == [day.weekday() for day in period.days]
    assert (period.first - before.first).days % 7 == 0
    assert before.first + timedelta(weeks=1) > period.first - timedelta(days=len(period.days))


def test_a_day_with_a_change_of_clocks_has_two_parts() -> None:
    spring = list(stretches(date(2026, 3, 29), PARIS))
    assert [(part.end - part.start) for part in spring] == [timedelta(hours=2), timedelta(hours=21)]
    autumn = list(stretches(date(2026, 10, 25), PARIS))
    assert sum((part.end - part.start for part in autumn), timedelta()) == timedelta(hours=25)
    assert len(list(stretches(date(2026, 11, 24), PARIS))) == 1


def test_rules_to_look_for() -> None:
    store = Store(None, None)
    old = NOW - timedelta(days=1)
    rows: list[dict[str, Any]] = [
        {"id": "no summary", "status": "deal_found", "summary": "  "},
        {"id": "summary", "status": "deal_found", "summary": "50 a month"},
        {"id": "short", "status": "deal_not_found", "duration_ms": 9_999, "call_date": old},
        {"id": "long", "status": "deal_not_found", "duration_ms": 10_000, "call_date": old},
        {"id": "late", "status": "no_answer", "call_date": old, "duration_ms": 60_000,
         "processed_at": old + timedelta(minutes=61, seconds=1)},
        {"id": "in time", "status": "no_answer", "call_date": old, "duration_ms": 60_000,
         "processed_at": old + timedelta(minutes=61)},
        {"id": "forgotten", "status": "scheduled", "scheduled_at": old},
        {"id": "planned", "status": "scheduled", "scheduled_at": NOW + timedelta(days=1)},
        {"id": "card", "status": "sent", "notes": "pays with 4111 1111 1111 1111"},
        {"id": "iban", "status": "sent", "notes": "FR76 3000 6000 0112 3456 7890 189, merci"},
        {"id": "phone", "status": "sent", "notes": "call +33 6 39 98 00 12 or 0033639980012"},
    ]  # fmt: skip
    store.followups.upsert(({"debt_id": "d", "type": "call", **one} for one in rows), NOW)
    expected = {
        LookFor.DEAL_WITHOUT_SUMMARY: {"no summary"},
        LookFor.SHORT_BUT_REACHED: {"short"},
        LookFor.RECORDED_LATE: {"late"},
        LookFor.SCHEDULED_AND_FORGOTTEN: {"forgotten"},
        LookFor.SECRET_IN_NOTES: {"card", "iban"},
    }
    for rule, ids in expected.items():
        wanted = Filter(look_for=rule, now=NOW)
        keys = store.listing.keys(wanted, Column.EXECUTED, descending=True)
        assert {row.id for row in store.listing.rows(keys).values()} == ids
        assert store.listing.count(wanted) == len(ids)
    store.close()


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("4111111111111111", True), ("4111-1111-1111-1111", True), ("4111111111111112", False),
        ("5500 0000 0000 0004 exp 12/28", True), ("DE89370400440532013000", True),
        ("GB82 WEST 1234 5698 7654 32", True), ("GB82 WEST 1234 5698 7654 33", False),
        ("F2025-43769", False), ("", False), ("06 39 98 00 12", False), ("12.11.2026 14:30", False),
        ("99999999999999999999999999", False),
    ],
)  # fmt: skip
def test_card_numbers_and_ibans(text: str, holds: bool) -> None:
    assert holds_secret(text) is holds
