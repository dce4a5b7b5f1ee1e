"""The plausible space: which parameters are guesses, the range of each, and draws from it (docs/decisions/0024)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.stats import qmc

from ccgsim.foundation.quantity import Quantity
from ccgsim.lab.experiment.parts import as_written
from ccgsim.scenario.events import LEVERS
from ccgsim.scenario.parameters import all_parameters
from ccgsim.scenario.sections import HEADLINES

HALF = 0.5  # of the way from the default to either end of the declared range, and of the default downwards
GUESSES = ("assumed", "fitted")  # first words of the sources of parameters that nobody has observed
DESIGN_SEED = 0  # of the draws; the worlds' seeds are another matter
BEGINNING = ("site", "england", "start", "ablation")  # sections that say where a world stands, not how it moves
SIZES = ("people",)  # units of numbers of people in [people]
STARTS = (  # values of the first month in sections of rules
    "insecurity.trust_start",
    "insecurity.trust_start_colocation",
    "policy.uncertainty",
    "stepping_in.inherited",
    "stepping_in.inherited_sd",
)


@dataclass(frozen=True, slots=True)
class Range:
    """The plausible values of a parameter: from low to high around the default, both ends included."""

    low: float
    default: float
    high: float
    kind: type

    def at(self, shares: np.ndarray) -> np.ndarray:
        """Values at shares (0 to 1), shape of `shares`: half of them below the default, half above.

        A default at an end of its range has all values on its other side.
        """
        if self.low < self.default < self.high:
            values = np.interp(shares, [0.0, 0.5, 1.0], [self.low, self.default, self.high])
        else:
            values = self.low + (self.high - self.low) * shares
        return np.asarray(np.rint(values) if self.kind is int else values)


def plausible(quantity: Quantity) -> Range:
    """The plausible range of a declared number.

    It ends half-way to the ends of the declared range, and no further than half and twice the default. A default of 0
    has no half or double: then half-way alone counts.
    """
    default, size = float(quantity.default), abs(float(quantity.default)) or np.inf
    low = default - HALF * min(default - float(quantity.low or 0.0), size)
    high = default + min(HALF * (float(quantity.high or 0.0) - default), size)
    if quantity.kind is int:
        low, high = np.ceil(low), np.floor(high)
    return Range(as_written(low), default, as_written(high), quantity.kind)


def space() -> dict[str, Range]:
    """The range of every parameter that is drawn, by dotted name, in the order of the sections."""
    return {name: plausible(quantity) for name, quantity in all_parameters().items() if is_guess(name, quantity)}


def is_guess(name: str, quantity: Quantity) -> bool:
    """Whether a parameter is a guess about how the world moves: not observed, decided by anybody, or a start."""
    section = name.partition(".")[0]
    decided = {lever.sets for lever in LEVERS.values()} | set(HEADLINES.values())
    size = section == "people" and (quantity.kind is int or quantity.unit in SIZES)
    number = quantity.kind in (int, float) and quantity.default is not None
    start = section in BEGINNING or size or name in STARTS
    return number and not start and name not in decided and quantity.source.startswith(GUESSES)


def drawn(ranges: Mapping[str, Range], draws: int) -> np.ndarray:
    """A Latin hypercube of the ranges, shape (draws + 1, ranges); row 0 holds the defaults."""
    shares = qmc.LatinHypercube(len(ranges), seed=DESIGN_SEED).random(draws)
    columns = [each.at(column) for each, column in zip(ranges.values(), shares.T, strict=True)]
    return np.vstack([[each.default for each in ranges.values()], np.column_stack(columns)])
