"""Only what changed is sent; edits join and merge without losing a side."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.domain.fields import FIELDS, Kind, Value, alike, same
from agent_app.domain.followup import Followup, from_values, with_changes
from agent_app.domain.patch import FollowupPatch, diff, three_way

MOMENT = datetime(2026, 3, 1, 10, 0, 40, tzinfo=UTC)
BASE = from_values(
    {
        "id": "f",
        "debt_id": "d",
        "status": "scheduled",
        "type": "call",
        "scheduled_at": MOMENT,
        "notes": "old",
        "is_retry": None,
    }
)


def values(kind: Kind) -> st.SearchStrategy[Value]:
    return {
        Kind.CHOICE: st.sampled_from(["call", "sms", "no_answer", "abducted", "x"]),
        Kind.MOMENT: st.none() | st.datetimes(timezones=st.just(UTC)),
        Kind.LINE: st.none() | st.text(max_size=8),
        Kind.TEXT: st.none() | st.text(max_size=20),
        Kind.LINK: st.none() | st.just("https://example.org/a"),
        Kind.DURATION: st.none() | st.integers(0, 10**9),
        Kind.FLAG: st.none() | st.booleans(),
    }[kind]


followups = st.fixed_dictionaries({f.name: values(f.kind) for f in FIELDS}).map(
    lambda said: from_values({"id": "f", "debt_id": "d", **said})
)
edits = st.fixed_dictionaries({}, optional={f.name: values(f.kind) for f in FIELDS})


def test_a_field_set_back_to_its_base_is_no_change() -> None:
    assert not diff(BASE, {"status": "scheduled", "notes": "old"})


def test_a_moment_in_another_offset_is_the_same_moment() -> None:
    elsewhere = MOMENT.astimezone(timezone(timedelta(hours=5)))
    assert not diff(BASE, {"scheduled_at": elsewhere})


@pytest.mark.parametrize(
    ("name", "value"), [("summary", ""), ("is_retry", False), ("direction", "")]
)
def test_empty_is_the_same_as_never_said(name: str, value: Value) -> None:
    assert not diff(BASE, {name: value})


def test_what_cannot_be_written_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="debt_id"):
        diff(BASE, {"debt_id": "other"})


@given(followups, edits)
def test_a_diff_holds_what_changed_and_nothing_else(base: Followup, mine: dict[str, Value]) -> None:
    patch = diff(base, mine)
    done = with_changes(base, patch.changes)
    for field in FIELDS:
        wanted = mine.get(field.name, base.get(field.name))
        assert same(field.name, done.get(field.name), wanted)
        changed = not same(field.name, wanted, base.get(field.name))
        assert (field.name in patch.changes) == changed


@given(followups, edits, edits)
def test_two_edits_joined_do_what_both_do(
    base: Followup, first: dict[str, Value], second: dict[str, Value]
) -> None:
    one = diff(base, first)
    between = with_changes(base, one.changes)
    two = diff(between, second)
    joined = with_changes(base, one.then(two).changes)
    apart = with_changes(between, two.changes)
    assert all(same(f.name, joined.get(f.name), apart.get(f.name)) for f in FIELDS)


def test_the_way_back_is_sent_where_the_way_there_may_have_arrived() -> None:
    there = diff(BASE, {"notes": "new"})
    back = diff(with_changes(BASE, there.changes), {"notes": "old"})
    assert there.then(back).changes == {}
    assert there.then(back, sent=True).changes == {"notes": "old"}


@given(followups, edits, edits)
def test_a_merge_never_loses_a_side_silently(
    base: Followup, mine: dict[str, Value], theirs: dict[str, Value]
) -> None:
    server = with_changes(base, diff(base, theirs).changes)
    patch = diff(base, mine)
    merge = three_way(patch, server)
    torn = {conflict.name for conflict in merge.conflicts}
    for name, value in patch.changes.items():
        arrived = alike(name, value, server.get(name))
        assert arrived or name in merge.patch.changes or name in torn
        if name in merge.patch.changes:
            they_changed = not alike(name, base.get(name), server.get(name))
            assert not they_changed or name == "audio_url"
    for conflict in merge.conflicts:
        assert not alike(conflict.name, conflict.mine, conflict.theirs)
        assert not alike(conflict.name, conflict.base, conflict.theirs)


def test_patches_of_two_followups_do_not_join() -> None:
    with pytest.raises(ValueError, match="two followups"):
        FollowupPatch("a").then(FollowupPatch("b"))
