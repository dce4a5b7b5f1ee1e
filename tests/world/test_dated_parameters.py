"""An event may change only what it can: every dated parameter that moves a run from the start moves it from a date."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from worlds import digest, run_for, small

from ccgsim import Problems, load
from ccgsim.course import Course
from ccgsim.scenario.parameters import all_parameters, dated_parameters
from ccgsim.scenario.scenario import Scenario

MONTHS = 24
ONLY_AT_THE_START = (
    "turnover.standing",
    "engagement.disposition_sd",
    "finance.drift_sd",
    "insecurity.trust_start",
    "insecurity.trust_start_colocation",
    "redesign.specialists",
    "stepping_in.inherited_sd",
    "turnover.broker_exits",
)
# A small world in which much happens: former groups, three localities, projects, vacancies, a depository, a mandate.
BUSY: dict[str, dict[str, Any]] = {
    "site": {"practices": 24, "localities": 3, "board": 9, "legacy_stars": 2, "population": 60_000},
    "redesign": {"birth": 0.5, "slots": 20, "advance": 0.8, "mandate": 0.05},
    "turnover": {"base": 0.02, "vacancy": 1.0},
    "knowledge": {"depository": 0.3},
    "stepping_in": {"low": 0.0, "high": 1.0},
}


def after_two_years(scenario: Scenario) -> str:
    return digest(run_for(Course(scenario, 5), MONTHS).world)


@cache
def undisturbed() -> str:
    return after_two_years(small(**BUSY))


def far_bound(name: str) -> Any:
    """The bound of a parameter that lies farther from its value in the busy world."""
    section, key = name.split(".")
    now, declared = getattr(getattr(small(**BUSY), section), key), all_parameters()[name]
    return declared.low if now - declared.low > declared.high - now else declared.high


@pytest.mark.parametrize("name", dated_parameters())
def test_what_moves_a_run_from_the_start_moves_it_from_a_date(name):
    section, key = name.split(".")
    value = far_bound(name)
    dated = after_two_years(small(**BUSY, events=[{"month": 0, "set": {name: value}}]))
    if dated == undisturbed():
        assert after_two_years(small(**BUSY).with_(**{section: {key: value}})) == undisturbed()


@pytest.mark.parametrize("name", ONLY_AT_THE_START)
def test_what_acts_only_at_the_start_is_refused_in_an_event(name):
    with pytest.raises(Problems, match="fixed when a world begins"):
        load("site_a").with_(events=[{"month": 5, "set": {name: far_bound(name)}}])


def test_no_other_parameter_of_a_process_is_fixed():
    beginnings = ("england", "site", "people", "start", "ablation")
    fixed = {name for name in all_parameters() if name.partition(".")[0] not in beginnings} - set(dated_parameters())
    assert fixed == set(ONLY_AT_THE_START)
