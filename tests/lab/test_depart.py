"""A member leaves a surveyed board: what it costs against staying, what is sure about it, and what the command says."""

from __future__ import annotations

import copy
import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import ccgsim
from ccgsim.course import Course
from ccgsim.foundation.problems import Problems
from ccgsim.lab.depart.acts import LEAD, WAYS, Departure
from ccgsim.lab.depart.departures import (
    MEASURES,
    RANGES,
    Plan,
    departures,
    faults_together,
    interval,
    kept,
    nearest_person,
    one_world,
    outside_advisers,
    plan_of,
    rows_of,
)
from tests.survey.boards import board, surveyed
from tests.survey.test_simulating import board_of_site_a, written

MONTH = 6


@pytest.fixture
def site_a(tmp_path):
    """Site A, beginning with its own board as surveyed, the chair and one more silent."""
    return ccgsim.load("site_a").with_(network=written(board_of_site_a(answering=False), tmp_path, ".json"))


def chair_of(course: Course) -> int:
    return int(course.world.actors.key[course.world.actors.role == 1][0])


def left(scenario, way: str, months: int):
    """The course in which the chair leaves in month 6 in this way, that many months later, and her seat's row."""
    act, lead = WAYS[way]
    course = Course(scenario, 0)
    key = chair_of(course)
    while course.world.month < MONTH - lead:
        course.step()
    departure = Departure(key, MONTH)
    act(course, departure)
    while course.world.month < MONTH + months:
        course.step()
    return course, departure


@pytest.mark.parametrize("way", WAYS)
def test_she_leaves_in_her_month_whatever_is_done_about_it(site_a, way):
    course, departure = left(site_a, way, 0)
    assert course.world.actors.board[course.world.row_of(departure.key)] == 1
    course.step()
    assert course.world.actors.board[course.world.row_of(departure.key)] == 0 and departure.seat >= 0


def test_a_quick_successor_sits_in_the_month_after(site_a):
    course, departure = left(site_a, "quick successor", 2)
    assert course.world.seats.holder[departure.seat] >= 0


def test_a_handover_gives_the_successor_ties_that_she_would_not_have(site_a):
    held = {}
    for way in ("none", "handover"):
        course, departure = left(site_a, way, 24)
        world = course.world
        heir = world.seats.holder[departure.seat]
        assert heir >= 0
        since = int(world.seats.since[departure.seat])
        course, departure = left(site_a, way, since + 1 - MONTH)
        held[way] = int((course.world.ties.source_key == heir).sum())
    assert held["handover"] > held["none"]


def test_a_second_broker_has_half_of_her_outside_advisers_before_she_leaves(tmp_path):
    act, lead = WAYS["second broker"]
    course = Course(ccgsim.load("site_a").with_(network=written(board_of_site_a(), tmp_path, ".json")), 0)
    assert lead == LEAD == MONTH
    key, before = chair_of(course), copy.deepcopy(course.world.ties)
    hers = before.target_key[before.source_key == key]
    hers = hers[course.world.actors.board[course.world.rows_of(hers)] == 0]
    act(course, Departure(key, MONTH))
    more = len(course.world.ties) - len(before)
    assert 0 < more <= round(len(hers) / 2)
    assert (before.source_key == key).sum() == (course.world.ties.source_key == key).sum()


def test_contacts_kept_counts_those_of_the_start_only(site_a):
    course = Course(site_a, 1)
    had = outside_advisers(course.world)
    assert len(had) > 5 and kept(had, course.world) == 1.0
    assert kept(np.append(had, [2**40]), course.world) == pytest.approx(len(had) / (len(had) + 1))
    assert np.isnan(kept(had[:0], course.world))


def test_the_chair_of_site_a_costs_more_than_the_lay_member(site_a):
    world = Course(site_a, 0).world
    role = {name: int(world.actors.role[world.row_of(key)]) for name, key in world.surveyed.items()}
    chair, lay = (next(name for name, each in role.items() if each == wanted) for wanted in (1, 9))
    plan = replace(plan_of(site_a, [chair, lay], MONTH, 6, draws=6), after=(1, 6))
    effects = np.nanmean(departures(plan, workers=1)[:, :, :, 0], axis=(0, 1))
    contacts, given, stability = (
        effects[:, :, MEASURES.index(n)] for n in ("contacts_kept", "participation", "stability")
    )
    assert contacts[0, 0] < contacts[1, 0] - 0.005  # in the month after; within half a year the others make them good
    assert (given[0] < given[1] - 0.002).all()  # a chair gives more than a lay member, and draws others in
    assert (stability < 0.0).all()


def test_effects_do_not_depend_on_workers_and_a_world_is_the_same_again(site_a):
    plan = plan_of(site_a, plan_of(site_a).who[:1], MONTH, 1, draws=13)
    alone, together = departures(plan, workers=1), departures(plan, workers=2)
    assert np.array_equal(alone, together, equal_nan=True)
    assert np.array_equal(one_world(plan, 3), alone[1, 1], equal_nan=True)


def test_without_unknown_ties_an_interval_is_that_of_the_mean_and_narrows():
    rng = np.random.default_rng(1)
    effects = rng.normal(-0.1, 0.3, (400, 2))
    few, many = interval(effects[:50], False), interval(effects, False)
    assert few[0] == pytest.approx(effects[:50].mean()) and few[1] < -0.1 < few[2]
    assert many[2] - many[1] < 0.5 * (few[2] - few[1])


def test_what_the_survey_leaves_open_stays_in_the_interval_however_many_draws():
    rng = np.random.default_rng(2)
    common = rng.normal(-0.1, 0.2, (2000, 1))
    effects = common + rng.normal(0, 0.3, (2000, 2))
    mean, low, high, worlds = interval(effects, True)
    assert worlds == 4000 and high - low == pytest.approx(2 * 1.645 * 0.2, rel=0.1)
    inside = (low < common[:, 0]) & (common[:, 0] < high)
    assert inside.mean() == pytest.approx(0.9, abs=0.03) and low < mean < high


def test_an_interval_with_0_in_it_or_a_vanishing_effect_cannot_be_told(site_a):
    plan = Plan(site_a, ("somebody",), MONTH, (6,), 40, 0)
    rng = np.random.default_rng(3)
    shape = (40, 2, 1, len(WAYS), 1, len(MEASURES))
    sure = rng.normal(-0.2, 0.01, shape)
    assert all(row["told"] for row in rows_of(plan, sure)[0])
    assert not any(row["told"] for row in rows_of(plan, sure * 1e-4)[0])
    assert not all(row["told"] for row in rows_of(plan, rng.normal(-0.01, 1, shape))[0])
    nothing = rows_of(plan, np.full(shape, np.nan))[0][0]
    assert (nothing["effect"], nothing["told"], nothing["worlds"]) == (None, False, 0)


def test_somebody_who_is_not_on_the_board_cannot_leave_it(site_a):
    with pytest.raises(Problems) as refused:
        plan_of(site_a, ["GP 9999", "Provider 524288", "GP"])
    rules = [problem.rule for problem in refused.value.problems]
    assert rules == ["is nobody in this network", "is not on the board", "is nobody in this network"]


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("Gus", "Gustav Hill"),
        ("gustav", "Gustav Hill"),
        ("Lindquist", "Dr Ann Lindqvist"),
        ("Dr An Lindqvist", "Dr Ann Lindqvist"),
        ("P3", "P03"),
        ("Dr", ""),  # a word of two names says nothing
        ("Zebedee", ""),
    ],
)
def test_the_nearest_name_may_be_part_of_one(written, near):
    assert nearest_person(written, ["P03", "Gustav Hill", "Dr Ann Lindqvist", "Dr Ola Berg"]) == near


def test_a_name_that_is_nobodys_is_told_with_the_one_that_may_be_meant(tmp_path, ccgsim_says):
    (tmp_path / "ties.csv").write_text("from,to\nGustav Hill,Ann Berg\nAnn Berg,Ola Dahl\n", "utf-8")
    code, _, err = ccgsim_says("depart", str(tmp_path / "ties.csv"), "--who", "Gus")
    assert code == 3 and "--who = 'Gus': is nobody in this network (did you mean Gustav Hill?)" in err


def test_the_command_writes_a_table_a_figure_and_one_document(tmp_path, ccgsim_says):
    part = surveyed(board(7), 7)
    file = written(part, tmp_path, ".json")["file"]
    words = ("depart", file, "--who", "P03", "--who", "P05", "--draws", "2", "--horizon", "6", "--workers", "1")
    code, out, err = ccgsim_says(*words, "--out", "here")
    assert code == 0, err
    assert "P03" in out and "P05" in out and "cannot be told" in out
    assert {path.name for path in (tmp_path / "here").iterdir()} == {
        *("departures.csv", "departures.json", "manifest.json"),
        *(f"{name}.{ending}" for name in ("departures", "departures_contacts") for ending in ("png", "svg")),
    }
    table = pd.read_csv(tmp_path / "here" / "departures.csv")
    code, out, _ = ccgsim_says(*words, "--json")
    document = json.loads(out)
    assert code == 0 and document["command"] == "depart" and document["draws"] == 2 and document["month"] == 6
    assert len(table) == len(document["people"]) + len(document["eases"])
    wanted = {"id", "measure", "after", "effect", "low", "high", "told", "worlds"}
    assert all(set(row) == wanted for row in document["people"])
    assert {row["means"] for row in document["eases"]} == set(WAYS) - {"none"}
    assert document["files"] == {} and len(document["seeds"]) == 4


def test_the_command_and_the_call_allow_the_same_numbers(tmp_path, ccgsim_says):
    file = written(board_of_site_a(), tmp_path, ".json")["file"]
    last = 2**53 - 1
    numbers = ({"seed": last - 3, "draws": 2}, {"seed": last - 2, "draws": 2}, {"month": 500}, {"draws": 10_001})
    for given in (*numbers, {"horizon": 0}, {"seed": -1}):
        words = [word for name, value in given.items() for word in (f"--{name}", str(value))]
        code, _, err = ccgsim_says("depart", file, *words, "--who", "nobody")
        assert code == 3
        with pytest.raises(Problems) as refused:
            ccgsim.depart(file, "nobody", **given)
        keys = {problem.key for problem in refused.value.problems} - {"--who"}
        assert {key for key in RANGES if f"--{key}" in err} == keys, given
    assert faults_together(6, 24, 2, last - 3) == [] and faults_together(6, 24, 2, last - 2) != []


def test_departures_are_told_in_the_words_of_the_scenario(tmp_path, ccgsim_says):
    own = tmp_path / "own.toml"
    own.write_text('schema = 1\nbased_on = "site_f"\n[words]\nlocality = "neighbourhood"\n', "utf-8")
    file = written(surveyed(board(7), 7), tmp_path, ".json")["file"]
    words = ("--who", "P03", "--draws", "2", "--horizon", "1", "--workers", "1", "--scenario", str(own))
    code, out, err = ccgsim_says("depart", file, *words, "--out", "here")
    assert code == 0 and "neighbourhoods" in err and "localit" not in out + err
    document = json.loads((tmp_path / "here" / "departures.json").read_text("utf-8"))
    assert document["words"] == {"locality": "neighbourhood"}
    assert "neighbourhoods" in " ".join(document["notes"])
    code, _, err = ccgsim_says(
        "forecast", file, "--months", "1", "--draws", "10", "--workers", "1", "--scenario", str(own)
    )
    assert code == 0 and "neighbourhoods" in err and "localit" not in err


def test_every_fault_of_a_departure_is_named_at_once(tmp_path, ccgsim_says):
    file = written(board_of_site_a(), tmp_path, ".json")["file"]
    code, out, err = ccgsim_says("depart", file, "--draws", "1", "--month", "-1", "--horizon", "0", "--seed", "-2")
    assert (code, out) == (3, "") and "Traceback" not in err
    assert all(option in err for option in ("--draws", "--month", "--horizon", "--seed"))
    code, _, err = ccgsim_says("depart", file, "--who", "nobody")
    assert code == 3 and "--who" in err and not (tmp_path / "results").exists()
