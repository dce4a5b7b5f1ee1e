"""Hysteresis and transition times: worlds whose pressure or uncertainty moves slowly up and down, or jumps once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ccgsim.lab.validation import judging
from ccgsim.lab.validation.patterns.circle import HIGH, LOW
from ccgsim.lab.validation.patterns.pattern import Change
from ccgsim.scenario.scenario import Scenario
from ccgsim.studies.paths import paths
from ccgsim.studies.phases import MIDDLE, Place, held_world

NAMES = {"uncertainty": "policy.uncertainty", "pressure": "stepping_in.inherited"}
SETTLED = 24  # months from the start until a ramp or a step begins
CLEAR = 0.01  # distance beyond the middle of control that counts as having crossed it
PATIENCE = 120  # months allowed for leaving a regime


@dataclass(frozen=True, slots=True)
class Ramp:
    """A slow ramp of one condition from `low` to `high` and back, `months` each way, in steps of `every` months."""

    condition: str
    low: float
    high: float
    months: int
    every: int = 3

    @property
    def last(self) -> int:
        """The last month of the way back."""
        return SETTLED + 2 * self.months

    def values(self) -> np.ndarray:
        """The value of the condition in each month, shape (last,)."""
        steps = np.floor(np.arange(self.months) / self.every) * self.every / self.months
        up = self.low + (self.high - self.low) * steps
        top = self.high - (up - self.low)
        return np.concatenate([np.full(SETTLED, self.low), up, top])

    def events(self, only_up: bool = False) -> list[dict[str, Any]]:
        """The dated events of the ramp; `only_up` leaves out the way back."""
        value = self.values()
        changed = [m for m in range(1, len(value)) if value[m] != value[m - 1] and not (only_up and m >= self.turn)]
        return [{"month": m, "set": {NAMES[self.condition]: float(value[m])}} for m in changed]

    @property
    def turn(self) -> int:
        """The first month of the way back."""
        return SETTLED + self.months


def ramped(place: Place, ramp: Ramp, change: Change | None = None) -> Scenario:
    """A world from the high start with constant conditions, except for the one that the ramp moves."""
    moved = {"pressure": place.pressure, "uncertainty": place.uncertainty} | {ramp.condition: ramp.low}
    return held_world(Place(**moved, dialogue=place.dialogue), HIGH, change).with_(
        events=ramp.events(), months=ramp.last
    )


def loops(worlds: Mapping[str, tuple[Scenario, Ramp]], seeds: Sequence[int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Participation on the way up and down, mean over seeds by value; each loop's area and the ends of its regimes.

    The area is the mean over the ramp's values of participation on the way up less on the way down [share];
    `falls_at` and `returns_at` are the values at which managers' control first exceeds, and on the way back first
    falls below, the middle of its range (medians; NaN if half of the worlds never do). Intervals: 95%, over seeds.
    """
    lines, areas = [], []
    for name, (world, ramp) in worlds.items():
        part, control = np.moveaxis(paths([world], seeds, ramp.last)[0, :, 1:], -1, 0)
        value = ramp.values()
        up, down = part[:, SETTLED : ramp.turn], part[:, ramp.turn :][:, ::-1]
        gap = (up - down).mean(axis=1)
        mean, low, high = judging.t_interval(gap, 0.95)
        row: dict[str, Any] = {
            "ramp": name,
            "area": mean,
            "low": low,
            "high": high,
            "months": ramp.months,
            "n": len(gap),
        }
        for word, after, above in (("falls_at", SETTLED, True), ("returns_at", ramp.turn, False)):
            middle = np.median(months_to_cross(control[:, : after + ramp.months], after, above))
            row[word] = float(value[after + int(middle)]) if np.isfinite(middle) else np.nan
        if np.isnan(row["falls_at"]):
            row["returns_at"] = np.nan
        areas.append(row)
        for way, found in (("up", up), ("down", down)):
            q10, q90 = np.quantile(found, [0.1, 0.9], axis=0)
            parts = {"value": value[SETTLED : ramp.turn], "participation": found.mean(axis=0), "q10": q10, "q90": q90}
            lines.append(pd.DataFrame(parts).assign(ramp=name, way=way))
    return pd.concat(lines, ignore_index=True), pd.DataFrame(areas)


def months_to_cross(control: np.ndarray, after: int, up: bool) -> np.ndarray:
    """Months after `after` until control is first clearly above (`up`) or below its middle; inf for never."""
    later = control[:, after:] > MIDDLE + CLEAR if up else control[:, after:] < MIDDLE - CLEAR
    return np.where(later.any(axis=1), later.argmax(axis=1).astype(float), np.inf)


def step_times(pressure: float, levels: Sequence[float], calm: float, seeds: Sequence[int]) -> pd.DataFrame:
    """Months to collapse when uncertainty jumps from `calm` to each level, and to recover when it falls back to it.

    Columns: way (collapse, recovery), level, crossed (share within PATIENCE months), q25, median, q75 (inf: not yet).
    Recovery starts low at the highest uncertainty. Worlds that leave their regime before the step are excluded.
    """
    rows = []
    for way, start, before in (("collapse", HIGH, calm), ("recovery", LOW, max(levels))):
        base = held_world(Place(pressure, before), start)
        events = [[{"month": SETTLED, "set": {NAMES["uncertainty"]: float(level)}}] for level in levels]
        found = paths([base.with_(events=e) for e in events], seeds, SETTLED + PATIENCE)[..., 1]
        up = way == "collapse"
        for level, control in zip(levels, found, strict=True):
            there = control[:, SETTLED] < MIDDLE if up else control[:, SETTLED] > MIDDLE
            times = months_to_cross(control[there], SETTLED, up)
            row: dict[str, Any] = {"way": way, "level": level, "n": int(there.sum())}
            if len(times):
                quarters = np.quantile(times, [0.25, 0.5, 0.75], method="lower")
                row |= dict(zip(("q25", "median", "q75"), quarters.tolist(), strict=True))
                row["crossed"] = float(np.isfinite(times).mean())
            rows.append(row)
    return pd.DataFrame(rows)
