"""Comparison of levers, alone and in pairs, on the same seeds and in the same month, in worlds with different regimes.

The effect of a lever is the mean of a measure over the last months with it less that without it, seed by seed. The
interaction of a pair is its effect less the sum of the two single effects; below zero, the levers partly overlap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from ccgsim.lab.validation import judging
from ccgsim.scenario.events import LEVERS
from ccgsim.scenario.scenario import Scenario, load
from ccgsim.studies.paths import paths

MEASURES = ("participation", "coherence", "stability", "projects_sustained")


@dataclass(frozen=True, slots=True)
class Plan:
    """A lever as used: its name, the fields of its event, and a description of the dose."""

    name: str
    fields: Mapping[str, Any]
    dose: str

    @property
    def meaning(self) -> str:
        """The declared meaning of the lever."""
        return LEVERS[self.name].meaning

    def event(self, month: int) -> dict[str, Any]:
        """The dated event that pulls it."""
        return {"month": month, "lever": {"name": self.name, **self.fields}}


_HALF = "half way from its start value to its highest"
# Doses: a lever that sets a parameter goes half way to the end of its declared range; shares are one half; counts are
# the least possible (a seat) or what a board of thirteen would plausibly try.
PLANS = (
    Plan("dialogue", {"value": 0.6}, f".2 to .6: {_HALF}"),
    Plan("soft_incentive", {"value": 0.15}, f"0 to .15: {_HALF}"),
    Plan("hard_incentive", {"value": 0.15}, f"0 to .15: {_HALF}"),
    Plan("backfill", {"value": 20.0}, f"0 to 20 hours a month for each GP: {_HALF}"),
    Plan("depository", {"value": 0.5}, f"0 to .5: {_HALF}"),
    Plan("structured_feedback", {"value": 0.6}, f".2 to .6: {_HALF}"),
    Plan("benchmarking", {"value": 0.5}, f"0 to .5: {_HALF}"),
    Plan("colocation", {"value": 0.5}, f"0 to .5: {_HALF}"),
    Plan("mandate", {"value": 0.15}, f"0 to .15 a month: {_HALF}"),
    Plan("coaching", {"value": 1.5, "count": 3}, "three members, brokerage x 2.5: half of the highest growth"),
    Plan("second_broker", {"share": 0.5}, "half of the first broker's outside ties"),
    Plan("pairing", {"value": 0.5}, "half of the GPs on the board"),
    Plan("executive_support", {}, "there or not"),
    Plan("provider_seat", {"count": 1}, "one seat"),
    Plan("nurse_seat", {"count": 1}, "one seat"),
    Plan("patient_seat", {"count": 1}, "one seat more"),
    Plan("localities", {"count": 8}, "8 instead of 4"),
    Plan("alliance", {"pathway": "frail elderly", "months": 36}, "frail elderly, funded for 36 months"),
)


def circle_worlds() -> dict[str, Scenario]:
    """Site B without national dates: calm, under the pressure of the circle scenarios, and collapsed by their shock."""
    quiet = load("vicious_circle_no_shock")
    return {
        "calm": quiet.with_(stepping_in={"inherited": 0.0}),
        "under pressure": quiet,
        "collapsed": load("vicious_circle"),
    }


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The comparison: worlds, levers, seeds, the month in which levers are pulled, the months averaged."""

    seeds: Sequence[int]
    worlds: Mapping[str, Scenario] = field(default_factory=circle_worlds)
    plans: Sequence[Plan] = PLANS
    month: int = 36
    first: int = 85
    last: int = 96

    @property
    def settings(self) -> list[tuple[Plan, ...]]:
        """The settings: no lever, each lever, each pair."""
        return [(), *((plan,) for plan in self.plans), *combinations(self.plans, 2)]

    @property
    def runs(self) -> int:
        """Number of worlds that `effects` simulates."""
        return len(self.worlds) * len(self.settings) * len(self.seeds)

    def effects(self, workers: int | None = None) -> Effects:
        """Run every world under every setting on every seed, and take the differences."""
        worlds = [
            world.with_(events=[*world.events, *(plan.event(self.month) for plan in pulled)])
            for world in self.worlds.values()
            for pulled in self.settings
        ]
        found = paths(worlds, self.seeds, self.last, MEASURES, workers)[:, :, self.first :].mean(axis=2)
        found = found.reshape(len(self.worlds), len(self.settings), len(self.seeds), len(MEASURES))
        names = [tuple(plan.name for plan in pulled) for pulled in self.settings]
        return Effects(tuple(self.worlds), names, found)


@dataclass(frozen=True)
class Effects:
    """Outcomes; `values` has shape (worlds, settings, seeds, measures); the first setting is without a lever."""

    worlds: Sequence[str]
    settings: Sequence[tuple[str, ...]]
    values: np.ndarray

    def of(self, world: str, setting: tuple[str, ...], measure: str = "participation") -> np.ndarray:
        """The effect of a setting on a measure in a world, one value per seed."""
        here = self.values[list(self.worlds).index(world), :, :, MEASURES.index(measure)]
        return np.asarray(here[list(self.settings).index(setting)] - here[0])

    def interaction(self, world: str, pair: tuple[str, ...], measure: str = "participation") -> np.ndarray:
        """The interaction of a pair, one value per seed."""
        return self.of(world, pair, measure) - sum(self.of(world, (name,), measure) for name in pair)

    def singles(self, world: str, measure: str = "participation") -> dict[str, np.ndarray]:
        """The effect of each lever alone, one value per seed."""
        return {names[0]: self.of(world, names, measure) for names in self.settings if len(names) == 1}

    def outcomes(self, seeds: Sequence[int]) -> pd.DataFrame:
        """Every outcome: world, lever, second, seed, then each measure."""
        shape = self.values.shape
        places = [
            (world, *(*names, None, None)[:2], seed)
            for world in self.worlds
            for names in self.settings
            for seed in seeds
        ]
        table = pd.DataFrame(places, columns=["world", "lever", "second", "seed"])
        return table.assign(**dict(zip(MEASURES, self.values.reshape(-1, shape[-1]).T, strict=True)))

    def base(self) -> pd.DataFrame:
        """Each world without any lever: mean and 95% interval of each measure."""
        rows = []
        for place, world in enumerate(self.worlds):
            for number, measure in enumerate(MEASURES):
                mean, low, high = judging.t_interval(self.values[place, 0, :, number], 0.95)
                rows.append({"world": world, "measure": measure, "mean": mean, "low": low, "high": high})
        return pd.DataFrame(rows)

    def table(self) -> pd.DataFrame:
        """Every effect with its 95% interval; pairs also with their interaction; single levers have no `second`."""
        return pd.DataFrame(
            [
                self._row(world, setting, measure)
                for world in self.worlds
                for setting in self.settings[1:]
                for measure in MEASURES
            ]
        )

    def _row(self, world: str, setting: tuple[str, ...], measure: str) -> dict[str, Any]:
        values = self.of(world, setting, measure)
        row: dict[str, Any] = {"world": world, "lever": setting[0], "second": setting[1] if len(setting) > 1 else None}
        row |= {"measure": measure, "n": int(np.isfinite(values).sum())}
        row |= dict(zip(("effect", "low", "high"), judging.t_interval(values, 0.95), strict=True))
        beyond = (
            judging.t_interval(self.interaction(world, setting, measure), 0.95) if len(setting) > 1 else [np.nan] * 3
        )
        return row | dict(zip(("interaction", "interaction_low", "interaction_high"), beyond, strict=True))


def plan_table(plans: Sequence[Plan] = PLANS) -> pd.DataFrame:
    """Table of the levers: name, meaning, dose, source."""
    rows = [{"lever": p.name, "meaning": p.meaning, "dose": p.dose, "source": LEVERS[p.name].source} for p in plans]
    return pd.DataFrame(rows)
