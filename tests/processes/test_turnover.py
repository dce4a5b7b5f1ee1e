"""Turnover: the overloaded and unheard leave; successors are drawn from those who fit and take over some ties."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import begun, made, person, rules

from ccgsim.foundation import vocabulary as v
from ccgsim.processes import turnover
from ccgsim.processes.turnover import mean_vacancy, rate_of_exit, rate_of_migration, wants_seat
from ccgsim.world import seats

share = st.floats(0, 1)
USUAL = rules()[0].turnover
NOBODY_LEAVES = {"base": 0.0, "migration": 0.0, "not_standing": 0.0}
FIRST_SEAT = 0


def board(*people, ties=(), month=0, **given_ones):
    """A world of these people at a month."""
    course = made(list(people), ties, turnover={**NOBODY_LEAVES, **given_ones})
    course.world.clock.month = course.world.clock.luck_month = month
    return course


def test_in_reference_conditions_the_base_rate_holds():
    assert rate_of_exit(0.6, 0.6, 0.35, USUAL) == 0.003


def test_rate_of_exit_by_hand():
    expected = 0.003 * math.exp(1.5 * 0.4 + 2 * 0.2 + 0.8 * 0.15)
    assert rate_of_exit(1.0, 0.4, 0.5, USUAL) == pytest.approx(expected)


def test_nobody_is_too_overloaded_for_the_arithmetic():
    assert math.isfinite(rate_of_exit(1e6, 0.0, 1.0, USUAL))


@given(st.floats(0, 3), share, share)
def test_load_disengagement_and_uncertainty_drive_holders_out(load, participation, uncertainty):
    p = USUAL
    rate = rate_of_exit(load, participation, uncertainty, p)
    assert rate > 0
    assert rate_of_exit(load + 0.5, participation, uncertainty, p) >= rate
    assert rate_of_exit(load, 0.0, uncertainty, p) >= rate
    assert rate_of_exit(load, participation, 1.0, p) >= rate


def test_migration_by_hand():
    assert rate_of_migration(55, 0.2, 0.5, 0.004) == pytest.approx(0.004 * 0.5 * 0.4 * 0.5)


@given(st.integers(0, 140), share, share)
def test_federations_draw_away_the_capable_and_unheard_from_2014_on(month, efficacy, capability):
    rate = rate_of_migration(month, efficacy, capability, 0.004)
    assert 0 <= rate <= rate_of_migration(139, 0.0, capability, 0.004) <= 0.004 * 0.6
    assert rate == 0 or (month > 40 and efficacy < 0.6)


@given(share)
def test_vacancies_last_longer_where_few_take_part_but_never_more_than_four_times(participation):
    assert mean_vacancy(4.0, 0.6) == mean_vacancy(4.0, 1.0) == 4.0
    assert mean_vacancy(4.0, 0.3) == pytest.approx(8.0)
    assert 4.0 <= mean_vacancy(4.0, participation) <= 16.0


@pytest.mark.parametrize(("frontline", "months"), [(0.6, 4.0), (0.3, 8.0)])
def test_seats_wait_as_long_as_the_frontlines_participation_says(frontline, months):
    """A geometric time of mean m has standard deviation sqrt(m (m - 1))."""
    w, draws = board(person(board=True), vacancy=4.0).world, 2000
    w.ccgs.frontline_participation, waited = frontline, 0
    for month in range(draws):
        w.clock.month = w.clock.luck_month = month
        waited += turnover.months_to_fill(w.seats, np.array([FIRST_SEAT]), w.ccgs, w.rules, w.clock)[0] - month
    assert waited / draws == pytest.approx(months, abs=4.5 * math.sqrt(months * (months - 1) / draws))


def fates(course) -> list[int]:
    w = course.world
    return turnover.leave(w.actors, w.ccgs, w.seats, w.rules, w.clock).tolist()


def test_without_rates_nobody_leaves_before_the_term_ends():
    course = board(*[person(board=True) for _ in range(50)], not_standing=1.0)
    for month in range(36):
        course.world.clock.month = month
        assert fates(course) == [turnover.STAYS] * 50
    course.world.clock.month = 36
    assert fates(course) == [turnover.LEAVES] * 50


def test_a_new_term_begins_for_those_who_stand_again():
    course = board(person(board=True), month=36)
    assert fates(course) == [turnover.STAYS]
    assert course.world.seats.since.tolist() == [36]


def test_holders_leave_as_often_as_their_rate():
    people, months = 200, 60
    course = board(*[person(board=True, load=0.6, participation=0.6) for _ in range(people)], base=0.02)
    left = 0
    for month in range(months):
        course.world.clock.luck_month = month
        left += sum(fates(course))
    expected, n = 1 - math.exp(-0.02), people * months
    assert abs(left / n - expected) <= 4.5 * math.sqrt(expected * (1 - expected) / n)


@pytest.mark.parametrize("english", [0, 1])
def test_only_gps_migrate_and_only_under_english_dates(english):
    people = [person(board=True, efficacy=0.0) for _ in range(60)] + [person(v.NURSE, board=True, efficacy=0.0)] * 60
    course = board(*people, migration=0.05, month=139)
    course.world.clock.english, course.world.seats.since = english, 139
    found = set()
    for month in range(10):
        course.world.clock.luck_month = month
        now = fates(course)
        found |= set(now[:60])
        assert set(now[60:]) == {turnover.STAYS}
    assert found == ({turnover.STAYS, turnover.MIGRATES} if english else {turnover.STAYS})


def test_a_gp_who_leaves_the_board_keeps_her_practice_and_her_ties_to_practices():
    people = [person(board=True), person(), person(v.PROVIDER, sector=v.ACUTE)]
    course = board(*people, ties=((0, 1, 0.5), (1, 0, 0.6), (0, 2, 0.7)))
    seats.vacate(course.world, np.array([FIRST_SEAT]))
    w = course.world
    me = w.actors[0]
    assert (me.active, me.board, me.role, me.seat) == (1, 0, v.NO_ROLE, -1)
    assert [(t.source, t.target) for t in w.ties] == [(0, 1), (1, 0)]
    assert w.parked.other_key.tolist() == [w.actors.key[2]] and w.parked.strength.tolist() == [0.7]
    assert (w.seats.holder[0], w.seats.exits[0], w.ccgs.exits[0]) == (-1, 1, 1)
    assert w.seats.fill_month[0] > w.month


def test_others_who_leave_the_board_leave_the_world():
    course = board(person(board=True), person(v.PCT_STAFF, board=True), ties=((0, 1, 0.5), (1, 0, 0.5)))
    seats.vacate(course.world, np.array([1]), np.array([True]))
    assert course.world.actors.active.tolist() == [1, 0]
    assert len(course.world.ties) == 0 and len(course.world.parked) == 2
    assert (course.world.ccgs.exits[0], course.world.ccgs.migrated[0]) == (1, 1)


@pytest.mark.parametrize(("inherit", "kept"), [(1.0, 1), (0.0, 0)])
def test_a_successor_takes_over_ties_of_the_seat_at_half_strength(inherit, kept):
    people = [person(board=True), person(participation=0.9), person(v.PROVIDER), person(v.PROVIDER)]
    course = board(*people, ties=((0, 2, 0.8), (3, 0, 0.4), (0, 3, 0.09)), inherit=inherit)
    w = course.world
    seats.vacate(w, np.array([FIRST_SEAT]))
    seats.appoint(w, np.array([FIRST_SEAT]), w.actors.key[[1]])
    expected = [(1, 2, 0.4), (3, 1, 0.2)] * kept  # half of .09 is too weak to last
    assert [(t.source, t.target, t.strength) for t in w.ties] == expected
    assert len(w.parked) == 0
    me = w.actors[1]
    assert (me.board, me.seat, me.role) == (1, 0, v.GP_MEMBER) and w.seats.holder[0] == me.key


def test_reach_that_belongs_to_a_seat_passes_to_the_successor():
    course = board(person(board=True, brokerage=12.0), person(brokerage=0.5))
    w = course.world
    w.seats.standing[FIRST_SEAT] = 4.0
    seats.vacate(w, np.array([FIRST_SEAT]))
    seats.appoint(w, np.array([FIRST_SEAT]), w.actors.key[[1]])
    assert w.actors.brokerage.tolist() == [3.0, 2.0]


def test_a_successor_fits_the_seat():
    people = [person(board=True, locality=1), person(locality=1), person(locality=0), person(active=0)]
    people += [person(v.PCT_STAFF), person(v.PCT_STAFF, employer=v.PRACTICE), person(v.NURSE)]
    w = board(*people).world
    w.actors.participation[1] = 0.8

    def wanting(**seat) -> list[float]:
        place = w.seats[0].copy()
        for name, value in seat.items():
            place[name] = value
        return [wants_seat(me, place) for me in w.actors]

    able = 4 / 7
    assert wanting(kind=v.GP) == pytest.approx([0, 0.8 * able, 0.5 * able, 0, 0, 0, 0])
    assert wanting(kind=v.GP, locality=1) == pytest.approx([0, 0.8 * able, 0, 0, 0, 0, 0])
    assert wanting(kind=v.PCT_STAFF, role=v.FINANCE_OFFICER) == pytest.approx([0, 0, 0, 0, able, 0, 0])
    assert not any(wanting(kind=v.PCT_STAFF, role=v.PRACTICE_MANAGER))  # practices send their own
    assert not any(wanting(kind=v.NURSE, role=v.NURSE_SEAT))  # nurses come from elsewhere


def test_two_seats_never_find_the_same_successor():
    course = board(person(board=True), person(board=True), person())
    w = course.world
    for seat in (0, 1):
        seats.vacate(w, np.array([seat]))
    w.actors.active[:2] = 0
    w.seats.fill_month = 0
    found = turnover.successors(w.actors, w.ccgs, w.seats, np.array([0, 1]), w.clock)
    assert sorted(found.tolist()) == [-2, 2]
    seats.fill(w)
    assert sorted(w.seats.holder.tolist()) == [-1, w.actors.key[2]]


def test_capable_gps_who_take_part_follow_more_often():
    people = [person(board=True), person(participation=0.9), person(participation=0.3)]
    course = board(*people)
    w = course.world
    seats.vacate(w, np.array([FIRST_SEAT]))
    w.actors.active[0] = 0
    draws, won = 2000, 0
    for month in range(draws):
        w.clock.luck_month = month
        won += turnover.successors(w.actors, w.ccgs, w.seats, np.array([0]), w.clock)[0] == 1
    assert abs(won / draws - 0.75) <= 4.5 * math.sqrt(0.75 * 0.25 / draws)


@pytest.mark.parametrize("role", [v.PRACTICE_MANAGER, v.NURSE_SEAT, v.LAY_MEMBER, v.SECONDARY_CARE_DOCTOR])
def test_seats_that_nobody_at_hand_can_hold_are_taken_by_newcomers(role):
    course = begun(site={"board": 14, "secondary_care": True}, turnover=NOBODY_LEAVES)
    w = course.world
    seat = int(np.flatnonzero(w.seats.role == role)[0])
    before = w.actors[w.row_of(int(w.seats.holder[seat]))].copy()
    seats.vacate(w, np.array([seat]))
    w.seats.fill_month[seat] = w.month
    seats.fill(w)
    holder = w.actors[w.row_of(int(w.seats.holder[seat]))]
    assert holder.key != before.key and holder.role == role
    for column in ("kind", "employer", "category", "sector"):
        assert holder[column] == before[column]


def test_a_seat_changes_hands_over_the_months_and_keeps_its_role():
    course = begun(turnover={"base": 0.05, "vacancy": 1.0})
    w = course.world
    roles = w.seats.role.tolist()
    for _ in range(27):  # before the statutory seats of abolition
        course.step()
        held = w.seats[w.seats.holder >= 0]
        people = w.actors[[w.row_of(int(key)) for key in held.holder]]
        assert w.seats.role.tolist() == roles
        assert len(set(held.holder.tolist())) == len(held) == w.actors.board.sum()
        assert (people.board == 1).all() and (people.active == 1).all() and (people.role == held.role).all()
    assert w.seats.exits.sum() > 3
