"""Reorganisations: who goes, who fears to go, who leads two boards, and what stays with those who have moved."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from englands import little_england
from worlds import begun, run_for, small

import ccgsim
from ccgsim.course import Course
from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.problems import Problems
from ccgsim.report.drawing.marks import marks_of
from ccgsim.scenario.events import Event
from ccgsim.world import happenings, reorganisation
from ccgsim.world.state import World

STEADY = {"base": 0.0, "migration": 0.0, "not_standing": 0.0, "vacancy": 1.0}
STAFF = {"pct_least": 21, "pct_most": 21}


def staffed(*events: Any, **sections: Any) -> Course:
    """A small world without national dates, with twenty-one staff and a board that nobody leaves."""
    given = {"turnover": STEADY, "people": STAFF, "insecurity": {"exits": 0.0}} | sections
    return begun(4, calendar="none", months=40, events=list(events), **given)


def staff_of(world: World) -> set[int]:
    return set(world.actors.key[reorganisation._staff(world)].tolist())


def cut(month: int, **how: Any) -> dict[str, Any]:
    return {"month": month, "cut_staff": how}


# Staff cut
@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 1.0])
def test_a_share_of_the_staff_goes_in_the_month_of_the_cut_and_nobody_before(share):
    course = staffed(cut(1, share=share, after=3))
    before = staff_of(course.world)
    assert staff_of(run_for(course, 4).world) == before
    left = staff_of(run_for(course, 1).world)
    assert left < before or share == 0
    assert len(left) == len(before) - round(share * len(before))


def test_those_who_have_left_of_themselves_count_towards_the_cut():
    course = staffed(cut(0, share=0.5, after=8), insecurity={"exits": 0.1})
    before = staff_of(course.world)
    early = staff_of(run_for(course, 8).world)
    assert 0 < len(before) - len(early) < round(0.5 * len(before))
    assert len(staff_of(run_for(course, 1).world)) == len(before) - round(0.5 * len(before))


def test_staff_withhold_from_the_notice_to_the_cut_by_their_risk():
    held = {}
    for share in (0.0, 0.3, 0.6):
        course = staffed(cut(2, share=share, after=6))
        held[share] = [float(run_for(course, 1).world.ccgs.withheld[0]) for _ in range(10)]
    assert not any(held[0.0])
    for share in (0.3, 0.6):
        assert not any(held[share][:2]) and all(each > 0 for each in held[share][2:8]) and not any(held[share][8:])
        assert held[share][2:8] == sorted(held[share][2:8])
    assert held[0.6][4] == pytest.approx(2 * held[0.3][4])


def test_a_cut_of_everybody_frightens_as_the_abolition_of_a_pct_does():
    course, pct = staffed(cut(0, share=1.0, after=30)), begun(4, people=STAFF, turnover=STEADY)
    for _ in range(5):
        run_for(course, 1), run_for(pct, 1)
        assert course.world.nation.insecurity[0] == pct.world.nation.insecurity[0] > 0


def test_staff_in_one_building_with_the_board_withhold_nothing():
    apart, together = (staffed(cut(0, share=0.5), site={"colocation": c}) for c in (0.0, 1.0))
    assert run_for(apart, 6).world.ccgs.withheld[0] > 0 == run_for(together, 6).world.ccgs.withheld[0]


def test_what_others_know_of_commissioning_loses_worth_by_the_part_that_went():
    course = staffed(cut(1, share=0.5, after=2))
    world = run_for(course, 3).world
    known = world.actors.knowledge[:, v.COMMISSIONING].copy()
    others = world.actors.kind != v.PCT_STAFF
    reorganisation.make_cut(world)
    left = 1 - 0.5 * (1 - float(world.rules[0].insecurity.devaluation))
    assert left < 1 and world.actors.knowledge[others, v.COMMISSIONING] == pytest.approx(left * known[others])
    assert (world.actors.knowledge[~others, v.COMMISSIONING] == known[~others]).all()


def test_the_ties_of_those_who_went_end():
    course = staffed(cut(1, share=0.5, after=2))
    before = staff_of(course.world)
    world = run_for(course, 4).world
    gone = before - staff_of(world)
    assert gone and not set(world.ties.source_key.tolist() + world.ties.target_key.tolist()) & gone


def test_a_cut_without_notice_comes_at_once_and_frightens_nobody():
    course = staffed(cut(2, share=0.5, after=0))
    before = len(staff_of(run_for(course, 2).world))
    run_for(course, 1)
    assert len(staff_of(course.world)) == before - round(0.5 * before) and course.world.ccgs.withheld[0] == 0


def test_after_abolition_former_staff_fear_a_cut_too():
    course = staffed({"month": 0, "abolish_pct": True}, cut(2, share=0.5, after=6))
    assert run_for(course, 2).world.ccgs.withheld[0] == 0
    assert run_for(course, 3).world.actors.withheld.max() > 0
    assert run_for(course, 5).world.actors.withheld.max() == 0


# Functions moved
def test_who_moves_keeps_knowledge_and_ties_and_is_reached_as_the_other_body():
    course = staffed()
    world, before = course.world, staff_of(course.world)
    known, ties = world.actors.knowledge.copy(), world.ties.copy()
    happenings.happen(world, Event(0, "move_functions", {"share": 0.5, "to": "regional"}))
    moved = before - staff_of(world)
    rows = world.rows_of(np.array(sorted(moved)))
    assert len(moved) == round(0.5 * len(before))
    assert set(world.actors.category[rows]) == {v.TO_REGIONAL} and set(world.actors.employer[rows]) == {v.OTHER_BODY}
    assert (world.actors.knowledge == known).all() and (world.ties == ties).all()


def test_who_has_moved_fears_no_cut_and_takes_no_office():
    course = staffed({"month": 0, "move_functions": {"share": 1.0}}, cut(1, share=1.0, after=3))
    world = run_for(course, 3).world
    assert world.ccgs.exits[0] == 0 and not staff_of(world)
    assert not world.actors.withheld[world.actors.employer == v.OTHER_BODY].any()
    officer = int(np.flatnonzero(world.seats.role == v.ACCOUNTABLE_OFFICER)[0])
    happenings.seats.vacate(world, np.array([officer]))
    run_for(course, 6)
    assert course.world.seats.holder[officer] == -1


# One officer, one board
def officer_of(world: World, ccg: int = 0) -> tuple[int, int]:
    """Row and key of a CCG's accountable officer."""
    [seat] = reorganisation._officer_seats(world, ccg).tolist()
    key = int(world.seats.holder[seat])
    return world.row_of(key), key


def test_an_officer_of_two_boards_has_half_her_reach_for_each_and_so_has_whoever_follows():
    world = staffed().world
    (row, key), seat = officer_of(world), reorganisation._officer_seats(world, 0)
    reach, standing = float(world.actors.brokerage[row]), float(world.seats.standing[seat[0]])
    happenings.happen(world, Event(0, "cluster", {"share": 0.5, "officer": "own"}))
    assert officer_of(world)[1] == key and world.actors.brokerage[row] == reach / 2
    assert world.seats.standing[seat[0]] == standing / 2
    happenings.seats.vacate(world, seat)
    assert world.actors.brokerage[world.row_of(key)] == pytest.approx(reach / standing)


def test_the_neighbours_officer_is_somebody_new_on_this_board():
    course = staffed()
    key = officer_of(course.world)[1]
    happenings.happen(course.world, Event(0, "cluster", {"share": 0.5, "officer": "neighbour"}))
    world = course.world
    row, new = officer_of(world)
    assert new != key and world.actors.employer[row] == v.PCT and world.actors.board[world.row_of(key)] == 0
    run_for(course, 2)


def test_of_several_boards_pairs_share_the_larger_ones_officer():
    course = Course(little_england(collaboration={"mergers": 0.0}), 2)
    happenings.happen(course.world, Event(0, "cluster", {"share": 0.5, "officer": "own"}))
    ccgs = course.world.ccgs
    followers = np.flatnonzero(ccgs.officer_from >= 0)
    assert len(followers) == 2
    for ccg in followers.tolist():
        lead = int(ccgs.officer_from[ccg])
        assert ccgs.population[lead] >= ccgs.population[ccg] and ccgs.officer_from[lead] == -1
        assert len(reorganisation._officer_seats(course.world, ccg)) == 0
        assert len(reorganisation._officer_seats(course.world, lead)) == 1
    run_for(course, 2)


def test_boards_merge_by_an_event_as_they_do_in_april():
    event = {"month": 2, "merge_boards": {"ccg": 0, "into": 1}}
    course = run_for(Course(little_england(collaboration={"mergers": 0.0}, events=[event]), 2), 3)
    ccgs = course.world.ccgs
    assert ccgs.merged_into.tolist() == [1, -1, -1, -1] and ccgs.first[0] == ccgs.last[0]


@pytest.mark.parametrize(
    ("world", "pair", "rule"),
    [
        (small, {"ccg": 0, "into": 1}, "needs several CCGs"),
        (little_england, {"ccg": 1, "into": 1}, "must name two CCGs"),
        (little_england, {"ccg": 0, "into": 9}, "must be numbers below england.ccgs = 4"),
    ],
)
def test_mergers_that_cannot_be_are_refused_at_load(world, pair, rule):
    with pytest.raises(Problems, match=rule):
        world(events=[{"month": 2, "merge_boards": pair}])


def test_a_cut_may_stand_in_a_calendar(tmp_path):
    (tmp_path / "mine.csv").write_text("what,month,size\ncut staff,2,0.5\ncluster,3,\n", encoding="utf-8")
    world = ccgsim.load("site_f").with_(calendar=str(tmp_path / "mine.csv"), months=24)
    assert [(event.act, event.value) for event in world.events] == [
        ("cut_staff", {"share": 0.5, "after": 9}),
        ("cluster", {"share": 0.5, "officer": "own"}),
    ]


def test_figures_mark_the_notice_and_the_cut():
    world = small(events=[cut(2, share=0.5, after=6)], calendar="none")
    marks = dict(marks_of(world.resolved(), 24))
    assert marks == {2: "cut staff, share 0.5, after 6", 8: "the staff cut comes"}
    assert list(dict(marks_of(world.resolved(), 6))) == [2]
