"""Where the statistics of patterns lie against their tolerances, on one scale: 0 is the bound, above it lies inside.

A tolerance of two sides is folded on its middle, and a unit is its half-width: 1 is the middle, below 0 is outside on
either side. A tolerance of one side has no width; there a unit is the distance from the bound of the statistic as the
model stands or without the mechanism, whichever lies farther. Lengths may be compared along a row, not between rows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ORIGINS = {  # in the order told, and what a pattern of that origin can show
    "set": "put into the start or a rate",
    "fitted": "a parameter was chosen to reach it",
    "emergent": "neither set nor fitted",
    "reported": "no bound",
}
_ONE_SIDED = re.compile(r"(at least|above|at most|below) (\S+)")
_TWO_SIDED = re.compile(r"(\S+) to (\S+)")
Part = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Bounds:
    """A tolerance in numbers; infinite where it is open."""

    low: float
    high: float

    @property
    def one_sided(self) -> bool:
        """True where just one end is open."""
        return math.isfinite(self.low) != math.isfinite(self.high)

    def margin(self, x: float) -> float:
        """How far x lies inside the nearer bound, in its own unit; negative outside."""
        return min(x - self.low, self.high - x)


@dataclass(frozen=True, slots=True)
class Mark:
    """A statistic and its interval as margins, and whether it holds."""

    value: float
    low: float
    high: float
    held: bool


@dataclass(frozen=True, slots=True)
class ForestRow:
    """One pattern of a forest plot: the statistic that tells most of it, as it stands and without its mechanism."""

    id: str
    claim: str
    origin: str
    part: Part
    other: Part | None  # without the mechanism, where that is another statistic
    verdict: str
    standing: Mark | None
    without: Mark | None


def forest_rows(document: Mapping[str, Any]) -> list[ForestRow]:
    """A row a pattern, in order of origin and then of the document."""
    rows = sorted(document["patterns"], key=lambda row: list(ORIGINS).index(row["origin"]))
    return [_forest_row(row) for row in rows]


def _forest_row(row: Mapping[str, Any]) -> ForestRow:
    part, other = told(row)
    here = bounds_of(part["tolerance"])
    there = here if other is None else bounds_of(other["tolerance"])
    comparable = other is not None and other["statistic"] == part["statistic"]
    unit = _unit(here, part, other if comparable else None)
    return ForestRow(
        id=row["id"],
        claim=row["claim"],
        origin=row["origin"],
        part=part,
        other=None if comparable else other,
        verdict=verdict_on(row),
        standing=_mark(part, here, unit),
        without=None if other is None else _mark(other, there, unit if comparable else _unit(there, other, None)),
    )


def told(row: Mapping[str, Any]) -> tuple[Part, Part | None]:
    """The part that tells most of a pattern, and the same without its mechanism (None where that was not tried).

    That is the first part that fails; where all hold, the first that fails without the mechanism; else the first.
    """
    parts, without = row.get("parts") or [row], row.get("without") or []
    namesakes = {part["statistic"]: part for part in without}
    failing = [part for part in parts if not part["held"]]
    needing = [part for part in parts if not namesakes.get(part["statistic"], part)["held"]]
    part = [*failing, *needing, *parts][0]
    others = [namesakes.get(part["statistic"]), *(w for w in without if not w["held"]), *without]
    return part, next((other for other in others if other is not None), None)


def verdict_on(row: Mapping[str, Any]) -> str:
    """The verdict on a whole pattern, in a word or two."""
    if row["origin"] == "reported":
        return "reported"
    if not row["held"]:
        return "not held"
    if row["origin"] == "emergent" and row["held_without_mechanism"]:
        return "held without"
    return "shown" if row["shown"] else "held"


def bounds_of(tolerance: str) -> Bounds:
    """The numbers of a tolerance in words: 'at least 0.5', 'below 1', '0.3 to 0.65'; open on both sides for others."""
    if found := _ONE_SIDED.fullmatch(tolerance):
        bound = float(found[2])
        return Bounds(bound, math.inf) if found[1] in ("at least", "above") else Bounds(-math.inf, bound)
    if found := _TWO_SIDED.fullmatch(tolerance):
        return Bounds(float(found[1]), float(found[2]))
    return Bounds(-math.inf, math.inf)


def _unit(bounds: Bounds, *parts: Part | None) -> float:
    """What a unit of the scale is in the statistic's own: see the head of this module."""
    if not bounds.one_sided:
        return (bounds.high - bounds.low) / 2
    distances = [abs(bounds.margin(p["value"])) for p in parts if p is not None and p["value"] is not None]
    return max(distances, default=0.0) or 1.0


def _mark(part: Part, bounds: Bounds, unit: float) -> Mark | None:
    """The part on the scale; None where it is undefined or has no bound."""
    if part["value"] is None or not math.isfinite(bounds.margin(part["value"])) or unit <= 0:
        return None
    ends = [bounds.margin(part[end]) / unit for end in ("low", "high")]
    middle = (bounds.low + bounds.high) / 2
    best = 1.0 if part["low"] <= middle <= part["high"] else max(ends)
    return Mark(bounds.margin(part["value"]) / unit, min(ends), best, part["held"])


def digits(value: float | None) -> str:
    """A number with three digits; a dash where it is undefined."""
    return "–" if value is None else f"{value:.3g}"


def short(tolerance: str) -> str:
    """The tolerance, its numbers cut to three digits."""
    return " ".join(f"{float(word):.3g}" if word.lstrip("-")[:1].isdigit() else word for word in tolerance.split())


def yes_or_no(value: bool | None) -> str:
    """Yes, no, or a dash where nothing was tried."""
    return "–" if value is None else "yes" if value else "no"


def shown_of(document: Mapping[str, Any]) -> str:
    """The headline: how many emergent patterns are shown, of how many."""
    emergent = [row for row in document["patterns"] if row["origin"] == "emergent"]
    return f"{sum(row['shown'] for row in emergent)} of {len(emergent)} emergent patterns shown"
