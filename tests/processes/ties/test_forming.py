"""Everyone goes through those who may be met, each once, and ties form among them as often as their rate."""

from __future__ import annotations

import math

import numpy as np
import pytest
from worlds import EAGER, begun, made, pairs, person

from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.chance import chance_of
from ccgsim.processes.ties import forming, seeking
from ccgsim.processes.ties.meeting import base_rate, highest_rate, local_reach
from ccgsim.processes.ties.neighbourhood import candidates, mark_neighbourhood, members_of


def formed(course) -> list[tuple[int, int]]:
    """Rows of the ties that form this month, without changing the world."""
    w = course.world
    made_ties = forming.form(w.actors, w.ties, w.contacts, w.ccgs, w.localities, w.rules, w.clock)
    return [tuple(pair) for pair in made_ties.tolist()]


def met(world, i: int) -> set[int]:
    """Rows that row i meets surely in a month, besides those already tied to as advisers."""
    n = len(world.actors)
    marks, stamp, near = np.zeros((n, 2), np.int64), np.full(n, -1), np.zeros(n, np.int64)
    members = members_of(world.actors, world.ccgs, world.localities)
    around = np.zeros(len(world.actors) + 1, np.int64)
    reached = around[: mark_neighbourhood(i, world.contacts, world.ties, marks, stamp, around)]
    here = world.ccgs[world.actors.ccg[i]]
    return set(near[: candidates(i, world.actors, here, members, reached, stamp, near)].tolist())


@pytest.mark.parametrize("tied", [True, False], ids=["as begun", "without ties"])
def test_nobody_who_could_take_up_a_tie_is_overlooked(tied):
    world = begun(site={"localities": 3}, redesign={"specialists": 0.5}).world
    if not tied:
        world.ties = world.ties[:0]
        world.reindex()
    p = world.rules[0].ties
    for i, me in enumerate(world.actors):
        near, advisers = met(world, i), set(world.ties.target[world.ties.source == i].tolist())
        assert not near & (advisers | {i})
        for j, other in enumerate(world.actors):
            looked_up = me.kind == other.kind == v.GP and me.board == other.board == 0  # by chance, in any month
            if i != j and base_rate(me, other, p) > 0 and not looked_up:
                assert j in near | advisers, (me, other)


HASTY = {
    **{"site": {"colocation": 1.0, "localities": 3}, "patients": {"structure": 1.0}},
    **{"ties": {"gp_specialist": 0.1, "board_voluntary": 0.1, "search": 2.0}, "redesign": {"specialists": 0.5}},
}


@pytest.mark.parametrize("sections", [{}, HASTY], ids=["as shipped", "hasty"])
def test_no_pair_has_a_higher_rate_than_the_bound_that_spares_most_of_them(sections):
    course = begun(**sections)
    course.step()
    w, p = course.world, course.world.rules[0].ties
    w.actors["allied_until"][w.actors.kind == v.PROVIDER] = 99
    seeking.loads_and_activity(w.actors, w.ties, w.contacts.out_first, p)
    seeking.boards_search(w.actors, w.ties[: len(w.ties) // 2], w.ccgs, p)
    highest = highest_rate(p)
    for me in w.actors:
        here = w.ccgs[me.ccg]
        most = me.activity * seeking.ceiling(me, here, p, highest)
        reach = local_reach(me, w.localities, w.rules[0].engagement.span)
        rates = [seeking.forming_rate(me, other, seeking.Between(0, 0), here, reach, p, w.month) for other in w.actors]
        assert max(rates) <= most + forming.ROUNDING


def test_new_ties_join_two_people_once_and_only_those_who_were_not_tied():
    course = begun(ties={"practice_practice": 0.3, "pct_pct": 1.0, "board_board": 1.0})
    for _ in range(5):
        before, made_ties = pairs(course), formed(course)
        assert len(made_ties) == len(set(made_ties)) > 0
        assert not before & set(made_ties) and all(i != j for i, j in made_ties)
        course.step()


def test_what_forms_this_month_cannot_break_this_month():
    course = made(
        [person(**EAGER), person(**EAGER)], ties={"practice_practice": 0.3, "base_loss": 0.2, "bridge_loss": 2.5}
    )
    for month in range(60):
        course.world.clock.luck_month = month
        expected = set(formed(course))
        course.ties()
        assert expected <= pairs(course)
        strengths = {(tie.source, tie.target): tie.strength for tie in course.world.ties}
        assert {strengths[pair] for pair in expected} <= {0.3}


def test_distant_practices_meet_as_often_as_their_rate_though_few_are_looked_up():
    localities, months = 16, 250
    course = made([person(locality=n, **EAGER) for n in range(localities)], ties={"practice_practice": 0.01})
    found = 0
    for month in range(months):
        course.world.clock.luck_month = month
        found += len(formed(course))
    looked = 1 - (1 - 1 / 32) ** 6
    chance = looked * chance_of(0.01 * 0.12 / (6 / 32))
    assert chance == pytest.approx(0.01 * 0.12, rel=0.1)  # what it would be without looking up
    n = localities * (localities - 1) * months
    assert abs(found / n - chance) <= 4.5 * math.sqrt(chance * (1 - chance) / n)


def test_who_has_left_takes_up_no_tie():
    people = [person(board=True, **EAGER), person(board=True, active=0, **EAGER), person(board=True, **EAGER)]
    course = made(people, ties={"board_board": 1.0})
    found = set()
    for course.world.clock.luck_month in range(20):
        found |= set(formed(course))
    assert found == {(0, 2), (2, 0)}
