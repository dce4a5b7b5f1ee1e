"""One draw of one pattern: its worlds run with the drawn parameters behind it, and how far each part lies inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ccgsim.foundation.problems import Problems
from ccgsim.lab.sources import origin
from ccgsim.lab.sweep.jobs import Measured
from ccgsim.lab.sweep.plan import load_rules
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.bounds import bounds_of
from ccgsim.lab.validation.changes import by_section
from ccgsim.lab.validation.judging import Verdict
from ccgsim.lab.validation.patterns.pattern import SCENARIOS, Pattern, background, verdicts
from ccgsim.world.england import MODELS

PATTERN, MECHANISM, SEEDS = "pattern", "mechanism", "seeds"  # columns of a draw beside its parameters
REFUSED, HOLDS, MARGIN = "refused", "holds", "margin_"  # results: 0 or 1, 0 or 1, and a number for each part


def code_hash() -> str:
    """SHA-256 of the code that the result of a draw depends on, with the scenarios of patterns."""
    return origin([Path(__file__)], (*SCENARIOS, *MODELS))


def get_ready(code: str) -> None:
    """Load the rules; raises RuntimeError if this process has other code than the one that started the claim."""
    load_rules(code, code_hash())


def columns(parts: int) -> tuple[str, ...]:
    """Names of the results of a draw, for patterns of up to `parts` parts."""
    return (REFUSED, HOLDS, *(f"{MARGIN}{number}" for number in range(1, parts + 1)))


def judged(patterns: Mapping[str, Pattern], values: Mapping[str, Any], first: int) -> Measured:
    """The result of one draw on common seeds from `first` on.

    `values`: the pattern's id, whether its mechanism is left in, the number of seeds, and parameters.
    Parameters that are NaN are held. A part holds if its value lies inside its bounds: on so few seeds its interval
    says little. Where drawn values contradict one another no world can be built, and the draw is `refused`.
    """
    point = dict(values)
    pattern, intact, seeds = patterns[point.pop(PATTERN)], bool(point.pop(MECHANISM)), int(point.pop(SEEDS))
    drawn = {name: value for name, value in point.items() if not np.isnan(value)}
    bench = Bench(range(first, first + seeds), workers=1)
    try:
        with background(by_section(drawn)):
            found = verdicts(pattern, bench, intact=intact)
    except Problems:
        return Measured({REFUSED: 1.0})
    return Measured({REFUSED: 0.0, **dict(_results(found))})


def _results(found: Sequence[Verdict]) -> Iterator[tuple[str, float]]:
    bounds = [bounds_of(verdict.tolerance) for verdict in found]
    yield HOLDS, float(all(bound.allow(verdict.value) for bound, verdict in zip(bounds, found, strict=True)))
    for number, (bound, verdict) in enumerate(zip(bounds, found, strict=True), start=1):
        yield f"{MARGIN}{number}", bound.margin(verdict.value)
