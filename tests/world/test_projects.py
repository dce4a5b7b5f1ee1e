"""Projects that a scenario begins at a date, and funding that it withdraws."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from worlds import begun, run_for

from ccgsim import Problems
from ccgsim.foundation import vocabulary as v
from ccgsim.processes.projects.redesign import address
from ccgsim.scenario.events import read
from ccgsim.world import happenings
from ccgsim.world.state import World

STILL = {"birth": 0.0, "advance": 0.0, "fail": 0.0, "override": 0.0, "decay": 0.0, "wear": 0.0}
TWO_LOCALITIES = {"practices": 10, "localities": 2}


def ready(**sections: Any) -> World:
    """A small world at month 0 in which no project is born or moves."""
    return begun(4, redesign=STILL, **sections).world


def begin(world: World, **fields: Any) -> None:
    """Begin a project as an event of a scenario would."""
    (event,), faults = read([{"month": world.month, "begin_project": fields}])
    assert not faults
    happenings.happen(world, event)


def test_a_project_begins_in_the_strategic_arena_with_a_champion_of_its_origin():
    world = ready()
    begin(world, pathway="gynaecology", origin="programme board")
    (project,) = world.projects
    assert (v.PATHWAYS[project.pathway], v.ORIGINS[project.origin]) == ("gynaecology", "programme board")
    assert (project.arena, project.started, project.approved, project.live) == (v.STRATEGIC, 0, -1, -1)
    champion = world.actors[project.champion_row]
    assert champion.key == project.champion and champion.kind == v.GP and champion.board == 1


def test_a_project_remembers_the_reach_of_a_champion_with_a_seat_and_none_of_one_without():
    world = ready()
    world.actors.brokerage = 0.5 + np.arange(len(world.actors)) / 100
    begin(world, pathway="gynaecology", origin="programme board")
    begin(world, pathway="mental health", origin="outside")
    seated, outside = world.projects
    assert seated.reach == world.actors.brokerage[seated.champion_row] > 0.5
    assert outside.reach == 0.0
    world.actors.brokerage *= 3.0  # what she gains later does not count
    assert world.projects.reach[0] == seated.reach


def test_a_frontline_project_has_a_champion_of_its_locality():
    for locality in (1, 2):
        world = ready(site=TWO_LOCALITIES)
        begin(world, pathway="dermatology", origin="frontline", locality=locality)
        (project,) = world.projects
        assert world.localities.number[project.locality] == locality - 1
        assert world.actors.locality[project.champion_row] == project.locality


def test_an_idea_from_outside_is_led_by_a_provider_of_the_pathway():
    world = ready()
    begin(world, pathway="mental health", origin="outside")
    assert world.actors.sector[world.projects.champion_row[0]] in (v.MENTAL_HEALTH, v.VOLUNTARY)


def test_a_project_that_begins_live_is_used_and_seen_in_its_locality_from_that_month_on():
    course = begun(4, redesign=STILL, site=TWO_LOCALITIES)
    world, before = course.world, course.world.actors.efficacy.copy()
    begin(world, pathway="dermatology", origin="frontline", locality=2, arena="live")
    gps = world.actors.kind == v.GP
    here = gps & (world.actors.locality == world.projects.locality[0])
    assert (world.actors.efficacy[here] > before[here]).all()
    assert (world.actors.efficacy[gps & ~here] == before[gps & ~here]).all()
    run_for(course, 1)
    assert course.world.projects.live[0] == 0 and course.world.projects.adopters[0] >= 1


def test_a_second_project_has_a_list_of_adopters_of_its_own():
    course = begun(4, redesign=STILL)
    for pathway in ("dermatology", "gynaecology"):
        begin(course.world, pathway=pathway, origin="programme board", arena="live")
    run_for(course, 1)
    projects, gps = course.world.projects, int(course.world.ccgs.last_gp[0] - course.world.ccgs.first[0])
    assert projects.first_adopter.tolist() == [0, gps] and len(course.world.adoption) == 2 * gps
    assert projects.number.tolist() == [0, 1]


def test_a_project_begun_by_decree_never_shares_the_address_of_one_born_by_chance():
    world = ready()
    begin(world, pathway="dermatology", origin="data")
    born = {address(month, origin, w) for month in range(3) for origin in range(6) for w in range(8)}
    assert int(world.projects.address[0]) not in born


def test_a_locality_that_is_not_there_is_refused_and_nothing_begins():
    world = ready()
    with pytest.raises(Problems, match=r"begin_project\.locality"):
        begin(world, pathway="dermatology", origin="data", locality=99)
    assert len(world.projects) == 0


def test_withdrawn_funding_ends_open_projects_of_its_pathway_only():
    world = ready()
    for pathway in ("mental health", "mental health", "dermatology"):
        begin(world, pathway=pathway, origin="outside", arena="live")
    world.projects.outcome[0] = v.FADED
    happenings.withdraw_funding(world, {"pathway": "mental health"})
    assert world.projects.outcome.tolist() == [v.FADED, v.NOT_FUNDED, v.OPEN]
    assert world.projects.ended.tolist() == [-1, 0, -1]


@pytest.mark.parametrize(
    ("act", "key"),
    [
        ({"begin_project": {"pathway": "dermatology"}}, "origin"),
        ({"begin_project": {"pathway": "dermatologie", "origin": "data"}}, "pathway"),
        ({"begin_project": {"pathway": "dermatology", "origin": "data", "arena": "moon"}}, "arena"),
        ({"begin_project": {"pathway": "dermatology", "origin": "data", "locality": -1}}, "locality"),
        ({"withdraw_funding": {}}, "pathway"),
    ],
)
def test_an_act_with_a_fault_is_refused_by_its_key(act, key):
    _, faults = read([{"month": 1, **act}])
    assert [fault.key.rsplit(".", 1)[1] for fault in faults] == [key]


def test_what_a_project_begun_at_a_date_changes_shows_only_afterwards():
    event = {"month": 3, "begin_project": {"pathway": "gynaecology", "origin": "frontline", "arena": "live"}}
    with_it, without = begun(2, events=[event]), begun(2)
    for course in (with_it, without):
        run_for(course, 3)
    assert np.array_equal(with_it.world.actors.efficacy, without.world.actors.efficacy)
    for course in (with_it, without):
        run_for(course, 1)
    assert len(with_it.world.projects) == len(without.world.projects) + 1
