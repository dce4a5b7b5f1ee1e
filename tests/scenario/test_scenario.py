"""Scenarios: what is shipped, and what values a file may give."""

from __future__ import annotations

import dataclasses
import json
import pickle

import numpy as np
import pytest

from ccgsim.foundation.problems import Problems
from ccgsim.scenario import files
from ccgsim.scenario.scenario import Scenario, load, names, shipped_folder
from ccgsim.scenario.sections import SECTIONS
from tests.scenario.writing import as_toml, file_faults, written

# Shipped scenarios


@pytest.mark.parametrize("name", names())
def test_every_shipped_scenario_loads_and_says_what_it_is_for(name):
    world = load(name)
    assert world.name == name
    assert world.title and world.question.endswith("?") and world.source


@pytest.mark.parametrize("name", names())
def test_a_resolved_scenario_is_a_document_that_loads_back_to_the_same(name, tmp_path):
    world = load(name)
    text = json.dumps(world.resolved(), allow_nan=False)
    again = load(written(tmp_path, as_toml(json.loads(text))))
    ignored = {"file": None, "based_on": None}
    assert dataclasses.replace(again, **ignored) == dataclasses.replace(world, **ignored)


@pytest.mark.parametrize("name", [name for name in names() if load(name).claim])
def test_a_claim_is_made_against_a_shipped_scenario_within_both_lengths(name):
    world = load(name)
    assert world.claim.against in names()
    assert 0 < world.claim.month <= min(world.months, load(world.claim.against).months)
    assert world.claim.size != 0


def test_a_claim_with_a_per_cent_sign_is_relative():
    claim = load("pct_abolition").claim
    assert claim.relative and claim.size == pytest.approx(-0.1)
    assert not load("dialogue").claim.relative


def test_a_what_if_does_not_inherit_the_claim_of_its_base():
    assert load("vicious_circle").claim is not None
    assert load("vicious_circle_no_shock").claim is None


def test_sites_a_and_b_carry_the_published_ties():
    for name, total in (("site_a", 26), ("site_b", 36)):
        site = load(name).site
        kinds = ("practices", "pct", "acute", "regional", "community", "local_authorities", "other")
        assert sum(getattr(site, f"ties_{kind}") for kind in kinds) == total
        assert site.ties == "surveyed"
    assert round(0.737 * 156) == 115 and round(0.622 * 156) == 97


def test_shipped_scenarios_are_found_in_a_checkout():
    assert (shipped_folder() / "site_a.toml").is_file()


def test_an_installed_package_finds_its_own_scenarios(monkeypatch, tmp_path):
    inside = tmp_path / "ccgsim" / "scenarios"
    inside.mkdir(parents=True)
    monkeypatch.setattr(files, "PACKAGE", tmp_path / "ccgsim")
    assert shipped_folder() == inside


# Values


def test_a_file_states_only_what_differs(tmp_path):
    world = load(written(tmp_path, "[policy]\ndialogue = 1"))
    assert world.policy.dialogue == 1.0 and isinstance(world.policy.dialogue, float)
    assert dataclasses.replace(world.policy, dialogue=0.2) == SECTIONS["policy"]()
    assert (world.months, world.calendar, world.name) == (140, "england", "mine")


def test_every_section_is_an_attribute():
    assert set(SECTIONS) <= {field.name for field in dataclasses.fields(Scenario)}
    assert all(isinstance(getattr(Scenario(name="plain"), name), kind) for name, kind in SECTIONS.items())


def test_records_hold_the_numbers_with_not_a_number_for_what_is_left_open():
    rules = load("site_c").records()
    assert rules["site"].practices[0] == 4
    assert np.isnan(rules["site"].density[0])
    assert rules["policy"].uncertainty[0] == load("site_c").policy.uncertainty


def test_what_each_ccg_has_for_itself_cannot_be_read_from_the_rules():
    rules = load("site_c").records()
    with pytest.raises(AttributeError, match="dialogue"):
        _ = rules["policy"].dialogue
    assert "patients" not in rules.dtype.names  # its one number is a state of each CCG


def test_a_scenario_can_be_sent_to_another_process():
    world = load("virtuous_circle")
    assert pickle.loads(pickle.dumps(world)) == world


def test_all_faults_of_a_file_are_told_at_once(tmp_path):
    found = file_faults(
        tmp_path,
        'titel = "x"\nmonths = 0\ncalendar = "wales"\n[polcy]\nx = 1\n'
        "[policy]\ndialog = 0.8\nnoise = 7\nreversion = nan\n"
        "[site]\npractices = true\npopulation = inf\nnurse = 1\nboard = 1\n",
    )
    assert set(found) == {
        *("titel", "months", "calendar", "polcy", "policy.dialog", "policy.noise", "policy.reversion"),
        *("site.practices", "site.population", "site.nurse", "site.board"),
    }


def test_a_fault_names_file_key_value_rule_and_the_nearest_name(tmp_path):
    with pytest.raises(Problems) as caught:
        load(written(tmp_path, "[policy]\ndialog = 0.8"))
    (problem,) = caught.value.problems
    assert problem.file.endswith("mine.toml")
    assert (problem.key, problem.value, problem.suggestion) == ("policy.dialog", "0.8", "policy.dialogue")


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", '"0.5"', "true", "[0.5]", "1979-05-27", "1.01", "-0.01"])
def test_only_a_number_within_the_range_is_a_share(value, tmp_path):
    assert "policy.dialogue" in file_faults(tmp_path, f"[policy]\ndialogue = {value}")


def test_a_number_of_thousands_of_digits_is_refused(tmp_path):
    assert "site.practices" in file_faults(tmp_path, f"[site]\npractices = 0x{'f' * 5000}")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[site]\npractices = 4\nlocalities = 5", "site.localities"),
        ("[site]\nboard = 13\ndensity = 0.05", "site.density"),
        ("[site]\ndensity = 0.96", "site.density"),
        ("[people]\npct_least = 50", "people.pct_least"),
        ("[stepping_in]\nlow = 0.9", "stepping_in.low"),
        ("months = 36\n[turnover]\nbroker_exits = 2", "turnover.broker_exits"),
        ('[ablation]\ncontrol_path = "none.csv"', "ablation.control_path"),
        ("policy = 3", "policy"),
        ("title = 3", "title"),
        ("[claim]\nmeasure = 'x'", "claim.effect"),
        ("[claim]\nmeasure = 3", "claim.measure"),
        ("[claim]\nagainst = 3", "claim.against"),
        ("[claim]\nagainst = ''", "claim.against"),
        ("[claim]\nagainst = 'none.toml'", "claim.against"),
        ("[claim]\neffect = 'much'", "claim.effect"),
        ("[claim]\neffect = inf", "claim.effect"),
        ("[claim]\nmonth = -1", "claim.month"),
        ("[claim]\nshare = 7", "claim.share"),
        ("[claim]\nwithout = 7", "claim.without"),
        ("[claim]\nwithout = {}", "claim.without"),
        ("[claim]\nwithout.redesing = { speed = 0.0 }", "claim.without.redesing"),
        ("[claim]\nwithout.redesign = { sped = 0.0 }", "claim.without.redesign.sped"),
        ("[claim]\nwithout.redesign = { speed = 7 }", "claim.without.redesign.speed"),
        (f"calendar = 0x{'f' * 5000}", "calendar"),
        (f"[ablation]\ncontrol_path = '{'x' * 5000}'", "ablation.control_path"),
        (f"based_on = '{'x' * 5000}.toml'", "based_on"),
        ("[[events]]\nmonth = 3\nset = {'stepping_in.low' = 0.9}", "event 1 (month 3), set.stepping_in.low"),
        ("events = 3", "events"),
    ],
)
def test_values_that_do_not_fit_are_refused(text, key, tmp_path):
    assert key in file_faults(tmp_path, text)


def test_bounds_may_pass_each_other_by_events_in_the_right_order(tmp_path):
    raised = "[[events]]\nmonth = {}\nset = {{'stepping_in.high' = 1.0}}\n"
    raised += "[[events]]\nmonth = 3\nset = {{'stepping_in.low' = 0.9}}"
    assert load(written(tmp_path, raised.format(2)))
    assert "event 2 (month 3), set.stepping_in.low" in file_faults(tmp_path, raised.format(4))


def test_the_sparsest_board_that_can_hang_together_is_accepted(tmp_path):
    assert load(written(tmp_path, f"[site]\nboard = 13\ndensity = {12 / 156}")).site.density == 12 / 156
