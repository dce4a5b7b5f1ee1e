"""Scenarios: what a file may say, how bases merge, what a change takes with it."""

from __future__ import annotations

import dataclasses
import json
import pickle
from pathlib import Path

import numpy as np
import pytest

from ccgsim.foundation.problems import Problems
from ccgsim.scenario import files
from ccgsim.scenario.events import LEVERS, Event
from ccgsim.scenario.scenario import Scenario, load, names, shipped_folder
from ccgsim.scenario.sections import HEADLINES, SECTIONS


def written(folder: Path, text: str, name: str = "mine.toml") -> Path:
    path = folder / name
    path.write_text(f"schema = 1\n{text}", encoding="utf-8")
    return path


def faults(act, *args, **kwargs) -> dict[str, str]:
    with pytest.raises(Problems) as caught:
        act(*args, **kwargs)
    return {problem.key: problem.rule for problem in caught.value.problems}


def file_faults(folder: Path, text: str) -> dict[str, str]:
    return faults(load, written(folder, text))


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


def as_toml(document: dict) -> str:
    """The document without its schema: inline tables and JSON's scalars are TOML's too."""
    return "\n".join(f"{key} = {inline(value)}" for key, value in document.items() if key != "schema")


def inline(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}" = {inline(item)}' for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


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
    assert not rules["patients"].dtype.names  # its one number is a state of each CCG


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


# Bases


def test_tables_merge_events_append_and_the_bases_come_first(tmp_path):
    written(
        tmp_path, "months = 60\n[policy]\ndialogue = 0.1\nnoise = 0.1\n[[events]]\nmonth = 5\nannounce = 0.1", "b.toml"
    )
    text = 'based_on = "b.toml"\n[policy]\ndialogue = 0.8\n[[events]]\nmonth = 5\nannounce = 0.2'
    world = load(written(tmp_path, text))
    assert (world.months, world.policy.dialogue, world.policy.noise) == (60, 0.8, 0.1)
    assert [event.value for event in world.timeline()] == [0.1, 0.2]


def test_an_empty_list_of_events_drops_those_of_the_base(tmp_path):
    assert load(written(tmp_path, 'based_on = "vicious_circle"\nevents = []')).events == ()


def test_a_base_is_found_beside_the_file_that_names_it(tmp_path, monkeypatch):
    (tmp_path / "deep").mkdir()
    written(tmp_path / "deep", "[policy]\ndialogue = 0.7", "base.toml")
    path = written(tmp_path, 'based_on = "deep/base.toml"')
    monkeypatch.chdir("/")
    assert load(path).policy.dialogue == 0.7


def test_bases_may_be_eight_deep_and_no_deeper(tmp_path):
    written(tmp_path, "", "s0.toml")
    for depth in range(1, 10):
        written(tmp_path, f'based_on = "s{depth - 1}.toml"', f"s{depth}.toml")
    assert load(tmp_path / "s8.toml").name == "s8"
    assert faults(load, tmp_path / "s9.toml") == {"based_on": "at most 8 deep"}


@pytest.mark.parametrize("base", ["mine.toml", "other.toml"])
def test_a_circle_of_bases_is_refused(base, tmp_path):
    written(tmp_path, 'based_on = "mine.toml"', "other.toml")
    assert "circle" in file_faults(tmp_path, f'based_on = "{base}"')["based_on"]


def test_a_missing_base_is_a_fault_of_the_file_that_names_it(tmp_path):
    with pytest.raises(Problems) as caught:
        load(written(tmp_path, 'based_on = "site_bb"'))
    (problem,) = caught.value.problems
    assert problem.file.endswith("mine.toml") and problem.suggestion == "site_b"


def test_a_fault_in_a_base_names_the_base(tmp_path):
    written(tmp_path, "[policy]\nnoise = 9", "b.toml")
    with pytest.raises(Problems) as caught:
        load(written(tmp_path, 'based_on = "b.toml"\n[policy]\ndialogue = 9'))
    assert [problem.file.endswith("b.toml") for problem in caught.value.problems] == [True, False]


@pytest.mark.parametrize("schema", ["", "schema = 2", "schema = '1'", "schema = true", "schema = 0"])
def test_a_file_without_our_schema_is_refused(schema, tmp_path):
    path = tmp_path / "s.toml"
    path.write_text(f"{schema}\ntitle = 'x'")
    assert set(faults(load, path)) == {"schema"}


def test_a_byte_order_mark_and_other_line_ends_do_no_harm(tmp_path):
    path = tmp_path / "s.toml"
    path.write_bytes("\ufeffschema = 1\r\ntitle = 'Schön'\r\n".encode())
    assert load(path).title == "Schön"


def test_the_control_path_is_read_beside_its_file(tmp_path):
    (tmp_path / "control.csv").write_text("manager_control\n0.5\n")
    world = load(written(tmp_path, '[ablation]\ncontrol_path = "control.csv"'))
    assert Path(world.ablation.control_path).is_file()


# Events


def event_faults(*events) -> dict[str, str]:
    return faults(load("site_a").with_, events=events)


@pytest.mark.parametrize(
    "event",
    [
        {"month": 0, "set": {"policy.dialogue": 0.8, "redesign.slots": 3}},
        {"month": 24, "broker_exit": 2},
        {"month": 24, "abolish_pct": True},
        {"month": 139, "announce": -0.25},
        {"month": 1, "remove_tie": {"source": 3, "target": 4}},
        {"month": 1, "add_tie": {"source": 3, "target": 4}},
        {"month": 1, "remove_seat": {"role": "chair", "kind": "GP"}},
        {"month": 1, "add_seat": {"role": "secondary-care doctor", "kind": "Provider"}},
        {"month": 36, "lower_participation": {"of": "top_quartile", "by": 0.15}},
        {"month": 2, "lever": {"name": "coaching", "value": 1.5, "count": 2}},
        {"month": 2, "lever": {"name": "alliance", "pathway": "mental health", "months": 24}},
        {"month": 2, "lever": {"name": "shortage", "sector": "ambulance", "value": 0.5}},
        {"month": 2, "lever": {"name": "opt_in"}},
        {
            "month": 6,
            "begin_project": {"pathway": "dermatology", "origin": "data", "locality": 2, "arena": "live"},
        },
        {"month": 60, "withdraw_funding": {"pathway": "mental health"}},
    ],
)
def test_an_event_is_kept_as_it_was_written(event):
    (kept,) = load("site_a").with_(events=[event]).events
    assert kept.as_table() == event


@pytest.mark.parametrize("name", [name for name, lever in LEVERS.items() if lever.sets])
def test_a_lever_that_is_a_parameter_sets_it(name):
    (event,) = load("site_a").with_(events=[{"month": 3, "lever": {"name": name, "value": 0.1}}]).events
    assert event == Event(3, "set", {LEVERS[name].sets: 0.1})


def test_levers_have_their_defaults():
    world = load("site_a")
    for name, rest in (("second_broker", {"share": 0.5}), ("nurse_seat", {"count": 1})):
        (event,) = world.with_(events=[{"month": 0, "lever": {"name": name}}]).events
        assert event.value == {"name": name, **rest}


@pytest.mark.parametrize(
    ("event", "key"),
    [
        ({"month": 3}, " (month 3)"),
        ({"announce": 0.1}, ", month"),
        ({"month": -1, "announce": 0.1}, ", month"),
        ({"month": 1.5, "announce": 0.1}, ", month"),
        ({"month": True, "announce": 0.1}, ", month"),
        ({"month": 3, "announce": 0.1, "broker_exit": 1}, " (month 3)"),
        ({"month": 3, "anounce": 0.1}, " (month 3), anounce"),
        ({"month": 3, "announce": float("nan")}, " (month 3), announce"),
        ({"month": 3, "broker_exit": 0}, " (month 3), broker_exit"),
        ({"month": 3, "abolish_pct": False}, " (month 3), abolish_pct"),
        ({"month": 3, "set": {}}, " (month 3), set"),
        ({"month": 3, "set": {"policy.dialog": 0.1}}, " (month 3), set.policy.dialog"),
        ({"month": 3, "set": {"policy.dialogue": 2}}, " (month 3), set.policy.dialogue"),
        ({"month": 3, "set": {"policy.dialogue": "high"}}, " (month 3), set.policy.dialogue"),
        ({"month": 3, "set": {"site.board": 12}}, " (month 3), set.site.board"),
        ({"month": 3, "set": {"site.density": 0.5}}, " (month 3), set.site.density"),
        ({"month": 3, "set": {"people.brokerage_sd": 0.5}}, " (month 3), set.people.brokerage_sd"),
        ({"month": 3, "set": {"ablation.size_free": True}}, " (month 3), set.ablation.size_free"),
        ({"month": 3, "set": {"policy": {"dialogue": 0.1}}}, " (month 3), set.policy"),
        ({"month": 3, "lever": {"name": "coachng"}}, " (month 3), lever.name"),
        ({"month": 3, "lever": {"name": "coaching", "value": 1}}, " (month 3), lever.count"),
        ({"month": 3, "lever": {"name": "dialogue"}}, " (month 3), lever.value"),
        ({"month": 3, "lever": {"name": "opt_in", "value": 1}}, " (month 3), lever.value"),
        ({"month": 3, "lever": {"name": "shortage", "sector": "none", "value": 0.5}}, " (month 3), lever.sector"),
        ({"month": 3, "add_tie": {"source": 3, "target": 3}}, " (month 3), add_tie"),
        ({"month": 3, "add_tie": {"source": 3}}, " (month 3), add_tie.target"),
        ({"month": 3, "add_seat": {"role": "king", "kind": "GP"}}, " (month 3), add_seat.role"),
        ({"month": 3, "add_seat": {"role": "chair", "kind": "Robot"}}, " (month 3), add_seat.kind"),
        ({"month": 3, "lower_participation": {"of": "all", "by": 0.1}}, " (month 3), lower_participation.of"),
        ("announce", ""),
    ],
)
def test_an_event_that_cannot_be_is_refused(event, key):
    assert set(event_faults(event)) == {f"event 1{key}"}


@pytest.mark.parametrize("month", [140, 500])
def test_an_event_after_the_end_is_refused(month):
    assert "months 0 to 139" in event_faults({"month": month, "announce": 0.1})[f"event 1 (month {month}), month"]


def test_a_base_with_later_events_cannot_be_cut_short(tmp_path):
    told = file_faults(tmp_path, 'based_on = "vicious_circle"\nmonths = 20')
    assert set(told) == {f"event {n} of vicious_circle.toml (month {month}), month" for n, month in ((3, 20), (4, 24))}


def test_more_localities_than_practices_cannot_be_founded():
    assert "event 1 (month 3), lever.count" in event_faults({"month": 3, "lever": {"name": "localities", "count": 31}})


def test_broker_exits_fall_on_months_24_36_and_so_on():
    world = load("site_a").with_(turnover={"broker_exits": 3}, events=[{"month": 36, "announce": 0.1}])
    assert [(event.month, event.act) for event in world.timeline()] == [
        (24, "broker_exit"),
        (36, "announce"),
        (36, "broker_exit"),
        (48, "broker_exit"),
    ]
    assert len(world.timeline(36)) == 1 and len(world.left_out(36)) == 3


# Changes


def test_a_changed_copy_leaves_the_first_as_it_was():
    before = load("site_a")
    after = before.with_(policy={"dialogue": 0.8}, months=60, calendar="none")
    assert (before.policy.dialogue, before.months, before.calendar) == (0.2, 140, "england")
    assert (after.policy.dialogue, after.months, after.calendar) == (0.8, 60, "none")
    assert after.policy.noise == before.policy.noise


def test_events_can_be_dropped_kept_and_replaced():
    world = load("vicious_circle")
    assert world.with_(events=[]).events == ()
    assert world.with_(policy={"noise": 0.1}).events == world.events
    assert world.with_(events=world.events[:1]).events == world.events[:1]


def test_another_network_size_keeps_list_size_and_practices_per_locality():
    site = load("site_a").overridden({"network_size": 60}).site
    assert (site.practices, site.population, site.localities, site.board) == (60, 600_000, 12, 13)
    assert load("site_a").with_(site={"practices": 15}).site.population == 150_000
    assert load("site_b").with_(site={"practices": 2}).site.localities == 1


def test_the_sites_own_network_size_changes_nothing():
    for name in ("site_a", "site_b", "site_c"):
        world = load(name)
        assert world.overridden({"network_size": world.site.practices}) == world


def test_what_the_same_call_sets_is_not_rescaled():
    site = load("site_a").overridden({"site.practices": 60, "site.population": 400_000, "site.localities": 3}).site
    assert (site.population, site.localities) == (400_000, 3)


def test_the_number_of_localities_can_be_held():
    assert load("site_a").with_(site={"practices": 60, "hold": "localities"}).site.localities == 6
    assert "site.localities" in faults(load("site_a").with_, site={"practices": 5, "hold": "localities"})


def test_a_file_that_states_practices_says_what_it_means(tmp_path):
    site = load(written(tmp_path, 'based_on = "site_a"\n[site]\npractices = 60')).site
    assert (site.population, site.localities) == (300_000, 6)


def test_a_network_too_large_for_its_list_size_is_refused():
    assert "network_size" in faults(load("site_a").overridden, {"network_size": 2000})


def test_every_headline_is_a_name_for_its_parameter():
    values = {"network_size": 40, "density": 0.5, "broker_exits": 2, "policy_uncertainty": 0.5}
    assert set(values) == set(HEADLINES)
    world = load("site_a").overridden(values)
    for headline, value in values.items():
        section, _, name = HEADLINES[headline].partition(".")
        assert getattr(getattr(world, section), name) == value


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("density", 0.01),
        ("density", 0.97),
        ("density", "dense"),
        ("densty", 0.5),
        ("network_size", 0),
        ("network_size", 10**9),
        ("months", 0),
        ("months", -1),
        ("months", 1.5),
        ("broker_exits", 11.5),
        ("site.board", 0),
        ("site.board", 1),
        ("policy", 1),
        ("policy.", 1),
        ("", 1),
        ("ablation.size_free", True),
        ("calendar", "none"),
        ("title", "x"),
        ("events", []),
    ],
)
def test_an_override_that_cannot_be_names_its_key_as_it_was_given(key, value):
    assert set(faults(load("site_a").overridden, {key: value})) == {key}


def test_ablations_are_set_in_files_and_from_python_only(tmp_path):
    assert load(written(tmp_path, "[ablation]\nsize_free = true")).ablation.size_free
    assert load("site_a").with_(ablation={"fixed_u": 0.5}).ablation.fixed_u == 0.5


def test_an_unknown_section_is_named_with_the_nearest():
    with pytest.raises(Problems) as caught:
        load("site_a").with_(polcy={"dialogue": 0.8})
    assert caught.value.problems[0].suggestion == "policy"


# All at once, and what was meant


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
