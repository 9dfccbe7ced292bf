"""What waits to be sent can be taken back, also after tries in vain; no word of it is lost."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agent_app.domain.outbox import Entry, Refusal, RefusalKind
from agent_app.domain.patch import FollowupPatch
from agent_app.models.commands import Commands
from agent_app.store.store import Store

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store(None, None)
    store.followups.upsert([{"id": "f", "debt_id": "d", "notes": "was"}], NOW)
    yield store
    store.close()


@pytest.fixture
def commands(store: Store) -> Commands:
    return Commands(store, lambda: NOW)


def save(store: Store, **mine: Any) -> None:
    followup = store.followups.get("f")
    assert followup is not None
    store.save(FollowupPatch("f", mine, {name: followup.get(name) for name in mine}), NOW)


def tried(store: Store) -> Entry:
    """The entry of f after a try in vain."""
    (entry,) = store.outbox.of("f")
    store.outbox.mark_leaving(entry)
    store.outbox.put_back(entry, NOW + timedelta(minutes=5))
    return entry


def shown(store: Store, name: str, followup_id: str = "f") -> Any:
    followup = store.followups.get(followup_id)
    assert followup is not None
    return followup.get(name)


def test_an_edit_that_was_tried_is_back_in_the_draft(store: Store, commands: Commands) -> None:
    save(store, notes="mine", summary="s")
    tried(store)
    assert commands.may_take_back("f")
    assert commands.take_back("f")
    assert store.outbox.entries() == []
    assert shown(store, "notes") == "was"
    draft = store.drafts.get("f")
    assert draft is not None
    assert draft.patch.changes == {"notes": "mine", "summary": "s"}
    assert draft.patch.base == {"notes": "was", "summary": None}
    assert not commands.may_take_back("f")
    assert commands.undo() == ""  # the save is no save any more


def test_what_was_typed_since_is_kept_on_top(store: Store, commands: Commands) -> None:
    save(store, notes="mine", summary="s")
    tried(store)
    store.drafts.keep(FollowupPatch("f", {"notes": "mine, longer"}, {"notes": "mine"}), NOW)
    assert commands.take_back("f")
    draft = store.drafts.get("f")
    assert draft is not None
    assert draft.patch.changes == {"notes": "mine, longer", "summary": "s"}


def test_a_new_followup_is_begun_again(store: Store, commands: Commands) -> None:
    new = commands.create("d", {"type": "call", "notes": "new"})
    (entry,) = store.outbox.of(new)
    store.outbox.note_known_ids(entry, [])
    store.outbox.mark_leaving(entry)
    store.outbox.put_back(entry, NOW, looked=1)
    assert not store.withdraw(new)  # it may have arrived: no undo
    assert commands.take_back(new)
    assert store.is_begun(new)
    assert shown(store, "notes", new) == "new"
    store._forget_untouched()  # the next start
    assert shown(store, "notes", new) == "new"
    store.discard(new)
    assert store.followups.get(new) is None


@pytest.mark.parametrize("state", ["leaving", "attention"])
def test_not_while_a_request_is_under_way_nor_what_is_to_be_discarded(
    store: Store, commands: Commands, state: str
) -> None:
    save(store, notes="mine")
    (entry,) = store.outbox.of("f")
    if state == "leaving":
        store.outbox.hold(entry)
    else:
        store.outbox.need_attention(entry, Refusal(RefusalKind.REFUSED, "409"))
    assert not commands.may_take_back("f")
    assert not commands.take_back("f")
    assert len(store.outbox.of("f")) == 1
    assert store.drafts.get("f") is None
