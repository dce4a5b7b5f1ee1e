"""Differences in plain words: how large, in which direction, how sure, in how many worlds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ccgsim.lab.comparison import Comparison, smallest_that_matters
from ccgsim.measures.catalogue import MEASURE
from ccgsim.report.drawing.inputs import Result, monthly, seeds_of
from ccgsim.report.words.short_numbers import clear, is_nought, signed, size
from ccgsim.run import interval

HIGHER, LOWER = "higher", "lower"
SLIGHTLY, PERHAPS = "{}, by too little to matter", "{}, perhaps by too little to matter"
NONE, NO_MATTER, UNTOLD = "no difference", "no difference that matters", "cannot be told"


@dataclass(frozen=True, slots=True)
class Effect:
    """A difference in one measure over worlds: average, 95% interval, range of single worlds, smallest that matters."""

    measure: str
    start: float  # what it is a difference from, averaged over worlds
    mean: float
    low: float | None
    high: float | None
    range_low: float | None
    range_high: float | None
    worlds: int
    same: int  # worlds in which it has the sign of the average
    matters: float

    @property
    def name(self) -> str:
        """The measure's label within a sentence."""
        label = MEASURE[self.measure].label
        return label if label[1:2].isupper() else label[0].lower() + label[1:]

    @property
    def verdict(self) -> str:
        """What the interval tells: 'higher', 'lower', 'no difference', ... or 'cannot be told'."""
        if self.low is None or self.high is None:
            return UNTOLD
        if is_nought(self.low, self.high):
            return NONE
        if clear(self.low, self.high):
            way = HIGHER if self.low > 0 else LOWER
            small = SLIGHTLY if self._most < self.matters else PERHAPS
            return way if abs(self.mean) >= self.matters else small.format(way)
        return NO_MATTER if self._most < self.matters else UNTOLD

    @property
    def _most(self) -> float:
        return max(abs(self.low or 0.0), abs(self.high or 0.0))

    @property
    def clear(self) -> bool:
        """Whether it is clear and large enough to matter."""
        return self.verdict in (HIGHER, LOWER)


def effect(measure: str, base: np.ndarray, there: np.ndarray) -> Effect | None:
    """The differences of paired worlds, `there` less `base`; None if the measure is undefined in all pairs."""
    pairs = there - base
    known = ~np.isnan(pairs)
    if not known.any():
        return None
    found, start = interval(pairs), float(base[known].mean())
    mean = float(pairs[known].mean())
    same = int((np.sign(pairs[known]) == np.sign(mean)).sum())
    ends = {key: found[key] for key in ("low", "high", "range_low", "range_high")}
    sizes = {"worlds": int(known.sum()), "same": same, "matters": smallest_that_matters(measure, start)}
    return Effect(measure=measure, start=start, mean=mean, **ends, **sizes)  # type: ignore[arg-type]


def effects_at_the_end(found: Comparison, scenario: str, measures: Iterable[str]) -> list[Effect]:
    """What a scenario changes against the first in the last month, for each measure that is defined there."""
    return effects_in(found.months, found, scenario, measures)


def effects_in(month: int, found: Comparison, scenario: str, measures: Iterable[str]) -> list[Effect]:
    """What a scenario changes against the first in a month, for each measure that is defined there."""
    then = found.series[found.series["month"] == month].set_index(["scenario", "seed"])
    here, base = then.loc[scenario], then.loc[found.base].loc[then.loc[scenario].index]
    made = (effect(name, base[name].to_numpy(float), here[name].to_numpy(float)) for name in measures)
    return [each for each in made if each is not None]


def changes(result: Result, measures: Iterable[str]) -> list[Effect]:
    """How each measure has changed at the end, against the first month in which it is defined."""
    series = monthly(result)
    series = series if "seed" in series else series.assign(seed=seeds_of(result)[0])
    made = (_change(name, series.pivot(index="seed", columns="month", values=name)) for name in measures)
    return [each for each in made if each is not None]


def _change(measure: str, months: pd.DataFrame) -> Effect | None:
    defined = months.loc[:, months.notna().any()]
    if defined.empty:
        return None
    return effect(measure, defined.iloc[:, 0].to_numpy(float), months.iloc[:, -1].to_numpy(float))


def is_share(measure: str) -> bool:
    """Whether a measure lies between 0 and 1."""
    return MEASURE[measure].unit == "share"


def level(measure: str, value: float | None) -> str:
    """A value as a reader says it: '67%', '24.3 ties'; a dash if undefined."""
    if value is None or np.isnan(value):
        return "–"
    return f"{100 * value:.0f}%" if is_share(measure) else f"{size(value, 1)} {MEASURE[measure].unit}"


def amount(each: Effect) -> str:
    """'6 to 11 points' of a share, '2.7 to 5.4 ties' of a count."""
    ends = sorted(abs(end) for end in (each.low, each.high) if end is not None) or [abs(each.mean)]
    times, unit = (100, "points") if is_share(each.measure) else (1, MEASURE[each.measure].unit)
    words = list(dict.fromkeys(_with_zero(size(times * end, 0 if times * end >= 10 else 1)) for end in ends))
    return f"{' to '.join(words)} {unit}".removesuffix(" ratio")


def _with_zero(number: str) -> str:
    """A number with the zero before its point: '+0.8'."""
    return re.sub(r"(?<!\d)\.", "0.", number)


def in_points(measure: str, value: float | None) -> str:
    """A difference with its sign: '+6.2', of a share in points."""
    times = 100 if is_share(measure) else 1
    return "–" if value is None else _with_zero(signed(times * value, 1)) if not is_nought(value) else "0"


def between(measure: str, low: float | None, high: float | None) -> str:
    """'+6.2 to +11.0'; a dash if undefined."""
    return "–" if low is None or high is None else f"{in_points(measure, low)} to {in_points(measure, high)}"


def by_verdict(effects: Sequence[Effect], *verdicts: str) -> Iterator[Effect]:
    """The effects with one of these verdicts, in their order."""
    return (each for each in effects if each.verdict in verdicts)
