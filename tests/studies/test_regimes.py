"""The regimes: one base, claims that stand in the files, and the two measures that the catalogue lacks."""

from __future__ import annotations

import numpy as np
import pytest

from ccgsim.course import Course
from ccgsim.scenario.scenario import load
from ccgsim.studies import regimes
from ccgsim.studies.regimes import gini


@pytest.mark.parametrize("name", regimes.REGIMES)
def test_a_regime_is_the_base_or_based_on_it_and_has_no_english_dates(name):
    world = load(name)
    assert world.based_on == (None if name == regimes.CCG else regimes.CCG)
    assert world.calendar == "none"


def test_every_regime_has_a_claim_and_those_of_the_files_are_judged_as_they_stand():
    judged = {}
    for part in regimes.parts():
        judged.setdefault(part.regime, []).append(part.claim)
    assert set(judged) == set(regimes.REGIMES)
    filed = {name: load(name).claim for name in regimes.REGIMES if load(name).claim is not None}
    assert len(filed) == 5 and all(claim in judged[name] for name, claim in filed.items())


def test_an_ablation_changes_the_world_that_it_is_of():
    for part in regimes.parts():
        here = load(part.regime)
        assert here.with_(**part.without).resolved() != here.resolved()


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [([3, 3, 3, 3], 0.0), ([0, 0, 0, 4], 0.75), ([1, 3], 0.25)],
)
def test_the_gini_coefficient_of_small_cases_worked_by_hand(amounts, expected):
    assert gini(np.array(amounts, float)) == pytest.approx(expected)


def test_the_gini_coefficient_is_missing_where_nobody_has_anything():
    assert np.isnan(gini(np.zeros(4)))


def test_projects_used_are_counted_once_a_practice_and_only_once_taken_up():
    course = Course(load(regimes.CCG), 3)
    assert regimes.projects_used(course.world).sum() == 0
    while not course.world.adoption.any():
        course.step()
    world = course.world
    used = regimes.projects_used(world)
    assert used.shape == (load(regimes.CCG).site.practices,)
    assert used.sum() == world.projects.adopters.sum() > 0
    world.adoption[:] = 1
    assert (regimes.projects_used(world) == len(world.projects)).all()


def test_hours_for_a_thousand_patients_halve_where_as_many_gps_serve_twice_as_many():
    world = Course(load(regimes.CCG), 3).world
    before = regimes.hours_per_thousand(world)
    world.ccgs.population *= 2
    assert regimes.hours_per_thousand(world) == pytest.approx(before / 2) and before > 0


def test_the_trusts_board_ends_up_with_one_gp_among_managers():
    course = Course(load(regimes.TRUST), 0)
    for _ in range(3):
        course.step()
    seats = course.world.seats
    assert (seats.kind == 0).sum() == 1 and (seats.kind == 1).sum() == 6 and len(seats) == 9
