"""In what scenarios differ, and how a scenario is called once values of it were changed."""

from __future__ import annotations

import pytest

from ccgsim.scenario.contrasts import contrasts, set_in_all, value_words
from ccgsim.scenario.scenario import load


def test_the_title_of_a_what_if_names_what_was_changed():
    world = load("site_b").overridden({"broker_exits": 2})
    assert world.title == f"{load('site_b').title}, with turnover.broker_exits = 2"
    assert world.name == "site_b"


def test_a_second_change_is_told_once_beside_the_first():
    once = load("site_b").with_(policy={"dialogue": 0.5})
    twice = once.with_(policy={"dialogue": 0.8}, site={"density": 0.5})
    assert twice.title.endswith("leaders, with site.density = 0.5, policy.dialogue = 0.8")


def test_values_that_change_nothing_or_are_taken_back_leave_the_title():
    world = load("site_b")
    assert world.overridden({"density": 0.622, "months": 60}).title == world.title
    assert world.with_(policy={"dialogue": 0.5}).with_(policy={"dialogue": 0.2}).title == world.title


def test_a_scenario_without_its_events_is_called_so():
    assert load("broker_exit").with_(events=[]).title == "Site A loses its broker, without its dated events"


def test_a_change_is_the_same_world_whatever_way_it_came_about():
    one = load("site_b").with_(policy={"dialogue": 0.8})
    assert one == load("site_b").overridden({"policy.dialogue": 0.8})


def test_scenarios_differ_in_parameters_events_calendar_and_bases():
    one = load("site_b")
    other = load("dialogue").with_(calendar="none", events=[{"month": 30, "broker_exit": 1}])
    found = {(each.kind, each.name): (each.one, each.other) for each in contrasts(one, other, 140)}
    assert found == {
        ("based_on", "based_on"): ((), ("policy_uncertainty", "site_b")),
        ("calendar", "calendar"): ("england", "none"),
        ("parameter", "policy.uncertainty"): (0.35, 0.6),
        ("parameter", "policy.dialogue"): (0.2, 0.8),
        ("event", "month 30"): (None, {"month": 30, "broker_exit": 1}),
    }


def test_events_that_a_comparison_does_not_reach_are_no_difference():
    one, other = load("site_a"), load("broker_exit")
    assert [each.kind for each in contrasts(one, other, 13)] == ["based_on", "event"]
    assert [each.kind for each in contrasts(one, other, 12)] == ["based_on"]


def test_events_are_matched_one_for_one():
    exits = {"month": 30, "broker_exit": 1}
    one, other = load("site_b").with_(events=[exits]), load("site_b").with_(events=[exits, exits])
    assert [each.other for each in contrasts(one, other, 140)] == [exits]


def test_what_was_set_in_all_worlds_is_found_even_where_one_had_it_before():
    worlds = [load(name).overridden({"policy.uncertainty": 0.8}) for name in ("site_b", "dialogue")]
    assert set_in_all(worlds) == {"policy.uncertainty": 0.8}
    assert set_in_all([load("site_b"), load("site_b").with_(policy={"dialogue": 0.8})]) == {}


@pytest.mark.parametrize(
    ("value", "words"), [(None, "left open"), (True, "true"), (0.5, "0.5"), (550_000, "550000"), ("drawn", "drawn")]
)
def test_values_stand_as_a_file_writes_them(value, words):
    assert value_words(value) == words


def test_worlds_of_one_survey_do_not_differ_in_what_the_survey_says(tmp_path):
    (tmp_path / "mine.csv").write_text("from,to\nAnn,Bob\nBob,Cy\nCy,Ann\n", encoding="utf-8")
    here, there = (load(name).with_(network=str(tmp_path / "mine.csv")) for name in ("site_a", "site_b"))
    named = {each.name for each in contrasts(here, there, 12)}
    assert "site.colocation" in named and "site.population" in named
    assert not named & {"site.density", "site.ties_pct", "site.top_brokerage", "site.lead_brokerage"}
    assert {"site.density", "site.ties_pct"} <= {each.name for each in contrasts(load("site_a"), load("site_b"), 12)}


def test_a_world_of_ones_own_board_is_not_called_by_the_site(tmp_path):
    (tmp_path / "mine.csv").write_text("from,to\nAnn,Bob\nBob,Cy\nCy,Ann\n", encoding="utf-8")
    world = load("site_a").with_(network=str(tmp_path / "mine.csv"), policy={"dialogue": 0.9})
    assert world.title == "The board of mine.csv, all else as site_a, with policy.dialogue = 0.9"
    assert world.question == "How does the board of mine.csv fare?"
    assert load("site_a").with_(policy={"dialogue": 0.9}).question == load("site_a").question
