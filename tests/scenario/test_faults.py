"""Faults of scenarios are told all at once, with what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from ccgsim.foundation.problems import Problems
from ccgsim.scenario.scenario import load
from ccgsim.scenario.sections import HEADLINES
from tests.scenario.writing import as_toml, event_faults, faults, file_faults, written


def test_a_wrong_key_hides_neither_a_late_event_nor_what_else_does_not_fit(tmp_path):
    found = file_faults(
        tmp_path,
        "months = 60\n[policy]\ndialog = 0.8\n[site]\nboard = 13\ndensity = 0.05\n"
        "[[events]]\nmonth = 3\nanounce = 0.1\n[[events]]\nmonth = 70\nannounce = 0.1\n",
    )
    assert set(found) == {
        "policy.dialog", "site.density", "event 1 (month 3), anounce", "event 2 (month 70), month",
    }  # fmt: skip


def test_what_rests_on_a_wrong_value_is_not_held_against_it(tmp_path):
    assert set(file_faults(tmp_path, "[site]\npractices = 'many'\nlocalities = 40")) == {"site.practices"}
    assert set(file_faults(tmp_path, "month = 300\n[[events]]\nmonth = 200\nannounce = 0.1")) == {"month"}


def test_faults_of_a_file_are_told_beside_those_of_its_base_and_schema(tmp_path):
    written(tmp_path, "[policy]\nnoise = 9", "b.toml")
    assert set(file_faults(tmp_path, 'based_on = "b.toml"\n[policy]\ndialogue = 9\n[start]\nburn_in = -1')) == {
        *("policy.noise", "policy.dialogue", "start.burn_in"),
    }
    assert set(file_faults(tmp_path, 'based_on = "none.toml"\n[policy]\ndialogue = 9')) == {
        "based_on",
        "policy.dialogue",
    }
    path = tmp_path / "s.toml"
    path.write_text("titel = 'x'")
    assert set(faults(load, path)) == {"schema", "titel"}


def test_all_faults_of_overrides_and_changes_are_told_at_once():
    world = load("vicious_circle")
    late = {f"event {n} (month {month}), month" for n, month in ((3, 20), (4, 24))}
    told = faults(world.overridden, {"densty": 1, "months": 20})
    assert {key.replace(" of vicious_circle.toml", "") for key in told} == {"densty", *late}
    wrong = {"month": 3, "anounce": 1}, {"month": 200, "announce": 0.1}
    assert set(faults(world.with_, events=wrong, policy={"noise": 9})) == {
        *("policy.noise", "event 1 (month 3), anounce", "event 2 (month 200), month"),
    }


CLAIM = "[claim]\nmeasure = '{}'\neffect = 0.1\nmonth = 12\nagainst = '{}'"


@pytest.mark.parametrize(
    ("measure", "against", "told"),
    [
        ("particpation", "site_a", [("claim.measure", "participation")]),
        ("participation", "site_aa", [("claim.against", "site_a")]),
        ("particpation", "dialoge.toml", [("claim.measure", "participation"), ("claim.against", "dialogue")]),
        ("participation", "mine.toml", [("claim.against", "")]),
        ("participation", "../mine/mine.toml", [("claim.against", "")]),
    ],
)
def test_a_claim_names_a_measure_and_another_scenario_or_is_refused_with_the_nearest_names(
    measure, against, told, tmp_path
):
    folder = tmp_path / "mine"
    folder.mkdir()
    with pytest.raises(Problems) as refused:
        load(written(folder, CLAIM.format(measure, against)))
    assert [(problem.key, problem.suggestion) for problem in refused.value.problems] == told


def test_a_claim_may_be_made_against_a_file_beside_it(tmp_path):
    other = written(tmp_path, "", "other.toml")
    mine = load(written(tmp_path, CLAIM.format("participation", "other.toml")))
    assert mine.claim is not None and mine.claim.against == str(other)


def test_months_of_events_and_claims_may_be_dates(tmp_path):
    text = (
        "[[events]]\nmonth = {}\nannounce = 0.1\n[claim]\nmeasure = 'exits'\neffect = 1\nagainst = 'site_a'\nmonth = {}"
    )
    for date in ('"2013-06"', '"2013-06-15"', "2013-06-01", "30"):
        world = load(written(tmp_path, text.format(date, date)))
        assert (world.events[0].month, world.claim.month) == (30, 30)
    assert load("site_a").with_(events=[{"month": "2013-06", "announce": 0.1}]).events == world.events


@pytest.mark.parametrize(
    ("date", "key", "said"),
    [
        ("2010-11", "event 1, month", "is month -1, outside 0 to 1,199 (2010-12 to 2110-11)"),
        ("2022-08", "event 1 (month 140 = 2022-08), month", "(months 0 to 139, 2010-12 to 2022-07)"),
        ("June 2013", "event 1, month", "a date such as '2013-06'"),
    ],
)
def test_a_date_outside_the_scenario_is_told_with_its_month(date, key, said):
    assert said in event_faults({"month": date, "announce": 0.1})[key]


def test_a_late_event_does_not_look_like_one_of_a_base_that_it_is_not(tmp_path):
    written(tmp_path, "[[events]]\nmonth = 50\nannounce = 0.1", "b.toml")
    text = 'based_on = "b.toml"\nmonths = 40\n[[events]]\nmonth = 45\nannounce = 0.1'
    assert set(file_faults(tmp_path, text)) == {
        f"event 1 of {tmp_path / 'b.toml'} (month 50), month", "event 1 (month 45), month",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "key", "hint"),
    [
        ("[policy]\ndialogue = '50%'", "policy.dialogue", "0.5"),
        ("[site]\npopulation = '320,000'", "site.population", "320000"),
        ("[site]\nnurse = 'yes'", "site.nurse", "true"),
        ("[site]\nhold = 'Size'", "site.hold", "size"),
        ("based_on = 'Site B'", "based_on", "site_b"),
        ("months = '2013-06'", "months", "30"),
        ("[Policy]\ndialogue = 0.5", "Policy", "policy"),
        ("[ties]\ninherit = 0.5", "ties.inherit", "turnover.inherit"),
        ("[turnover]\nclosur = 0.5", "turnover.closur", "ties.closure"),
        ("[[events]]\nmonth = 3\nset = { 'policy.dialogue' = '0,5' }", "event 1 (month 3), set.policy.dialogue", "0.5"),
    ],
)
def test_the_right_form_of_a_value_is_suggested(text, key, hint, tmp_path):
    with pytest.raises(Problems) as caught:
        load(written(tmp_path, text))
    assert {problem.key: problem.suggestion for problem in caught.value.problems} == {key: hint}


@pytest.mark.parametrize("key", ["policy.dialogue", "density"])
def test_a_parameter_at_the_top_of_a_file_is_shown_its_section(key, tmp_path):
    rule = file_faults(tmp_path, f'"{key}" = 0.5')[key]
    assert rule == f"is written under its section: [{HEADLINES.get(key, key).replace('.', '], ')} = ..."


def test_an_unquoted_name_in_an_event_is_shown_its_quotes(tmp_path):
    told = file_faults(tmp_path, "[[events]]\nmonth = 3\nset = { policy.dialogue = 0.5 }")
    assert 'put the name in quotes: "policy.dialogue" = ...' in told["event 1 (month 3), set.policy"]


@pytest.mark.parametrize("key", ["name", "title", "question", "source", "based_on"])
def test_control_characters_are_refused_in_every_text_of_a_file(key, tmp_path):
    assert "U+001B" in file_faults(tmp_path, f'{key} = "a\\u001b[31m"')[key]


def test_a_question_may_have_several_lines_and_a_title_may_not(tmp_path):
    assert load(written(tmp_path, 'question = "a\\nb"')).question == "a\nb"
    assert "line break" in file_faults(tmp_path, 'title = "a\\nb"')["title"]


def test_a_world_is_never_called_by_control_characters_of_its_files_name(tmp_path):
    assert load(written(tmp_path, "", "a\x1b[31m.toml")).name == "a\\x1b[31m"


def test_a_fault_of_a_list_or_a_path_of_control_is_told_when_the_scenario_is_loaded(tmp_path):
    (tmp_path / "list.csv").write_text("name,population\nA,x\n")
    (tmp_path / "control.csv").write_text("month,manager_control\n0,0.5\n1,2\n3,0.5\n")
    with pytest.raises(Problems) as caught:
        load(written(tmp_path, '[england]\nfile = "list.csv"\n[ablation]\ncontrol_path = "control.csv"'))
    assert [(Path(problem.file).name, problem.key) for problem in caught.value.problems] == [
        ("list.csv", "line 2, population"),
        ("control.csv", "line 3, manager_control"),
        ("control.csv", "line 4, month"),
    ]


def test_numbers_that_a_list_of_ccgs_makes_idle_are_refused_wherever_they_are_stated(tmp_path):
    (tmp_path / "list.csv").write_text("name,population\nA,50000\n")
    listed = '[england]\nfile = "list.csv"\n'
    told = file_faults(tmp_path, f"{listed}ccgs = 5\nlist_sd = 0.3")
    assert told == dict.fromkeys(told, "has no effect: the CCGs are those of the list england.file")
    assert set(told) == {"england.ccgs", "england.list_sd"}
    base = load(written(tmp_path, listed, "base.toml"))
    assert set(faults(base.with_, england={"ccgs": 5})) == {"england.ccgs"}
    assert set(file_faults(tmp_path, 'based_on = "base.toml"\n[england]\nccgs = 5')) == {"england.ccgs"}
    assert set(faults(load("england").overridden, {"england.ccgs": 5, "england.file": str(tmp_path / "list.csv")})) == {
        "england.ccgs"
    }


def test_a_list_replaces_the_number_of_a_base_and_the_world_says_nothing_of_that_number(tmp_path):
    (tmp_path / "list.csv").write_text("name,population\nA,50000\n")
    world = load("england").overridden({"england.file": str(tmp_path / "list.csv")})
    assert "211" not in world.title and "ccgs" not in world.resolved()["england"]
    again = load(written(tmp_path, as_toml(world.resolved())))
    assert again.resolved() == world.resolved()
