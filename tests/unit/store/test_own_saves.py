"""What the agent did is kept for two days, and goes along where a store is saved."""

from datetime import UTC, datetime, timedelta

from agent_app.domain.own_save import OwnSave
from agent_app.domain.patch import FollowupPatch
from agent_app.store.own_saves import KEPT
from agent_app.store.store import Store

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def a_save(at: datetime) -> OwnSave:
    patch = FollowupPatch("f1", {"status": "no_answer", "call_date": at}, {"status": "scheduled"})
    also = (FollowupPatch("f2", {"summary": "too"}, {"summary": None}),)
    return OwnSave(patch, at, ("new:1",), at + timedelta(days=1), also)


def test_a_save_comes_back_as_it_was() -> None:
    store = Store(None, None)
    number = store.own_saves.keep(a_save(AT))
    found = store.own_saves.get(number)
    assert found is not None
    assert (found.patch, found.at, found.created, found.next_at, found.also) == (
        a_save(AT).patch,
        AT,
        ("new:1",),
        AT + timedelta(days=1),
        a_save(AT).also,
    )
    assert not found.undone
    store.own_saves.note_undone(number)
    (again,) = store.own_saves.between(AT, AT + timedelta(hours=1))
    assert again.undone
    store.close()


def test_old_ones_go_with_the_next() -> None:
    store = Store(None, None)
    old = store.own_saves.keep(a_save(AT))
    store.own_saves.keep(a_save(AT + KEPT + timedelta(seconds=1)))
    assert store.own_saves.get(old) is None
    store.close()


def test_they_are_carried_over() -> None:
    old, new = Store(None, None), Store(None, None)
    old.own_saves.keep(a_save(AT))
    new.carrying.take_over(old.carrying.snapshot())
    assert len(new.own_saves.between(AT, AT + timedelta(hours=1))) == 1
    old.close()
    new.close()
