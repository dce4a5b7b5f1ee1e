"""Worlds in which the network and the circle drive each other not at all, and the parameters of before that was so.

`uncoupled.toml` holds every parameter of a process as it stood before the couplings, each coupling at 0; with it
`uncoupled_*.csv` stay as they are whatever defaults become. A new parameter gets a line there: the value at which it
changes nothing.

PYTHONPATH=. python -m tests.baselines.uncoupled      rewrites the CSV files from the code as it stands
"""

from __future__ import annotations

import tomllib
from typing import Any

import pandas as pd

from ccgsim import load, simulate
from ccgsim.scenario.scenario import Scenario
from tests.baselines.refresh import HERE
from tests.englands import little_england

MONTHS, SETTLED = 42, 12  # the first rating, of month 39, tells
BUSY = {"birth": 0.3, "advance": 0.6, "slots": 20}  # so that couplings that work through projects would be seen
SEEDS = {"site_b": 7, "england": 6}  # in both a champion leaves the board who has no equal there
BEFORE: dict[str, dict[str, Any]] = tomllib.loads((HERE / "uncoupled.toml").read_text(encoding="utf-8"))


def uncoupled(name: str, **changed: dict[str, Any]) -> Scenario:
    """Site B, or an England of four small CCGs, under English dates, with these parameters instead."""
    busy = {"redesign": BUSY, "turnover": {"base": 0.02, "vacancy": 1.0, "broker_exits": 1}}
    given = {section: values | busy.get(section, {}) | changed.get(section, {}) for section, values in BEFORE.items()}
    shipped = load("site_b") if name == "site_b" else little_england(4)
    return shipped.with_(**given, start={"burn_in": SETTLED})


def months_of(name: str, **changed: dict[str, Any]) -> pd.DataFrame:
    """Every measure by month; means over the CCGs."""
    return simulate(uncoupled(name, **changed), SEEDS[name], MONTHS).series


def main() -> None:
    """Write both worlds down anew."""
    for name in SEEDS:
        months_of(name).to_csv(HERE / f"uncoupled_{name}.csv", lineterminator="\n")


if __name__ == "__main__":
    main()
