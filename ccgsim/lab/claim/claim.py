"""Claims: in what share of the plausible space of parameters patterns hold, and what breaks them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from ccgsim.foundation.problems import Problem, Problems, fault_at, gathering
from ccgsim.foundation.work.progress import Progress
from ccgsim.lab.claim.about import About, about, size_of
from ccgsim.lab.claim.judged import PATTERN, SEEDS
from ccgsim.lab.claim.plan import EVERY, plan_of
from ccgsim.lab.claim.shares import claim_of, draws_table
from ccgsim.lab.claim.space import Range, space
from ccgsim.lab.sweep.results import results
from ccgsim.lab.sweep.store import Sweep
from ccgsim.lab.sweep.sweep import MakeRunner, carry_out
from ccgsim.lab.validation.patterns import Pattern
from ccgsim.lab.validation.validation import chosen

REPORTED = "reported"  # origin of patterns without bounds


@dataclass(frozen=True, kw_only=True)
class Claims:
    """The state of the runs, and once none is pending the claims (plain values) and every draw."""

    sweep: Sweep
    claims: list[dict[str, Any]]
    draws: pd.DataFrame


@dataclass(frozen=True, kw_only=True)
class Rehearsed:
    """Patterns, each judged once at the defaults, with the space that draws come from and how many are wanted."""

    abouts: Sequence[About]
    ranges: dict[str, Range]
    draws: int
    seeds: int

    @property
    def seconds(self) -> float:
        """Roughly how long all draws take on one core [s]."""
        sizes = [(each, size_of(each.pattern, self.draws, self.seeds)) for each in self.abouts]
        twice = 1 + 1 / EVERY  # without the mechanism too
        return sum(twice * each.seconds * (size.draws * size.seeds + size.at_defaults) for each, size in sizes)


def wanted(ids: Sequence[str]) -> tuple[Pattern, ...]:
    """The patterns with these ids, in order; raises Problems for no or unknown ids and for patterns without bounds."""
    if not ids:
        raise fault_at("", "PATTERN", "", "names no pattern: give ids such as P9 or P9,P10")
    rule = "is reported without a bound: there is nothing that could hold"
    bare = [each.id for each in chosen(None) if each.origin == REPORTED and each.id in ids]
    found = [Problem("", "PATTERN", name, rule) for name in bare]
    with gathering(found):
        patterns = chosen(ids, "PATTERN")
    if found:
        raise Problems(found)
    return patterns


def rehearsed(patterns: Sequence[Pattern], draws: int, seeds: int) -> Rehearsed:
    """Judge each pattern once at the defaults: what it sets must be known before parameters are drawn."""
    ranges = space()
    return Rehearsed(abouts=[about(each, ranges) for each in patterns], ranges=ranges, draws=draws, seeds=seeds)


def claims(
    asked: Rehearsed,
    folder: Path,
    make_runner: MakeRunner,
    *,
    force_new: bool = False,
    progress: Progress | None = None,
) -> Claims:
    """Judge patterns in every draw, saved in a folder as a sweep is; started again, it goes on where it stopped.

    `progress` is called with the worlds run and planned. Raises Problems, InUse and Interrupted like `sweep`.
    """
    plan = plan_of(asked.abouts, asked.ranges, asked.draws, asked.seeds)
    counted = None if progress is None else in_worlds(progress, asked.abouts, plan.runs)
    found = carry_out(plan, folder, make_runner, force_new=force_new, progress=counted)
    table = pd.DataFrame(results(folder))
    rows = [claim_of(each, table, asked.ranges) for each in asked.abouts]
    return Claims(sweep=found, claims=rows, draws=draws_table(asked.abouts, table))


def in_worlds(progress: Progress, abouts: Sequence[About], runs: pd.DataFrame) -> Progress:
    """Progress that counts the worlds of finished runs, as if runs finished in their order: they differ in length."""
    worlds = {each.pattern.id: each.worlds for each in abouts}
    so_far = [0, *(runs[PATTERN].map(worlds) * runs[SEEDS]).cumsum()]
    return lambda done, planned: progress(int(so_far[done]), int(so_far[-1]))
