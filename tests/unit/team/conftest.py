"""One real server for the tests of the room; those that break it have their own."""

from collections.abc import Iterator

import pytest

from tests.nats_server import RunningNats


@pytest.fixture
def nats() -> Iterator[RunningNats]:
    server = RunningNats()
    yield server
    server.stop()
