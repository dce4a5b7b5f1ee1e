"""One default set for all: a recorded search of assumed parameters, a Latin hypercube and then a local search.

python experiments/tune.py [--england] [--points 40] [--steps 60] [--seeds 8] [--out tuning.csv] [--quick]

What acts between CCGs only is searched by itself (--england), on the patterns of England: it changes nothing in a world
of one CCG, and an England takes as long as two hundred of those.

Every point tried is a row of the file: its parameters, the loss and each pattern's part. Started again on the same
file, it goes on where it stopped. Seeds are others than those that judge the patterns.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import qmc

from ccgsim.lab.bench import Bench
from ccgsim.lab.changes import by_section
from ccgsim.lab.patterns import PATTERNS, Pattern
from ccgsim.lab.patterns.pattern import Change
from ccgsim.world.scenario_parameters import all_parameters

SEARCHED = {  # assumed or fitted parameters and the part of their declared range that is searched
    "ties.base_loss": (0.015, 0.04),
    "ties.search": (0.5, 2.0),
    "ties.across_localities": (0.08, 0.3),
    "ties.uncertainty_loss": (0.2, 1.2),
    "policy.reversion": (0.04, 0.1),
    "insecurity.withholding": (0.35, 0.8),
    "turnover.base": (0.002, 0.006),
    "turnover.disengagement": (1.5, 5.0),
    "turnover.uncertainty": (0.5, 4.0),
    "turnover.not_standing": (0.05, 0.25),
    "redesign.birth": (0.05, 0.2),
    "redesign.patient_births": (0.5, 3.0),
    "redesign.advance": (0.12, 0.3),
    "redesign.fail": (0.008, 0.03),
    "redesign.decay": (0.08, 0.2),
    "redesign.threshold": (0.12, 0.3),
    "redesign.speed": (0.06, 0.25),
}
BETWEEN_CCGS = {
    "stepping_in.rating": (0.0, 0.6),
    "collaboration.need": (0.0, 6.0),
    "collaboration.capacity": (0.0, 6.0),
    "collaboration.self_reliance": (0.0, 3.0),
    "collaboration.propensity": (-5.0, 0.0),
}
FIRST_SEED = 1000
SLOW = {"P11", "P12"}  # thousands of runs each: judged afterwards only
FIRST_STEP, SHRINK, LEAST_STEP = 0.15, 0.85, 0.03  # of the searched range; smaller after a step that won nothing
Ranges = Mapping[str, tuple[float, float]]


def misses(change: Change, patterns: list[Pattern], bench: Bench) -> dict[str, float]:
    """By pattern, the mean miss of its statistics."""
    return {p.id: float(np.mean([verdict.miss for verdict in p.judge(bench, change)])) for p in patterns}


def next_point(tried: pd.DataFrame, points: int, ranges: Ranges) -> tuple[np.ndarray, str]:
    """Where to look next: the defaults, the hypercube, then near the best so far, by smaller steps as they win less."""
    low, high = (np.array([bounds[n] for bounds in ranges.values()]) for n in (0, 1))
    if len(tried) == 0:
        return np.array([all_parameters()[name].default for name in ranges]), "defaults"
    if len(tried) < points:
        unit = qmc.LatinHypercube(len(ranges), rng=0).random(points)[len(tried)]
        return low + unit * (high - low), "hypercube"
    best = tried[list(ranges)].to_numpy(float)[tried["loss"].to_numpy().argmin()]
    idle = len(tried) - 1 - max(points - 1, int(tried["loss"].to_numpy().argmin()))
    step = max(LEAST_STEP, FIRST_STEP * SHRINK**idle)
    rng = np.random.default_rng(len(tried))
    moved = rng.random(len(ranges)) < 0.4
    moved[rng.integers(len(ranges))] = True
    return np.clip(best + moved * step * rng.standard_normal(len(ranges)) * (high - low), low, high), "local"


def search(
    judged: Callable[[Change], dict[str, float]], ranges: Ranges, size: tuple[int, int], out: Path
) -> pd.DataFrame:
    """Judge points until there are `size` (hypercube, local steps) of them: a row each with its loss, kept in `out`."""
    tried = pd.read_csv(out) if out.exists() else pd.DataFrame()
    while len(tried) < sum(size):
        place, stage = next_point(tried, size[0], ranges)
        point = dict(zip(ranges, place.tolist(), strict=True))
        parts = judged(by_section(point))
        row = {"stage": stage, "loss": sum(parts.values()), **point, **parts}
        tried = pd.concat([tried, pd.DataFrame([row])], ignore_index=True)
        tried.to_csv(out, index=False)
        print(f"{len(tried):3} {stage:9} loss {row['loss']:.3f}, best {tried['loss'].min():.3f}", flush=True)
    return tried


def best_of(tried: pd.DataFrame, ranges: Ranges) -> dict[str, float]:
    """The point of least loss."""
    return {name: float(tried.loc[tried["loss"].idxmin(), name]) for name in ranges}


def main() -> None:
    """Search, writing each point as it is judged, and print the best."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=40)
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--out", type=Path, default=Path("tuning.csv"))
    parser.add_argument("--england", action="store_true", help="what acts between CCGs, on the patterns of England")
    parser.add_argument("--quick", action="store_true", help="two points, one pattern, two seeds, to see that it runs")
    asked = parser.parse_args()
    points, steps, seeds = (1, 1, 2) if asked.quick else (asked.points, asked.steps, asked.seeds)
    ranges = BETWEEN_CCGS if asked.england else SEARCHED
    patterns = [p for p in PATTERNS if (p.scenario == "england") == asked.england and p.id not in SLOW]
    patterns = [p for p in patterns if p.id == "P1"] if asked.quick else patterns

    def judged(change: Change) -> dict[str, float]:
        return misses(change, patterns, Bench(range(FIRST_SEED, FIRST_SEED + seeds)))

    tried = search(judged, ranges, (points, steps), asked.out)
    print(tried.loc[tried["loss"].idxmin(), ["loss", *ranges]].to_string())


if __name__ == "__main__":
    main()
