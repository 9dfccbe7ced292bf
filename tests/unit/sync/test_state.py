"""What an answer of the server changes, and what it does not."""

from datetime import UTC, datetime, timedelta

from agent_app.domain.errors import RateLimited, Unreachable
from agent_app.domain.sync_state import Connection
from agent_app.sync.state import ObservableState

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_an_answer_ends_every_trouble() -> None:
    state = ObservableState()
    state.set(connection=Connection.OFFLINE, error=Unreachable("no route"))
    state.answered(NOW, waiting=2)
    assert state.now.connection is Connection.ONLINE
    assert state.now.error is None
    assert state.now.waiting == 2


def test_reads_that_succeed_do_not_end_a_wait_for_writes() -> None:
    state, until = ObservableState(), NOW + timedelta(minutes=20)
    state.set(connection=Connection.LIMITED, error=RateLimited(1200, until), until=until)
    state.answered(NOW)
    assert (state.now.connection, state.now.until) == (Connection.LIMITED, until)
    state.answered(until)
    assert (state.now.connection, state.now.until) == (Connection.ONLINE, None)
