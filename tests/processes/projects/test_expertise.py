"""Expertise: what a board and a champion know serves decisions; a broker carries projects while she has her seat."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import DERMATOLOGY, with_project
from worlds import made, person

from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.chance import chance_of
from ccgsim.processes.projects import arenas, expertise, redesign
from ccgsim.processes.projects.arenas import support
from ccgsim.processes.projects.expertise import (
    part_carried,
    programme_knowledge,
    strategic_knowledge,
    worth_of_knowing,
)

share = st.floats(0, 1)
NOTHING = np.zeros(9)


def knowing(**domains):
    """Knowledge of these domains."""
    found = NOTHING.copy()
    for name, amount in domains.items():
        found[getattr(v, name.upper())] = amount
    return found


# Knowledge
def test_knowing_as_usual_is_worth_1_and_half_of_it_half():
    assert worth_of_knowing(0.43, 0.43, 1.5, 1.0) == 1.0
    assert worth_of_knowing(0.215, 0.43, 1.5, 1.0) == pytest.approx(0.5)
    assert worth_of_knowing(0.215, 0.43, 1.5, 0.5) == pytest.approx(math.sqrt(0.5))
    assert worth_of_knowing(0.86, 0.43, 1.5, 1.0) == 1.5
    assert worth_of_knowing(0.0, 0.43, 1.5, 1.0) == 0.0


@given(share, st.floats(0.1, 1), st.floats(1, 3))
def test_where_knowledge_has_no_weight_it_is_worth_1_whatever_is_known(known, usual, most):
    assert worth_of_knowing(known, usual, most, 0.0) == 1.0


@given(share, share, share)
def test_knowing_more_is_never_worth_less(known, more, weight):
    found = worth_of_knowing(known, 0.43, 1.5, weight)
    assert 0 <= found <= worth_of_knowing(max(known, more), 0.43, 1.5, weight) <= 1.5


def test_what_a_board_needs_to_know_to_choose_by_hand():
    assert strategic_knowledge(knowing(commissioning=0.9, patient_experience=0.3, elsewhere=0.6)) == pytest.approx(0.6)
    assert strategic_knowledge(knowing(hospitals=1.0, nursing=1.0, community_care=1.0)) == 0.0


def test_what_it_takes_to_plan_a_pathway_by_hand():
    """Dermatology is hospitals' and community's; of each .3 of the mean, .7 of the best (board or champion)."""
    mean, best = (
        knowing(commissioning=0.4, hospitals=0.2, community_care=0.1),
        knowing(commissioning=0.6, hospitals=0.5),
    )
    champion = knowing(commissioning=0.1, hospitals=0.9, community_care=0.3)
    commissioning, hospitals, community = 0.12 + 0.42, 0.06 + 0.63, 0.03 + 0.21
    expected = 0.5 * commissioning + 0.25 * hospitals + 0.25 * community
    assert programme_knowledge(DERMATOLOGY, mean, best, champion) == pytest.approx(expected)


def test_mental_health_is_planned_with_what_is_known_of_the_community():
    pathway, all_of_it = v.PATHWAYS.index("mental health"), knowing(community_care=1.0)
    assert programme_knowledge(pathway, all_of_it, all_of_it, NOTHING) == pytest.approx(0.5)
    assert programme_knowledge(pathway, knowing(hospitals=1.0), knowing(hospitals=1.0), NOTHING) == 0.0


def test_boards_are_taken_stock_of_by_mean_best_and_widest_reach():
    people = [person(board=True, knowledge=knowing(commissioning=0.2), brokerage=1.5)]
    people += [person(knowledge=knowing(commissioning=1.0), brokerage=9.0)]
    people += [person(v.PCT_STAFF, board=True, knowledge=knowing(commissioning=0.8, elsewhere=0.4), brokerage=0.7)]
    w = made(people).world
    found = expertise.expertise_of(w.actors, w.ccgs)
    assert found.mean[0] == pytest.approx(knowing(commissioning=0.5, elsewhere=0.2))
    assert found.best[0] == pytest.approx(knowing(commissioning=0.8, elsewhere=0.4))
    assert found.reach[0] == 1.5


def test_without_a_board_nothing_is_known():
    w = made([person(knowledge=np.ones(9), brokerage=2.0)]).world
    found = expertise.expertise_of(w.actors, w.ccgs)
    assert (found.mean == 0).all() and (found.best == 0).all() and found.reach[0] == 0


PEOPLE = [
    person(board=True, participation=0.8, capability=0.5),
    person(participation=0.4),
    person(v.PCT_STAFF, board=True),
    person(v.PROVIDER, sector=v.ACUTE, participation=0.6),
]


def project_in(known=NOTHING, weight=1.0, **sections):
    """A course with a project in the programme arena; board members and the champion, row 0, know so much."""
    sections["redesign"] = {"knowledge": weight} | sections.get("redesign", {})
    course = with_project(PEOPLE, ((0, 2, 0.5), (2, 3, 0.7)), v.PROGRAMME, **sections)
    course.world.actors.knowledge[[0, 2]] = known
    course.world.ccgs.manager_control = 0.3
    course.priorities()  # sets the locality's participation
    return course


def supports(course):
    """A project's support in the three arenas after a month."""
    course.redesign()
    return course.world.projects.support[0].tolist()


@pytest.mark.parametrize("weight", [1.0, 0.5])
def test_halving_what_is_known_takes_the_stated_part_of_support(weight):
    """At .34 a domain knowledge is .791 of the usual for choosing and .5 for planning; at .17 half of that each."""
    plain = supports(project_in(weight=0.0))
    known, halved = (supports(project_in(np.full(9, k), weight)) for k in (0.34, 0.17))
    factors = [(0.34 / 0.43) ** weight, 0.5**weight, 1.0]
    assert known == pytest.approx(np.multiply(plain, factors))
    assert halved == pytest.approx(np.multiply(known, [0.5**weight, 0.5**weight, 1.0]))


def test_knowing_as_usual_leaves_support_as_it_is_and_knowing_more_adds_half_at_most():
    plain = supports(project_in(weight=0.0))
    choosing = knowing(commissioning=0.43, patient_experience=0.43, elsewhere=0.43)
    assert supports(project_in(choosing))[0] == pytest.approx(plain[0])
    assert supports(project_in(np.full(9, 0.68)))[1:] == pytest.approx(plain[1:])
    most = supports(project_in(np.ones(9)))
    assert most == pytest.approx([1.5 * plain[0], plain[1] / 0.68, plain[2]])


def test_a_champion_off_the_board_brings_what_she_knows_to_the_plan_alone():
    course = project_in(np.full(9, 0.3))
    course.world.projects.champion, course.world.projects.champion_row = course.world.actors.key[1], 1
    before = supports(course)
    course.world.actors.knowledge[1] = 0.9
    after = supports(course)
    assert after == pytest.approx([before[0], before[1] * (0.3 * 0.3 + 0.7 * 0.9) / 0.3, before[2]])


def test_where_delivery_takes_no_effort_support_is_full_whatever_is_known():
    found = supports(project_in(np.full(9, 0.1), ablation={"effortless_delivery": True}))
    assert found[1:] == [1.0, 1.0] and found[0] < 0.5


def test_what_the_board_knows_of_elsewhere_counts_for_ideas_of_its_own():
    w = made([person()]).world
    here, p = w.ccgs[0], w.rules[0].redesign
    here.benchmark, here.density, here.patients_heard = 0.4, 0.7, 0.25
    known, usual = (np.array([redesign.birth_rate(o, here, 0.5, 0.3, f, p) for o in range(6)]) for f in (1.5, 1.0))
    own = [v.DATA, v.PROGRAMME_BOARD]
    assert known[own] == pytest.approx(1.5 * usual[own])
    assert np.delete(known, own).tolist() == np.delete(usual, own).tolist()


@pytest.mark.parametrize(("evidence", "factor"), [(0.15, 0.5), (0.3, 1.0), (0.45, 1.5), (0.9, 2.0)])
def test_projects_of_a_board_are_born_by_what_it_knows_of_elsewhere(evidence, factor):
    """Programme boards begin a project on each of eight pathways at rate .5 × 4/8 × factor; 300 months."""
    births = {"birth": 0.5, "programme_births": 4.0, "national_births": 0.0, "outside_births": 0.0, "slots": 30}
    people = [person(), person(board=True, knowledge=knowing(elsewhere=evidence))]
    w = made(people, redesign=births | {"knowledge": 1.0}).world
    born, months = 0, 300
    for w.clock.luck_month in range(months):
        born += len(redesign.births(w.plain))
    chance, n = chance_of(0.25 * factor), 8 * months
    assert born / n == pytest.approx(chance, abs=4.5 * math.sqrt(chance * (1 - chance) / n))


# Champions
def test_brokers_on_the_board_are_the_likelier_champions_of_its_ideas():
    people = [person(board=True, participation=0.5, capability=0.8, brokerage=4.0)]
    people += [person(v.PCT_STAFF, board=True, role=v.ACCOUNTABLE_OFFICER, brokerage=4.0)]
    people += [person(v.PROVIDER, sector=v.ACUTE, capability=0.8, brokerage=4.0)]
    w = made(people, redesign={"champion_reach": 1.5}).world
    weights = [
        redesign.champion_weight(row, origin, DERMATOLOGY, w.actors, w.ties, w.contacts.out_first, w.rules[0].redesign)
        for row, origin in ((0, v.DATA), (0, v.PROGRAMME_BOARD), (0, v.PATIENTS), (1, v.NATIONAL_BODY), (2, v.OUTSIDE))
    ]
    assert weights == pytest.approx([0.4 * 8, 0.4 * 8, 0.4 * 8, 1.0, 0.4])


def share_led_by_the_broker(reach, months=900):
    """Share of months in which the first of two board GPs alike, of three times the brokerage, would be champion."""
    people = [person(board=True, brokerage=3.0), person(board=True, brokerage=1.0)]
    w = made(people, redesign={"champion_reach": reach}).world
    led = 0
    for w.clock.luck_month in range(months):
        what, rest = (v.PROGRAMME_BOARD, DERMATOLOGY), (w.ties, w.contacts.out_first)
        led += redesign.find_champion(what, w.ccgs[0], w.actors, *rest, w.rules[0].redesign, w.clock[0]) == 0
    return led / months


@pytest.mark.parametrize(("reach", "chance"), [(0.0, 1 / 2), (1.0, 3 / 4), (2.0, 9 / 10)])
def test_champions_are_found_in_proportion_to_their_reach(reach, chance):
    assert share_led_by_the_broker(reach) == pytest.approx(chance, abs=4.5 * math.sqrt(chance * (1 - chance) / 900))


def test_what_is_left_of_a_champions_input_by_hand():
    assert part_carried(2.0, 0.5, 1.0) == 0.25
    assert part_carried(2.0, 0.5, 0.6) == pytest.approx(0.4 + 0.15)
    assert part_carried(2.0, 0.5, 0.0) == 1.0
    assert part_carried(2.0, 3.0, 1.0) == 1.0  # another reaches farther
    assert part_carried(0.0, 0.5, 1.0) == 1.0  # she never had a seat


def planned(carrying, *, seat=False, reach=4.0, left=1.0):
    """Support in the programme arena where the champion had this reach, and the widest left on the board has that."""
    course = project_in(weight=0.0, redesign={"carrying": carrying})
    w = course.world
    w.actors.board[0], w.actors.brokerage[2], w.projects.reach = int(seat), left, reach
    return supports(course)[1]


def by_hand(part):
    """Her .8 × .75 as far as it is carried; managers' ties of .7, half of the costs known."""
    return support(0.8 * 0.75 * part, (1 - math.exp(-0.7)) * 0.5, 0.8, 0.3)


def test_a_champion_who_left_the_board_with_nobody_of_her_reach_carries_less():
    assert planned(1.0) == pytest.approx(by_hand(0.25))
    assert planned(0.6) == pytest.approx(by_hand(0.4 + 0.6 * 0.25))
    assert planned(0.0) == pytest.approx(by_hand(1.0))


def test_she_carries_all_while_she_has_her_seat_or_where_she_never_had_one_or_left_another_of_her_reach():
    for kept in ({"seat": True}, {"reach": 0.0}, {"left": 4.0}, {"left": 9.0}):
        assert planned(1.0, **kept) == pytest.approx(by_hand(1.0)), kept


def test_where_the_board_is_empty_nothing_of_hers_is_carried():
    course = project_in(weight=0.0, redesign={"carrying": 1.0})
    w = course.world
    w.actors.board[:], w.projects.reach = 0, 4.0
    known = expertise.expertise_of(w.plain.actors, w.plain.ccgs)
    assert arenas.still_carried(w.projects[0], w.plain.actors, known, w.rules[0].redesign) == 0.0
