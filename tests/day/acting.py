"""What a step is: its words for a replay, what it may change, and who it acts through."""

import random
import shlex
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.day.model import Belief, Model
from tests.day.screen import Screen
from tests.day.world import World

Dice = random.Random
SOON_S = 0.08
"""What a key does in the window has been done by then (seconds)."""
FORM = ("field",)
"""Where the keyboard may be once something was done in the form."""


class Broken(Exception):
    """An invariant does not hold: which, and what was seen."""

    def __init__(self, invariant: str, seen: str) -> None:
        super().__init__(f"{invariant}: {seen}")
        self.invariant, self.seen = invariant, seen


@dataclass(frozen=True)
class Step:
    """One thing that somebody does. Written `@2 type notes 3 ~80`: the second desk, arguments, and
    for how long (ms) nothing else happens afterwards."""

    name: str
    args: tuple[str, ...] = ()
    desk: int = 0
    pause_ms: int = 60

    def __str__(self) -> str:
        head = f"@{self.desk + 1} " if self.desk else ""
        args = "".join(f" {shlex.quote(one)}" for one in self.args)
        return f"{head}{self.name}{args} ~{self.pause_ms}"


def parse(text: str) -> Step:
    """The step that was written so. Raises ValueError."""
    desk, pause = 0, 60
    args: list[str] = []
    for word in shlex.split(text):
        if word.startswith("@"):
            desk = int(word[1:]) - 1
        elif word.startswith("~"):
            pause = int(word[1:])
        else:
            args.append(word)
    if not args or args[0] not in STEPS:
        raise ValueError(f"there is no step {text!r}")
    return Step(args[0], tuple(args[1:]), desk, pause)


@dataclass
class Done:
    """What a step did, in a sentence, and what it may have changed beside fields.

    `may_open` says whether a followup may be open now that was not before; `goes` are beginnings of
    places where the keyboard may be now, beside where it was and the list.
    """

    sentence: str
    may_open: Callable[[str], bool] = lambda _followup: False
    goes: tuple[str, ...] = ()


@dataclass
class Act:
    """Whom a step acts through."""

    world: World
    step: Step
    rng: random.Random = field(default_factory=random.Random)

    @property
    def desk(self) -> int:
        return self.step.desk % len(self.world.screens)

    @property
    def screen(self) -> Screen:
        return self.world.screens[self.desk]

    @property
    def model(self) -> Model:
        return self.world.model

    @property
    def belief(self) -> Belief:
        return self.model.beliefs[self.desk]

    @property
    def agent(self) -> str:
        return "Agent" if len(self.world.screens) == 1 else f"Agent {self.desk + 1}"

    @property
    def whom(self) -> str:
        """The debtor on the screen."""
        return self.model.name_of(self.screen.open_id)

    def arg(self, place: int, default: str = "") -> str:
        return self.step.args[place] if place < len(self.step.args) else default

    def number(self, place: int, default: int = 0) -> int:
        return int(self.arg(place) or default)


@dataclass(frozen=True)
class Kind:
    """A kind of step: its function, how often it is drawn, and how its arguments are."""

    act: Callable[[Act], Awaitable[Done]]
    weight: float
    draw: Callable[[random.Random], tuple[str, ...]]


STEPS: dict[str, Kind] = {}


def step(
    name: str,
    weight: float,
    draw: Callable[[random.Random], tuple[str, ...]] = lambda _rng: (),
) -> Callable[[Callable[[Act], Awaitable[Done]]], Callable[[Act], Awaitable[Done]]]:
    """Make a function a kind of step."""

    def keep(act: Callable[[Act], Awaitable[Done]]) -> Callable[[Act], Awaitable[Done]]:
        STEPS[name] = Kind(act, weight, draw)
        return act

    return keep
