"""Small worlds, 24 months each, all measures in full precision: what tests/runs/test_baselines.py compares runs with.

PYTHONPATH=. python -m tests.baselines.refresh      rewrites tests/baselines/*.csv from the code as it stands

Whoever refreshes them has changed numbers of runs: each refresh gets a line under 'Numbers changed' in CHANGELOG.md.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from ccgsim import simulate
from ccgsim.course import Step
from ccgsim.scenario.scenario import Scenario
from ccgsim.world.mergers import merge_in_april
from ccgsim.world.state import World
from tests.englands import little_england
from tests.worlds import small

HERE = Path(__file__).parent
MONTHS, SEED = 24, 3
MERGES_AFTER, AS_IN = 11, 112  # the month in which CCGs merge, with the hazard of April 2020
BUSY = {"birth": 0.5, "slots": 20, "advance": 0.8, "income_moved": 0.1}
ABOLISHED = ({"month": 8, "abolish_pct": True},)


def merge(world: World) -> None:
    """One April of mergers in the middle of the run, the calendar's hazard of 2020 given."""
    if world.month == MERGES_AFTER:
        world.clock.month = AS_IN
        merge_in_april(world)
        world.clock.month = MERGES_AFTER


def one_site() -> Scenario:
    """One CCG in which projects go live and spread within the two years."""
    return small(redesign=BUSY, turnover={"base": 0.02, "vacancy": 1.0})


WORLDS: dict[str, tuple[Callable[[], Scenario], tuple[Step, ...]]] = {
    "one_site": (one_site, ()),
    "england": (little_england, ()),
    "merger": (lambda: little_england(collaboration={"mergers": 3.0}), (Step("merge", merge),)),
    "abolition": (lambda: small(events=ABOLISHED, redesign=BUSY), ()),
    "without_dates": (lambda: small(calendar="none"), ()),
}


def months_of(name: str) -> pd.DataFrame:
    """Every measure of a world by month; means over its CCGs."""
    scenario, steps = WORLDS[name]
    return simulate(scenario(), SEED, MONTHS, steps=steps).series


def path_of(name: str) -> Path:
    """The file in which a world is written down."""
    return HERE / f"{name}.csv"


def main() -> None:
    """Write every world down anew."""
    for name in WORLDS:
        months_of(name).to_csv(path_of(name), lineterminator="\n")  # floats as repr writes them: to the last digit


if __name__ == "__main__":
    main()
