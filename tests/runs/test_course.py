"""The course of a world: a settled start, a month in its order, events that show in the next row, states in range."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import numpy as np
import pytest
from worlds import begun, run_for, small

from ccgsim import Problems, load
from ccgsim.course import Course
from ccgsim.foundation import vocabulary as v
from ccgsim.run import series_of
from ccgsim.scenario.scenario import names
from ccgsim.world.build import build
from ccgsim.world.state import World

IN_ORDER = [
    "happenings",
    "policy",
    "insecurity",
    "ties",
    "knowledge",
    "priorities",
    "transparency",
    "stepping_in",
    "engagement",
    "turnover",
    "redesign",
    "finance",
    "collaboration",
    "rating",
]  # written out: a step that is dropped or moved in processes/declared.py fails here
BURN_IN = {"policy", "ties", "knowledge", "priorities", "transparency", "stepping_in", "engagement"}
QUICK = ("site_a", "site_b", "site_c", "site_e", "vicious_circle")
TABLE_4 = {"site_a": [3, 18, 2, 0, 1, 1, 1, 115], "site_b": [6, 13, 2, 2, 3, 7, 3, 97]}  # by category, the board last


def calls(act: Callable[[], object]) -> list[str]:
    """The methods of a course that are called while `act` runs, listed or not, in their order."""
    noted: list[str] = []

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and isinstance(frame.f_locals.get("self"), Course):
            noted.append(frame.f_code.co_name)

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    return noted


def test_the_month_has_its_order_and_does_nothing_besides():
    course = Course(small(), 0)
    assert calls(course.step) == ["step", *IN_ORDER]


@pytest.mark.parametrize("lost", IN_ORDER)
def test_the_test_of_the_order_finds_a_step_that_is_lost_moved_or_new(lost):
    course = Course(small(), 0)
    left = {name: act for name, act in course.month.items() if name != lost}
    course.month = left
    assert calls(course.step) == ["step", *(name for name in IN_ORDER if name != lost)]
    course.month = left | {lost: getattr(course, lost)}
    assert calls(course.step) == ["step", *left, lost]


def test_before_month_0_nobody_leaves_nothing_happens_and_no_project_is_born():
    courses: list[Course] = []
    noted = [name for name in calls(lambda: courses.append(Course(small(), 0))) if name in IN_ORDER]
    course = courses[0]
    assert noted == [name for name in IN_ORDER if name in BURN_IN] * 6
    w = course.world
    assert len(w.projects) == len(w.parked) == 0 and w.actors.active.all() and not w.actors.withheld.any()
    assert (w.month, w.clock.luck_month[0], w.clock.burning[0], w.ccgs.strain[0]) == (0, 0, 0, 0)


def board_ties(world: World) -> list[tuple[int, int]]:
    """Keys of the ties that seat-holders hold."""
    held = world.ties[world.actors.board[world.ties.source] == 1]
    return list(zip(held.source_key.tolist(), held.target_key.tolist(), strict=True))


@pytest.mark.parametrize("name", ["site_a", "site_b", "site_f"])
def test_the_burn_in_holds_surveyed_ties_and_seats(name):
    scenario = load(name)
    before, after = build(scenario, 3), Course(scenario, 3).world
    assert board_ties(before) == board_ties(after)
    assert before.seats.tobytes() == after.seats.tobytes()
    assert (before.actors.knowledge != after.actors.knowledge).any()


@pytest.mark.parametrize("name", TABLE_4)
@pytest.mark.parametrize("seed", [0, 11])
def test_surveyed_sites_begin_with_exactly_the_ties_of_table_4(name, seed):
    w = Course(load(name), seed).world
    held = w.ties[w.actors.board[w.ties.source] == 1]
    category = np.where(w.actors.board[held.target] == 1, v.TO_BOARD, w.actors.category[held.target])
    assert np.bincount(category, minlength=8).tolist() == TABLE_4[name]
    first = series_of(load(name), seed, 1).iloc[0]
    assert first["board_density"] == pytest.approx(TABLE_4[name][-1] / 156)
    assert first["ties_outside"] == sum(TABLE_4[name][:-1])


def test_flow_balance_makes_the_surveyed_ties_a_resting_point():
    """Without exits and dates the mean number of ties of a year lies near the surveyed one, over 30 seeds."""
    still = load("site_b").with_(calendar="none", turnover={"base": 0.0, "not_standing": 0.0}, start={"burn_in": 12})
    found = np.array([series_of(still, seed, 12).loc[12, ["board_density", "ties_outside"]] for seed in range(30)])
    assert found[:, 0].mean() == pytest.approx(0.622, rel=0.1)
    assert found[:, 1].mean() == pytest.approx(36, rel=0.15)


def test_start_values_stand_after_the_burn_in():
    course = begun(start={"participation": 0.21, "efficacy": 0.34, "manager_control": 0.56})
    gps = course.world.actors.kind == v.GP
    assert (course.world.actors.participation[gps] == 0.21).all() and (course.world.actors.efficacy[gps] == 0.34).all()
    assert (course.world.actors.participation[~gps] != 0.21).all()
    assert course.world.ccgs.manager_control[0] == 0.56
    assert course.world.nation.uncertainty[0] == course.world.scenario.policy.uncertainty


def test_a_world_can_begin_without_burn_in():
    course = begun(start={"burn_in": 0})
    assert (course.world.ties.strength == 0.3).all()
    assert run_for(course, 3).world.month == 3


EVENTS = [
    {"month": 40, "broker_exit": 1},
    {"month": 0, "announce": 0.2},
    {"month": 1, "set": {"policy.dialogue": 0.9}},
    {"month": 7, "lever": {"name": "soft_incentive", "value": 0.2}},
    {"month": 41, "lower_participation": {"of": "top_quartile", "by": 0.5}},
    {"month": 5, "begin_project": {"pathway": "dermatology", "origin": "outside"}},
]


@pytest.mark.parametrize("event", EVENTS, ids=[f"month {event['month']}" for event in EVENTS])
@pytest.mark.parametrize("name", ["site_a", "small"])
def test_an_event_shows_first_in_the_row_after_its_month(name, event):
    scenario = small() if name == "small" else load(name)
    month = event["month"]
    without, with_it = (series_of(s, 9, month + 3) for s in (scenario, scenario.with_(events=[event])))
    assert without.loc[:month].to_numpy().tobytes() == with_it.loc[:month].to_numpy().tobytes()
    assert without.loc[month + 1].to_numpy().tobytes() != with_it.loc[month + 1].to_numpy().tobytes()


def test_headline_broker_exits_fall_in_months_24_36():
    plain, with_two = small(), small(turnover={"broker_exits": 2})
    rows = [series_of(s, 9, 38) for s in (plain, with_two)]
    assert rows[0].loc[:24].to_numpy().tobytes() == rows[1].loc[:24].to_numpy().tobytes()
    assert rows[1].loc[25, "exits"] >= 1 and rows[1].loc[37, "exits"] >= 1
    assert [event.month for event in with_two.timeline()] == [24, 36]


def test_events_of_one_month_happen_in_their_order():
    def last(*sizes: float) -> float:
        sets = [{"month": 2, "set": {"policy.dialogue": size}} for size in sizes]
        return float(run_for(begun(events=sets), 3).world.ccgs.dialogue[0])

    assert (last(0.3, 0.6), last(0.6, 0.3)) == (0.6, 0.3)


def test_abolition_changes_employers_and_adds_the_statutory_seats():
    before = run_for(Course(load("site_a"), 2), 28).world
    assert before.nation.abolished[0] == 0 and (before.actors.employer == v.PCT).any()
    roles = sorted(before.seats.role.tolist())
    after = run_for(Course(load("site_a"), 2), 29).world
    staff = after.actors[(after.actors.kind == v.PCT_STAFF) & (after.actors.active == 1)]
    assert after.nation.abolished[0] == 1 and set(staff.employer.tolist()) == {v.CCG, v.PRACTICE}
    assert sorted(after.seats.role.tolist()) == sorted([*roles, v.NURSE_SEAT, v.SECONDARY_CARE_DOCTOR])  # lay: had one
    new = after.seats[-2:]
    kinds = [after.actors[after.row_of(int(key))].kind for key in new.holder]
    assert kinds == [v.NURSE, v.PROVIDER] and after.ccgs.seats[0] == 15


def test_without_calendar_there_is_no_abolition():
    w = run_for(begun(calendar="none", turnover={"base": 0.0, "not_standing": 0.0}), 40).world
    assert w.nation.abolished[0] == 0 and w.nation.grip[0] == 0
    assert (w.actors.employer[w.actors.kind == v.PCT_STAFF] == v.PCT).all() and w.actors.active.all()
    assert len(w.seats) == 6


SHARES = ("participation", "efficacy", "capability", "withheld", "capacity", "security")
CCG_SHARES = ("uncertainty_seen", "ambiguity", "trust", "manager_control", "engagement", "benchmark", "density")
CCG_SHARES += ("cost_transparency", "strain", "withheld", "board_participation", "frontline_participation")


def check_ranges(w: World) -> None:
    """Every state lies where it may, and tables refer to what is there."""
    for column in (*SHARES, "knowledge", "priorities", "logic"):
        found = w.actors[column]
        assert np.isfinite(found).all() and (found >= 0).all() and (found <= 1).all(), column
    for column in CCG_SHARES:
        assert (w.ccgs[column] >= 0).all() and (w.ccgs[column] <= 1).all(), column
    for simplex in (w.actors.priorities, w.actors.logic, w.ccgs.needs, w.nation.logic):
        assert np.allclose(simplex.sum(axis=1), 1)
    assert (w.actors.load >= 0).all() and (w.actors.activity >= 0).all() and (w.actors.hours_used >= 0).all()
    low, high = w.rules[0].stepping_in.low, w.rules[0].stepping_in.high
    control = w.ccgs.manager_control
    assert (low <= control).all() and (control <= high).all() and 0 <= w.nation.uncertainty[0] <= 1


def check_ties(w: World) -> None:
    """Ties are strong enough to be there, single, and join two who take part in the world."""
    t = w.ties
    assert (t.strength > 0).all() and (t.strength <= 1).all() and (t.strength >= w.rules[0].ties.gone_below).all()
    assert (t.source != t.target).all()
    assert (w.actors.key[t.source] == t.source_key).all() and (w.actors.key[t.target] == t.target_key).all()
    assert (np.diff(t.source * len(w.actors) + t.target) > 0).all()  # sorted, none twice
    assert (w.actors.active[t.source] == 1).all() and (w.actors.active[t.target] == 1).all()


def check_places(w: World) -> None:
    """Seats, leads and projects refer to people who are there."""
    held = w.seats.holder[w.seats.holder >= 0]
    assert np.isin(held, w.actors.key[w.actors.board == 1]).all() and len(held) == w.actors.board.sum()
    order = np.lexsort((w.actors.key, w.actors.kind != v.GP, w.actors.ccg))
    assert (order == np.arange(len(order))).all() and len(np.unique(w.actors.key)) == len(order)
    assert (w.ccgs.last[-1], w.ccgs.seats.sum()) == (len(w.actors), len(w.seats))
    leads = w.localities.lead[w.localities.lead >= 0]
    assert (w.actors.board[leads] == 1).all()
    assert (w.projects.adopters <= w.ccgs.practices[w.projects.ccg]).all() and np.isin(w.adoption, (0, 1)).all()
    assert (w.actors.key[w.projects.champion_row] == w.projects.champion).all()
    assert np.isin(w.parked.seat, np.flatnonzero(w.seats.holder < 0)).all()


def whole_course(name: str) -> None:
    scenario = load(name)
    course = Course(scenario, 1)
    for _ in range(scenario.months):
        for check in (check_ranges, check_ties, check_places):
            check(course.world)
        course.step()
    check_ranges(course.world)


@pytest.mark.parametrize("name", QUICK)
def test_states_stay_in_their_ranges_from_beginning_to_end(name):
    whole_course(name)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(names()) - set(QUICK)))
def test_states_stay_in_their_ranges_in_every_shipped_scenario(name):
    whole_course(name)


# States at the edge
GENEROUS = {
    "insecurity": {"trust_start": 1.0, "trust_start_colocation": 1.0},
    "patients": {"structure": 1.0},
    "engagement": {"heard_floor": 1.0, "heard_span": 1.0, "patient_base": 1.0, "patient_structure": 1.0}
    | {"workload": 0.5, "workload_step": 0.3, "workload_ramp": 0.3},
    "ties": {"fading": 1.0, "growth": 0.0},
}


def test_shares_that_add_up_to_more_than_one_stop_there():
    course = begun(2, **GENEROUS)
    for month in (0, 27, 90):
        course.world.clock.month = month
        w = run_for(course, 2).world
        assert w.ccgs.trust.max() <= 1 and w.nation.workload.max() <= 1
        assert w.actors.participation.max() <= 1 and w.actors.heard.max() <= 1 and w.actors.efficacy.max() <= 1


def test_ties_held_as_surveyed_do_not_fade_away_before_month_0():
    world = begun(2, **GENEROUS).world
    assert (world.ties.strength > 0).all()


def test_a_world_without_burn_in_begins_with_all_its_means():
    world = begun(2, start={"burn_in": 0}).world
    assert world.nation.logic.sum() == pytest.approx(1)
    assert world.localities.priorities.sum(axis=1) == pytest.approx(1)


@pytest.mark.parametrize(("path", "held"), [("0.3,0.5,0.9", [0.5, 0.9]), ("0.3,1.5", None), ("much,little", None)])
def test_a_path_of_control_is_found_beside_its_file_and_lies_between_0_and_1(path, held, tmp_path, monkeypatch):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "control.csv").write_text("\n".join(["manager_control", *path.split(",")]) + "\n")
    text = 'schema = 1\nbased_on = "site_f"\n[start]\nburn_in = 0\n[ablation]\ncontrol_path = "control.csv"\n'
    (tmp_path / "sub" / "mine.toml").write_text(text)
    monkeypatch.chdir(tmp_path)
    if held is None:
        with pytest.raises(Problems, match=r"control.csv line [23], manager_control"):
            load("sub/mine.toml")
        return
    course = Course(load("sub/mine.toml"), 1)
    for value in held:
        course.step()
        assert course.world.ccgs.manager_control[0] == value
