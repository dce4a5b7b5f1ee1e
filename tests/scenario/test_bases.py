"""Bases of scenarios: how they merge, where they are found, and how deep they may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from ccgsim.foundation.problems import Problems
from ccgsim.scenario.scenario import load
from tests.scenario.writing import faults, file_faults, written


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
