"""What a benchmark gives: values, a bar, and the values of a bare program from the same run."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Measured:
    """*values* are milliseconds unless *unit* says otherwise; *bar* is for *judged*: "p99", "max",
    "median", or "ratio" (of the medians, against *bare*) or "more" (than the bare median)."""

    name: str
    what: str
    values: Sequence[float]
    judged: str
    bar: float
    unit: str = "ms"
    bare: Sequence[float] = field(default_factory=tuple)
    note: str = ""

    @property
    def figure(self) -> float:
        """What is held against the bar."""
        match self.judged:
            case "p99":
                return quantile(self.values, 0.99)
            case "max":
                return max(self.values)
            case "ratio":
                return quantile(self.values, 0.5) / quantile(self.bare, 0.5)
            case "more":
                return quantile(self.values, 0.5) - quantile(self.bare, 0.5)
        return quantile(self.values, 0.5)

    @property
    def is_met(self) -> bool:
        """Whether the bar is met."""
        return self.figure <= self.bar

    def row(self) -> list[str]:
        """The table's cells."""
        digits = 1 if self.unit == "ms" else 0

        def said(value: float) -> str:
            return f"{value:.{digits}f}"

        ratio = "–"
        if self.bare:
            ratio = f"{quantile(self.values, 0.5) / quantile(self.bare, 0.5):.2f}"
        sign = {"ratio": "×", "more": f" {self.unit} more"}.get(self.judged, f" {self.unit}")
        figure = f"{self.figure:.2f}×" if self.judged == "ratio" else f"{said(self.figure)}{sign}"
        bar = f"≤ {self.bar:g}{sign}"
        return [
            self.name,
            said(min(self.values)),
            said(quantile(self.values, 0.5)),
            said(quantile(self.values, 0.99)),
            said(quantile(self.bare, 0.5)) if self.bare else "–",
            ratio,
            f"{self.judged}: {figure}" if self.judged != "ratio" else figure,
            bar,
            "yes" if self.is_met else "no",
        ]

    def as_json(self) -> dict[str, Any]:
        """Everything, for a file."""
        return asdict(self) | {"figure": self.figure, "met": self.is_met}


HEADINGS = ["name", "min", "median", "p99", "bare", "ratio", "figure", "bar", "met"]


def quantile(values: Sequence[float], share: float) -> float:
    """The nearest-rank quantile."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def table(found: Sequence[Measured]) -> str:
    """A Markdown table."""
    rows = [HEADINGS, ["---"] * len(HEADINGS), *(one.row() for one in found)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
