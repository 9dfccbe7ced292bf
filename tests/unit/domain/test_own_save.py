"""What a day of saves comes to."""

from datetime import UTC, datetime
from decimal import Decimal

from agent_app.domain.followup import Followup, from_values
from agent_app.domain.own_save import DayFigures, OwnSave, figures_of
from agent_app.domain.patch import FollowupPatch

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def a_followup(name: str, kind: str = "call") -> Followup:
    return from_values({"id": name, "debt_id": "d", "type": kind})


def save(name: str, *, undone: bool = False, **changes: str) -> OwnSave:
    return OwnSave(FollowupPatch(name, changes, {}), AT, undone=undone)


KNOWN = {name: a_followup(name) for name in "abcd"} | {"sms": a_followup("sms", "sms")}


def test_a_call_counts_once_with_its_last_outcome() -> None:
    saves = [save("a", status="no_answer"), save("a", status="deal_found")]
    assert figures_of(saves, KNOWN) == DayFigures(calls=1, reached=1, deals=1)


def test_what_was_undone_or_is_no_call_counts_for_nothing() -> None:
    saves = [
        save("a", status="deal_found", undone=True),
        save("b", summary="a word"),
        save("c", status="scheduled"),
        save("sms", status="delivered"),
        save("gone", status="no_answer"),
    ]
    assert figures_of(saves, KNOWN) == DayFigures()


def test_what_was_done_at_another_computer_counts_as_well_and_nothing_twice() -> None:
    saves = [save("a", status="no_answer"), save("b", status="deal_found", undone=True)]
    elsewhere = {"a": "deal_found", "b": "deal_found", "x": "deal_not_found"}
    here = {name: KNOWN[name] for name in "ab"}
    assert figures_of(saves, here, elsewhere) == DayFigures(calls=2, reached=1)


def test_reached_are_those_who_answered() -> None:
    saves = [save("a", status="no_answer"), save("b", status="deal_not_found")]
    assert figures_of(saves, KNOWN) == DayFigures(calls=2, reached=1)


def test_promises_are_summed_by_currency_and_an_old_one_is_none_of_today() -> None:
    old = "Pays. 10.00 EUR → 2026-03-09"
    saves = [
        save("a", notes="Pays 120.00 EUR → 2026-03-05"),
        save("a", notes="Pays 150.00 EUR → 2026-03-05"),
        save("b", notes="Pays 50.00 EUR → 2026-03-06 (2×)"),
        save("c", notes="Pays 7.50 GBP → 2026-03-06"),
        OwnSave(FollowupPatch("d", {"notes": f"{old} and more"}, {"notes": old}), AT),
    ]
    promised = figures_of(saves, KNOWN).promised
    assert promised == (("EUR", Decimal("200.00")), ("GBP", Decimal("7.50")))
