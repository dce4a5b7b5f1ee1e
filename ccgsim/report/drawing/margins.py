"""Statistics of patterns relative to their tolerances, on one scale: 0 is the bound, positive is inside.

A two-sided tolerance is folded at its middle and the unit is its half-width: 1 is the middle, below 0 is outside on
either side. A one-sided tolerance has no width; its unit is the larger distance from the bound of the statistic with
and without the mechanism. Lengths can be compared within a row, not between rows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ccgsim.lab.validation.bounds import Bounds, bounds_of

ORIGINS = {  # in printing order, with the meaning of each origin
    "set": "put into the start or a rate",
    "fitted": "a parameter was chosen to reach it",
    "emergent": "neither set nor fitted",
    "reported": "no bound",
}
Part = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """A statistic and its interval on the scale of margins, and whether it holds."""

    value: float
    low: float
    high: float
    held: bool


@dataclass(frozen=True, slots=True)
class ForestRow:
    """One pattern of a forest plot: its most informative statistic, with and without its mechanism."""

    id: str
    claim: str
    origin: str
    part: Part
    other: Part | None  # without the mechanism, if that is another statistic
    verdict: str
    standing: Mark | None
    without: Mark | None


def forest_rows(document: Mapping[str, Any]) -> list[ForestRow]:
    """One row per pattern, in order of origin and then of the document."""
    rows = sorted(document["patterns"], key=lambda row: list(ORIGINS).index(row["origin"]))
    return [_forest_row(row) for row in rows]


def _forest_row(row: Mapping[str, Any]) -> ForestRow:
    part, other = most_telling_part(row)
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


def most_telling_part(row: Mapping[str, Any]) -> tuple[Part, Part | None]:
    """The most informative part of a pattern, and the same part without its mechanism (None if that was not tried).

    This is the first part that fails; if all hold, the first that fails without the mechanism; else the first.
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


def _unit(bounds: Bounds, *parts: Part | None) -> float:
    """The unit of the scale in units of the statistic: see the module's docstring."""
    if not bounds.one_sided:
        return (bounds.high - bounds.low) / 2
    distances = [abs(bounds.margin(p["value"])) for p in parts if p is not None and p["value"] is not None]
    return max(distances, default=0.0) or 1.0


def _mark(part: Part, bounds: Bounds, unit: float) -> Mark | None:
    """The part on the scale; None if it is undefined or has no bound."""
    if part["value"] is None or not math.isfinite(bounds.margin(part["value"])) or unit <= 0:
        return None
    ends = [bounds.margin(part[end]) / unit for end in ("low", "high")]
    middle = (bounds.low + bounds.high) / 2
    best = 1.0 if part["low"] <= middle <= part["high"] else max(ends)
    return Mark(bounds.margin(part["value"]) / unit, min(ends), best, part["held"])


def digits(value: float | None) -> str:
    """A number with three significant digits; a dash if undefined."""
    return "–" if value is None else f"{value:.3g}"


def short(tolerance: str) -> str:
    """The tolerance with its numbers rounded to three significant digits."""
    return " ".join(f"{float(word):.3g}" if word.lstrip("-")[:1].isdigit() else word for word in tolerance.split())


def yes_or_no(value: bool | None) -> str:
    """Yes, no, or a dash for None."""
    return "–" if value is None else "yes" if value else "no"


def shown_of(document: Mapping[str, Any]) -> str:
    """The headline: how many emergent patterns are shown, of how many."""
    emergent = [row for row in document["patterns"] if row["origin"] == "emergent"]
    return f"{sum(row['shown'] for row in emergent)} of {len(emergent)} emergent patterns shown"
