"""The circle for random draws of its parameters, with and without a window of two regimes.

Steepness of managers' response, noise of choice, value of being heard and worth of waiting are drawn from their
declared ranges by a Latin hypercube: no public data identify them separately, so the defaults alone prove little.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ccgsim.lab.validation.changes import by_section
from ccgsim.lab.validation.mean_field import MeanField
from ccgsim.lab.validation.patterns.circle import HIGH, LOW, still_world
from ccgsim.lab.validation.patterns.pattern import Change
from ccgsim.processes.engagement import Engagement
from ccgsim.processes.stepping_in import SteppingIn
from ccgsim.scenario.parameters import all_parameters
from ccgsim.studies.paths import paths

DRAWN = ("stepping_in.steepness", "engagement.noise", "engagement.value", "engagement.waiting")
LEVELS = tuple(round(0.05 * n, 2) for n in range(21))  # perceived uncertainty
APART = 0.2  # gap in participation from which two regimes count as coexisting


def drawn(count: int, seed: int) -> pd.DataFrame:
    """A Latin hypercube of the drawn parameters over their declared ranges, one row per draw."""
    from scipy.stats import qmc

    bounds = [all_parameters()[name] for name in DRAWN]
    low, high = ([float(getattr(b, end) or 0.0) for b in bounds] for end in ("low", "high"))
    points = qmc.scale(qmc.LatinHypercube(len(DRAWN), seed=seed).random(count), low, high)
    return pd.DataFrame(points, columns=list(DRAWN))


def changed(draw: pd.Series, pressure: float) -> Change:
    """A draw as a change of parameters, at a given pressure."""
    return by_section({"stepping_in.inherited": pressure} | {name: float(draw[name]) for name in DRAWN})


def theory(draw: pd.Series) -> MeanField:
    """The mean field of a draw."""
    parts = changed(draw, 0.0)
    response = SteppingIn(steepness=parts["stepping_in"]["steepness"])
    return MeanField(stepping_in=response, engagement=Engagement(**parts["engagement"]))


def expected_gap(mean_field: MeanField, pressure: float, levels: Sequence[float] = LEVELS) -> float:
    """Largest mean-field distance in participation between two stable states over the levels [share]."""
    curve = mean_field.curve(pressure, 197)
    gaps = [0.0]
    for level in levels:
        side = curve.uncertainty > level
        stable = np.flatnonzero(np.isfinite(curve.uncertainty[:-1]) & side[:-1] & ~side[1:])
        gaps.append(
            float(curve.participation[stable].max() - curve.participation[stable].min()) if len(stable) else 0.0
        )
    return max(gaps)


def simulated_gaps(
    draws: pd.DataFrame, pressure: float, seeds: Sequence[int], levels: Sequence[float] = LEVELS[1::2], months: int = 60
) -> np.ndarray:
    """Largest gap between high and low starts over the levels, mean over seeds, one value per draw [participation]."""
    worlds = [
        still_world(level, start, changed(draw, pressure))
        for _, draw in draws.iterrows()
        for start in (HIGH, LOW)
        for level in levels
    ]
    ends = paths(worlds, seeds, months)[:, :, -1, 0].mean(axis=1).reshape(len(draws), 2, len(levels))
    return np.asarray((ends[:, 0] - ends[:, 1]).max(axis=1))


def sample(table: pd.DataFrame, size: int) -> pd.DataFrame:
    """The first draws with a window and the first without, half of `size` each (or fewer)."""
    window = table["expected_gap"] >= APART
    return pd.concat([table[window].head(size // 2), table[~window].head(size - size // 2)])
