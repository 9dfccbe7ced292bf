"""What is told to who listens: after the commit, in order, and whatever a listener does."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from agent_app.domain.patch import FollowupPatch
from agent_app.store.changes import Change
from agent_app.store.store import NextCall, Store

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store(None, None)
    yield store
    store.close()


@pytest.fixture
def reported(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """Mistakes that the window would offer to report."""
    found: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: found.append(error))
    return found


def put(store: Store, followup_id: str, **values: Any) -> None:
    store.followups.upsert([{"id": followup_id, "debt_id": "d", **values}], NOW)


@pytest.mark.parametrize("kind", [ValueError, RecursionError, KeyError, MemoryError])
def test_a_listeners_mistake_reaches_no_writer_and_no_other_listener(
    store: Store, reported: list[BaseException], kind: type[Exception]
) -> None:
    def slip(_change: Change) -> None:
        raise kind("Pádraig Kavanagh is not in the list")

    heard: list[Change] = []
    store.changes.listen(slip)
    store.changes.listen(heard.append)
    put(store, "f", notes="was")
    store.save(FollowupPatch("f", {"notes": "mine"}, {"notes": "was"}), NOW)
    assert store.outbox.counts() == (1, 0)
    assert [change.outbox for change in heard] == [False, True]
    assert [type(error) for error in reported] == [kind, kind]


def test_what_a_listener_writes_is_told_after_what_it_was_told(store: Store) -> None:
    told: list[tuple[str, str]] = []

    def writes(change: Change) -> None:
        told.extend(("first", one) for one in change.followups)
        if "a" in change.followups:
            put(store, "b")

    store.changes.listen(writes)
    store.changes.listen(lambda change: told.extend(("second", one) for one in change.followups))
    put(store, "a")
    assert told == [("first", "a"), ("second", "a"), ("first", "b"), ("second", "b")]


def test_a_listener_that_fails_may_have_written(
    store: Store, reported: list[BaseException]
) -> None:
    def writes_and_slips(change: Change) -> None:
        if "a" in change.followups:
            put(store, "b")
            raise ValueError("after the write")

    heard: set[str] = set()
    store.changes.listen(writes_and_slips)
    store.changes.listen(lambda change: heard.update(change.followups))
    put(store, "a")
    put(store, "c")
    assert heard == {"a", "b", "c"}
    assert len(reported) == 1


def test_one_that_stopped_listening_meanwhile_is_not_called(store: Store) -> None:
    heard: list[Change] = []
    ends: list[Any] = []
    store.changes.listen(lambda _change: ends.pop()())
    ends.append(store.changes.listen(heard.append))
    put(store, "a")
    assert heard == []


def test_what_was_rolled_back_is_never_announced(store: Store) -> None:
    put(store, "f", notes="was")
    heard: list[Change] = []
    store.changes.listen(heard.append)
    no_value: Any = object()
    patch = FollowupPatch("f", {"notes": "mine"}, {"notes": "was"})
    with pytest.raises(TypeError):
        store.save(patch, NOW, NextCall("d", {"notes": no_value}))
    assert store.outbox.entries() == []
    put(store, "done")
    assert [(set(change.followups), change.outbox) for change in heard] == [({"done"}, False)]
