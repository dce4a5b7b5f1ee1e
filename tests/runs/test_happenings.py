"""What happens at a date does what it says: parameters, exits, abolition, seats, ties and every lever."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest
from worlds import begun, run_for, small, tables_of

from ccgsim import Problems
from ccgsim.foundation import tables
from ccgsim.foundation import vocabulary as v
from ccgsim.measures.betweenness import most_central_board_member
from ccgsim.processes.projects.expertise import part_carried
from ccgsim.processes.projects.redesign import address
from ccgsim.scenario.events import ACTS, LEVERS, Event
from ccgsim.scenario.parameters import dated_parameters
from ccgsim.world import happenings
from ccgsim.world.build import EACH_CCG
from ccgsim.world.seats import newcomers, ties_between
from ccgsim.world.state import World

STEADY = {"base": 0.0, "migration": 0.0, "not_standing": 0.0, "vacancy": 1.0}


def ready(**sections: Any) -> World:
    """A small world at month 0 whose boards do not change of themselves."""
    return begun(4, turnover=STEADY, **sections).world


def lever(world: World, name: str, **fields: Any) -> None:
    """Pull a lever as an event of a scenario would."""
    [event] = small(events=[{"month": 0, "lever": {"name": name, **fields}}]).events
    happenings.happen(world, event)


def keys_of_ties(world: World) -> set[tuple[int, int]]:
    return set(zip(world.ties.source_key.tolist(), world.ties.target_key.tolist(), strict=True))


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


# Ties
def test_ties_are_added_and_removed_by_key():
    world = ready()
    source, target = (int(key) for key in world.actors.key[[0, -1]])
    happenings.add_tie(world, {"source": source, "target": target})
    made = world.ties[(world.ties.source_key == source) & (world.ties.target_key == target)]
    assert made.strength.tolist() == [0.3]
    happenings.add_tie(world, {"source": source, "target": target})
    assert len(world.ties) == len(keys_of_ties(world))
    happenings.remove_tie(world, {"source": source, "target": target})
    assert (source, target) not in keys_of_ties(world)


@pytest.mark.parametrize("end", ["source", "target"])
def test_a_tie_of_somebody_unknown_is_refused_and_changes_nothing(end):
    world = ready()
    before = tables_of(world)
    with pytest.raises(Problems, match=f"add_tie.{end}"):
        happenings.add_tie(world, {"source": int(world.actors.key[0]), "target": int(world.actors.key[1]), end: 2**31})
    happenings.remove_tie(world, {"source": 5, "target": 2**31})
    assert tables_of(world) == before


def test_pairing_holds_ties_both_ways_and_makes_the_manager_safer():
    course = begun(4, turnover=STEADY, insecurity={"exits": 0.0})
    world = course.world
    lever(world, "pairing", value=1.0)
    held = world.ties[world.ties.held_at > 0]
    gps = world.actors.key[(world.actors.kind == v.GP) & (world.actors.board == 1)]
    pairs = set(zip(held.source_key.tolist(), held.target_key.tolist(), strict=True))
    assert {(j, i) for i, j in pairs} == pairs
    seekers = {i for i, _ in pairs} & set(gps.tolist())
    staff = {j for i, j in pairs if i in seekers}
    assert seekers == set(gps.tolist()) and len(staff) == len(gps)
    assert (world.actors.sheltered[[world.row_of(key) for key in staff]] == 0.5).all()
    assert (held.strength >= 0.5).all()
    assert (world.actors.board[held.source] + world.actors.board[held.target] == 1).all()
    for _ in range(12):
        course.step()
        assert pairs <= keys_of_ties(world) and (world.ties.strength[world.ties.held_at > 0] >= 0.5).all()
    lever(world, "pairing", value=0.0)
    assert not world.ties.held_at.any() and not world.actors.sheltered.any()


def test_a_second_broker_takes_up_half_of_the_outside_advisers_of_the_first():
    world = ready()
    outside = (world.actors.board[world.ties.source] == 1) & (world.actors.board[world.ties.target] == 0)
    count = Counter(world.ties.source_key[outside].tolist())
    before = keys_of_ties(world)
    lever(world, "second_broker", share=0.5)
    [(top, most)] = count.most_common(1)
    new = keys_of_ties(world) - before
    assert len({i for i, _ in new}) == 1 and top not in {i for i, _ in new}
    assert 0 < len(new) <= round(most / 2) and {(top, j) for _, j in new} <= before


def test_a_second_broker_comes_to_reach_half_as_far_as_the_first_and_carries_half_of_what_she_carried():
    world = ready()
    world.actors.brokerage[world.actors.board == 1] = 1.0
    before = keys_of_ties(world)
    top = Counter(i for i, j in before if world.actors.board[world.row_of(i)] > world.actors.board[world.row_of(j)])
    world.actors.brokerage[world.row_of(top.most_common(1)[0][0])] = 6.0
    lever(world, "second_broker", share=0.5)
    raised = np.sort(world.actors.brokerage[world.actors.board == 1])
    assert raised[-3:].tolist() == [1.0, 3.0, 6.0]
    assert part_carried(6.0, raised[-2], 1.0) == 0.5


def test_nobody_can_be_a_second_broker_on_a_board_of_one():
    world = ready()
    before = keys_of_ties(world)
    happenings.broker_leaves(world, len(world.seats) - 1)
    left = keys_of_ties(world)
    lever(world, "second_broker", share=1.0)
    assert world.actors.board.sum() == 1 and keys_of_ties(world) == left < before


def test_ties_are_found_by_their_ends():
    world = ready()
    ends = np.array([world.ties.source[3], 0]), np.array([world.ties.target[3], 0])
    assert ties_between(world, *ends).tolist() == [3, -1]
    world.ties = world.ties[:0]
    assert ties_between(world, *ends).tolist() == [-1, -1]


def test_coaching_raises_the_reach_of_those_who_reach_furthest():
    world = ready()
    before, members = world.actors.brokerage.copy(), world.actors.board == 1
    lever(world, "coaching", value=0.5, count=2)
    raised = world.actors.brokerage / before
    assert sorted(raised.tolist(), reverse=True)[:3] == [1.5, 1.5, 1.0]
    assert set(before[raised > 1].tolist()) == set(sorted(before[members].tolist())[-2:])


def test_an_alliance_joins_the_providers_of_its_pathway_until_it_ends():
    world = ready()
    lever(world, "alliance", pathway="mental health", months=6)
    allied = world.actors.allied_until > 0
    assert set(world.actors.sector[allied].tolist()) == {v.MENTAL_HEALTH, v.VOLUNTARY}
    assert set(world.actors.allied_until[allied].tolist()) == {6}


# The rest
def test_executive_support_gives_slots():
    world = ready(site={"executive_support": False})
    assert world.ccgs.executive_support[0] == 0
    lever(world, "executive_support")
    assert world.ccgs.executive_support[0] == 1


def test_localities_regroup_practices_under_leads_of_the_board():
    course = begun(4, turnover=STEADY, redesign={"birth": 0.5, "slots": 20})
    world = run_for(course, 12).world
    assert len(world.projects) > 0
    lever(world, "localities", count=2)
    gps = world.actors[world.actors.kind == v.GP]
    assert len(world.localities) == world.ccgs.localities[0] == 2
    assert gps.locality.tolist() == (gps.practice * 2 // 10).tolist()
    assert world.localities.practices.tolist() == np.bincount(gps.locality).tolist()
    assert world.projects.locality.max() < 2
    led = world.seats[world.seats.locality >= 0]
    assert len(led) == 2 and set(led.role.tolist()) == {v.LOCALITY_LEAD}
    for seat in led:
        row = world.row_of(int(seat.holder))
        assert world.actors.role[row] == v.LOCALITY_LEAD and world.localities.lead[seat.locality] == row
    for place in world.localities:
        here = gps[gps.locality == place.number]
        assert place.participation == pytest.approx(here.participation.mean())
    run_for(course, 6)


def test_practices_may_refuse_again_after_opt_in():
    world = ready(redesign={"mandate": 0.1})
    assert world.ccgs.mandate[0] == 0.1
    world.ccgs.mandated = 20
    lever(world, "opt_in")
    assert (world.ccgs.mandate[0], world.ccgs.mandated[0]) == (0, 0)


def test_a_shortage_takes_capacity_and_leaves_participation():
    course = begun(4, turnover=STEADY)
    world = course.world
    acute = world.actors.sector == v.ACUTE
    before = run_for(begun(4, turnover=STEADY), 1).world.actors.participation
    lever(world, "shortage", sector="acute", value=0.4)
    assert (world.actors.capacity[acute] == 0.6).all() and (world.actors.capacity[~acute] == 1).all()
    course.step()
    assert (world.actors.participation == before).all()
    lever(world, "shortage", sector="acute", value=0.5)
    assert world.actors.capacity[acute] == pytest.approx(0.3)


@pytest.mark.parametrize("event", ["pairing", "second_broker", "coaching"])
def test_levers_on_an_empty_board_do_nothing(event):
    world = ready()
    happenings.broker_leaves(world, 60)
    fields = {"pairing": {"value": 1.0}, "coaching": {"value": 0.5, "count": 1}}.get(event, {})
    lever(world, event, **fields)
    assert not world.actors.board.any()


def test_a_newcomer_among_gps_finds_room_in_the_lists_of_adoption():
    course = begun(4, turnover=STEADY)
    world = course.world
    projects = tables.new(tables.PROJECTS, 2)
    projects.first_adopter, projects.arena, projects.live = [0, 10], v.LIVE, 0
    projects.champion, projects.address = world.actors.key[0], [address(0, 0, 0), address(0, 0, 1)]
    world.projects, world.adoption = projects, np.arange(20)
    newcomers(world, np.array([0]), np.array([v.GP]))
    assert world.projects.first_adopter.tolist() == [0, 11]
    assert world.adoption.tolist() == [*range(10), 0, *range(10, 20), 0]
    assert world.ccgs.last_gp[0] == 11
