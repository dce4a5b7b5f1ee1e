"""What the worlds of a run showed, and sentences made of it: every number in a sentence is one that a chart shows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ccgsim.run import series_of
from ccgsim.teach import config as configs
from ccgsim.teach.config import Config
from ccgsim.teach.lesson.words import text
from ccgsim.teach.worlds import loop

HEARD = "heard"  # no measure of the catalogue: it is read with the circle
SAME = 5  # points: a smaller change or difference is called none


def percent(value: float) -> int:
    """A share in whole percent, to the digit that the page shows: it gets single precision and rounds halves up."""
    return math.floor(100 * float(np.float32(value)) + 0.5)


def percents(values: Iterable[float]) -> list[int]:
    """Shares in whole percent, each as the page shows it."""
    return [percent(value) for value in values]


@dataclass(frozen=True, slots=True)
class Fact:
    """The value of a measure in one world and month: a share, or a ratio that is told as one."""

    world: int
    measure: str
    month: int
    value: float

    @property
    def percent(self) -> int:
        """The value as charts and sentences show it. Sentences compare what is shown, not what was rounded away."""
        return percent(self.value)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with the facts that it quotes, in the order in which it quotes them."""

    text: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """The measures of each world of a run by month. `loops`: the circle by month, where it was read (worlds.loop)."""

    config: Config
    series: tuple[pd.DataFrame, ...]
    loops: tuple[Sequence[np.ndarray], ...] = ()

    @property
    def end(self) -> int:
        """The last month of the run."""
        return self.config.months

    def fact(self, world: int, measure: str, month: int) -> Fact:
        """One value; of HEARD, the mean over GPs that the circle shows."""
        if measure == HEARD:
            return Fact(world, measure, month, float(self.loops[world][month][loop.HEARD]))
        return Fact(world, measure, month, float(self.series[world][measure].iloc[month]))

    def ends(self, world: int, measure: str) -> tuple[Fact, Fact]:
        """The values at the start and at the end."""
        return self.fact(world, measure, 0), self.fact(world, measure, self.end)


def say(words: str, *facts: Fact) -> Said:
    """A sentence: each {} is the next fact, in percent."""
    return Said(words.format(*(f"{fact.percent}%" for fact in facts)), facts)


def course_of(before: Fact, after: Fact) -> str:
    """How a value moved: 'rises from {} to {}', 'falls from {} to {}' or 'stays: {}, then {}'."""
    change = after.percent - before.percent
    if abs(change) < SAME:
        return text("course.stays")
    return text("course.rises" if change > 0 else "course.falls")


def past_of(config: Config, seed: int) -> Past:
    """The worlds of a configuration on another seed, over all months."""
    scenarios = configs.scenarios_of(config)
    return Past(config, tuple(series_of(scenario, seed, config.months) for scenario in scenarios))
