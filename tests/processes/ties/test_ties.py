"""Ties form where there is room, contact and common friends; they strengthen with use and break at the bridges."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import EAGER, begun, made, pairs, person, rules

from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.chance import chance_of
from ccgsim.processes.ties import fading, seeking
from ccgsim.processes.ties.contacts import embeddedness
from ccgsim.processes.ties.fading import rate_of_loss, strength_after
from ccgsim.processes.ties.meeting import base_rate, local_reach, place_factor
from ccgsim.processes.ties.seeking import activity, load, rate_of_forming
from tests.processes.ties.rates import rate, share

USUAL = rules()[0].ties
LETTING_GO = rules(ties={"letting_go": 1.5})[0].ties
EVERLASTING = {"base_loss": 0.0}
NEAR, FAR = np.eye(6)[:2]  # priorities in conflict


def test_load_and_activity_by_hand():
    assert load(4, 10, 1.0, 0.35, 8.0, 0.6) == pytest.approx(7.5 / 8)
    assert load(4, 10, 12.0, 0.35, 8.0, 0.6) == pytest.approx(7.5 / 8 / 12**0.6)
    assert activity(0.5, 2.0, 0.25) == pytest.approx(0.75)
    assert activity(0.5, 2.0, 3.0) == pytest.approx(0.02)  # a full load leaves little room, never none


def test_advisers_on_the_board_weigh_less_in_a_load_than_those_outside():
    """Two outside and one on the board, .35, are 2.35 of 8; efforts and brokerage are 1."""
    people = [person(board=True, **EAGER), person(board=True), person(v.PCT_STAFF), person(v.PATIENT_GROUP)]
    w = made(people, ((0, 1, 0.5), (0, 2, 0.5), (0, 3, 0.5))).world
    seeking.loads_and_activity(w.actors, w.ties, w.contacts.out_first, w.rules[0].ties)
    assert w.actors.load.tolist() == pytest.approx([2.35 / 8, 0, 0, 0])
    assert w.actors.activity[0] == pytest.approx(1 - 2.35 / 8)


def test_forming_by_hand():
    assert rate_of_forming(0.1, 0.5, 0.8, 2, 1, 0.25, 1.5) == pytest.approx(0.04 * 1.5 * 2.5)
    assert rate_of_forming(0.1, 0.5, 0.8, 6, 0, 0.25, 1.5) == rate_of_forming(0.1, 0.5, 0.8, 60, 0, 0.25, 1.5)


@given(st.integers(0, 12), share, share, share)
def test_common_contacts_and_returned_advice_never_hinder_a_tie(common, strength_of_rate, place, seeking):
    known = rate_of_forming(strength_of_rate, place, seeking, common, 0, 0.25, 1.5)
    assert 0 <= known <= rate_of_forming(strength_of_rate, place, seeking, common + 1, 0, 0.25, 1.5)
    assert known <= rate_of_forming(strength_of_rate, place, seeking, common, 1, 0.25, 1.5)


def test_loss_by_hand():
    p = USUAL
    assert rate_of_loss(1.0, 0.0, 0.35, 0.0, 0.0, p) == pytest.approx(0.015)
    assert rate_of_loss(0.0, 0.0, 0.35, 0.0, 0.0, p) == pytest.approx(0.015 * math.exp(1.7))
    assert rate_of_loss(0.4, 0.5, 0.75, 1.0, 0.0, p) == pytest.approx(
        0.015 * math.exp(1.7 * 0.6 - 0.5 + 0.5 * 0.4 + 0.8)
    )
    assert rate_of_loss(1.0, 0.0, 0.35, 0.0, 0.3, LETTING_GO) == pytest.approx(0.015 * math.exp(0.45))


@given(share, share, share, st.sampled_from([0.0, 1.0]), st.floats(-0.2, 0.8))
def test_bridges_weak_ties_ties_across_conflict_and_of_those_who_hold_back_break_first(
    embedded, strength, uncertainty, conflict, held_back
):
    p = LETTING_GO
    lost = rate_of_loss(embedded, strength, uncertainty, conflict, held_back, p)
    assert lost > 0
    assert rate_of_loss(0.0, strength, uncertainty, conflict, held_back, p) >= lost
    assert rate_of_loss(embedded, 1.0, uncertainty, conflict, held_back, p) <= lost
    assert rate_of_loss(embedded, strength, 1.0, conflict, held_back, p) >= lost
    assert rate_of_loss(embedded, strength, uncertainty, 1.0, held_back, p) >= lost
    assert rate_of_loss(embedded, strength, uncertainty, conflict, 0.8, p) >= lost


@given(st.floats(0.05, 1), share, share, share, st.floats(0, 1))
def test_strength_stays_in_0_to_1(strength, seeker, adviser, growth, fading):
    assert 0 <= strength_after(strength, seeker, adviser, growth, fading * (1 - growth)) <= 1
    assert strength_after(strength, 1.0, 1.0, growth, fading) >= strength_after(
        strength, seeker, adviser, growth, fading
    )


def test_strength_tends_geometrically_to_its_fixed_point():
    course = made([person(**EAGER), person(**EAGER)], ((0, 1, 0.2),), ties={**EVERLASTING, "practice_practice": 0.0})
    for month in range(1, 100):
        course.ties()
        assert course.world.ties.strength[0] == pytest.approx(0.75 - 0.55 * 0.92**month, rel=1e-12)


def test_both_ends_participation_strengthens_a_tie():
    course = made([person(participation=0.36), person(participation=0.25)], ((0, 1, 0.5),), ties=EVERLASTING)
    course.ties()
    assert course.world.ties.strength[0] == pytest.approx(0.5 + 0.06 * 0.3 * 0.5 - 0.01)


def test_a_tie_between_those_who_do_not_take_part_fades_away():
    course = made([person(participation=0.0), person(**EAGER)], ((0, 1, 0.3),), ties=EVERLASTING)
    months = math.floor(math.log(0.05 / 0.3) / math.log(0.98))
    for _ in range(months):
        course.ties()
    assert len(course.world.ties) == 1 and course.world.ties.strength[0] == pytest.approx(0.3 * 0.98**months)
    course.ties()
    assert len(course.world.ties) == 0


def test_a_held_tie_neither_weakens_below_its_hold_nor_breaks():
    course = made(
        [person(participation=0.0), person()], ((0, 1, 0.6),), ties={"base_loss": 0.2, "practice_practice": 0.0}
    )
    course.world.ties.held_at = 0.5
    for _ in range(50):
        course.ties()
        course.world.clock.luck_month += 1
    assert course.world.ties.strength.tolist() == [0.5]


def test_embeddedness_is_0_for_a_bridge_and_1_in_a_triangle():
    course = made([person() for _ in range(5)], ((0, 1, 0.5), (1, 2, 0.5), (2, 0, 0.5), (2, 3, 0.5), (3, 4, 0.5)))
    found = {(i, j): embeddedness(i, j, course.world.contacts) for i, j in pairs(course)}
    assert found == {(0, 1): 1.0, (1, 2): 1.0, (2, 0): 1.0, (2, 3): 0.0, (3, 4): 0.0}


def test_rates_are_the_same_both_ways_for_every_two_people():
    world = begun(site={"secondary_care": True}).world
    p, here, places = world.rules[0].ties, world.ccgs[0], world.localities
    for me, other in itertools.combinations(world.actors, 2):
        assert base_rate(me, other, p) == base_rate(other, me, p)
        there = place_factor(me, other, here, local_reach(me, places, 12.0), p)
        assert there == place_factor(other, me, here, local_reach(other, places, 12.0), p)


@pytest.mark.parametrize(
    ("outside", "as_manager", "as_clinician"),
    [
        (person(v.PCT_STAFF), "manager_pct", "clinician_pct"),
        (person(v.PROVIDER, sector=v.COMMUNITY), "manager_community", "clinician_community"),
    ],
)
def test_a_clinician_who_is_an_officer_meets_people_as_either_does(outside, as_manager, as_clinician):
    for role, rates in ((v.CHAIR, (as_clinician,)), (v.ACCOUNTABLE_OFFICER, (as_manager, as_clinician))):
        w = made([person(board=True, role=role), outside]).world
        p = w.rules[0].ties
        assert base_rate(w.actors[0], w.actors[1], p) == max(p[rate] for rate in rates)


def test_national_bodies_advise_nobody_in_a_ccg():
    world = begun().world
    national = world.actors[world.actors.tier == v.NATIONAL][0]
    assert {base_rate(national, other, world.rules[0].ties) for other in world.actors} == {0.0}


@pytest.mark.parametrize(
    ("one", "other", "factor"),
    [
        (person(legacy=0), person(legacy=0), 1.0),
        (person(legacy=0), person(legacy=0, locality=1), 0.12),
        (person(legacy=0), person(legacy=1, locality=1), 0.12 * 0.3),
        (person(legacy=-1), person(legacy=1, locality=1), 0.12),
        (person(legacy=0, board=True), person(legacy=1, locality=1, board=True), 0.4),
        (person(legacy=0, board=True), person(legacy=0, locality=1, board=True), 1.0),
        (person(board=True), person(v.PCT_STAFF), 0.75 + 0.5 * 0.6),
        (person(board=True), person(v.PATIENT_GROUP), 0.3 + 3 * 0.4),
        (person(board=True), person(v.PROVIDER, sector=v.ACUTE), 1.0),
    ],
)
def test_place_weighs_contact(one, other, factor):
    world = made([one, other]).world
    world.ccgs.colocation, world.ccgs.structure = 0.6, 0.4
    p = world.rules[0].ties
    assert place_factor(world.actors[0], world.actors[1], world.ccgs[0], 1.0, p) == pytest.approx(factor)


def test_a_large_locality_dilutes_contact_within():
    world = made([person() for _ in range(24)]).world
    reach = local_reach(world.actors[0], world.localities, 12.0)
    assert place_factor(world.actors[0], world.actors[1], world.ccgs[0], reach, world.rules[0].ties) == reach == 0.5


def test_the_seekers_activity_and_both_ends_openness_make_the_rate():
    people = [
        person(v.PCT_STAFF, participation=0.5, brokerage=2.0),
        person(v.PCT_STAFF, participation=0.1, withheld=0.4),
    ]
    course = made(people, ties={"pct_pct": 0.15})
    assert rate(course, 0, 1) == pytest.approx(0.15 * 0.5 * 2 * 0.6)
    assert rate(course, 1, 0) == pytest.approx(0.15 * 0.1 * 0.6)
    course.world.actors.active[1] = 0
    assert rate(course, 0, 1) == 0


@pytest.mark.parametrize(
    ("seeker", "held_back"),
    [
        (person(participation=0.75), 0.25),
        (person(v.NURSE, participation=0.1), 0.9),
        (person(participation=1.0), 0.0),
        (person(v.PCT_STAFF, participation=0.1), 0.0),
        (person(v.PROVIDER, participation=0.2), 0.0),
    ],
)
def test_who_chooses_how_much_to_take_part_holds_back_the_rest(seeker, held_back):
    assert fading.holding_back(made([seeker]).world.actors[0]) == pytest.approx(held_back)


def test_ties_break_sooner_as_the_seeker_holds_back_and_not_the_adviser():
    people = [*(person(participation=share) for share in (0.2, 0.5, 1.0)), person(v.PATIENT_GROUP)]
    ties, chances = ((0, 2, 0.5), (2, 0, 0.5), (2, 3, 0.5), (1, 3, 0.5)), {}
    for letting_go in (0.0, 2.0):
        w = made(people, ties, ties={"letting_go": letting_go}).world
        rest = (w.actors, w.ties, w.contacts, w.ccgs, w.rules[0])
        chances[letting_go] = {(t.source, t.target): fading.loss_chance(n, *rest) for n, t in enumerate(w.ties)}
    grown = {pair: math.log1p(-chances[2.0][pair]) / math.log1p(-chances[0.0][pair]) for pair in chances[0.0]}
    expected = {(0, 2): math.exp(2.0 * 0.8), (2, 0): 1.0, (2, 3): 1.0, (1, 3): math.exp(2.0 * 0.5)}
    assert grown == pytest.approx(expected)


def test_funded_providers_take_up_contact_three_times_as_fast():
    course = made([person(v.PROVIDER, sector=v.ACUTE, allied_until=5), person(v.PROVIDER, sector=v.ACUTE)])
    before = rate(course, 0, 1)
    course.world.actors.allied_until[1] = 5
    assert rate(course, 0, 1) == pytest.approx(3 * before)
    course.world.clock.month = 5
    assert rate(course, 0, 1) == before


def test_ties_of_those_who_left_are_gone():
    course = made(
        [person(), person(), person()], ((0, 1, 0.9), (1, 2, 0.9)), ties={**EVERLASTING, "practice_practice": 0.0}
    )
    course.world.actors.active[2] = 0
    course.ties()
    assert pairs(course) == {(0, 1)}


def test_before_month_0_the_boards_own_ties_are_held():
    course = made(
        [person(board=True), person()], ((0, 1, 0.06), (1, 0, 0.06)), ties={"base_loss": 0.2, "bridge_loss": 2.5}
    )
    course.world.clock.burning = 1
    for _ in range(60):
        course.ties()
        course.world.clock.luck_month += 1
        assert (0, 1) in pairs(course)
    assert (1, 0) not in pairs(course)


@pytest.mark.parametrize("letting_go", [0.0, 2.0])
def test_losses_come_as_often_as_their_chance(letting_go):
    people, ring = 400, tuple((i, (i + 1) % 400, 0.5) for i in range(400))
    given = {"practice_practice": 0.0, "looks": 0.0, "letting_go": letting_go}
    course = made([person(priorities=FAR if i % 2 else NEAR) for i in range(people)], ring, ties=given)
    w, lost, months = course.world, 0, 50
    for month in range(months):
        w.clock.luck_month = month
        lost += fading.fade(w.actors, w.ties.copy(), w.contacts, w.ccgs, w.rules, w.clock).sum()
    expected = chance_of(rate_of_loss(0.0, 0.5, 0.35, 1.0, 0.5, w.rules[0].ties))
    n = people * months
    assert abs(lost / n - expected) <= 4.5 * math.sqrt(expected * (1 - expected) / n)


@pytest.mark.parametrize(
    "ties", [{}, {"bridge_loss": 2.5, "conflict_loss": 3.0, "uncertainty_loss": 3.0}, {"letting_go": 4.0}]
)
def test_no_tie_breaks_more_readily_than_a_bridge_in_conflict(ties):
    course = begun(ties=ties)
    w, p = course.world, course.world.rules[0].ties
    for t, tie in enumerate(w.ties):
        seen = w.ccgs.uncertainty_seen[w.actors.ccg[tie.source]]
        held_back = fading.holding_back(w.actors[tie.source])
        bound = fading.rate_of_loss(0.0, tie.strength, seen, 1.0, held_back, p)
        assert fading.loss_chance(t, w.actors, w.ties, w.contacts, w.ccgs, w.rules[0]) <= bound + fading.ROUNDING
