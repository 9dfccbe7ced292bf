"""Slots that do not keep their object alive."""

import gc
import weakref

from agent_app.runtime.weak import weakly


class Receiver:
    """Counts what it is told."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def take(self, *what: object) -> None:
        self.told.append(what)


def test_a_weak_slot_gives_its_own_words_and_lets_go() -> None:
    receiver = Receiver()
    slot = weakly(receiver.take, "mine")
    slot(True)
    assert receiver.told == [("mine",)]
    gone = weakref.ref(receiver)
    del receiver
    gc.collect()
    assert gone() is None
    slot(False)
