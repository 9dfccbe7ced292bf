"""Runs of many walks, or of one that is given, and what is said of them."""

import argparse
import time
from collections.abc import Sequence

from tests.day.acting import Step, parse
from tests.day.shrink import shrink
from tests.day.walk import LENGTH, Failure, Figures, draw, take
from tests.sandbox import RunningSandbox


async def walked(
    sandbox: RunningSandbox, options: argparse.Namespace, began: float, grace_s: float
) -> int:
    """Walk for so many minutes, one seed after the other, until something is found."""
    until = began + options.minutes * 60 if not options.walks else float("inf")
    figures = Figures()
    seed, known = options.seed, 0
    say = print if options.verbose else _quiet
    while figures.walks < (options.walks or 1) or (not options.walks and time.monotonic() < until):
        chosen = draw(seed, options.steps or LENGTH, options.desks, team=options.team)
        say(f"-- seed {seed}")
        failure = await take(
            sandbox,
            chosen,
            seed=seed,
            desks=options.desks,
            figures=figures,
            say=say,
            until=until,
            known=options.known,
            patience_s=options.patience,
            team=options.team,
        )
        if failure is not None and _is_known(failure, options.known):
            known += 1
        elif failure is not None:
            print(f"found in walk {figures.walks} (seed {seed}): {failure.invariant}", flush=True)
            print(f"  {failure.seen}", flush=True)
            rest = options.shrink_s
            if options.minutes < 2:
                rest = min(rest, max(until + grace_s - time.monotonic(), 5.0))
            await _shrunk(sandbox, failure, time.monotonic() + rest, options)
            return 1
        seed += 1
    print(
        f"nothing found: {figures.steps} steps, {figures.saves} saves, {figures.words} words,"
        f" {figures.walks} walks, seeds {options.seed} to {seed - 1}, desks {options.desks}"
        + (f", known findings {known}" if known else "")
    )
    return 0


async def replayed(
    sandbox: RunningSandbox, lines: Sequence[str], options: argparse.Namespace
) -> int:
    """Take the given steps, as often as asked."""
    chosen = [parse(line) for line in lines]
    say = print if options.verbose else _quiet
    figures = Figures()
    for _ in range(options.times):
        failure = await take(
            sandbox,
            chosen,
            seed=options.seed,
            desks=options.desks,
            figures=figures,
            say=say,
            known=options.known,
            patience_s=options.patience,
            team=options.team,
        )
        if failure is not None:
            tell(failure)
            return 1
    print(f"nothing found: {figures.steps} steps, {figures.saves} saves, {figures.walks} walks")
    return 0


async def _shrunk(
    sandbox: RunningSandbox, failure: Failure, until: float, options: argparse.Namespace
) -> None:
    async def attempt(chosen: Sequence[Step]) -> Failure | None:
        return await take(
            sandbox,
            chosen,
            seed=failure.seed,
            desks=failure.desks,
            until=until,
            known=options.known,
            patience_s=options.patience,
            team=options.team,
        )

    try:
        failure = await shrink(failure, attempt, until)
    finally:
        tell(failure)


def tell(failure: Failure) -> None:
    """The steps to replay, then as sentences, then what did not hold."""
    print(f"\nTo see it again (seed {failure.seed}, desks {failure.desks}):")
    for one in failure.steps[: max(len(failure.told), 1)]:
        print(f"    {one}")
    print("\nWhat happened:")
    for place, sentence in enumerate(failure.told):
        print(f"  {place + 1}. {sentence}")
    print(f"\nDoes not hold: {failure.invariant}")
    print(f"  {failure.seen}", flush=True)


def _is_known(failure: Failure, known: Sequence[str]) -> bool:
    said = f"{failure.invariant} {failure.seen}"
    return any(words in said for words in known)


def _quiet(_words: str) -> None:
    pass
