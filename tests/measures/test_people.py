"""Participation, projects and states are read from the tables."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ccgsim.foundation.vocabulary import DELIVERY, FAILED, LIVE, OVERRIDDEN, PCT_STAFF, PROGRAMME, STRATEGIC
from ccgsim.measures.observer import Observer

from .builders import Plan, Row, at_month, measured, person, project

STATES = {"manager_control": 0.4, "benchmark": 0.3, "cost_transparency": 0.2, "strain": 0.1, "exits": 2, "migrated": 1}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("participation", (0.8 + 0.6 + 0.1) / 3),
        ("participation_board", (0.8 + 0.6) / 2),
        ("participation_frontline", 0.1),
        ("efficacy", (0.9 + 0.5 + 0.1) / 3),
        ("manager_control", 0.4),
        ("benchmark", 0.3),
        ("cost_transparency", 0.2),
        ("strain", 0.1),
        ("exits", 2),
        ("migration", 1),
        ("vacancies", 1 / 4),
    ],
)
def test_only_active_gps_count_as_taking_part(name: str, value: float) -> None:
    people = [
        person(board=1, participation=0.8, efficacy=0.9),
        person(board=1, participation=0.6, efficacy=0.5),
        person(participation=0.1, efficacy=0.1),
        person(participation=0.9, efficacy=0.9, active=0),
        person(PCT_STAFF, board=1, participation=0.9),
    ]
    assert measured(Plan(people, ccgs=[STATES], vacant=1))[name] == pytest.approx(value)


@pytest.mark.parametrize(("balance", "overspend"), [(-0.01, 1.0), (0.0, 0.0), (0.01, 0.0), (np.nan, math.nan)])
def test_overspend_is_a_yearly_balance_below_0(balance: float, overspend: float) -> None:
    found = measured(Plan([person()], ccgs=[{"balance_of_year": balance}]))["overspend"]
    assert found == pytest.approx(overspend, nan_ok=True)


def test_uncertainty_is_the_nations() -> None:
    world = Plan([person()]).world()
    world.nation.uncertainty = 0.35
    observer = Observer(world, 0)
    observer.observe(world)
    assert observer.latest()["uncertainty"] == 0.35


PROJECTS: list[Row] = [
    project(arena=STRATEGIC),
    project(arena=STRATEGIC, ended=4, outcome=FAILED),
    project(arena=STRATEGIC, ended=4, outcome=OVERRIDDEN),
    project(arena=PROGRAMME, approved=3),
    project(arena=PROGRAMME, approved=3, ended=9, outcome=OVERRIDDEN),
    project(arena=DELIVERY, approved=2),
    project(arena=LIVE, approved=1, live=18, adopters=4),  # live for 12 months by month 30
    project(arena=LIVE, approved=1, live=19, adopters=1),  # not yet
    project(arena=LIVE, approved=1, live=5, ended=17, adopters=9),  # was, and has ended
    project(arena=LIVE, approved=1, live=5, ended=16, adopters=9),  # fell short
]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("projects_started", 10),
        ("projects_approved", 7),
        ("projects_live", 2),
        ("projects_sustained", 2),
        ("projects_overridden", 2),
        ("adoption", (4 / 10 + 1 / 10) / 2),
        ("plan_delivery_gap", 1 - 4 / 7),
        ("decision_clinical", 6 / 8),
    ],
)
def test_projects_are_counted_by_how_far_they_came(name: str, value: float) -> None:
    plan = Plan([person()], ccgs=[{"practices": 10}], projects=PROJECTS)
    observer = Observer(plan.world(), 30)
    for month in range(31):
        observer.observe(at_month(plan, month))
    assert observer.latest()[name] == pytest.approx(value)


def test_a_project_that_was_live_from_the_first_month_is_delivered() -> None:
    plan = Plan([person()], projects=[project(arena=LIVE, approved=0, live=0), project(arena=PROGRAMME, approved=0)])
    found = measured(plan)
    assert (found["projects_approved"], found["projects_live"], found["plan_delivery_gap"]) == (2, 1, 0.5)


def test_projects_belong_to_their_ccg() -> None:
    plan = Plan([person(), person(ccg=1)], ccgs=[{}, {}], projects=[project(ccg=1), project(ccg=1), project(ccg=0)])
    observer = Observer(plan.world(), 0)
    observer.observe(plan.world())
    assert [observer.frame(ccg)["projects_started"][0] for ccg in (0, 1)] == [1, 2]
