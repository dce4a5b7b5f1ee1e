"""With every coupling of network and circle at 0 runs give the numbers that they gave before there was any."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from ccgsim.processes.declared import PARAMETERS
from tests.baselines import uncoupled
from tests.runs.test_baselines import first_difference

COUPLINGS = {  # each with a value at which it is felt
    "decisions.course": 1.0,
    "engagement.centre": 0.5,
    "engagement.results_worth": 0.1,
    "engagement.results": 0.4,
    "knowledge.crowding_power": 1.0,
    "priorities.control_pull": 1.2,
    "rating.reach": 1.0,
    "redesign.carrying": 1.0,
    "redesign.champion_reach": 1.5,
    "redesign.knowledge": 1.0,
    "ties.letting_go": 1.5,
    "ties.search_engaged": 0.7,
}
DETAILS = (
    "results_usual",
    "results_approved",
    "results_memory",
)  # of `results` and `results_worth`: nothing where both are 0


def written(name: str) -> pd.DataFrame:
    return pd.read_csv(uncoupled.HERE / f"uncoupled_{name}.csv", index_col="month")


@pytest.mark.parametrize("name", uncoupled.SEEDS)
def test_without_couplings_a_world_goes_as_it_went_before_there_were_any(name):
    found = uncoupled.months_of(name)
    assert len(found) == uncoupled.MONTHS + 1
    assert first_difference(found[list(written(name).columns)], written(name)) == ""


@pytest.mark.parametrize("name", uncoupled.SEEDS)
def test_details_of_couplings_that_are_off_change_nothing(name):
    shifted = {detail: 1.0 + 0.7 * uncoupled.BEFORE["engagement"][detail] for detail in DETAILS}
    shifted["results_approved"] = 1.0
    assert first_difference(uncoupled.months_of(name, engagement=shifted), written(name)) == ""


@pytest.mark.parametrize("coupling", COUPLINGS)
@pytest.mark.parametrize("name", uncoupled.SEEDS)
def test_each_coupling_by_itself_is_felt_in_both_worlds(name, coupling):
    section, parameter = coupling.split(".")
    assert uncoupled.BEFORE[section][parameter] == 0
    assert first_difference(uncoupled.months_of(name, **{section: {parameter: COUPLINGS[coupling]}}), written(name))


def test_every_parameter_of_a_process_is_held_at_what_it_was():
    """A parameter that is missing here is new: give it a line in uncoupled.toml, at which it changes nothing."""
    declared = {name: {field.name for field in dataclasses.fields(section)} for name, section in PARAMETERS.items()}
    assert {name: set(values) for name, values in uncoupled.BEFORE.items()} == declared


def test_the_worlds_see_projects_live_holders_leave_and_a_rating():
    for name in uncoupled.SEEDS:
        found = written(name)
        assert found["projects_live"].max() >= 1 and found["exits"].sum() > 2 and found["projects_sustained"].max() > 0
