"""Priorities stay shares of one whole; people move to those near in mind, to needs, to the nation or to patients."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import made, person

from ccgsim.foundation import vocabulary as v
from ccgsim.processes.priorities import error_of_feedback, voice

share = st.floats(0, 1)
CALM = {"noise": 0.0, "needs_drift": 0.0}
STILL = {**CALM, "pull": 0.0}
LEVEL = np.full(6, 1 / 6)
TILTED = np.array([0.3, 0.2, 0.2, 0.1, 0.1, 0.1])
FAR = np.array([1.0, 0, 0, 0, 0, 0])


def after(course, months: int = 1) -> np.ndarray:
    for _ in range(months):
        course.priorities()
        course.world.clock.luck_month += 1
    return course.world.actors.priorities


def test_error_of_feedback_by_hand_and_smaller_with_structure():
    assert error_of_feedback(0.0, 0.3, 30.0) == 0.3
    assert error_of_feedback(0.1, 0.3, 30.0) == pytest.approx(0.15)
    errors = [error_of_feedback(s / 10, 0.3, 30.0) for s in range(11)]
    assert errors == sorted(errors, reverse=True)


def test_voice_by_hand():
    assert voice(0.5, 2.0, 1.0, 0.3) == pytest.approx(0.5 * (1 - math.exp(-2)) + 0.15)


@given(share, st.floats(0, 20), st.sampled_from([0.0, 1.0]), share)
def test_patients_without_structure_have_no_voice_and_ties_and_a_seat_add_to_it(structure, ties, seat, weight):
    heard = voice(structure, ties, seat, weight)
    assert voice(0.0, ties, seat, weight) == 0
    assert 0 <= heard <= voice(structure, ties + 1, seat, weight) <= voice(structure, ties + 1, 1.0, weight) <= 1


def test_two_who_are_near_in_mind_meet_half_way_and_keep_their_mean():
    course = made([person(v.PROVIDER, priorities=p) for p in (LEVEL, TILTED)], ((0, 1, 0.7),), priorities=STILL)
    found = after(course)
    assert found[0] == pytest.approx(LEVEL + 0.05 * (TILTED - LEVEL))
    assert found.mean(axis=0) == pytest.approx((LEVEL + TILTED) / 2)
    gap = found[1] - found[0]
    assert after(course, 99)[1] - course.world.actors.priorities[0] == pytest.approx(gap * 0.9**99, abs=1e-12)


def test_those_too_far_in_mind_do_not_listen():
    course = made([person(v.PROVIDER, priorities=p) for p in (LEVEL, FAR)], ((0, 1, 0.7),), priorities=STILL)
    assert after(course, 10) == pytest.approx(np.stack([LEVEL, FAR]))
    course.world.rules["priorities"]["confidence"] = 1.0
    assert after(course)[0] == pytest.approx(LEVEL + 0.05 * (FAR - LEVEL))


def test_stronger_contacts_weigh_more():
    people = [person(v.PROVIDER, priorities=p) for p in (LEVEL, TILTED, TILTED[::-1])]
    found = after(made(people, ((0, 1, 0.9), (2, 0, 0.3)), priorities=STILL))
    assert found[0] == pytest.approx(LEVEL + 0.05 * (0.75 * (TILTED - LEVEL) + 0.25 * (TILTED[::-1] - LEVEL)))


def test_without_contacts_practices_and_patients_tend_to_needs_and_managers_to_the_nation():
    kinds = [v.GP, v.PCT_STAFF, v.PROVIDER, v.PATIENT_GROUP, v.POLICY_BODY]
    course = made([person(kind, priorities=FAR) for kind in kinds], priorities=CALM)
    course.world.ccgs.needs, course.world.nation.priorities = TILTED, LEVEL
    for month in range(1, 30):
        found = after(course)
        left = 0.94**month
        for row, target in enumerate((TILTED, LEVEL, FAR, TILTED, LEVEL)):
            assert found[row] == pytest.approx(target + left * (FAR - target), abs=1e-12)


def test_a_seat_takes_gps_and_nurses_away_from_practice():
    seated = [person(board=True, priorities=FAR), person(v.NURSE, board=True, priorities=FAR)]
    assert after(made(seated, priorities=CALM), 10) == pytest.approx(np.stack([FAR, FAR]))


def test_gps_who_buy_from_themselves_turn_to_what_they_are_paid_for_with_a_seat_or_without():
    """Half of the services delegated, .4 of that: .2 of the pull goes to access and prevention, in equal parts."""
    people = [person(board=True, priorities=TILTED), person(priorities=TILTED), person(v.PATIENT_GROUP)]
    course = made(people, priorities={**CALM, "delegated": 0.5, "own_interest": 0.4})
    course.world.ccgs.needs = LEVEL
    found = after(course)
    paid = np.array([0.5, 0, 0, 0, 0, 0.5])
    assert found[0] == pytest.approx(TILTED + 0.06 * 0.2 * (paid - TILTED))
    assert found[1] == pytest.approx(TILTED + 0.06 * (0.8 * LEVEL + 0.2 * paid - TILTED))
    assert found[2] == pytest.approx(LEVEL)  # patients buy nothing


@pytest.mark.parametrize("half", [{"delegated": 1.0}, {"own_interest": 1.0}])
def test_without_delegation_or_interest_gps_turn_to_needs_alone(half):
    both = [made([person(priorities=TILTED)], priorities={**CALM, **given}) for given in ({}, half)]
    usual, other = (after(course, 3).tobytes() for course in both)
    assert usual == other


def test_needs_wander_and_stay_shares():
    course = made([person()], priorities={"needs_drift": 0.2, "noise": 0.2})
    before = course.world.ccgs.needs.copy()
    found = after(course, 50)
    assert (course.world.ccgs.needs != before).any()
    for shares in (course.world.ccgs.needs, found):
        assert (shares >= 0).all() and np.allclose(shares.sum(axis=1), 1)


@pytest.mark.parametrize(("practices", "reach"), [(1, 1.0), (12, 1.0), (24, 0.5)])
def test_a_lead_hears_the_locality_less_in_a_large_one(practices, reach):
    people = [person(board=True, role=v.LOCALITY_LEAD, priorities=TILTED), person(priorities=TILTED[::-1])]
    course = made(people, priorities=STILL)
    course.world.localities.practices = practices
    mean = (TILTED + TILTED[::-1]) / 2
    assert after(course)[0] == pytest.approx(TILTED + 0.012 * reach * (mean - TILTED))
    assert (course.world.actors.priorities[1] == TILTED[::-1]).all()


def test_a_locality_is_the_mean_of_its_gps():
    people = [person(priorities=TILTED, participation=0.2), person(priorities=LEVEL, participation=0.6)]
    people.append(person(priorities=FAR, participation=0.9, locality=1))
    people.append(person(priorities=FAR, participation=1.0, active=0))  # has left
    course = made(people, priorities=STILL)
    after(course)
    places = course.world.localities
    assert places.participation == pytest.approx([0.4, 0.9])
    assert places.priorities[0] == pytest.approx((TILTED + LEVEL) / 2) and (places.priorities[1] == FAR).all()


def with_patients(seat: bool = False, **ablation):
    """A board GP tied to a patient group that sees the needs as they are."""
    people = [person(board=True, priorities=LEVEL)]
    people += [person(v.PATIENT_GROUP, priorities=FAR), person(v.PATIENT_GROUP, board=True, priorities=FAR)][: 1 + seat]
    course = made(people, ((0, 1, 0.8),), priorities={**STILL, "patient_noise": 0.0}, ablation=ablation)
    course.world.ccgs.needs, course.world.ccgs.structure = TILTED, 0.5
    return course


def test_patients_voice_reaches_board_members_through_ties():
    weight = 0.05 * 0.5 * (1 - math.exp(-0.8))
    assert after(with_patients())[0] == pytest.approx(LEVEL + weight * (TILTED - LEVEL))


def test_a_patients_seat_adds_to_the_voice_of_ties():
    tied = 0.5 * (1 - math.exp(-0.8))
    assert after(with_patients(seat=True))[0] == pytest.approx(LEVEL + 0.05 * (tied + 0.15) * (TILTED - LEVEL))


def test_a_tie_to_the_lay_member_is_no_tie_to_patients():
    people = [person(board=True, priorities=LEVEL), person(v.PATIENT_GROUP, board=True, priorities=FAR)]
    course = made(people, ((0, 1, 0.8),), priorities={**STILL, "patient_noise": 0.0})
    course.world.ccgs.needs, course.world.ccgs.structure = TILTED, 0.5
    assert after(course)[0] == pytest.approx(LEVEL + 0.05 * 0.15 * (TILTED - LEVEL))  # the seat's voice alone


def test_how_far_the_board_hears_patients_is_noted():
    tied, members = 0.5 * (1 - math.exp(-0.8)), 2
    course = with_patients(seat=True)
    after(course)
    assert course.world.ccgs.patients_heard[0] == pytest.approx((tied + 0.15 + 0.15) / members)
    deaf = with_patients(seat=True, deaf_to_patients=True)
    after(deaf)
    assert deaf.world.ccgs.patients_heard[0] == 0.0


def test_a_deaf_board_hears_patients_neither_as_contacts_nor_through_ties_or_seats():
    for seat in (False, True):
        assert after(with_patients(seat, deaf_to_patients=True))[0] == pytest.approx(LEVEL)
    near = made([person(board=True), person(v.PATIENT_GROUP, priorities=TILTED)], ((0, 1, 0.8),), priorities=STILL)
    deaf = made(
        [person(board=True), person(v.PATIENT_GROUP, priorities=TILTED)],
        ((0, 1, 0.8),),
        priorities=STILL,
        ablation={"deaf_to_patients": True},
    )
    assert after(near)[0] == pytest.approx(LEVEL + 0.05 * (TILTED - LEVEL))
    assert after(deaf) == pytest.approx(np.stack([LEVEL, TILTED + 0.05 * (LEVEL - TILTED)]))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.floats(0, 0.2), share)
def test_priorities_stay_shares_of_one_whole_on_any_network(seed, noise, confidence):
    draw = np.random.default_rng(seed)
    people = [person(priorities=p) for p in draw.dirichlet(np.ones(6), 8)]
    ties = tuple((i, j, 0.5) for i in range(8) for j in range(8) if draw.random() < 0.4 and i != j)
    found = after(made(people, ties, priorities={"noise": noise, "confidence": confidence}), 5)
    assert (found >= 0).all() and np.allclose(found.sum(axis=1), 1)


def test_noise_is_as_wide_as_stated_once_priorities_are_shares_again():
    """1/6 + .01 N over the sum of six such: .01 sqrt((5/6)² + 5 (1/6)²) = .00913."""
    course = made([person(v.PROVIDER) for _ in range(400)], priorities={"noise": 0.01})
    course.priorities()
    assert course.world.actors.priorities.std() == pytest.approx(0.00913, rel=0.08)


@pytest.mark.parametrize(("control", "pull"), [(0.0, 0.06), (0.5, 0.06 * 1.6), (1.0, 0.06 * 2.2)])
def test_managers_in_control_follow_national_aims_the_more_and_nobody_else_does(control, pull):
    kinds = [v.GP, v.PCT_STAFF, v.PATIENT_GROUP, v.POLICY_BODY]
    course = made([person(kind, priorities=FAR) for kind in kinds], priorities={**CALM, "control_pull": 1.2})
    course.world.ccgs.needs, course.world.nation.priorities = TILTED, LEVEL
    course.world.ccgs.manager_control = control
    expected = [FAR + p * (aim - FAR) for p, aim in ((0.06, TILTED), (pull, LEVEL), (0.06, TILTED), (0.06, LEVEL))]
    assert after(course) == pytest.approx(np.stack(expected))
