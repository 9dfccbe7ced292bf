"""What each agent came to: followups counted once, as they were saved last, whatever the order."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from agent_app.domain.agent_figures import LONGEST_WRAP_UP_MS, AgentFigures, FiguresPerAgent
from agent_app.domain.own_save import OUTCOMES
from agent_app.domain.team import Event

START = datetime(2026, 3, 2, tzinfo=UTC)
END = START + timedelta(days=1)


def event(
    agent: str, followup: str, status: str, minute: int, wrap_up_ms: int | None = None
) -> Event:
    at = START + timedelta(minutes=minute)
    return Event(f"{agent}{followup}{minute}", agent, followup, "d", status, at, None, wrap_up_ms)


def figures(*events: Event) -> dict[str, AgentFigures]:
    found = FiguresPerAgent(START, END)
    found.add(events)
    return found.all()


def test_a_followup_counts_once_as_it_was_saved_last() -> None:
    found = figures(
        event("anna", "f1", "no_answer", 1, 20_000),
        event("anna", "f1", "deal_found", 9, 40_000),
        event("anna", "f2", "no_answer", 12, 60_000),
        event("ben", "f3", "deal_not_found", 3),
    )
    anna = found["anna"]
    assert (anna.contacts, anna.reached, anna.deals, anna.wrap_up_ms) == (2, 1, 1, 40_000)
    assert found["ben"].wrap_up_ms is None
    assert anna.reached_rate.is_small


def test_what_was_taken_back_counts_no_more() -> None:
    found = figures(event("anna", "f1", "deal_found", 1), event("anna", "f1", "scheduled", 2))
    assert (found["anna"].contacts, found["anna"].deals) == (0, 0)


def test_a_form_left_open_for_hours_is_no_wrap_up() -> None:
    found = figures(event("anna", "f1", "no_answer", 1, LONGEST_WRAP_UP_MS + 1))
    assert found["anna"].wrap_ups_ms == ()


@given(
    st.lists(
        st.tuples(
            st.sampled_from("ab"),
            st.sampled_from(["f1", "f2", "f3"]),
            st.sampled_from([*sorted(OUTCOMES), "scheduled"]),
        ),
        max_size=20,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_in_which_they_come_is_all_the_same(
    said: list[tuple[str, str, str]], dice: object
) -> None:
    events = [event(*one, minute) for minute, one in enumerate(said)]
    mixed = list(events)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    assert figures(*events) == figures(*mixed)
    outside = [event("a", "f9", "deal_found", -1), event("a", "f9", "deal_found", 24 * 60)]
    assert figures(*events, *outside) == figures(*events)
