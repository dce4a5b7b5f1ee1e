"""Phases of the circle: where a world ends in the high regime, in the low regime, or in either.

Conditions are constant (no dates, no strain, no disturbance of policy) at a pressure, a policy uncertainty and a level
of dialogue; each world starts once high and once low. It is in the high regime while managers' control is below the
middle of its range. If the two starts end in different regimes, the past decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache

import numpy as np
import pandas as pd

from ccgsim.course import Course
from ccgsim.foundation.quantity import record
from ccgsim.lab.experiment.parts import as_written
from ccgsim.lab.validation import judging
from ccgsim.lab.validation.mean_field import MeanField
from ccgsim.lab.validation.patterns.circle import HIGH, LOW
from ccgsim.lab.validation.patterns.pattern import Change, world_of
from ccgsim.processes.policy import Policy, uncertainty_seen
from ccgsim.processes.stepping_in import MIDDLE_STANDING, SteppingIn, pressure_to_step_in
from ccgsim.scenario.scenario import Scenario
from ccgsim.studies.paths import paths

MIDDLE = (SteppingIn().low + SteppingIn().high) / 2  # middle of the range of managers' control
MONTHS = 60
PRESSURES = np.linspace(-0.2, 0.6, 17)


@dataclass(frozen=True, slots=True)
class Place:
    """A point of the phase diagram: inherited pressure, policy uncertainty, dialogue [shares]."""

    pressure: float
    uncertainty: float
    dialogue: float = 0.2


def held_world(place: Place, start: dict[str, float], change: Change | None = None) -> Scenario:
    """Site B at a point of the diagram with constant conditions, from a given start."""
    still: Change = {
        "stepping_in": {"finance": 0.0, "inherited": place.pressure, "inherited_sd": 0.0},
        "policy": {"uncertainty": place.uncertainty, "dialogue": place.dialogue, "noise": 0.0, "reversion": 1.0},
        "start": start,
    }
    return world_of("site_b", still, change or {}, calendar="none")


def phase_table(
    places: Sequence[Place], seeds: Sequence[int], months: int = MONTHS, workers: int | None = None
) -> pd.DataFrame:
    """For each point the shares of worlds that end high from both starts, from one, from none; the gap between starts.

    Columns: those of Place, high, either, low [shares of seeds], gap with its 95% interval [participation], months.
    """
    worlds = [held_world(place, start) for place in places for start in (HIGH, LOW)]
    ends = paths(worlds, seeds, months, workers=workers)[:, :, -1].reshape(len(places), 2, len(seeds), 2)
    high = (ends[..., 1] < MIDDLE).sum(axis=1)
    rows = []
    for place, count, part in zip(places, high, ends[..., 0], strict=True):
        gap = dict(zip(("gap", "gap_low", "gap_high"), judging.t_interval(part[0] - part[1], 0.95), strict=True))
        shares = {"high": np.mean(count == 2), "either": np.mean(count == 1), "low": np.mean(count == 0)}
        levels = {"from_high": part[0].mean(), "from_low": part[1].mean()}
        rows.append(asdict(place) | shares | gap | levels | {"months": months, "n": len(seeds)})
    return pd.DataFrame(rows)


def board_ambiguity(seed: int = 0) -> float:
    """Ambiguity of a board of site B at the start (normalised entropy of its logics)."""
    world = Course(held_world(Place(0.0, 0.35), HIGH), seed).world
    return float(world.ccgs.ambiguity[0])


def felt(pressure: np.ndarray, uncertainty: np.ndarray, dialogue: float, ambiguity: float) -> tuple[np.ndarray, ...]:
    """Uncertainty as GPs perceive it and pressure as managers feel it, at points of the diagram."""
    policy = Policy()
    perceived = np.vectorize(uncertainty_seen, otypes=[float])(
        uncertainty, dialogue, ambiguity, policy.dialogue_effect, policy.ambiguity
    )
    p = record(SteppingIn())[0]
    return perceived, np.asarray(pressure_to_step_in(pressure, 0.0, uncertainty, 0.0, MIDDLE_STANDING, p))


@dataclass(frozen=True)
class Folds:
    """Mean-field folds in perceived uncertainty as functions of felt pressure."""

    pressure: np.ndarray
    low: np.ndarray
    high: np.ndarray

    @classmethod
    def of(cls, theory: MeanField | None = None, pressures: np.ndarray = PRESSURES) -> Folds:
        """The folds of a theory (default: declared parameters) on a grid of pressures; NaN if there is no window."""
        windows = [(theory or MeanField()).window(float(p)) for p in pressures]
        ends = np.array([(w.low, w.high) if w else (np.nan, np.nan) for w in windows])
        return cls(pressures, ends[:, 0], ends[:, 1])

    def beyond(self, perceived: np.ndarray, pressure: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Perceived uncertainty minus the lower and minus the upper fold; inside the window the signs differ."""
        lower, upper = (np.interp(pressure, self.pressure, fold) for fold in (self.low, self.high))
        return perceived - lower, perceived - upper

    def along(self, pressure: np.ndarray, uncertainty: np.ndarray, dialogue: float, ambiguity: float) -> list[float]:
        """Positions (0 to 1) at which a path of points crosses the lower, then the upper fold; NaN for never."""
        margins = self.beyond(*felt(pressure, uncertainty, dialogue, ambiguity))
        way = np.linspace(0, 1, len(margins[0]))
        crossed = [np.flatnonzero((m[:-1] < 0) & (m[1:] >= 0)) for m in margins]
        return [float(way[hit[0] + 1]) if len(hit) else float("nan") for hit in crossed]


@cache
def declared_folds() -> Folds:
    """The folds for the default parameters."""
    return Folds.of()


def fold_lines(dialogues: Sequence[float], pressures: np.ndarray, ambiguity: float) -> pd.DataFrame:
    """Policy uncertainty at the mean-field folds; columns dialogue, pressure, lower, upper (NaN outside 0 to 1)."""
    folds, uncertainty = declared_folds(), np.linspace(0, 1, 401)
    rows = []
    for dialogue in dialogues:
        for pressure in pressures:
            lower, upper = folds.along(np.full_like(uncertainty, pressure), uncertainty, dialogue, ambiguity)
            rows.append({"dialogue": dialogue, "pressure": as_written(pressure), "lower": lower, "upper": upper})
    return pd.DataFrame(rows)
