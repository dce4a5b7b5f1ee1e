"""Rating: what the yearly assessment counts, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import begun, made, person, run_for

from ccgsim.foundation import tables
from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.quantity import record
from ccgsim.processes import rating
from ccgsim.processes.rating import Rating, assessment, external_coherence, is_sustained

P = record(Rating())[0]


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
    rating.sweep(w.actors, w.ccgs, w.projects, exact, w.clock)
    one = course.world.ccgs.rating[0]
    rating.sweep(w.actors, w.ccgs, w.projects, exact, w.clock)
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
