"""Insecurity: PCT staff withhold and leave before abolition, and only then; trust falls with refusals and mends."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import made, person

from ccgsim.foundation import vocabulary as v
from ccgsim.processes.insecurity import insecurity_of_staff, trust_after, withheld
from ccgsim.world.happenings import abolish_pct

share = st.floats(0, 1)
STAYING = {"exits": 0.0}


def with_staff(*staff, month=40, english=1, **insecurity):
    """A GP and PCT staff at a month of English dates."""
    course = made([person(), *staff], insecurity={**STAYING, **insecurity})
    course.world.clock.month, course.world.clock.english = month, english
    return course


def test_insecurity_is_half_grown_at_its_onset():
    assert insecurity_of_staff(4.0, 4.0, 4.0) == 0.5
    assert insecurity_of_staff(8.0, 4.0, 4.0) == pytest.approx(1 / (1 + math.exp(-1)))


@given(st.floats(0, 140), st.floats(0, 140))
def test_insecurity_grows_until_abolition(month, later):
    first, second = sorted((month, later))
    assert 0 <= insecurity_of_staff(first, 4.0, 4.0) <= insecurity_of_staff(second, 4.0, 4.0) <= 1


def test_what_is_withheld_by_hand():
    assert withheld(0.5, 0.25, 0.2, 0.8) == pytest.approx(0.8 * 0.5 * 0.75 * 0.8)


@given(share, share, share, share)
def test_sharing_a_building_and_a_safe_job_leave_nothing_to_withhold(insecurity, colocation, security, withholding):
    held = withheld(insecurity, colocation, security, withholding)
    assert 0 <= held <= withholding
    assert withheld(insecurity, 1.0, security, withholding) == withheld(insecurity, colocation, 1.0, withholding) == 0


def test_trust_by_hand():
    assert trust_after(0.6, 0.5, 0.0, 0.05, 0.1, 0.3) == pytest.approx(0.6 + 0.05 * 0.15)
    assert trust_after(0.6, 0.5, 2.0, 0.05, 0.1, 0.3) == pytest.approx(0.6 + 0.05 * 0.15 - 0.1)


@given(st.floats(0.3, 1), share, st.floats(0, 5))
def test_trust_stays_between_its_floor_and_1_and_never_gains_by_a_refusal(trust, colocation, refused):
    after = trust_after(trust, colocation, refused, 0.05, 0.1, 0.3)
    assert 0.3 <= after <= 1
    assert after <= trust_after(trust, colocation, 0.0, 0.05, 0.1, 0.3)


def test_trust_without_refusals_tends_to_its_norm():
    course = with_staff(person(v.PCT_STAFF))
    course.world.ccgs.trust, course.world.ccgs.colocation = 0.3, 0.4
    for _ in range(400):
        course.insecurity()
    assert course.world.ccgs.trust[0] == pytest.approx(0.7)


def test_staff_withhold_by_their_own_security_and_pairing_halves_it():
    staff = [person(v.PCT_STAFF, security=s, sheltered=h) for s, h in ((0.0, 0.0), (0.5, 0.0), (0.0, 0.5))]
    course = with_staff(*staff)
    course.insecurity()
    insecurity = course.world.nation.insecurity[0]
    assert insecurity == pytest.approx(1, abs=1e-3)
    assert course.world.actors.withheld[1:] == pytest.approx([0.8 * insecurity, 0.4 * insecurity, 0.4 * insecurity])
    assert course.world.ccgs.withheld[0] == pytest.approx(1.6 * insecurity / 3)


def test_practice_managers_are_outside_insecurity():
    course = with_staff(person(v.PCT_STAFF, employer=v.PRACTICE), exits=0.2)
    for _ in range(100):
        course.insecurity()
    assert course.world.actors.withheld[1] == 0 and course.world.actors.active[1] == 1


@pytest.mark.parametrize("case", ["no calendar", "abolished"])
def test_nobody_withholds_or_leaves_without_calendar_or_after_abolition(case):
    course = with_staff(*[person(v.PCT_STAFF)] * 50, english=int(case == "abolished"), exits=0.2)
    if case == "abolished":
        abolish_pct(course.world)
    for _ in range(12):
        course.insecurity()
    actors = course.world.actors
    assert actors.active.all() and not actors.withheld.any()
    assert course.world.ccgs.withheld[0] == 0


def test_two_staff_in_five_leave_before_abolition():
    staff = 3000
    course = with_staff(*[person(v.PCT_STAFF)] * staff, exits=0.018)
    for month in range(28):
        course.world.clock.month = course.world.clock.luck_month = month
        course.insecurity()
    expected = 1 - math.exp(-0.018 * 28)
    left = 1 - course.world.actors.active[1:].mean()
    assert expected == pytest.approx(0.4, abs=0.01)
    assert abs(left - expected) <= 4.5 * math.sqrt(expected * (1 - expected) / staff)


def test_board_officers_stay_until_their_seat_changes_hands():
    course = with_staff(*[person(v.PCT_STAFF, board=True)] * 50, exits=0.2)
    for month in range(28):
        course.world.clock.luck_month = month
        course.insecurity()
    assert course.world.actors.active.all()


def test_at_abolition_staff_change_employer_and_everyone_else_knows_less_of_commissioning():
    knowing = [0.5] * 9
    course = with_staff(
        person(v.PCT_STAFF, knowledge=knowing, withheld=0.4),
        person(v.PCT_STAFF, knowledge=knowing, employer=v.PRACTICE),
        person(v.PROVIDER, knowledge=knowing),
    )
    course.world.actors.knowledge[0] = knowing
    abolish_pct(course.world)
    actors = course.world.actors
    assert actors.knowledge[:, v.COMMISSIONING].tolist() == [0.4, 0.5, 0.5, 0.4]
    assert (actors.knowledge[:, [0, 2, 3, 4, 5, 6, 7, 8]] == 0.5).all()
    assert actors.employer[1:3].tolist() == [v.CCG, v.PRACTICE]
    assert not actors.withheld.any() and actors.active.all()
