"""What a scope owns ends with it, in reverse order, whatever goes wrong."""

import asyncio
import logging

import pytest

from agent_app.runtime.scope import Scope


class Part:
    """Says when it is closed."""

    def __init__(self, name: str, told: list[str]) -> None:
        self._name, self._told = name, told

    def close(self) -> None:
        self._told.append(self._name)


class Signal:
    """Connects as Qt's signals do."""

    def __init__(self, told: list[str]) -> None:
        self._told = told
        self.is_gone = False

    def connect(self, _slot: object) -> None:
        self._told.append("connected")

    def disconnect(self, _slot: object) -> None:
        if self.is_gone:
            raise RuntimeError("Internal C++ object already deleted.")
        self._told.append("disconnected")


def test_exits_are_taken_in_reverse_order_and_once() -> None:
    told: list[str] = []
    scope = Scope()
    assert scope.adopt(Part("first", told)) is not None
    scope.connect(Signal(told), print)
    scope.adopt(Part("last", told))
    scope.close()
    scope.close()
    assert told == ["connected", "last", "disconnected", "first"]


def test_a_sender_that_is_gone_does_no_harm() -> None:
    told: list[str] = []
    scope, signal = Scope(), Signal(told)
    scope.adopt(Part("first", told))
    scope.connect(signal, print)
    signal.is_gone = True
    scope.close()
    assert told == ["connected", "first"]


def test_one_exit_that_goes_wrong_keeps_no_other_from_being_taken(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told: list[str] = []
    scope = Scope()
    scope.adopt(Part("first", told))
    scope.at_end(lambda: 1 // 0)
    with caplog.at_level(logging.ERROR):
        scope.close()
    assert told == ["first"]
    assert "ZeroDivisionError" in caplog.text


def test_an_exit_that_is_interrupted_is_taken_again() -> None:
    told: list[str] = []

    async def slow_end() -> None:
        told.append("begun")
        await asyncio.sleep(0 if told.count("begun") > 1 else 3_600)
        told.append("ended")

    async def story() -> None:
        scope = Scope()
        scope.adopt(Part("store", told))
        scope.at_end(slow_end)
        closing = asyncio.get_running_loop().create_task(scope.aclose())
        await asyncio.sleep(0)
        closing.cancel()
        await asyncio.gather(closing, return_exceptions=True)
        assert told == ["begun"]  # the store stays open below what still runs
        await scope.aclose()

    asyncio.run(story())
    assert told == ["begun", "begun", "ended", "store"]
