"""Stepping in: managers take control as participation falls below what they tolerate, between their bounds."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import made, person

from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.quantity import record
from ccgsim.processes.stepping_in import SteppingIn, control_called_for, pressure_to_step_in

share = st.floats(0, 1)
steepness = st.floats(0, 30)


def test_half_the_range_is_called_for_where_participation_meets_tolerance():
    assert control_called_for(0.48, 0.10, 20.0, 0.38, 0.2, 0.85) == pytest.approx(0.525)
    assert control_called_for(0.38, 0.0, 20.0, 0.48, 0.2, 0.8) == pytest.approx(0.2 + 0.6 / (1 + math.exp(-2)))


@given(share, share, st.floats(-0.2, 0.6), steepness, st.floats(0.3, 0.55))
def test_control_lies_in_its_bounds_and_falls_with_participation(one, other, pressure, steep, tolerance):
    low, high = sorted((one, other))
    most = control_called_for(low, pressure, steep, tolerance, 0.2, 0.85)
    least = control_called_for(high, pressure, steep, tolerance, 0.2, 0.85)
    assert 0.2 <= least <= most <= 0.85
    assert control_called_for(low, pressure + 0.1, steep, tolerance, 0.2, 0.85) >= most


def test_pressure_by_hand():
    p = record(SteppingIn(finance=0.15, uncertainty=0.15, rating=0.2))[0]
    assert pressure_to_step_in(0.05, 0.4, 0.55, 0.02, 0.5, p) == pytest.approx(0.05 + 0.06 + 0.03 + 0.02)
    assert pressure_to_step_in(0.0, 0.0, 0.35, 0.0, 0.5, p) == 0  # the reference
    assert pressure_to_step_in(0.0, 0.0, 0.35, 0.0, 0.0, p) == pytest.approx(0.1)  # rated lowest
    assert pressure_to_step_in(0.0, 0.0, 0.35, 0.0, 1.0, p) == pytest.approx(-0.1)


def test_managers_watch_the_board_and_the_frontline_by_weight():
    people = [person(board=True, participation=0.9), person(participation=0.2), person(participation=0.4)]
    people += [person(participation=1.0, active=0), person(v.NURSE, board=True, participation=1.0)]
    course = made(people)
    course.stepping_in()
    here = course.world.ccgs[0]
    assert (here.board_participation, here.frontline_participation) == (0.9, pytest.approx(0.3))
    assert here.engagement == pytest.approx(0.4 * 0.9 + 0.6 * 0.3)


@pytest.mark.parametrize("board", [True, False])
def test_with_one_group_only_managers_watch_that(board):
    course = made([person(board=board, participation=0.7)])
    course.stepping_in()
    assert course.world.ccgs.engagement[0] == 0.7


def test_control_moves_a_sixth_of_the_way_each_month():
    course = made([person(participation=0.38)], stepping_in={"finance": 0.0, "uncertainty": 0.0})
    here = course.world.ccgs[0]
    here.manager_control = 0.2
    for month in range(1, 40):
        course.stepping_in()
        assert here.manager_control == pytest.approx(0.525 - 0.325 * (5 / 6) ** month, rel=1e-12)


def test_strain_uncertainty_and_grip_press_managers():
    def control(strain=0.0, uncertainty=0.35, grip=0.0):
        course = made([person(participation=0.5)])
        course.world.ccgs.strain = strain
        course.world.nation.uncertainty, course.world.nation.grip = uncertainty, grip
        course.stepping_in()
        return course.world.ccgs.manager_control[0]

    assert min(control(strain=0.5), control(uncertainty=0.9), control(grip=0.1)) > control()


def test_inherited_pressure_and_low_standing_press_managers_at_once_where_they_respond_at_once():
    """.38 + .02 + .2 (.5 - 0) meets a participation of .5: half way from .2 to .85."""
    course = made([person(participation=0.5)], stepping_in={"response": 1.0, "rating": 0.2})
    course.world.ccgs.inherited, course.world.ccgs.standing, course.world.nation.uncertainty = 0.02, 0.0, 0.35
    course.stepping_in()
    assert course.world.ccgs.manager_control[0] == pytest.approx(0.525)


def test_control_held_from_a_month_stays_there():
    course = made([person(participation=0.0)], ablation={"control_from_month": 3})
    seen = []
    for month in range(6):
        course.world.clock.month = month
        course.stepping_in()
        seen.append(course.world.ccgs.manager_control[0])
    assert len(set(seen[:3])) == 3 and len(set(seen[2:])) == 1


def test_control_follows_a_path_as_long_as_it_reaches():
    course = made([person(participation=0.0)])
    course.control_path = np.array([0.3, math.nan, 0.4])
    seen = []
    for month in range(4):
        course.world.clock.month = month
        course.stepping_in()
        seen.append(course.world.ccgs.manager_control[0])
    assert (seen[0], seen[2]) == (0.3, 0.4) and 0.3 < seen[1] != 0.4 and seen[3] > 0.4
