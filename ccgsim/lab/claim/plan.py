"""The plan of a claim: a run for every pattern and draw, and for some draws one without the mechanism."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from importlib.metadata import version
from typing import Any

import numpy as np
import pandas as pd

from ccgsim.foundation.work.worker import Work
from ccgsim.lab.claim.about import About, Size, size_of
from ccgsim.lab.claim.judged import MECHANISM, PATTERN, SEEDS, code_hash, columns, get_ready, judged
from ccgsim.lab.claim.space import HALF, Range, drawn
from ccgsim.lab.experiment.parts import Limits
from ccgsim.lab.sweep.folder_checks import CLAIM
from ccgsim.lab.sweep.jobs import attempt
from ccgsim.lab.sweep.plan import SHAPING, Plan

EVERY = 5  # of the draws, one is also judged without the mechanism; the defaults are too


def plan_of(found: Sequence[About], ranges: Mapping[str, Range], draws: int, seeds: int) -> Plan:
    """The runs of patterns: `draws` draws from the ranges and the defaults (draw 0), on seeds from 0 on.

    The table of runs has the draw's number as `point`, the pattern's id, whether its mechanism is left in, the number
    of seeds, and the parameters, NaN where they are held for the pattern.
    """
    patterns = {each.pattern.id: each.pattern for each in found}
    limits = Limits()
    work = Work(
        partial(attempt, partial(judged, patterns)),
        partial(get_ready, code_hash()),
        limits.seconds,
        limits.memory_mb,
    )
    return Plan(
        runs=_runs(found, ranges, draws, seeds),
        columns=columns(max(len(each.parts) for each in found)),
        work=work,
        facts=_facts(found, ranges, draws, seeds),
        words={"name": CLAIM, "title": "In what share of the plausible space patterns hold"},
        what=CLAIM,
    )


def _runs(found: Sequence[About], ranges: Mapping[str, Range], draws: int, seeds: int) -> pd.DataFrame:
    """All runs, draw by draw, so that a pattern whose worlds take long does not come last as a whole."""
    sizes = {each.pattern.id: size_of(each.pattern, draws, seeds) for each in found}
    points = {count: drawn(ranges, count) for count in {size.draws for size in sizes.values()}}
    of_pattern = dict[str, np.ndarray]()
    for each in found:
        free = [name not in each.held for name in ranges]
        of_pattern[each.pattern.id] = np.where(free, points[sizes[each.pattern.id].draws], np.nan)
    rows = [(draw, *row) for draw in range(draws + 1) for row in _judged_in(draw, found, sizes)]
    values = np.array([of_pattern[name][draw] for draw, name, _ in rows])
    head = {
        "run": np.arange(len(rows)),
        "point": [draw for draw, _, _ in rows],
        "seed": np.zeros(len(rows), int),
        PATTERN: [name for _, name, _ in rows],
        MECHANISM: [intact for _, _, intact in rows],
        SEEDS: [sizes[name].seeds if draw else sizes[name].at_defaults for draw, name, _ in rows],
    }
    return pd.concat([pd.DataFrame(head), pd.DataFrame(values, columns=list(ranges))], axis=1)


def _judged_in(draw: int, found: Sequence[About], sizes: Mapping[str, Size]) -> Iterator[tuple[str, bool]]:
    """Id of each pattern that is judged in a draw, and whether its mechanism is left in."""
    for each in found:
        if draw <= sizes[each.pattern.id].draws:
            yield each.pattern.id, True
            if each.ablated and draw % EVERY == 0:
                yield each.pattern.id, False


def _facts(found: Sequence[About], ranges: Mapping[str, Range], draws: int, seeds: int) -> dict[str, Any]:
    """All values on which the results depend, but for the drawn values themselves, which the store adds."""
    return {
        "patterns": ", ".join(each.pattern.id for each in found),
        "draws": draws,
        "seeds": seeds,
        "half": HALF,
        "every": EVERY,
        "held": {each.pattern.id: dict(each.held) for each in found},
        "code": code_hash(),
        "libraries": {"python": platform.python_version(), **{name: version(name) for name in SHAPING}},
    }
