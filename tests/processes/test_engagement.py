"""Engagement: GPs give more where they are heard, have time and peers; the others as their conditions allow."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import with_project
from worlds import begun, made, person, rules

from ccgsim.foundation import tables
from ccgsim.foundation import vocabulary as v
from ccgsim.processes.engagement import (
    cost_of_time,
    heard,
    hearing,
    incentives,
    participation_after,
    parts_of_choice,
    utility,
)

share = st.floats(0, 1)
USUAL = rules()[0].engagement


def gps(*people, ties=(), control=0.5, **sections):
    """GPs at the workload of month 0 under so much control by managers."""
    course = made(list(people), ties, **sections)
    course.world.nation.workload = course.world.rules[0].engagement.workload
    course.world.ccgs.manager_control = control
    return course


def test_hearing_by_hand():
    assert hearing(0.55, 0.0, 0.0, 10.0, 12.0) == 0.55
    assert hearing(0.55, 0.7, 0.0, 10.0, 12.0) == pytest.approx(0.55 + 0.45 * (1 - math.exp(-0.7)))
    assert hearing(0.55, 0.0, 0.8, 24.0, 12.0) == pytest.approx(0.55 + 0.45 * 0.4)


@given(share, st.floats(0, 50), share, st.floats(1, 500), st.floats(5, 20))
def test_hearing_grows_with_ties_and_a_lead_and_falls_with_size(access, tied, lead, practices, span):
    found = hearing(access, tied, lead, practices, span)
    assert access <= found <= 1
    assert found <= hearing(access, tied + 1, lead, practices, span)
    assert found <= hearing(access, tied, 1.0, practices, span)
    assert found >= hearing(access, tied, lead, practices * 2, span)


@given(share, share, share)
def test_managers_control_leaves_less_to_all_and_so_does_the_centre(control, centre, access):
    assert heard(0.4, 0.0, 0.8, 1.0, USUAL) == pytest.approx(0.05 + 0.9 * 0.6 * 0.8)
    assert heard(0.4, 0.25, 0.8, 1.0, USUAL) == pytest.approx(0.05 + 0.9 * 0.6 * 0.8 * 0.75)
    assert heard(1.0, centre, access, 1.0, USUAL) == heard(control, 1.0, access, 1.0, USUAL) == 0.05
    found = heard(control, centre, access, 1.0, USUAL)
    assert 0.05 <= found <= heard(0.0, centre, access, 1.0, USUAL) <= 0.05 + 0.9
    assert found <= heard(control, 0.0, access, 1.0, USUAL)


def test_cost_of_time_by_hand():
    assert cost_of_time(20.0, 38.0, 38.0, 0.3, 0.1) == pytest.approx(0.3)
    assert cost_of_time(57.0, 38.0, 38.0, 0.3, 0.1) == pytest.approx(0.35)
    assert cost_of_time(20.0, 58.0, 38.0, 0.3, 0.1) == pytest.approx(0.3 * 38 / 58)  # paid locums


@given(st.floats(0, 400), st.floats(1, 200), st.floats(0, 40))
def test_more_hours_never_make_time_dearer(used, hours, backfill):
    cost = cost_of_time(used, hours, 38.0, 0.3, 0.1)
    assert 0 < cost_of_time(used, hours + backfill, 38.0, 0.3, 0.1) <= cost
    assert cost <= cost_of_time(used + 10, hours, 38.0, 0.3, 0.1)


def worth(**changed):
    of = {"peers": 0.4, "offered": 0.1, "cost": 0.3, "uncertainty": 0.35, "reluctance": 0.05}
    me = tables.new(tables.ACTORS, 1)[0]
    me.efficacy, me.capability = changed.pop("efficacy", 0.5), changed.pop("capability", 0.8)
    return utility(me, *(of | changed).values(), USUAL)


def test_utility_by_hand():
    elsewhere = 0.7 * (0.8 - 4 / 7) * 0.5
    assert worth() == pytest.approx(0.6 * 0.5 + 0.15 * 0.4 + 0.1 - 0.3 - 0.42 * 0.35 - elsewhere - 0.05)


@given(share, share)
def test_being_heard_and_peers_draw_in_and_uncertainty_keeps_out(one, other):
    less, more = sorted((one, other))
    assert worth(efficacy=less) <= worth(efficacy=more)
    assert worth(peers=less) <= worth(peers=more)
    assert worth(uncertainty=less) >= worth(uncertainty=more)
    assert worth(capability=less) >= worth(capability=more)  # the capable can do other things


def test_the_capable_hold_back_only_where_they_are_not_heard():
    assert worth(efficacy=1.0, capability=1.0) == worth(efficacy=1.0, capability=0.0)


@given(share, st.floats(-5, 5), st.floats(0.1, 0.4), st.floats(1, 24))
def test_participation_stays_a_share_and_moves_towards_choice(participation, value, noise, response):
    after = participation_after(participation, value, noise, response)
    choice = 1 / (1 + math.exp(-value / noise))
    assert min(participation, choice) - 1e-12 <= after <= max(participation, choice) + 1e-12


def test_participation_closes_a_third_of_the_gap_each_month():
    given_now = 0.9
    for month in range(1, 30):
        given_now = participation_after(given_now, 0.0, 0.18, 3.0)
        assert given_now == pytest.approx(0.5 + 0.4 * (2 / 3) ** month)


def test_belief_tends_geometrically_to_being_heard():
    course = gps(person(board=True, efficacy=0.1), control=0.4)
    told = 0.05 + 0.9 * 0.6
    for month in range(1, 40):
        course.engagement()
        assert course.world.actors.heard[0] == pytest.approx(told)
        assert course.world.actors.efficacy[0] == pytest.approx(told + (0.1 - told) * 0.88**month)


def test_practices_are_heard_through_board_ties_or_their_lead():
    board = person(board=True, role=v.LOCALITY_LEAD, participation=0.8)
    course = gps(board, person(), person(), person(locality=1), ties=((1, 0, 2.0),), control=0.0)
    course.world.localities.practices = 24
    course.engagement()
    by_lead, by_tie = 0.8 * 0.5, 1 - math.exp(-2)
    expected = [1, 0.55 + 0.45 * by_tie, 0.55 + 0.45 * by_lead, 0.55]
    assert course.world.actors.heard == pytest.approx(0.05 + 0.9 * np.array(expected))


@pytest.mark.parametrize(
    ("ablation", "access"), [("heard_everywhere", 1.0), ("no_locality_access", 0.55), ("size_free", 0.55 + 0.45 * 0.8)]
)
def test_ablations_of_hearing(ablation, access):
    board = person(board=True, role=v.LOCALITY_LEAD, participation=0.8)
    course = gps(board, person(), control=0.0, ablation={ablation: True})
    course.world.localities.practices = 48
    course.engagement()
    assert course.world.actors.heard[1] == pytest.approx(0.05 + 0.9 * access)


def test_hours_are_spent_on_ties_projects_and_a_seat():
    course = gps(person(board=True), person(board=True), person(), ties=((0, 1, 0.5), (0, 2, 0.4), (2, 0, 0.3)))
    course.engagement()
    assert course.world.actors.hours_used == pytest.approx([2 * 0.5 + 3 * 0.4 + 6, 6, 2 * 0.3])


@pytest.mark.parametrize(("support", "hours"), [(0, 8.0), (1, 6.0)])
def test_leading_a_project_takes_hours_of_which_executive_support_saves_a_quarter(support, hours):
    course = with_project([person(), person()], arena=v.DELIVERY)
    course.world.ccgs.executive_support = support
    course.engagement()
    assert course.world.actors.hours_used.tolist() == [hours, 0.0]


def choice(**columns):
    """What one GP without contacts would give in the long run, at the conditions of `ccg`."""
    ccg = columns.pop("ccg", {})
    course = gps(person(efficacy=0.6, **columns), engagement={"learning": 0.0, "peers": 0.0})
    for name, value in ccg.items():
        course.world.ccgs[name] = value
    for _ in range(200):
        course.engagement()
    return course.world.actors.participation[0]


def test_participation_rests_where_choice_and_conduct_agree():
    assert choice() == pytest.approx(1 / (1 + math.exp(-(0.36 - 0.3 - 0.42 * 0.35) / 0.18)))


def test_incentives_backfill_and_a_seat_draw_in():
    for better in ({"soft_incentive": 0.1}, {"backfill": 20.0}):
        assert choice(ccg=better) > choice()
    assert choice(ccg={"uncertainty_seen": 0.6}) < choice()
    assert choice(board=True) > choice() > choice(disposition=0.1)


@pytest.mark.parametrize(("results", "paid"), [(0.0, 0.0), (0.5, 0.05), (1.0, 0.1), (1.8, 0.1)])
def test_money_is_paid_for_results_up_to_the_usual_and_vision_whatever_comes_of_it(results, paid):
    course = gps(person())
    course.world.ccgs.hard_incentive = 0.1
    assert incentives(course.world.ccgs[0], results) == pytest.approx(paid)
    course.world.ccgs.soft_incentive = 0.2
    assert incentives(course.world.ccgs[0], results) == pytest.approx(0.2 + paid)


def test_peers_are_contacts_then_the_locality():
    people = [
        person(efficacy=0.5),
        person(participation=1.0),
        person(participation=0.0, locality=1),
        person(locality=1),
    ]
    people.append(person(v.PROVIDER, participation=0.9))  # no peer
    course = gps(*people, ties=((0, 1, 0.1), (2, 0, 0.9), (0, 4, 0.9)))  # GP 0 is in touch with one eager and one idle
    course.priorities()  # sets each locality's mean
    parts = [parts_of_choice(course.world, row)["peers taking part"] for row in range(4)]
    assert parts == pytest.approx([0.15 * p for p in (0.5, 0.5, 0.5, 0.25)])


@pytest.mark.parametrize("coupled", [{}, {"results": 0.4, "results_worth": 0.2}])
def test_the_parts_of_a_choice_add_up_to_what_the_sweep_used(coupled):
    course = begun(redesign={"birth": 0.0}, engagement=coupled)
    world = course.world
    world.actors.results = 0.0  # as it stays where there is nothing to be seen
    course.engagement()  # sets the hours that the parts refer to
    front = np.flatnonzero(world.actors.kind == v.GP)
    sums = {int(row): sum(parts_of_choice(world, row).values()) for row in front}
    before = world.actors.participation.copy()
    course.engagement()
    p = world.rules[0].engagement
    for row, value in sums.items():
        expected = participation_after(before[row], value, p.noise, p.response)
        assert world.actors.participation[row] == pytest.approx(expected, rel=1e-12)


def test_the_others_take_part_as_conditions_allow():
    people = [person(), person(v.PCT_STAFF), person(v.PROVIDER, sector=v.ACUTE)]
    people += [person(v.PROVIDER, sector=v.ACUTE, capacity=0.5), person(v.PATIENT_GROUP), person(v.POLICY_BODY)]
    course = gps(*people)
    course.world.ccgs.cost_transparency, course.world.ccgs.structure, course.world.ccgs.dialogue = 0.4, 0.5, 0.5
    course.engagement()
    provider = 0.5 - 0.3 * 0.6
    found = course.world.actors.participation[1:]
    assert found == pytest.approx([0.9, provider, provider, 0.2 + 0.3, 0.1 + 0.45])


def test_hidden_costs_set_nobody_against_a_funded_alliance():
    people = [person(), *(person(v.PROVIDER, sector=v.ACUTE, allied_until=until) for until in (0, 1, 2))]
    course = gps(*people)
    course.world.ccgs.cost_transparency, course.world.clock.month = 0.4, 1
    course.engagement()
    assert course.world.actors.participation[1:] == pytest.approx([0.5 - 0.3 * 0.6] * 2 + [0.5])  # paid until 2


def test_providers_who_lose_more_than_they_bear_hold_back_and_those_of_other_sectors_do_not():
    people = [person(), *(person(v.PROVIDER, sector=sector, participation=0.9) for sector in (v.ACUTE, v.COMMUNITY))]
    course = gps(*people)
    course.world.rules.engagement.provider_threat = 0.2
    course.world.ccgs.cost_transparency, course.world.ccgs.threatened[0, v.ACUTE] = 0.4, 1.0
    course.engagement()
    assert course.world.actors.participation[1:] == pytest.approx([0.5 - 0.3 * 0.6 - 0.2, 0.5 - 0.3 * 0.6])


def test_patients_and_policy_bodies_take_part_wholly_at_most():
    course = gps(person(), person(v.PATIENT_GROUP), person(v.POLICY_BODY))
    course.world.rules.engagement.patient_base = course.world.rules.engagement.policy_base = 0.7
    course.world.ccgs.structure = course.world.ccgs.dialogue = 1.0
    course.engagement()
    assert course.world.actors.participation[1:].tolist() == [1.0, 1.0]


def test_everyone_chooses_on_what_stood_at_the_beginning_of_the_month():
    ring = ((0, 1, 0.5), (1, 2, 0.5), (2, 0, 0.5))
    people = [person(participation=p, efficacy=q) for p, q in ((0.1, 0.9), (0.9, 0.2), (0.5, 0.5))]
    one = gps(*people, ties=ring)
    other = gps(*people[::-1], ties=tuple((2 - i, 2 - j, w) for i, j, w in ring))
    for course in (one, other):
        course.engagement()
    for column in ("participation", "efficacy"):
        assert one.world.actors[column].tolist() == other.world.actors[column][::-1].tolist()


def test_what_the_centre_decides_hears_nobody():
    """Board and practice alike lose the part of what managers leave: .05 + .9 × .5 × access × (1 - .3)."""
    course = gps(person(board=True), person(locality=1), control=0.5)
    course.world.nation.centre = 0.3
    course.engagement()
    assert course.world.actors.heard == pytest.approx(0.05 + 0.45 * 0.7 * np.array([1, 0.55]))
