"""Transparency: comparative data grow with PCT ties, knowledge of costs with acute ties; both age."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import made, person

from ccgsim.foundation import vocabulary as v
from ccgsim.processes.transparency import benchmark_after, transparency_after

share = st.floats(0, 1)


def board_with(*others, ties=(), population=200_000, colocation=1.0):
    """A board GP and others; row 0 is the GP."""
    course = made([person(board=True), *others], ties)
    course.world.ccgs.population, course.world.ccgs.colocation = population, colocation
    course.world.ccgs.benchmark = course.world.ccgs.cost_transparency = 0.2
    return course


def test_equations_by_hand():
    assert benchmark_after(0.2, 0.5, 0.08, 0.03) == pytest.approx(0.2 + 0.08 * 0.5 * 0.8 - 0.006)
    assert transparency_after(0.2, 0.5, 0.6, 0.06, 0.03) == pytest.approx(0.2 + 0.06 * 0.5 * 0.6 * 0.8 - 0.006)


@given(share, share, share, st.floats(0, 0.5), st.floats(0, 0.5))
def test_data_stay_a_share_and_grow_with_their_flow(known, flow, clout, gain, loss):
    assert 0 <= benchmark_after(known, flow, gain, loss) <= benchmark_after(known, 1.0, gain, loss) <= 1
    assert 0 <= transparency_after(known, flow, clout, gain, loss) <= transparency_after(known, 1.0, 1.0, gain, loss)
    assert transparency_after(known, 1.0, 1.0, gain, loss) <= 1


@given(share, st.floats(0.01, 0.2), st.floats(0.01, 0.2))
def test_data_tend_to_where_growth_and_ageing_balance(flow, gain, loss):
    known = 0.2
    for _ in range(3000):
        known = benchmark_after(known, flow, gain, loss)
    assert known == pytest.approx(gain * flow / (gain * flow + loss), abs=1e-6)


def test_without_ties_what_is_known_ages_geometrically():
    course = board_with(person(v.PCT_STAFF), person(v.PROVIDER, sector=v.ACUTE))
    here = course.world.ccgs[0]
    for month in range(1, 30):
        course.transparency()
        assert here.benchmark == here.cost_transparency == pytest.approx(0.2 * 0.97**month, rel=1e-12)


@pytest.mark.parametrize(("colocation", "withheld"), [(1.0, 0.0), (0.0, 0.0), (0.5, 0.4)])
def test_comparative_data_come_through_board_ties_to_the_pct(colocation, withheld):
    course = board_with(person(v.PCT_STAFF), ties=((0, 1, 0.9), (1, 0, 0.9)), colocation=colocation)
    course.world.ccgs.withheld = withheld
    course.transparency()
    flow = (1 - math.exp(-0.9 / 6)) * (1 - withheld) * (0.5 + 0.5 * colocation)
    assert course.world.ccgs.benchmark[0] == pytest.approx(0.2 + 0.08 * flow * 0.8 - 0.006)


def test_data_bought_elsewhere_stand_in_for_the_pct():
    course = board_with(person(v.PCT_STAFF))
    course.world.ccgs.benchmarking = 0.7
    course.transparency()
    assert course.world.ccgs.benchmark[0] == pytest.approx(0.2 + 0.08 * 0.7 * 0.8 - 0.006)


def test_costs_are_known_through_acute_ties_and_by_large_commissioners():
    acute = person(v.PROVIDER, sector=v.ACUTE)
    course = board_with(acute, person(v.PROVIDER, sector=v.COMMUNITY), ties=((0, 1, 0.1), (0, 2, 0.9)), population=1e5)
    course.transparency()
    grown = 0.06 * (1 - math.exp(-1 / 4)) * (1 - math.exp(-0.5)) * 0.8  # one acute tie, whatever its strength
    assert course.world.ccgs.cost_transparency[0] == pytest.approx(0.2 + grown - 0.006)


def test_a_providers_seat_is_worth_two_acute_ties():
    outside = [person(v.PROVIDER, sector=v.ACUTE), person(v.PROVIDER, sector=v.ACUTE)]
    tied = board_with(*outside, ties=((0, 1, 0.3), (0, 2, 0.3)))
    seated = board_with(person(v.PROVIDER, sector=v.ACUTE, board=True))
    for course in (tied, seated):
        course.transparency()
    assert tied.world.ccgs.cost_transparency[0] == seated.world.ccgs.cost_transparency[0] > 0.2


def test_advisers_on_the_board_bring_neither_data_nor_costs():
    """What is known ages: .5 - .03 × .5."""
    people = [person(board=True), person(v.PCT_STAFF, board=True), person(v.PROVIDER, sector=v.ACUTE, board=True)]
    course = made(people, ((0, 1, 0.9), (0, 2, 0.9)), transparency={"seat_weight": 0.0})
    course.world.ccgs.benchmark = course.world.ccgs.cost_transparency = 0.5
    course.transparency()
    assert course.world.ccgs.benchmark[0] == pytest.approx(0.485)
    assert course.world.ccgs.cost_transparency[0] == pytest.approx(0.485)
