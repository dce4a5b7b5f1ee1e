"""Results: who sees something come of taking part feels heard; who sees nothing does not."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import STUCK
from worlds import made, person, rules

from ccgsim.foundation import tables
from ccgsim.foundation import vocabulary as v
from ccgsim.processes.engagement import heard, sight_of_results
from ccgsim.processes.projects import results

share = st.floats(0, 1)
SEEN = rules(engagement={"results": 0.45})[0].engagement
LOCALITIES = 2


def test_sight_of_results_by_hand():
    assert sight_of_results(0.0, 1.2) == 0.0
    assert sight_of_results(1.2, 1.2) == 1.0
    assert sight_of_results(0.4, 1.2) == pytest.approx((1 - math.exp(-0.4)) / (1 - math.exp(-1.2)))
    assert sight_of_results(100.0, 1.2) == pytest.approx(1 / (1 - math.exp(-1.2)))


@given(st.floats(0, 20), st.floats(0, 20), st.floats(0.2, 5))
def test_more_results_impress_more_but_less_and_less(few, more, usual):
    few, more = sorted((few, more))
    assert sight_of_results(few, usual) <= sight_of_results(more, usual)
    gained = sight_of_results(more + 1, usual) - sight_of_results(more, usual)
    assert gained <= sight_of_results(few + 1, usual) - sight_of_results(few, usual) + 1e-12


def test_who_sees_nothing_come_of_it_feels_less_heard_by_the_stated_part():
    left = 0.9 * 0.6 * 0.8
    assert heard(0.4, 0.0, 0.8, 1.0, SEEN) == pytest.approx(0.05 + left)
    assert heard(0.4, 0.0, 0.8, 0.0, SEEN) == pytest.approx(0.05 + left * 0.55)
    assert heard(0.4, 0.0, 0.8, 0.5, SEEN) == pytest.approx(0.05 + left * (0.55 + 0.225))
    assert heard(0.0, 0.0, 1.0, 1.4, SEEN) == 1.0


@given(share, share, share, st.floats(0, 5), st.floats(0, 5))
def test_being_heard_is_a_share_and_grows_with_results(control, centre, access, seen, more):
    seen, more = sorted((seen, more))
    assert 0.05 <= heard(control, centre, access, seen, SEEN) <= heard(control, centre, access, more, SEEN) <= 1


def ready(*projects, adopted=(), practices=24, **sections):
    """Four GPs, the last of them and a patient group in the second of two localities, a nurse; projects as told.

    `adopted`: pairs of a project and the row of a GP whose practice uses it. The second locality has 12 practices.
    """
    people = [person(), person(), person(), person(locality=1), person(v.PATIENT_GROUP, locality=1), person(v.NURSE)]
    course = made(people, redesign=STUCK, **sections)
    w = course.world
    w.clock.month, w.localities.practices = 9, [practices, 12]
    w.projects = tables.new(tables.PROJECTS, len(projects))
    for place, columns in enumerate(projects):
        for name, value in columns.items():
            w.projects[name][place] = value
    w.projects.first_adopter = 4 * np.arange(len(projects))
    w.adoption = np.zeros(4 * len(projects), np.int64)
    for project, row in adopted:
        w.adoption[4 * project + row] = 1
    return course


def in_sight(course):
    """Results that each GP can see, and the nurse."""
    w = course.world.plain
    seen = results.in_sight(w.actors, w.ccgs, w.localities, w.projects, w.adoption, w.rules, w.clock)
    return seen[[0, 1, 2, 3, 5]].tolist()


LIVE = {"arena": v.LIVE, "approved": 3, "live": 9}
ON_PAPER = {"arena": v.DELIVERY, "approved": 3}


def test_a_live_project_is_seen_in_its_locality_the_less_the_larger_that_is_and_wherever_it_is_used():
    """Twelve practices can see one another: in a locality of 24 it is half a result, and whole to who uses it."""
    assert in_sight(ready(LIVE)) == [0.5, 0.5, 0.5, 0.0, 0.25]
    assert in_sight(ready(LIVE, adopted=[(0, 1), (0, 3)])) == [0.5, 1.0, 0.5, 1.0, 0.25]
    assert in_sight(ready(LIVE, practices=8)) == [1.0, 1.0, 1.0, 0.0, 0.5]
    assert in_sight(ready({**LIVE, "locality": 1})) == [0.0, 0.0, 0.0, 1.0, 0.5]


@pytest.mark.parametrize(("months", "left"), [(0, 1.0), (24, math.exp(-1)), (48, math.exp(-2))])
def test_what_has_worked_for_years_is_taken_for_granted(months, left):
    course = ready(LIVE, adopted=[(0, 1)])
    course.world.clock.month = 9 + months
    assert in_sight(course) == pytest.approx([0.5 * left, left, 0.5 * left, 0.0, 0.25 * left])
    paper = ready(ON_PAPER)
    paper.world.clock.month = 9 + months
    assert in_sight(paper) == in_sight(ready(ON_PAPER))  # what is under way stays news


def test_an_approved_project_is_part_of_a_result_to_its_locality_alone():
    assert in_sight(ready(ON_PAPER)) == pytest.approx([0.2, 0.2, 0.2, 0.0, 0.1])
    assert in_sight(ready({**ON_PAPER, "arena": v.PROGRAMME})) == pytest.approx([0.2, 0.2, 0.2, 0.0, 0.1])
    assert in_sight(ready(ON_PAPER, adopted=[(0, 1)])) == pytest.approx([0.2, 0.2, 0.2, 0.0, 0.1])  # nothing to use yet
    assert in_sight(ready(ON_PAPER, engagement={"results_approved": 0.0})) == [0.0] * 5


@pytest.mark.parametrize(
    "unseen", [{"arena": v.STRATEGIC}, {**LIVE, "outcome": v.FADED, "ended": 9}, {**ON_PAPER, "outcome": v.FAILED}]
)
def test_what_is_not_approved_or_has_ended_is_no_result(unseen):
    assert in_sight(ready(unseen, adopted=[(0, 1)])) == [0.0] * 5


def test_results_add_up_and_each_has_users_of_its_own():
    """Two live, the second used by the GP of row 0, one approved in the other locality: nurses see the mean."""
    found = in_sight(ready(LIVE, LIVE, {**ON_PAPER, "locality": 1}, adopted=[(1, 0)]))
    assert found == pytest.approx([1.5, 1.0, 1.0, 0.4, (1.0 + 0.4) / LOCALITIES])


def test_where_size_does_not_count_a_large_locality_sees_as_much():
    assert in_sight(ready(LIVE, ablation={"size_free": True})) == [1.0, 1.0, 1.0, 0.0, 0.5]


def seen_after(months, course, burning=0):
    """What the GPs and the nurse hold of results after so many months."""
    course.world.clock.burning = burning
    for _ in range(months):
        course.engagement()
    return course.world.actors.results[[0, 1, 2, 3, 5]]


def test_what_is_seen_follows_results_in_two_years():
    course = ready(LIVE, adopted=[(0, 1)])
    rest = np.array([sight_of_results(n, 1.2) for n in (0.5, 1.0, 0.5, 0.0, 0.25)])
    for month in range(1, 40):
        assert seen_after(1, course) == pytest.approx(rest + (1 - rest) * (23 / 24) ** month)


def test_before_month_0_everybody_sees_as_much_as_usual():
    assert (seen_after(30, ready(LIVE), burning=1) == 1.0).all()
    assert (seen_after(1, ready(LIVE)) < 1.0).all()


def test_who_does_not_choose_to_take_part_sees_nothing_of_it():
    course = ready(LIVE)
    seen_after(10, course)
    assert course.world.actors.results[4] == 1.0  # the patient group's start value


def test_a_month_without_results_is_felt_at_once_by_hand():
    """Sight falls by 1/24, a board member's being heard under control .5 by .45 of that part of .45."""
    course = made([person(board=True)], redesign=STUCK, engagement={"results": 0.45})
    course.world.ccgs.manager_control = 0.5
    course.engagement()
    assert course.world.actors.heard[0] == pytest.approx(0.05 + 0.45 * (1 - 0.45 / 24))


def given_after(months, *, live, **engagement):
    """Participation of a GP whose locality has a live project or not; she needs no peers."""
    course = ready(*([LIVE] * 2 if live else []), practices=8, engagement={"peers": 0.0, **engagement})
    seen_after(months, course)
    return course.world.actors.participation[0]


def test_those_who_see_results_come_to_take_part_more():
    coupled = {"results": 0.45}
    assert given_after(60, live=True) == given_after(60, live=False)
    assert given_after(60, live=True, **coupled) > given_after(60, live=True) > given_after(60, live=False, **coupled)


def test_results_above_the_usual_draw_in_as_an_incentive_does_and_below_it_keep_out():
    rest = sight_of_results(2.0, 1.2)
    for live, seen in ((True, rest), (False, 0.0)):
        offered = {"learning": 0.0, "results_memory": 1.0}
        course = ready(*([LIVE] * 2 if live else []), practices=8, engagement={"peers": 0.0, **offered})
        course.world.ccgs.soft_incentive = 0.2 * (seen - 1)
        seen_after(60, course)
        drawn = given_after(60, live=live, results_worth=0.2, **offered)
        assert drawn == pytest.approx(course.world.actors.participation[0])
    assert given_after(60, live=True, results_worth=0.2, learning=0.0) > given_after(
        60, live=False, results_worth=0.2, learning=0.0
    )
