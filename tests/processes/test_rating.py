"""Rating: what the yearly assessment counts, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import begun, made, person, rules, run_for

from ccgsim.foundation import tables
from ccgsim.foundation import vocabulary as v
from ccgsim.processes import rating
from ccgsim.processes.decisions import courses
from ccgsim.processes.rating import assessment, external_coherence, is_sustained, worth_of_project

P = rules()[0].rating


def test_assessment_by_hand():
    # .3 * .5 + .05 * 2 + .35 * .9 + .2 * .6
    assert assessment(0.5, 2.0, 0.1, 0.6, P) == pytest.approx(0.685)
    assert assessment(0.5, 9.0, 0.1, 0.6, P) == assessment(0.5, 6.0, 0.1, 0.6, P)


def test_external_coherence_by_hand():
    aims, needs = np.array([1.0, 0, 0, 0, 0, 0]), np.array([0.5, 0.5, 0, 0, 0, 0])
    assert external_coherence(aims, needs, 0.4, 0.5, 0.5) == pytest.approx((0.5 * 0.4 * 0.75) ** (1 / 3))


@pytest.mark.parametrize(
    ("live", "ended", "month", "kept"), [(5, -1, 17, True), (5, -1, 16, False), (5, 16, 40, False), (-1, 9, 40, False)]
)
def test_a_project_is_sustained_after_a_year_live(live, ended, month, kept):
    project = tables.new(tables.PROJECTS, 1)
    project.live, project.ended = live, ended
    assert is_sustained(project[0], month) == kept


def test_each_march_everyone_is_rated_and_not_before():
    course = begun(calendar="none")
    run_for(course, 3)
    assert course.world.ccgs.rating[0] == 0.5
    run_for(course, 1)
    first = course.world.ccgs.rating[0]
    assert first != 0.5 and 0 <= first <= 1
    run_for(course, 11)
    assert course.world.ccgs.rating[0] == first


def test_standing_is_the_share_rated_lower_and_a_ccg_alone_stands_in_the_middle():
    ccgs = tables.new(tables.CCGS, 4)
    ccgs.rating = [0.2, 0.8, 0.8, 0.9]
    rating.rank(ccgs, np.array([1, 1, 1, 0]))
    assert ccgs.standing == pytest.approx([0.0, 0.75, 0.75, 0.5])  # the last was not rated
    rating.rank(ccgs, np.array([1, 0, 0, 0]))
    assert ccgs.standing[0] == 0.5


def test_the_error_of_the_assessment_is_its_own():
    course = begun(calendar="none")
    run_for(course, 4)
    w = course.world.plain
    exact = course.world.rules.copy()
    exact["rating"]["noise"] = 0.0
    decided = courses(w.actors, w.ccgs, exact)
    rating.sweep(w.actors, w.ccgs, w.projects, decided, exact, w.clock)
    one = course.world.ccgs.rating[0]
    rating.sweep(w.actors, w.ccgs, w.projects, decided, exact, w.clock)
    assert course.world.ccgs.rating[0] == one


def test_a_ccg_is_rated_by_its_board_its_live_projects_its_strain_and_its_engagement():
    """External (.5 × .4 × .75)^(1/3) = .531: four pathways of eight are live, a fifth has ended.

    .3 × .531 + .05 × 0 + .35 × (1 - .2) + .2 × .6 = .559
    """
    aims, knowledge = [1.0, 0, 0, 0, 0, 0], np.eye(9)[v.ELSEWHERE] * 0.4
    course = made([person(board=True, priorities=aims, knowledge=knowledge), person()], rating={"noise": 0.0})
    w = course.world
    w.ccgs.needs, w.ccgs.benchmark, w.ccgs.strain, w.ccgs.engagement = [0.5, 0.5, 0, 0, 0, 0], 0.5, 0.2, 0.6
    w.projects = tables.new(tables.PROJECTS, 5)
    w.projects.pathway, w.projects.live, w.projects.ended = np.arange(5), 0, [-1, -1, -1, -1, 2]
    w.clock.month = 3
    course.rating()
    assert w.ccgs.rating[0] == pytest.approx(0.3 * 0.15 ** (1 / 3) + 0.28 + 0.12)


def test_a_project_is_worth_what_its_users_are_as_far_as_reach_counts():
    assert worth_of_project(0.25, 0.0) == 1.0
    assert worth_of_project(0.25, 0.6) == pytest.approx(0.4 + 0.15)
    assert worth_of_project(1.0, 0.6) == 1.0


def rated_with(adopters, **sections):
    """Rating of a CCG of four practices with two live projects on one pathway, used by so many, and nothing else."""
    aims, knowledge = [1.0, 0, 0, 0, 0, 0], np.eye(9)[v.ELSEWHERE]
    people = [person(board=True, priorities=aims, knowledge=knowledge), person(), person(), person()]
    course = made(people, **{"rating": {"noise": 0.0, "money": 0.0, "engagement": 0.0} | sections.pop("rating", {})})
    w = course.world
    w.ccgs.needs, w.ccgs.benchmark = aims, 0.0
    w.projects = tables.new(tables.PROJECTS, 2)
    w.projects.live, w.projects.adopters = [0, 10], adopters  # the second is not sustained yet
    w.clock.month = 15
    course.rating()
    return w.ccgs.rating[0]


def test_a_rating_counts_a_project_by_the_practices_that_use_it():
    """Coherence with practice elsewhere: one pathway of eight is live, by its widest project; one project is sustained.

    Without reach (1/8)^(1/3) × .3 + .05; at reach .6 a project that half of the practices use counts .7, one that a
    quarter uses .55.
    """
    usual = 0.3 * (1 / 8) ** (1 / 3) + 0.05
    assert rated_with([1, 2]) == rated_with([4, 4]) == pytest.approx(usual)
    reach = {"reach": 0.6}
    assert rated_with([4, 4], rating=reach) == pytest.approx(usual)
    assert rated_with([1, 2], rating=reach) == pytest.approx(0.3 * (0.7 / 8) ** (1 / 3) + 0.05 * 0.55)
    assert rated_with([2, 1], rating=reach) == pytest.approx(0.3 * (0.7 / 8) ** (1 / 3) + 0.05 * 0.7)


@pytest.mark.parametrize(("course_followed", "near"), [(0.0, 0.5), (1.0, 0.2), (0.5, 0.35)])
def test_a_board_is_rated_by_what_those_decide_who_do(course_followed, near):
    """A manager who sees no need has .8 of the say beside a GP who sees them all: near to needs are .5 or .2."""
    needs, else_ = np.eye(6)[:2]
    knowledge = np.eye(9)[v.ELSEWHERE]
    people = [person(board=True, priorities=needs, knowledge=knowledge)]
    people += [person(v.PCT_STAFF, board=True, priorities=else_, knowledge=knowledge)]
    only = {"noise": 0.0, "money": 0.0, "engagement": 0.0, "sustained": 0.0, "external": 1.0}
    course = made(people, rating=only, decisions={"course": course_followed})
    w = course.world
    w.ccgs.needs, w.ccgs.benchmark, w.ccgs.manager_control, w.clock.month = needs, 1.0, 0.8, 15
    w.projects = tables.new(tables.PROJECTS, 8)
    w.projects.pathway, w.projects.live = np.arange(8), 0
    course.rating()
    assert w.ccgs.rating[0] == pytest.approx(near ** (1 / 3))
