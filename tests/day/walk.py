"""A walk: steps drawn from a seed, taken one after the other, with the invariants after each."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt

from tests.day import (  # noqa: F401  (steps are known by name)
    around,
    in_form,
    in_list,
    invariants,
    saving,
    surroundings,
    telephone,
)
from tests.day.acting import STEPS, Act, Broken, Done, Step
from tests.day.scenes import SCENES
from tests.day.screen import CONTROL, Screen
from tests.day.world import World
from tests.sandbox import RunningSandbox

LAND_S = 0.12
"""A step's own effect is there by now (seconds); what comes later comes by itself."""
AGREE_S = 2.5
"""How long list and form may take to say the same."""
LENGTH = 26


@dataclass
class Figures:
    """What was done so far."""

    walks: int = 0
    steps: int = 0
    saves: int = 0
    words: int = 0


@dataclass
class Failure:
    """What was found: the steps, their sentences, and what did not hold."""

    steps: list[Step]
    told: list[str]
    invariant: str
    seen: str
    seed: int = 0
    desks: int = 1

    @property
    def kind(self) -> tuple[str, str]:
        """The invariant, and the kind of step after which it did not hold."""
        last = len(self.told) - 1
        return self.invariant, self.steps[last].name if last < len(self.steps) else "the end"


def draw(seed: int, length: int = LENGTH, desks: int = 1, *, team: bool = False) -> list[Step]:
    """The steps of the walk with this seed; those of weight 0 are for a *team* alone."""
    rng = random.Random(seed)
    found = [Step("network", (rng.choice(surroundings.NETWORKS),))]
    for desk in range(desks):
        found.append(Step("view", (str(rng.choices((1, 2, 4, 6), (5, 1, 1, 3))[0]),), desk))
        found.append(Step("down", (), desk))
    names = list(STEPS)
    weights = [kind.weight or float(team) for kind in STEPS.values()]
    coming: list[Step] = []
    while len(found) < length:
        if coming and rng.random() < 0.85:
            found.append(coming.pop(0))
            continue
        desk = rng.randrange(desks)
        if not coming and rng.random() < 0.3:
            scene = rng.choices(SCENES, [one.weight for one in SCENES])[0]
            coming = [_drawn(name, rng, desk, fixed) for name, fixed in scene.steps]
            coming = [one for one in coming if rng.random() < 0.93]
            continue
        found.append(_drawn(rng.choices(names, weights)[0], rng, desk, None))
    return found


def _drawn(name: str, rng: random.Random, desk: int, fixed: tuple[str, ...] | None) -> Step:
    args = STEPS[name].draw(rng)
    if fixed is not None:
        args = fixed + args[len(fixed) :]
    pause = rng.choices((0, 30, 100, 200, 300), (2, 3, 3, 2, 2))[0]
    return Step(name, args, desk, pause)


async def take(
    sandbox: RunningSandbox,
    chosen: Sequence[Step],
    *,
    seed: int,
    desks: int = 1,
    figures: Figures | None = None,
    say: Callable[[str], None] = lambda _words: None,
    until: float = float("inf"),
    known: Sequence[str] = (),
    patience_s: float = 75.0,
    team: bool = False,
) -> Failure | None:
    """Take the steps on a fresh desk; returns what was found, or None. After *until* (monotonic
    seconds) no further step is taken, and what has not ended by then is not judged. Mistakes with *known* words are no news. After the last
    step all must have left in *patience_s*. With a *team* the desks are in one, on a NATS server."""
    world = World(sandbox, desks, seed, known, team=team)
    walk = _Walk(world, figures or Figures(), say, until, patience_s)
    try:
        await walk.world.begin()
        for one in chosen:
            if time.monotonic() > until:
                break
            await walk.step(one)
        await walk.close()
    except Broken as error:
        return Failure(list(chosen), walk.told, error.invariant, error.seen, seed, desks)
    finally:
        await walk.world.end()
        walk.figures.walks += 1
        walk.figures.words += len(walk.world.model.words)
    return None


@dataclass
class _Walk:
    world: World
    figures: Figures
    say: Callable[[str], None]
    until: float
    patience_s: float
    told: list[str] = field(default_factory=list)

    async def step(self, one: Step) -> None:
        world = self.world
        act = Act(world, one)
        screen, belief = act.screen, act.belief
        await screen.take()
        await asyncio.sleep(0)
        self._by_itself()
        place = screen.place
        if place.startswith(("list", "field")):
            belief.worked_in = place
        done = await self._acted(act)
        self.told.append(done.sentence)
        self.say(done.sentence)
        self.figures.steps += 1
        self.figures.saves += one.name.startswith("save")
        await asyncio.sleep(LAND_S)
        screen = act.screen  # it may have been started again
        invariants.learn_ids(world)
        invariants.opened_by_an_act(world, act.desk, done)
        if world.model.id_of(belief.open_id) != world.model.id_of(screen.open_id):
            belief.opened_before, belief.open_id = belief.open_id, screen.open_id
        else:
            belief.open_id = screen.open_id
        await asyncio.sleep(one.pause_ms / 1000)
        await self._check(act, place, done)

    async def _acted(self, act: Act) -> Done:
        try:
            return await STEPS[act.step.name].act(act)
        except Broken:
            self.told.append(f"({act.step.name} {' '.join(act.step.args)} of {act.agent})")
            raise

    def _by_itself(self) -> None:
        """What changed since the last step."""
        self.world.look_at_server()
        invariants.learn_ids(self.world)
        invariants.no_mistake(self.world)
        invariants.stays_open(self.world)
        invariants.note_seen(self.world)

    async def _check(self, act: Act, place: str, done: Done) -> None:
        world, screen = self.world, act.screen
        self._by_itself()
        invariants.journal_is_clean(world)
        await self._comes_to_hold(
            invariants.ONE_TRUTH, lambda: invariants.screen_agrees(world, screen)
        )
        wrong = invariants.focus_is_sensible(screen, (place, act.belief.worked_in), done)
        if wrong:
            raise Broken(invariants.FOCUS, wrong)
        await self._comes_to_hold(invariants.WORDS, lambda: invariants.words_are_kept(world), 1.0)

    async def _comes_to_hold(
        self, invariant: str, wrong: Callable[[], str], patience_s: float = AGREE_S
    ) -> None:
        """What is under way for a moment is no fault; what stays is."""
        end = time.monotonic() + patience_s
        while said := wrong():
            self._by_itself()
            if time.monotonic() > end:
                raise Broken(invariant, said)
            await asyncio.sleep(0.05)

    async def close(self) -> None:
        """All trouble is over: everything leaves, and both ends agree."""
        world = self.world
        world.set_network("")
        world.sandbox.no_colleague()
        for screen in world.screens:
            await screen.escape()
            await screen.take()
            screen.press(Qt.Key.Key_F5)
        self.told.append("All trouble is over; every agent refreshes (F5)")
        self._by_itself()
        if not await self._ends(invariants.SENDER, lambda: invariants.all_has_left(world)):
            return
        self._by_itself()
        invariants.journal_is_clean(world)
        for invariant, wrong in (
            (invariants.WORDS, lambda: invariants.words_are_kept(world)),
            (invariants.WORDS, lambda: invariants.server_has_all(world)),
            (invariants.ONCE, lambda: invariants.calls_are_filed(world)),
        ):
            await self._comes_to_hold(invariant, wrong)
        for screen in world.screens:
            await self._show_all(screen)
        self._by_itself()

    async def _show_all(self, screen: Screen) -> None:
        await screen.take()
        screen.press(Qt.Key.Key_F, CONTROL)
        screen.press(Qt.Key.Key_A, CONTROL)
        screen.press(Qt.Key.Key_Delete)
        screen.press(Qt.Key.Key_6, CONTROL)
        screen.press(Qt.Key.Key_F5)
        self.told.append("Every agent looks at All")
        await self._ends(
            invariants.WHOLE, lambda: invariants.list_is_whole(self.world, screen), again=True
        )

    async def _ends(self, invariant: str, wrong: Callable[[], str], *, again: bool = False) -> bool:
        """Wait until it holds. Returns False where there is no time left to find that out."""
        began = time.monotonic()
        while said := wrong():
            invariants.no_mistake(self.world)
            now = time.monotonic()
            if now - began > self.patience_s:
                raise Broken(invariant, f"after {self.patience_s:.0f} s {said}")
            if now > self.until:
                return False
            await asyncio.sleep(0.1)
        return True
