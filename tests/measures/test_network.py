"""Measures of the board's network on a board of three that can be counted by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from ccgsim.foundation.vocabulary import PCT_STAFF, PROVIDER, TO_ACUTE, TO_COMMUNITY, TO_PCT, TO_PRACTICES

from .builders import Plan, measured, person

PEOPLE = [
    person(board=1, legacy=0, locality=0),
    person(board=1, legacy=0, locality=0),
    person(board=1, legacy=1, locality=1),
    person(category=TO_PRACTICES, locality=0),
    person(category=TO_PRACTICES, locality=1),
    person(PCT_STAFF, category=TO_PCT),
    person(PROVIDER, category=TO_ACUTE),
    person(PROVIDER, category=TO_COMMUNITY),
]
INSIDE = [(0, 1, 0.4), (1, 0, 0.4), (2, 0, 0.4)]
OUTSIDE = [(0, 3, 0.5), (0, 5, 0.5), (0, 6, 1.0), (1, 5, 0.4), (2, 6, 0.6)]
PLAN = Plan(PEOPLE, INSIDE + OUTSIDE, localities=[{}, {}], vacant=1)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("board_density", 3 / 6),
        ("cliquishness", 2 / 3),
        ("ties_outside", 5),
        ("ties_to_practices", 1),
        ("ties_to_pct", 2),
        ("ties_to_acute", 2),
        ("ties_to_community", 0),
        ("ties_to_regional", 0),
        ("ties_to_local_authorities", 0),
        ("ties_to_other", 0),
        ("outside_share_top2", 4 / 5),
        ("mobility_openness", 1 - math.exp(-3.0 / 3)),
        ("broker_reliance", 1.0),  # all ways between others lead through the first member
        ("broker_centralisation", (3 * 0.25 - 0.25) / 2),  # who lies on 5 of 20
        ("stability_resilience", 2 / 3),  # without that member the practice is out of reach
        ("isolation", 2 / 4),  # one provider and one locality
        ("vacancies", 1 / 4),
        ("outside_reach", 1.0),
    ],
)
def test_network_measures_are_what_one_counts(name: str, value: float) -> None:
    assert measured(PLAN)[name] == pytest.approx(value, abs=1e-15)


def test_a_tie_towards_the_board_ends_isolation() -> None:
    asking = replace(PLAN, ties=[*PLAN.ties, (7, 2, 0.1), (4, 2, 0.1)])
    assert measured(asking)["isolation"] == 0
    assert measured(asking)["ties_outside"] == 5


def test_a_locality_all_of_whose_gps_hold_seats_is_not_isolated() -> None:
    people = [person(board=1, locality=0), person(locality=1)]
    assert measured(Plan(people, localities=[{}, {}]))["isolation"] == 1 / 2


def test_those_who_left_are_not_isolated() -> None:
    people = [person(board=1, locality=0), person(locality=1, active=0), person(PROVIDER, active=0)]
    assert measured(Plan(people, localities=[{}, {}]))["isolation"] == 0


def test_a_board_without_advice_from_outside_reaches_nobody() -> None:
    closed = measured(replace(PLAN, ties=INSIDE))
    assert closed["ties_outside"] == 0
    assert closed["mobility_openness"] == 0
    assert math.isnan(closed["outside_share_top2"])
    assert math.isnan(closed["stability_resilience"])
    assert math.isnan(closed["outside_reach"])


def test_one_legacy_group_cannot_be_crossed() -> None:
    people = [person(board=1, legacy=0), person(board=1, legacy=0), person(board=1)]
    assert measured(Plan(people, [(0, 1, 0.3), (0, 2, 0.3)]))["cliquishness"] == 1


def test_seat_holders_of_another_ccg_are_outside() -> None:
    people = [person(board=1), person(board=1, ccg=1, category=TO_PRACTICES)]
    plan = Plan(people, [(0, 1, 0.3)], ccgs=[{}, {}])
    assert measured(plan)["ties_outside"] == pytest.approx(1 / 2)  # one and none, the mean of two CCGs
    assert math.isnan(measured(plan)["board_density"])
