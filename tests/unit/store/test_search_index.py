"""The search's index is written only where a row's text changed, and never lags behind it."""

import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_app.domain.patch import diff
from agent_app.domain.views import Column, Filter
from agent_app.store.search import MAX_TYPED, search_of, searched_text
from agent_app.store.store import Store

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
WORDS = ("lille", "metz", "brest", "nantes")
IDS, DEBTS = ("f-one", "f-two"), ("d-one", "d-two")

words = st.one_of(st.none(), st.sampled_from(WORDS))
said = st.fixed_dictionaries(
    {"id": st.sampled_from(IDS)},
    optional={
        "debt_id": st.sampled_from(DEBTS),
        "summary": words,
        "notes": words,
        "audio_url": words,
        "phone_number_used": st.sampled_from(["+33612345678", None]),
    },
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("said"), said),
        st.tuples(st.just("debt"), st.tuples(st.sampled_from(DEBTS), st.sampled_from(WORDS))),
        st.tuples(st.just("save"), st.tuples(st.sampled_from(IDS), words)),
        st.tuples(st.just("confirm"), st.booleans()),
        st.tuples(st.just("refuse"), st.none()),
    ),
    max_size=14,
)


def _found(store: Store, word: str) -> set[int]:
    rows = store._database.read("select rowid from search where search match ?", [f'"{word}"'])
    return {row[0] for row in rows}


def _holding(store: Store, word: str) -> set[int]:
    keys = store.listing.keys_of(IDS)
    found = set()
    for followup_id, key in keys.items():
        followup = store.followups.get(followup_id)
        assert followup is not None
        if word in searched_text(followup, store.debts.get(followup.debt_id)):
            found.add(key)
    return found


def _run(store: Store, history: Iterable[tuple[str, Any]]) -> None:
    for number, (what, how) in enumerate(history):
        now = NOW + timedelta(seconds=number)
        match what, how:
            case "said", dict():
                store.followups.upsert([how], now)
            case "debt", (debt_id, name):
                store.take_in_debts([{"id": debt_id, "lastname": name}], now)
            case "save", (followup_id, text):
                known = store.followups.get(str(followup_id))
                if known is not None:
                    store.save(diff(known, {"notes": text}), now)
            case _:
                entry = store.outbox.next(now)
                if entry is None:
                    continue
                store.outbox.mark_leaving(entry)
                if what == "refuse":
                    store.outbox.put_back(entry, now)
                    store.outbox.drop(entry.patch.followup_id)
                    continue
                reply = {"id": entry.patch.followup_id, **entry.patch.changes}
                store.outbox.confirm(entry, reply if how else None, now if how else None)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(steps)
def test_a_search_finds_what_the_rows_hold(history: list[tuple[str, Any]]) -> None:
    store = Store(None, None)
    _run(store, history)
    for word in (*WORDS, "f-one", "d-two", "612345678"):
        assert _found(store, word) == _holding(store, word), word
    store.close()


@pytest.mark.parametrize("said", [{"audio_url": "https://example.org/2"}, {"status": "failed"}, {}])
def test_what_cannot_be_searched_is_not_indexed_anew(said: dict[str, str]) -> None:
    """A signed link is another with every read: that alone must not grow the index."""
    store = Store(None, None)
    first = {"id": "f", "debt_id": "d", "notes": "lille", "audio_url": "https://example.org/1"}
    store.followups.upsert([first], NOW)
    store.followups.tidy()
    store.followups.upsert([{"id": "f", **said}], NOW)
    assert not store.followups.is_untidy
    store.followups.upsert([{"id": "f", "notes": "metz"}], NOW)
    assert store.followups.is_untidy
    store.close()


def test_a_confirmed_save_is_not_indexed_anew() -> None:
    store = Store(None, None)
    store.followups.upsert([{"id": "f", "debt_id": "d", "notes": "lille"}], NOW)
    known = store.followups.get("f")
    assert known is not None
    store.save(diff(known, {"notes": "metz"}), NOW)
    while store.followups.is_untidy:
        store.followups.tidy()
    entry = store.outbox.next(NOW)
    assert entry is not None
    store.outbox.mark_leaving(entry)
    store.outbox.confirm(entry, {"id": "f", "notes": "metz"}, NOW)
    assert not store.followups.is_untidy
    assert store.outbox.entries() == []
    store.close()


def test_a_first_screen_looks_for_as_many_as_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent_app.store.listing.SHORT_LIST", 0)
    store = Store(None, None)
    store.followups.upsert(
        ({"id": f"f-{number}", "notes": "he called back"} for number in range(60)), NOW
    )
    wanted = Filter(text="called")
    keys, whole = store.listing.first_keys(wanted, Column.SCHEDULED, descending=True, most=12)
    assert (len(keys), whole) == (13, False)
    keys, whole = store.listing.first_keys(wanted, Column.SCHEDULED, descending=True, most=60)
    assert (len(keys), whole) == (60, True)
    store.close()


def test_a_text_that_is_pasted_into_the_search_is_cut() -> None:
    assert len(search_of("a word and more " * 100_000).match) < 500
    assert len(search_of("a " * 1_000_000).short) <= MAX_TYPED


def test_a_text_that_repeats_itself_is_searched_soon() -> None:
    store = Store(None, None)
    store.followups.upsert(
        ({"id": f"f-{number}", "notes": "a" * 400_000} for number in range(2)), NOW
    )
    began = time.process_time()
    keys = store.listing.keys(Filter(text="a" * 400_000), Column.SCHEDULED, descending=True)
    assert time.process_time() - began < 2.0
    assert len(keys) == 2
    store.close()


@pytest.mark.parametrize("typed", ["lille", "gent lille", "li", "nothing like it", "0612"])
def test_a_search_in_stretches_finds_what_one_search_finds(
    monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setattr("agent_app.store.listing.SHORT_LIST", 0)
    monkeypatch.setattr("agent_app.store.listing.STRETCH_KEYS", 7)
    monkeypatch.setattr("agent_app.store.listing.FIRST_SEARCH_S", 60.0)
    store = Store(None, None)
    words = ("lille", "gent", "lille gent", "metz")
    store.followups.upsert(
        (
            {"id": f"f-{n}", "notes": words[n * 7 % 4], "phone_number_used": f"0612{n:06}"}
            for n in range(60)
        ),
        NOW,
    )
    for gone in ("f-3", "f-59"):
        store.forget(gone)
    wanted = Filter(text=typed)
    all_ = list(store.listing.keys(wanted, Column.SCHEDULED, descending=True))
    slowly = store.listing.keys_slowly(wanted, Column.SCHEDULED, descending=True)
    assert [key for chunk in slowly for key in chunk] == all_
    for most in (5, 500):
        first, whole = store.listing.first_keys(wanted, Column.SCHEDULED, True, most)
        assert set(first) <= set(all_)
        assert whole == (len(all_) <= most) or typed == "li"
        assert not whole or list(first) == all_
    store.close()
