"""Bounds of parameters: beyond them a value is refused, at them a world runs and its states stay in their ranges."""

from __future__ import annotations

import math

import pytest
from worlds import begun, run_for, small

from ccgsim import Problems
from ccgsim.foundation.quantity import Quantity, quantities
from ccgsim.processes.declared import PARAMETERS
from ccgsim.scenario.sections import SECTIONS
from tests.runs.test_course import check_ranges

MONTHS = (0, 30, 100)  # before abolition, after it, and late
NOT_IN_THIS_WORLD = {  # bounds that the site or the other bound of the pair does not allow
    *(("ties", f"clinician_{whom}", 0) for whom in ("pct", "practice", "local_authority")),
    ("ties", "board_board", 0),
    *(("stepping_in", "low", 1), ("stepping_in", "high", 0), ("turnover", "broker_exits", 11)),
}
BELOW_NOTHING = {"saving": -0.05, "inherited": -0.2, "propensity": -6}  # all else begins at 0 or above


def numbers(section: str) -> list[tuple[str, Quantity]]:
    """Names and declarations of the parameters of a section that are numbers."""
    return [(name, q) for name, q in quantities(SECTIONS[section]) if q.kind in (int, float)]


@pytest.mark.parametrize("section", PARAMETERS)
def test_a_world_runs_at_every_bound(section):
    for name, quantity in numbers(section):
        for bound in (quantity.low, quantity.high):
            if (section, name, bound) in NOT_IN_THIS_WORLD:
                with pytest.raises(Problems):
                    begun(1, **{section: {name: bound}})
                continue
            course = begun(1, **{section: {name: bound}})
            for month in MONTHS:
                course.world.clock.month = month
                check_ranges(run_for(course, 1).world)


@pytest.mark.parametrize("section", SECTIONS)
def test_a_value_beyond_a_bound_is_refused_by_name(section):
    for name, quantity in numbers(section):
        whole = quantity.kind is int
        below = quantity.low - 1 if whole else math.nextafter(quantity.low, -math.inf)
        above = quantity.high + 1 if whole else math.nextafter(quantity.high, math.inf)
        for value in (below, above):
            with pytest.raises(Problems, match=rf"{section}\.{name}\b"):
                small(**{section: {name: value}})


@pytest.mark.parametrize("section", SECTIONS)
def test_a_share_lies_within_0_and_1_and_hardly_anything_below_0(section):
    for name, quantity in numbers(section):
        assert quantity.low == BELOW_NOTHING.get(name, max(0, quantity.low)), name
        assert quantity.unit != "share" or 0 <= quantity.low < quantity.high <= 1, name
