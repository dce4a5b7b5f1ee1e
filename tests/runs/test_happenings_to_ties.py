"""What happens to ties, practices and providers at a date: pairs, second brokers, alliances, localities."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from worlds import begun, run_for, tables_of

from ccgsim import Problems
from ccgsim.foundation import tables
from ccgsim.foundation import vocabulary as v
from ccgsim.processes.projects.expertise import part_carried
from ccgsim.processes.projects.redesign import address
from ccgsim.world import happenings
from ccgsim.world.seats import newcomers, ties_between
from ccgsim.world.state import World
from tests.runs.dated import STEADY, lever, ready


def keys_of_ties(world: World) -> set[tuple[int, int]]:
    return set(zip(world.ties.source_key.tolist(), world.ties.target_key.tolist(), strict=True))


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


# Practices, slots and boards
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
