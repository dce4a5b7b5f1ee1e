"""What happens at a date does what it says: parameters, exits, abolition, seats and the levers on them."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from worlds import begun, run_for

from ccgsim.foundation import tables
from ccgsim.foundation import vocabulary as v
from ccgsim.measures.betweenness import most_central_board_member
from ccgsim.scenario.events import ACTS, LEVERS, Event
from ccgsim.scenario.parameters import dated_parameters
from ccgsim.world import happenings
from ccgsim.world.build import EACH_CCG
from tests.runs.dated import STEADY, lever, ready


def test_every_act_and_lever_that_a_file_may_name_can_happen():
    assert set(happenings._ACTS) == set(ACTS)
    assert set(happenings._LEVERS) == {name for name, lever in LEVERS.items() if not lever.sets}


# Parameters
def test_set_changes_the_numbers_that_rules_read():
    world = ready()
    happenings.happen(world, Event(0, "set", {"ties.closure": 0.5, "turnover.term": 48}))
    assert (world.rules[0].ties.closure, world.rules[0].turnover.term) == (0.5, 48)
    assert world.rules[0].ties.silo == world.scenario.ties.silo


def test_set_changes_what_is_a_state_of_each_ccg():
    world = ready()
    for name, column in EACH_CCG.items():
        happenings.happen(world, Event(0, "set", {name: 0.25}))
        assert world.ccgs[column].tolist() == [0.25], name


def test_every_state_of_a_ccg_that_may_be_declared_has_its_column():
    assert set(EACH_CCG.values()) <= set(tables.new(tables.CCGS, 0).dtype.names)


def test_every_dated_parameter_can_be_set_to_its_bounds():
    world = ready()
    for name, quantity in dated_parameters().items():
        for bound in (quantity.low, quantity.high):
            happenings.set_parameters(world, {name: bound})
    assert world.rules[0].ties.closure == 0.6


@pytest.mark.parametrize("name", [name for name, declared in LEVERS.items() if declared.sets])
def test_levers_that_are_parameters_set_them(name):
    world, sets = ready(), LEVERS[name].sets
    lever(world, name, value=0.2)
    assert world.ccgs[EACH_CCG[sets]][0] == 0.2


def test_an_announcement_unsettles_policy_at_once():
    quiet, told = (begun(4, policy={"noise": 0.0}) for _ in range(2))
    happenings.announce(told.world, 0.25)
    for course in (quiet, told):
        course.step()
    assert told.world.nation.uncertainty[0] == pytest.approx(quiet.world.nation.uncertainty[0] + 0.25)


# People and seats
def test_the_most_central_member_leaves():
    world = ready()
    top = most_central_board_member(world, 0)
    happenings.broker_leaves(world, 1)
    assert not (world.seats.holder == top).any() and (world.seats.holder < 0).sum() == 1
    assert world.actors.board[world.row_of(top)] == 0 and world.ccgs.exits[0] == 1


def test_brokers_leave_one_after_the_other_until_nobody_is_left():
    world = ready()
    happenings.broker_leaves(world, 3)
    assert (world.seats.holder < 0).sum() == 3
    happenings.broker_leaves(world, 60)
    assert (world.seats.holder < 0).all() and not world.actors.board.any()
    run = begun(4, turnover=STEADY)
    run.world = world
    run_for(run, 6)
    assert (world.seats.holder >= 0).any()


def test_a_lead_who_leaves_no_longer_speaks_for_the_locality():
    course = begun(4, turnover=STEADY)
    world = course.world
    world.actors.brokerage[world.localities.lead[0]] = 50
    seat = int(np.flatnonzero(world.seats.locality == 0)[0])
    course.events = {0: [Event(0, "remove_seat", {"role": "locality lead", "kind": "GP"})]}
    assert world.seats.role[seat] == v.LOCALITY_LEAD
    course.happenings()
    assert world.localities.lead.tolist() == [-1]


def test_abolition_by_event_comes_before_its_date_and_once():
    course = begun(4, turnover=STEADY, events=[{"month": 2, "abolish_pct": True}])
    run_for(course, 2)
    known = course.world.actors.knowledge[:, v.COMMISSIONING].copy()
    course.happenings()
    others = course.world.actors.kind != v.PCT_STAFF
    assert course.world.nation.abolished[0] == 1
    assert course.world.actors.knowledge[others, v.COMMISSIONING] == pytest.approx(0.8 * known[others])
    assert not (course.world.actors.employer == v.PCT).any()
    course.world.clock.month = 28
    before = course.world.actors.knowledge.copy()
    course.happenings()
    assert (course.world.actors.knowledge == before).all()  # no second abolition; the statutory seats come
    assert course.world.seats.role[-1] == v.SECONDARY_CARE_DOCTOR


@pytest.mark.parametrize(
    ("name", "role", "kind"),
    [
        ("provider_seat", v.SECONDARY_CARE_DOCTOR, v.PROVIDER),
        ("nurse_seat", v.NURSE_SEAT, v.NURSE),
        ("patient_seat", v.LAY_MEMBER, v.PATIENT_GROUP),
    ],
)
def test_levers_add_seats_that_newcomers_fill(name, role, kind):
    world = ready()
    people, seats = len(world.actors), Counter(world.seats.role.tolist())
    lever(world, name, count=2)
    assert Counter(world.seats.role.tolist()) == seats + Counter({role: 2})
    assert len(world.actors) == people + 2 and world.ccgs.seats[0] == sum(seats.values()) + 2
    for seat in world.seats[-2:]:
        me = world.actors[world.row_of(int(seat.holder))]
        assert (me.kind, me.role, me.board) == (kind, role, 1)


def test_a_seat_for_a_gp_is_taken_by_one_from_the_frontline():
    world = ready()
    people, gps = len(world.actors), world.actors.board[world.actors.kind == v.GP].sum()
    happenings.add_seat(world, {"role": "GP member", "kind": "GP"})
    assert len(world.actors) == people and world.actors.board[world.actors.kind == v.GP].sum() == gps + 1


def test_an_officers_post_may_go_to_a_gp():
    world = ready()
    happenings.remove_seat(world, {"role": "accountable officer", "kind": "PCTStaff"})
    happenings.add_seat(world, {"role": "accountable officer", "kind": "GP"})
    officer = world.actors[world.actors.role == v.ACCOUNTABLE_OFFICER]
    assert officer.kind.tolist() == [v.GP] and officer.board.tolist() == [1]


def test_a_seat_removed_frees_its_holder_and_leaves_no_vacancy():
    world = ready()
    seats, holder = len(world.seats), int(world.seats.holder[world.seats.role == v.CHAIR][0])
    happenings.remove_seat(world, {"role": "chair", "kind": "GP"})
    assert len(world.seats) == world.ccgs.seats[0] == seats - 1 and (world.seats.holder >= 0).all()
    assert world.actors.board[world.row_of(holder)] == 0 and len(world.parked) == 0
    for row, seat in enumerate(world.seats):
        assert world.actors.seat[world.row_of(int(seat.holder))] == row
    happenings.remove_seat(world, {"role": "chair", "kind": "GP"})  # there is none
    assert len(world.seats) == seats - 1


def test_a_seat_can_be_added_to_a_board_that_has_lost_all():
    world = ready()
    while len(world.seats):
        role, kind = int(world.seats.role[0]), int(world.seats.kind[0])
        happenings.remove_seat(world, {"role": v.ROLES[role], "kind": v.KINDS[kind]})
    happenings.add_seat(world, {"role": "chair", "kind": "GP"})
    assert world.seats.number.tolist() == [0] and world.actors.board.sum() == 1


def test_the_most_capable_quarter_give_less_once():
    world = ready()
    before, gps = world.actors.participation.copy(), world.actors.kind == v.GP
    happenings.lower_participation(world, {"of": "top_quartile", "by": 0.15})
    cut = before - world.actors.participation
    able = gps & (world.actors.capability >= np.quantile(world.actors.capability[gps], 0.75))
    assert cut[able] == pytest.approx(np.minimum(0.15, before[able])) and not cut[~able].any()
    assert 0.2 <= able.sum() / gps.sum() <= 0.35
