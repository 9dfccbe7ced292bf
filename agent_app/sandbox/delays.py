"""How long a reply takes: always the same, or drawn anew for each request as on a real network."""

import random
from dataclasses import dataclass

MAX_S = 10.0
"""A drawn delay is never longer (seconds)."""


@dataclass(frozen=True)
class Delay:
    """Seconds: `low` to `high`, evenly; with `sigma`, around the median `low` (log-normal)."""

    low: float
    high: float
    sigma: float = 0.0

    def draw(self, rng: random.Random) -> float:
        """Return the seconds that one request has to wait."""
        if self.sigma:
            return min(MAX_S, self.low * rng.lognormvariate(0.0, self.sigma))
        return rng.uniform(self.low, self.high)


def delay_of(text: str) -> Delay:
    """`1.5`, `0.05..2` (evenly between) or `lognormal:0.2:0.8` (median, sigma). Raises ValueError."""
    if text.startswith("lognormal:"):
        _, median, sigma = text.split(":")
        return Delay(float(median), float(median), float(sigma))
    low, _, high = text.partition("..")
    return Delay(float(low), float(high or low))
