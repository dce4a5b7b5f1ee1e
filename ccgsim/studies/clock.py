"""The too-late clock: the last month in which a lever still restores participation, and the cost of delay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ccgsim.lab.validation import judging
from ccgsim.scenario.scenario import Scenario
from ccgsim.studies.levers import Plan
from ccgsim.studies.paths import paths

PLANS = (
    Plan("dialogue", {"value": 0.8}, ".2 to .8"),
    Plan("pairing", {"value": 1.0}, "every GP on the board"),
    Plan("second_broker", {"share": 1.0}, "all of the first broker's outside ties"),
    Plan("soft_incentive", {"value": 0.15}, "0 to .15, for comparison"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """The question: a disturbed world, months in which a lever may be pulled, and the criterion of restoration.

    Participation counts as restored if, in month `judged`, it is at most `distance` below that of the same seed without
    dated events. Seeds for which this holds without a lever are left out; the others were brought down. A lever is in
    time while it restores participation in `share` of these.
    """

    scenario: Scenario
    months: Sequence[int]
    judged: int = 96
    distance: float = 0.1
    share: float = 0.8

    def worlds(self, plans: Sequence[Plan]) -> list[Scenario]:
        """The undisturbed world, the disturbed one without a lever, then each lever in each month."""
        alone = self.scenario.with_(months=max(self.judged, self.scenario.months))
        late = [alone.with_(events=[*alone.events, plan.event(m)]) for plan in plans for m in self.months]
        return [alone.with_(events=[]), alone, *late]

    def read(self, plans: Sequence[Plan], seeds: Sequence[int], workers: int | None = None) -> Delays:
        """Run every world on every seed."""
        found = paths(self.worlds(plans), seeds, self.judged, ("participation",), workers)[..., 0]
        shape = (len(plans), len(self.months), len(seeds), self.judged + 1)
        return Delays(self, [plan.name for plan in plans], found[0], found[1], found[2:].reshape(shape))


@dataclass(frozen=True)
class Delays:
    """Participation by month: without events, without a lever, and for each lever and month of pulling it."""

    clock: Clock
    levers: Sequence[str]
    undisturbed: np.ndarray
    alone: np.ndarray
    pulled: np.ndarray

    def back(self, path: np.ndarray) -> np.ndarray:
        """Whether participation is restored in the judged month, for each seed (second-last axis of the path)."""
        return np.asarray(path[..., -1] >= self.undisturbed[:, -1] - self.clock.distance)

    @property
    def down(self) -> np.ndarray:
        """Whether each seed is not restored in the judged month without a lever."""
        return ~self.back(self.alone)

    def restored(self) -> np.ndarray:
        """Share of the seeds brought down that each lever restores in each month, shape (levers, months)."""
        need = self.back(self.pulled)[..., self.down]
        return np.asarray(need.mean(axis=-1) if need.shape[-1] else np.full(need.shape[:-1], np.nan))

    def table(self) -> pd.DataFrame:
        """Share of seeds restored by lever and month of pulling it, with participation of those seeds when judged."""
        rows: list[dict[str, Any]] = []
        for lever, worlds, shares in zip(self.levers, self.pulled, self.restored(), strict=True):
            for month, path, share in zip(self.clock.months, worlds, shares, strict=True):
                level = judging.t_interval(path[self.down, -1], 0.95)
                row: dict[str, Any] = {"lever": lever, "month": month, "restored": share, "n": int(self.down.sum())}
                rows.append(row | dict(zip(("participation", "low", "high"), level, strict=True)))
        return pd.DataFrame(rows)

    def summary(self) -> pd.DataFrame:
        """For each lever the last month in time and the cost of a month's delay, with 95% intervals over seeds.

        `cost` is participation lost in the judged month, `cost_on_the_way` its mean over months 0 to the judged one;
        both are slopes of a regression line over the months of pulling from the last dated event on, for each seed
        brought down. `last_month` is NaN if never in time.
        """
        over = max((event.month for event in self.clock.scenario.events), default=0)
        late = [n for n, month in enumerate(self.clock.months) if month >= over]
        months = [self.clock.months[n] for n in late]
        rows: list[dict[str, Any]] = []
        for lever, worlds, share in zip(self.levers, self.pulled[:, :, self.down], self.restored(), strict=True):
            row: dict[str, Any] = {
                "lever": lever,
                "last_month": last_in_time(self.clock.months, share, self.clock.share),
            }
            for name, level in (("cost", worlds[..., -1]), ("cost_on_the_way", worlds.mean(axis=-1))):
                found = judging.t_interval(-slopes(months, level[late]), 0.95)
                row |= dict(zip((name, f"{name}_low", f"{name}_high"), found, strict=True))
            rows.append(row)
        return pd.DataFrame(rows)


def last_in_time(months: Sequence[int], share: np.ndarray, wanted: float) -> float:
    """The last month up to which the share is never below `wanted`; NaN if it is below in the first."""
    late = np.flatnonzero(~(share >= wanted))
    count = late[0] if len(late) else len(months)
    return float(months[count - 1]) if count else float("nan")


def slopes(months: Sequence[int], level: np.ndarray) -> np.ndarray:
    """Change of the level per month of delay, for each seed, by least squares; `level` has shape (months, seeds)."""
    off = np.asarray(months, float) - np.mean(months)
    return np.asarray((off[:, None] * level).sum(axis=0) / (off * off).sum())
