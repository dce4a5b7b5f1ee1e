"""A few small CCGs side by side, for claims about many."""

from __future__ import annotations

from typing import Any

from ccgsim import load
from ccgsim.scenario.scenario import Scenario


def little_england(ccgs: int = 4, **sections: Any) -> Scenario:
    """A few small CCGs in two footprints with a short burn-in."""
    england = {"ccgs": ccgs, "footprints": 2, "pcts": 3, "practices": 8 * ccgs, "population_median": 60_000}
    return load("england").with_(england=england, start={"burn_in": 3}).with_(**sections)
