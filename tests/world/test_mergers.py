"""Mergers: people, localities, groups and ties stay, boards become one, whoever merged is measured no more."""

from __future__ import annotations

import numpy as np
import pytest
from englands import little_england
from worlds import run_for

from ccgsim.course import Course
from ccgsim.foundation import vocabulary as v
from ccgsim.measures.observer import Observer
from ccgsim.world import mergers
from ccgsim.world.state import World

MERGED, INTO = 0, 1


def merged(seed: int = 2, months: int = 26) -> tuple[Course, dict[str, np.ndarray]]:
    """A small England in which the first CCG has just become part of the second, and what it was like before."""
    course = run_for(Course(little_england(collaboration={"mergers": 0.0}), seed), months)
    w = course.world
    before = {name: getattr(w, name).copy() for name in ("actors", "ties", "seats", "localities", "projects", "ccgs")}
    users = mergers.users_of_projects(w)
    mergers._join(w, MERGED, INTO)
    mergers._settle(w, np.array([INTO]), users)
    return course, before | {"users": users}


def arranged(w: World) -> bool:
    """Rows stand CCG after CCG, GPs first, and ties point at the rows of their keys."""
    order = np.lexsort((w.actors.key, w.actors.kind != v.GP, w.actors.ccg))
    ends = (w.actors.key[w.ties.source] == w.ties.source_key) & (w.actors.key[w.ties.target] == w.ties.target_key)
    return bool((order == np.arange(len(order))).all() and ends.all())


def test_everybody_stays_and_rows_are_in_order():
    course, before = merged()
    w = course.world
    assert set(w.actors.key) == set(before["actors"].key)
    assert arranged(w)
    assert w.ccgs.first[MERGED] == w.ccgs.last[MERGED]
    assert w.ccgs.merged_into.tolist() == [INTO, -1, -1, -1]
    both = before["ccgs"].practices[[MERGED, INTO]].sum()
    assert w.ccgs.practices[INTO] == both
    leads = w.actors[(w.actors.ccg == INTO) & (w.actors.lead == 1)]
    assert sorted(leads.practice.tolist()) == list(range(both))


def test_localities_and_former_groups_stay_a_layer_on_a_layer():
    course, before = merged()
    w, old = course.world, before["actors"]
    assert sorted(w.localities.key) == sorted(before["localities"].key)
    home = dict(zip(old.key.tolist(), before["localities"].key[old.locality].tolist(), strict=True))
    now = w.localities.key[w.actors.locality]
    with_locality = w.actors.locality >= 0
    assert [home[key] for key in w.actors.key[with_locality].tolist()] == now[with_locality].tolist()
    groups = old.legacy[(old.ccg == MERGED) & (old.legacy >= 0)]
    there = w.actors.legacy[(w.actors.ccg == INTO) & (w.actors.legacy >= 0)]
    assert len(np.unique(there)) == len(np.unique(groups)) + len(
        np.unique(old.legacy[(old.ccg == INTO) & (old.legacy >= 0)])
    )


@pytest.mark.parametrize("seed", range(4))
def test_the_merged_board_has_the_larger_boards_seats_and_the_better_connected_hold_them(seed):
    course, before = merged(seed)
    w, old = course.world, before["seats"]
    assert w.ccgs.seats[INTO] == (w.seats.ccg == INTO).sum()
    assert w.ccgs.seats[MERGED] == 0
    for role in mergers.ONE_OF_A_KIND:
        had = [int(((old.ccg == g) & (old.role == role)).sum()) for g in (MERGED, INTO)]
        assert ((w.seats.ccg == INTO) & (w.seats.role == role)).sum() == max(had)
    seated = w.actors.key[(w.actors.ccg == INTO) & (w.actors.board == 1)]
    assert sorted(seated) == sorted(w.seats.holder[(w.seats.ccg == INTO) & (w.seats.holder >= 0)])
    rows = w.rows_of(w.seats.holder[w.seats.holder >= 0])
    assert (w.actors.seat[rows] == np.flatnonzero(w.seats.holder >= 0)).all()


def test_ties_of_those_who_keep_their_seats_or_never_had_one_stay():
    course, before = merged()
    w, old = course.world, before["actors"]
    left = set(old.key[old.board == 1]) - set(w.actors.key[w.actors.board == 1])
    there = set(zip(w.ties.source_key.tolist(), w.ties.target_key.tolist(), strict=True))
    stayed = [
        (a, b)
        for a, b in zip(before["ties"].source_key.tolist(), before["ties"].target_key.tolist(), strict=True)
        if a not in left and b not in left
    ]
    assert stayed and set(stayed) <= there


def test_projects_keep_their_users_and_reach_all_practices():
    course, before = merged()
    w = course.world
    assert [sorted(keys) for keys in mergers.users_of_projects(w)] == [sorted(keys) for keys in before["users"]]
    sizes = (w.ccgs.last_gp - w.ccgs.first)[w.projects.ccg]
    assert len(w.adoption) == sizes.sum()
    assert (w.projects.home == before["projects"].home).all()


def test_a_merged_world_goes_on_and_the_ccg_that_is_gone_is_measured_no_more():
    course, _ = merged(months=30)
    run_for(course, 20)
    w = course.world
    assert arranged(w)
    observer = Observer(w, 0)
    w.clock.month = 0
    observer.observe(w)
    values = observer.values[0]
    assert np.isnan(values[MERGED]).all()
    assert not np.isnan(values[INTO]).all()
    for name in ("participation", "efficacy"):
        assert ((w.actors[name] >= 0) & (w.actors[name] <= 1)).all()


def test_a_ccg_without_neighbours_has_no_partner():
    w = Course(little_england(2, start={"burn_in": 0}), 2).world
    assert [mergers.closest_partner(w, ccg) for ccg in (0, 1)] == [1, 0]
    w.neighbours = w.neighbours[:0]
    assert mergers.closest_partner(w, 0) == -1


WEIGHED = ("benchmark", "cost_transparency", "strain", "drift", "inherited", "manager_control")


def test_what_a_merged_ccg_is_like_is_weighed_by_population():
    """100,000 at .8 join 300,000 at .4: one quarter of .8 and three quarters of .4 are .5."""
    w = Course(little_england(2, start={"burn_in": 0}), 2).world
    w.ccgs.population = [100_000, 300_000]
    for name in WEIGHED:
        w.ccgs[name] = [0.8, 0.4]
    w.ccgs.needs, w.ccgs.plans = [[0.8] * 6, [0.4] * 6], [[0.8] * 6, [0.4] * 6]
    mergers._join(w, MERGED, INTO)
    assert [float(w.ccgs[name][INTO]) for name in WEIGHED] == pytest.approx([0.5] * 6)
    assert w.ccgs.needs[INTO] == pytest.approx([0.5] * 6) and w.ccgs.plans[INTO] == pytest.approx([0.5] * 6)
    assert w.ccgs.population[INTO] == 400_000


def test_hazards_follow_the_published_counts():
    assert mergers.hazard_of_year(88) == pytest.approx(0.06)  # 207 CCGs to 195 in April 2018
    assert mergers.hazard_of_year(112) == pytest.approx(0.342)  # 191 to 135 in April 2020
    assert mergers.hazard_of_year(28) == 0.0
    assert mergers.hazard_of_year(136) == 0.0


def test_certain_mergers_leave_one_ccg_a_line_of_neighbours():
    course = run_for(Course(little_england(collaboration={"mergers": 3.0}), 1), 40)
    w = course.world
    w.clock.month = 112
    before = int((w.ccgs.merged_into < 0).sum())
    mergers.merge_in_april(w)
    after = int((w.ccgs.merged_into < 0).sum())
    assert 1 <= after < before
    assert arranged(w)
    assert (w.neighbours.one != w.neighbours.other).all()
    gone = np.flatnonzero(w.ccgs.merged_into >= 0)
    assert not np.isin(w.neighbours.one, gone).any() and not np.isin(w.neighbours.other, gone).any()
