"""One default set for all: how every pattern answers to thirty parameters at once, and the step that this calls for.

python experiments/tune.py [--centre FILE] [--seeds 16] [--worlds 2] [--reach 1] [--out tuning] [--quick]

A folded two-level design of 64 points around a centre (the defaults, or a TOML of sections) is judged on common seeds,
and lines are fitted to every part of every pattern. Then the step is solved for at which all parts lie safely inside
their tolerances, with intervals as wide as the full judgement will leave them, and the centre and the point found are
judged on other seeds. A point takes about 80 seconds of one core.

In the folder: `design.jsonl` (a line a point; started again, it goes on where it stopped), `lines.csv` (each part at
the centre, at the point found, and its slopes), `found.toml` (the point, a centre for the next round), `judged.csv`.
Worlds of all England and patterns of thousands of runs are seen on a few of the seeds only.
"""

from __future__ import annotations

import argparse
import json
import math
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, takewhile
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import t

from ccgsim.foundation.work.parallel import spread
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.changes import by_section
from ccgsim.lab.validation.judging import Verdict
from ccgsim.lab.validation.patterns import PATTERNS
from ccgsim.lab.validation.patterns.pattern import background
from ccgsim.scenario.parameters import all_parameters
from ccgsim.studies.response import Bounds, Lines, best_step, design, lines

MOVED = {  # assumed or fitted parameters and the half-range by which the design moves each
    "engagement.waiting": 0.04,
    "engagement.value": 0.015,
    "engagement.noise": 0.01,
    "engagement.disposition_sd": 0.02,
    "engagement.time_cost": 0.02,
    "engagement.centre": 0.03,
    "engagement.results": 0.03,
    "engagement.results_usual": 0.08,
    "engagement.results_worth": 0.025,
    "decisions.course": 0.1,
    "priorities.control_pull": 0.8,
    "stepping_in.grip": 0.03,
    "ties.letting_go": 0.3,
    "ties.search": 0.15,
    "ties.base_loss": 0.001,
    "ties.uncertainty_loss": 0.08,
    "ties.manager_pct": 0.003,
    "stepping_in.tolerance": 0.01,
    "insecurity.withholding": 0.05,
    "turnover.standing": 0.1,
    "turnover.base": 0.0004,
    "turnover.disengagement": 0.4,
    "redesign.advance": 0.025,
    "redesign.fail": 0.004,
    "redesign.birth": 0.003,
    "redesign.needed": 0.03,
    "redesign.coordination": 0.012,
    "redesign.champion_reach": 0.2,
    "redesign.strategic_scale": 0.05,
    "collaboration.self_reliance": 0.4,
    "ties.across_localities": 0.04,
}
GIVEN_UP = {"P6": 0.15, "P13": 0.0, "P18": 0.15, "P25": 0.1, "P29": 0.15, "P32": 0.0}  # what counts less than 1
FIRST_SEED, OTHER_SEEDS = 1000, 2000  # none of those that judge the patterns
FULL, FULL_ENGLANDS = 60, 10  # worlds of the full judgement
FEW = {"P11": 5}  # patterns of thousands of runs are seen on so many seeds at most
LEVEL = 0.95  # one-sided, of the intervals whose widths count
Point = Mapping[str, float]
Parts = list[dict[str, object]]


@dataclass(frozen=True)
class Judged:
    """Judges a point on some seeds: a row for each part of each pattern. Sent to worker processes."""

    patterns: tuple[str, ...]
    first: int
    seeds: int
    worlds: int

    def seen_on(self, pattern: str, scenario: str) -> int:
        """How many worlds a pattern is seen on."""
        return self.worlds if scenario == "england" else min(self.seeds, FEW.get(pattern, self.seeds))

    def __call__(self, point: Point) -> Parts:
        benches: dict[int, Bench] = {}
        rows: Parts = []
        with background(by_section(dict(point))):
            for pattern in PATTERNS:
                if pattern.id in self.patterns:
                    seeds = self.seen_on(pattern.id, pattern.scenario)
                    bench = benches.setdefault(seeds, Bench(range(self.first, self.first + seeds), workers=1))
                    rows += [_row(pattern.id, seeds, verdict) for verdict in pattern.judge(bench, {})]
        return rows


def _row(pattern: str, seeds: int, of: Verdict) -> dict[str, object]:
    named = {"pattern": pattern, "statistic": of.statistic, "seeds": seeds, "held": bool(of.held)}
    numbers = {name: float(getattr(of, name)) for name in ("value", "low", "high", "least", "most", "miss")}
    return named | numbers


def centre_of(path: Path | None) -> dict[str, float]:
    """The defaults, with the values of a TOML of sections over them."""
    start = {name: float(all_parameters()[name].default) for name in MOVED}
    given = tomllib.loads(path.read_text(encoding="utf-8")) if path else {}
    return start | {f"{section}.{key}": float(v) for section, values in given.items() for key, v in values.items()}


def points_of(centre: Point, signs: np.ndarray, moved: Mapping[str, float]) -> list[dict[str, float]]:
    """The points of a design (N, P) around a centre, within the bounds that are declared."""
    return [dict(centre) | stepped(centre, row, moved) for row in signs]


def stepped(centre: Point, step: np.ndarray, moved: Mapping[str, float]) -> dict[str, float]:
    """The moved parameters so many half-ranges away from the centre, within their declared bounds."""
    found = {}
    for (name, half), by in zip(moved.items(), step, strict=True):
        low, high = all_parameters()[name].low, all_parameters()[name].high
        within = min(
            math.inf if high is None else high, max(-math.inf if low is None else low, centre[name] + by * half)
        )
        found[name] = round(float(within), 6)
    return found


def judge_all(judge: Callable[[Point], Parts], points: list[dict[str, float]], kept: Path) -> list[Parts]:
    """The parts of each point, from the file of those judged before or judged now, side by side."""
    before = [json.loads(line) for line in kept.read_text().splitlines()] if kept.exists() else []
    same = takewhile(lambda pair: pair[0]["point"] == pair[1], zip(before, points, strict=False))
    done = [row["parts"] for row, _ in same]
    found: list[Parts] = []
    with kept.open("w", encoding="utf-8") as file:
        for number, parts in enumerate(chain(done, spread(judge, points[len(done) :], few=0))):
            file.write(json.dumps({"point": points[number], "parts": parts}) + "\n")
            file.flush()
            print(f"{number + 1} of {len(points)} points", flush=True)
            found.append(parts)
    return found


def bounds_of(judged: list[Parts], scatter: np.ndarray) -> Bounds:
    """Bounds of all parts, with intervals as the full judgement will leave them; no narrower than what lines miss."""
    frames = [pd.DataFrame(parts) for parts in judged]
    half = np.nanmedian([(frame["high"] - frame["low"]) / 2 for frame in frames], axis=0)
    first = frames[0]
    full = np.where(first["pattern"].isin({p.id for p in PATTERNS if p.scenario == "england"}), FULL_ENGLANDS, FULL)
    seeds = first["seeds"].to_numpy(float)
    here, then = (t.ppf(LEVEL, np.maximum(n, 2) - 1) / np.sqrt(n) for n in (seeds, full))
    counts = first.groupby("pattern")["value"].transform("size").to_numpy(float)
    weight = first["pattern"].map(lambda name: GIVEN_UP.get(name, 1.0)).to_numpy(float) / np.sqrt(counts)
    return Bounds(
        first["least"].to_numpy(), first["most"].to_numpy(), np.fmax(half * then / here, scatter) + 1e-9, weight
    )


def table_of(judged: list[Parts], found: Lines, bounds: Bounds, step: np.ndarray, names: Iterable[str]) -> pd.DataFrame:
    """Each part: at the centre, at the point found, how far inside [half-widths], and its slopes."""
    first = pd.DataFrame(judged[0])[["pattern", "statistic", "least", "most"]]
    at = found.at(step)
    margins = {
        "centre": found.centre,
        "found": at,
        "inside": bounds.margins(at),
        "inside_before": bounds.margins(found.centre),
    }
    return first.assign(**margins, **dict(zip(names, found.slopes, strict=True)))


def as_toml(point: Point) -> str:
    """A point as TOML, a section each."""
    sections: dict[str, list[str]] = {}
    for name, value in point.items():
        section, key = name.split(".")
        sections.setdefault(section, []).append(f"{key} = {value:g}")
    return "\n".join(f"[{section}]\n" + "\n".join(rows) + "\n" for section, rows in sections.items())


def main() -> None:
    """Judge the design, fit lines, solve for the step, judge the centre and the point found on other seeds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--centre", type=Path)
    parser.add_argument("--seeds", type=int, default=16)
    parser.add_argument("--worlds", type=int, default=2, help="worlds of all England")
    parser.add_argument("--reach", type=float, default=1.0, help="half-ranges that a parameter may move at most")
    parser.add_argument("--out", type=Path, default=Path("tuning"))
    parser.add_argument(
        "--quick", action="store_true", help="one parameter, one pattern, two seeds, to see that it runs"
    )
    asked = parser.parse_args()
    moved = dict(list(MOVED.items())[: 1 if asked.quick else None])
    seen = tuple(p.id for p in PATTERNS if p.origin != "reported")[: 1 if asked.quick else None]
    seeds = 2 if asked.quick else asked.seeds
    asked.out.mkdir(parents=True, exist_ok=True)
    centre, signs = centre_of(asked.centre), design(len(moved))
    judge = Judged(seen, FIRST_SEED, seeds, asked.worlds)
    judged = judge_all(judge, points_of(centre, signs, moved), asked.out / "design.jsonl")
    found = lines(signs, np.array([[part["value"] for part in parts] for parts in judged], float))
    bounds = bounds_of(judged, found.scatter)
    step = best_step(found, bounds, asked.reach)
    point = dict(centre) | stepped(centre, step, moved)
    table_of(judged, found, bounds, step, moved).to_csv(asked.out / "lines.csv", index=False)
    (asked.out / "found.toml").write_text(as_toml(point), encoding="utf-8")
    other = Judged(seen, OTHER_SEEDS, seeds, asked.worlds)
    pair = judge_all(other, [centre, point], asked.out / "judged.jsonl")
    told = pd.concat([pd.DataFrame(parts).assign(at=at) for at, parts in zip(("centre", "found"), pair, strict=True)])
    told.to_csv(asked.out / "judged.csv", index=False)
    print(told.groupby("at")[["held", "miss"]].agg({"held": "sum", "miss": "sum"}).round(2).to_string())
    print(as_toml(point))


if __name__ == "__main__":
    main()
