"""How noisy the machine is: the same work over and over, beside whatever else runs."""

import os
import time
from dataclasses import dataclass

from tests.benchmarks.measured import quantile

ROUNDS, WORK = 40, 60_000


@dataclass(frozen=True, slots=True)
class Noise:
    """How much longer than the quickest round the median and the worst one took, and the load."""

    median: float
    worst: float
    load: float

    def __str__(self) -> str:
        return (
            f"the same work took {self.median:.2f} times as long as at best (median),"
            f" {self.worst:.2f} times at worst; load {self.load:.1f}"
        )


def noise() -> Noise:
    """Measure it, in about a fifth of a second."""
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        sum(number * number for number in range(WORK))
        took.append(time.perf_counter() - began)
    best = min(took)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return Noise(quantile(took, 0.5) / best, max(took) / best, load)
