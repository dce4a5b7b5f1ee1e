"""What a pattern is made of: its parts, the parameters that must be held while it is judged, and what it takes."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from ccgsim.lab.claim.space import Range
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.patterns.pattern import Pattern, background, verdicts

SETS, SWITCHED, STATED = "the pattern sets it", "its ablation switches it", "its scenario states it"
MOST_LARGE, LARGE_SEEDS = 40, 3  # draws of a pattern of large worlds, one seed each, and seeds at the defaults
DEFAULT_SEEDS = 20  # least seeds at the defaults: a single draw, but the one that is read by itself


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """A pattern after a rehearsal at the defaults, on one seed."""

    pattern: Pattern
    parts: tuple[str, ...]  # names of its statistics
    held: Mapping[str, str]  # why a parameter of the space is not drawn, by dotted name
    seconds: float  # that one seed took, with its mechanism
    worlds: int  # that one seed runs, as its bench counts them

    @property
    def ablated(self) -> bool:
        """Whether it can be judged without its mechanism."""
        return bool(self.pattern.ablation) or self.pattern.ablation_judge is not None


def is_large(pattern: Pattern) -> bool:
    """Whether a pattern runs worlds so large that it limits its seeds."""
    return pattern.most_seeds is not None


@dataclass(frozen=True, slots=True)
class Size:
    """How often a pattern is judged: draws from the space, seeds of each, and seeds at the defaults."""

    draws: int
    seeds: int
    at_defaults: int


def size_of(pattern: Pattern, draws: int, seeds: int) -> Size:
    """The size for a pattern: as asked for, or smaller for large worlds, in which chance evens out."""
    if is_large(pattern):
        return Size(min(draws, MOST_LARGE), 1, LARGE_SEEDS)
    return Size(draws, seeds, max(seeds, DEFAULT_SEEDS))


def about(pattern: Pattern, ranges: Mapping[str, Range]) -> About:
    """Judge a pattern once at the defaults, and note what its scenarios state and what it sets itself."""
    bench, began = Bench(range(1), workers=1), time.monotonic()
    with background({}) as behind:
        found = verdicts(pattern, bench)
    switched = {f"{section}.{key}" for section, values in pattern.ablation.items() for key in values}
    reasons = [(behind.stated, STATED), (switched, SWITCHED), (behind.chosen, SETS)]
    held = {name: why for names, why in reasons for name in sorted(names) if name in ranges}
    parts = tuple(verdict.statistic for verdict in found)
    taken = time.monotonic() - began
    return About(pattern=pattern, parts=parts, held=held, seconds=taken, worlds=max(1, bench.worlds))
