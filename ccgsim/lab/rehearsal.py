"""A short run that compiles, or loads, every rule that any run may need."""

from __future__ import annotations

from ccgsim.foundation import compiled
from ccgsim.run import series_of
from ccgsim.scenario.scenario import load

SMALL, MONTHS = "site_f", 12  # without national dates, balance and rating come in the first March
RARE = (  # settings that call rules which an uneventful month may not
    {"month": 0, "begin_project": {"pathway": "dermatology", "origin": "data", "arena": "live"}},
    {"month": 1, "abolish_pct": True},
    {"month": 1, "broker_exit": 1},
    {"month": 2, "cut_staff": {"share": 0.5, "after": 1}},
)


def rehearse() -> None:
    """Compile or load all rules: afterwards no run of any scenario has to compile one."""
    series_of(load(SMALL).with_(calendar="none", events=RARE, turnover={"vacancy": 1.0}), 0, MONTHS)
    compiled.mark_compiled()
