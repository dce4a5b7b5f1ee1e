"""One default set for all: a recorded search of assumed parameters, a Latin hypercube and then a local search.

python experiments/tune.py [--england] [--points 12] [--steps 48] [--seeds 6] [--finalists 4] [--out FILE] [--quick]

The patterns of England and those of thousands of runs take as long as all others together: the search sees a few of
their seeds or none, and the best few points are then judged on all patterns and on other seeds. What acts between CCGs
only is searched by itself (--england): it changes nothing in a world of one CCG.

Every point tried is a row of the file: its stage, parameters, loss and each pattern's part. Started again on the same
file, it goes on where it stopped. Seeds are others than those that judge the patterns.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from loky import get_reusable_executor
from scipy.stats import qmc

from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.changes import by_section
from ccgsim.lab.validation.patterns import PATTERNS
from ccgsim.scenario.parameters import all_parameters

SEARCHED = {  # assumed or fitted parameters and the part of their declared range that is searched
    "ties.base_loss": (0.02, 0.034),
    "ties.search": (0.8, 1.7),
    "ties.across_localities": (0.12, 0.25),
    "ties.uncertainty_loss": (0.3, 0.9),
    "policy.reversion": (0.05, 0.09),
    "insecurity.withholding": (0.4, 0.65),
    "turnover.base": (0.003, 0.005),
    "turnover.disengagement": (2.5, 5.0),
    "turnover.uncertainty": (1.5, 3.5),
    "turnover.not_standing": (0.08, 0.2),
    "engagement.disposition_sd": (0.1, 0.2),
    "redesign.birth": (0.015, 0.04),
    "redesign.patient_births": (1.2, 2.8),
    "redesign.advance": (0.14, 0.26),
    "redesign.fail": (0.01, 0.03),
    "redesign.decay": (0.1, 0.2),
    "redesign.threshold": (0.15, 0.3),
    "redesign.speed": (0.08, 0.2),
    "redesign.strategic_scale": (0.5, 0.8),
}
BETWEEN_CCGS = {
    "stepping_in.rating": (0.0, 0.6),
    "collaboration.need": (0.0, 6.0),
    "collaboration.capacity": (0.0, 10.0),
    "collaboration.self_reliance": (0.0, 3.0),
    "collaboration.propensity": (-5.0, 0.0),
}
FIRST_SEED, FINAL_SEED = 1000, 2000
SLOW = {"P11": 3}  # thousands of runs: on so many seeds at most while searching
BATCH = 2  # points tried at once; the next ones are chosen when all are judged, whatever the cores
FINAL_SEEDS, FINAL_WORLDS = 16, 3
FIRST_STEP, SHRINK, LEAST_STEP = 0.15, 0.95, 0.03  # of the searched range; smaller after a step that won nothing
Ranges = Mapping[str, tuple[float, float]]
Judge = Callable[[dict[str, float]], dict[str, float]]  # a point's miss by part


@dataclass(frozen=True)
class Judged:
    """Judges a point: by pattern, the mean miss of its statistics. Sent to worker processes."""

    patterns: tuple[str, ...]
    first: int
    seeds: int
    slow: Mapping[str, int]  # patterns seen on so many seeds at most

    def __call__(self, point: Mapping[str, float]) -> dict[str, float]:
        change, benches, parts = by_section(dict(point)), dict[int, Bench](), dict[str, float]()
        for pattern in PATTERNS:
            if pattern.id in self.patterns:
                seeds = min(self.seeds, self.slow.get(pattern.id, self.seeds))
                bench = benches.setdefault(seeds, Bench(range(self.first, self.first + seeds), workers=1))
                parts[pattern.id] = float(np.mean([verdict.miss for verdict in pattern.judge(bench, change)]))
        return parts


def place_of(number: int, tried: pd.DataFrame, points: int, ranges: Ranges) -> tuple[np.ndarray, str]:
    """Where to look: the defaults, the hypercube, then near the best of those tried, nearer as steps win less."""
    low, high = (np.array([bounds[n] for bounds in ranges.values()]) for n in (0, 1))
    if number == 0:
        return np.array([all_parameters()[name].default for name in ranges]), "defaults"
    if number < points:
        unit = qmc.LatinHypercube(len(ranges), rng=0).random(points)[number]
        return low + unit * (high - low), "hypercube"
    leader = int(tried["loss"].to_numpy().argmin())
    best = tried[list(ranges)].to_numpy(float)[leader]
    step = max(LEAST_STEP, FIRST_STEP * SHRINK ** (len(tried) - max(points, leader)))
    rng = np.random.default_rng(number)
    moved = rng.random(len(ranges)) < 0.3
    moved[rng.integers(len(ranges))] = True
    return np.clip(best + moved * step * rng.standard_normal(len(ranges)) * (high - low), low, high), "local"


def judge_all(judged: Judge, places: list[tuple[np.ndarray, str]], ranges: Ranges) -> pd.DataFrame:
    """A row for each place: its stage, loss, parameters and parts, judged side by side."""
    points = [dict(zip(ranges, place.tolist(), strict=True)) for place, _ in places]
    parts = list(get_reusable_executor(max_workers=BATCH).map(judged, points))
    stages = [stage for _, stage in places]
    rows = zip(stages, points, parts, strict=True)
    return pd.DataFrame([{"stage": s, "loss": sum(of.values()), **point, **of} for s, point, of in rows])


def search(judged: Judge, ranges: Ranges, size: tuple[int, int], out: Path) -> pd.DataFrame:
    """Judge points until there are `size` (hypercube, local steps) of them: a row each with its loss, kept in `out`."""
    tried = pd.read_csv(out) if out.exists() else pd.DataFrame()
    while len(tried) < sum(size):
        stage_ends = size[0] if len(tried) < size[0] else sum(size)  # local steps need the hypercube judged
        numbers = range(len(tried), min(len(tried) + BATCH, stage_ends))
        found = judge_all(judged, [place_of(n, tried, size[0], ranges) for n in numbers], ranges)
        tried = pd.concat([tried, found], ignore_index=True)
        tried.to_csv(out, index=False)
        losses = " ".join(f"{loss:.3f}" for loss in found["loss"])
        print(f"{len(tried):3} {found['stage'].iloc[-1]:9} loss {losses}, best {tried['loss'].min():.3f}", flush=True)
    return tried


def finals(judged: Judge, tried: pd.DataFrame, ranges: Ranges, number: int) -> pd.DataFrame:
    """The defaults and the best few points, judged by all patterns on other seeds."""
    best = tried[1:].nsmallest(number - 1, "loss") if number > 1 else tried[:0]
    places = pd.concat([tried[:1], best])[list(ranges)].to_numpy(float)
    return judge_all(judged, [(place, "final") for place in places], ranges)


def main() -> None:
    """Search, writing each point as it is judged, judge the best again by everything, and print the best of those."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=12)
    parser.add_argument("--steps", type=int, default=48)
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument("--finalists", type=int, default=4, help="points judged by everything, the defaults among them")
    parser.add_argument("--out", type=Path, default=Path("tuning.csv"))
    parser.add_argument("--england", action="store_true", help="what acts between CCGs, on the patterns of England")
    parser.add_argument("--quick", action="store_true", help="two points, one pattern, two seeds, to see that it runs")
    asked = parser.parse_args()
    sizes = (asked.points, asked.steps, asked.seeds, asked.finalists)
    points, steps, seeds, finalists = (1, 1, 2, 0) if asked.quick else sizes
    ranges = BETWEEN_CCGS if asked.england else SEARCHED
    judging = [p for p in PATTERNS if p.origin != "reported"]
    seen = tuple(p.id for p in judging if (p.scenario == "england") == asked.england)
    judged = Judged(seen[:1] if asked.quick else seen, FIRST_SEED, seeds, SLOW)
    tried = search(judged, ranges, (points, steps), asked.out)
    if finalists:
        england = {p.id: FINAL_WORLDS for p in judging if p.scenario == "england"}
        final = Judged(tuple(p.id for p in judging), FINAL_SEED, FINAL_SEEDS, england)
        tried = finals(final, tried, ranges, finalists)
        tried.to_csv(asked.out.with_suffix(".finals.csv"), index=False)
        print(tried[["loss", *(p.id for p in judging)]].round(2).T.to_string())
    print(tried.loc[tried["loss"].idxmin(), ["loss", *ranges]].to_string())


if __name__ == "__main__":
    main()
