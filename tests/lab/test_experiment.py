"""Experiments are read whole or refused with every fault."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ccgsim import load
from ccgsim.foundation import chance
from ccgsim.foundation.problems import Problems
from ccgsim.lab.experiment import design
from ccgsim.lab.experiment.experiment import experiment
from ccgsim.lab.sensitivity.study import study
from ccgsim.lab.sweep import row
from ccgsim.lab.sweep.results import results
from ccgsim.lab.sweep.sweep import runner_for, sweep
from ccgsim.run import simulate
from tests.lab.experiments import faults_of, small

AS_IN_THE_CONTRACT = """
schema = 1
title = "Density and broker exits"
scenario = "site_a"
months = 60
measures = ["stability", "coherence"]
keep_series = false
[seeds]
first = 0
replicates = 10
[design]
method = "grid"
[levers]
"site.density" = [0.4, 0.6, 0.8]
[uncertainties]
"ties.closure" = { low = 0.1, high = 0.5 }
[sensitivity]
methods = ["morris", "sobol"]
[calibrate]
population = 200
generations = 8
targets = [{ measure = "board_density", month = 12, value = 0.74, sd = 0.04 }]
[limits]
seconds = 60
memory_mb = 1024
"""
FULL_OF_FAULTS = """
titel = "x"
scenario = "site_aa"
months = 0
measures = ["stabilty", "coherence", "coherence"]
keep_series = 1
[seeds]
frist = 0
replicates = 0
[design]
method = "sobol"
[levers]
"site.densty" = [0.4]
density = [0.4, 1.6, "x", 0.4]
[uncertainties]
"ties.closure" = { low = 0.1, high = 0.05, level = 3 }
"england.file" = ["a.csv"]
[sensitivity]
methods = ["moris"]
[calibrate]
population = 2
targets = [{ measure = "board_densit", month = 12, value = 0.74, sd = 0 }, { month = 1300 }]
[limits]
seconds = -1
"""


def test_the_example_of_the_contract_loads(tmp_path):
    path = tmp_path / "example.toml"
    path.write_text(AS_IN_THE_CONTRACT, encoding="utf-8")
    found = experiment(path)
    assert found.scenario.name == "site_a" and found.months == 60
    assert found.measures == ("stability", "coherence")
    assert [axis.name for axis in found.levers] == ["site.density"]
    assert [axis.name for axis in found.uncertainties] == ["ties.closure"]
    assert found.calibrate.targets[0].sd == 0.04
    assert found.limits.seconds == 60 and found.limits.memory_mb == 1024
    runs = design.runs(found)
    assert len(runs) == 3 * 3 * 10  # an interval without levels takes three
    assert list(runs.columns) == ["run", "point", "seed", "site.density", "ties.closure"]


def test_every_fault_is_told_at_once_with_the_nearest_name(tmp_path):
    path = tmp_path / "faults.toml"
    path.write_text(FULL_OF_FAULTS, encoding="utf-8")
    with pytest.raises(Problems) as refused:
        experiment(path)
    found = {problem.key: problem for problem in refused.value.problems}
    assert {problem.file for problem in refused.value.problems} == {str(path)}
    wanted = {
        "schema": "", "titel": "title", "months": "", "keep_series": "", "seeds.frist": "seeds.first",
        "seeds.replicates": "", "limits.seconds": "", "sensitivity.methods": "morris", "calibrate.population": "",
        "scenario": "site_a", "levers.site.densty": "site.density", "uncertainties.ties.closure.level": "levels",
        "uncertainties.england.file": "", "calibrate.targets[0].measure": "board_density",
        "calibrate.targets[0].sd": "", "calibrate.targets[1].month": "", "calibrate.targets[1].sd": "",
    }  # fmt: skip
    assert {key: found[key].suggestion for key in wanted} == wanted
    assert sum(problem.key == "levers.density" for problem in refused.value.problems) == 3
    assert any(problem.suggestion == "stability" for problem in refused.value.problems)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"levers": {"density": [0.5], "site.density": [0.6]}}, "varies already"),
        ({"levers": {"density": {"low": 0.6, "high": 0.5}}}, "must lie below high"),
        ({"levers": {"site.practices": {"low": 10, "high": 12, "levels": 4}}}, "more than there are whole numbers"),
        ({"levers": {"site.hold": {"low": 0, "high": 1}}}, "give a list of values"),
        ({"levers": {"ablation.fixed_u": [0.5]}}, "unknown parameter"),
        ({"levers": {"months": [12, 24]}}, "unknown parameter"),
        ({"design": {"method": "lhs"}}, "there are none"),
        ({"design": {"method": "latin"}}, "must be one of grid, list, lhs, sobol"),
        ({"design": {"points": 4}}, "is not for a grid"),
        ({"design": {"file": "x.csv"}}, 'method = "list" only'),
        ({"design": {"method": "list", "file": "no.csv"}}, "no such file"),
        ({"design": {"method": "list"}}, "is missing"),
        ({"design": {"method": "list", "file": "no.csv"}, "levers": {"density": [0.5]}}, "leave out [levers]"),
        ({"seeds": {"first": 2**53 - 2, "replicates": 3}}, "beyond the last seed"),
        ({"seeds": {"replicates": 10**6}, "levers": {"density": {"low": 0.5, "high": 0.7, "levels": 50}}}, "runs"),
        ({"levers": [0.5]}, "must be a table [levers]"),
        ({"scenario": 3}, "must be the name of a shipped scenario"),
        ({"schema": 2}, "is newer than this ccgsim"),
    ],
)
def test_what_is_not_allowed_is_refused(more, said):
    assert said in faults_of(**more)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "scenario: is missing"),
        ({"scenario": ""}, "scenario = '': must be the name of a shipped scenario or of a file"),
    ],
)
def test_no_scenario_is_told_without_a_value_and_an_empty_one_with_it(given, told):
    with pytest.raises(Problems) as refused:
        experiment({"schema": 1, "months": 2, **given})
    assert told in [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize("text", ["", "schema = ", "\x00"])
def test_a_file_that_is_no_experiment_is_refused(tmp_path, text):
    path = tmp_path / "broken.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Problems, match="broken"):
        experiment(path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(Problems, match="no such file"):
        experiment(tmp_path / "none.toml")


@pytest.mark.parametrize("workers", [-1, 0, 1025, True, 1.5, [2]])
def test_a_number_of_workers_that_cannot_be_is_refused_from_python_too(tmp_path, workers):
    made = small(levers={"density": [0.5]}, sensitivity={"methods": ["morris"], "trajectories": 4})
    both = experiment({"scenario": "site_f", "levers": {"density": [0.5, 0.6]}})
    for act in (
        lambda: sweep(made, tmp_path / "out", workers=workers),
        lambda: study(both, tmp_path / "x", workers=workers),
    ):
        with pytest.raises(Problems) as refused:
            act()
        assert [problem.key for problem in refused.value.problems] == ["workers"]
    assert not list(tmp_path.iterdir())


def test_numpys_whole_numbers_are_numbers_of_workers():
    assert runner_for(np.int64(2)) and runner_for(None)


@pytest.mark.parametrize("samples", [9, 9.0, np.int64(9)])
def test_base_points_must_be_a_power_of_2_in_whatever_type_they_come(samples):
    assert "sensitivity.samples = 9" in faults_of(sensitivity={"samples": samples})


@pytest.mark.parametrize("table", [{5: 1}, {"seeds": {5: 1}}, {"levers": {5: [0.5]}}])
def test_keys_that_are_no_text_are_refused(table):
    with pytest.raises(Problems, match="5: is not a name: keys are text in quotes"):
        experiment({"scenario": "site_f", **table})


@pytest.mark.parametrize("source", [5, None, ["a"], "a\0b"])
def test_what_is_no_path_is_refused(source):
    for act in (experiment, results, lambda path: sweep({"scenario": "site_f"}, path)):
        with pytest.raises(Problems, match=r"path|no file name can have"):
            act(source)


def test_a_row_gives_what_a_run_gives():
    asked = small(months=29, measures=["stability", "exits", "efficacy"], levers={"density": [0.5]})
    found = row.simulate_row(asked, {"site.density": 0.6}, 3)
    run = simulate(load("site_f").with_(site={"density": 0.6}), seed=3, months=29)
    assert list(found) == [f"{at}_{name}" for at in ("final", "mean") for name in asked.measures]
    assert [found[f"final_{name}"] for name in asked.measures] == [run.final[name] for name in asked.measures]
    assert [found[f"mean_{name}"] for name in asked.measures] == [run.mean[name] for name in asked.measures]


def test_a_hundred_thousand_seeds_do_not_clash():
    runs = design.runs(small(seeds={"first": 5, "replicates": 100_000}))
    assert runs["seed"].nunique() == 100_000
    address = (chance.stream("policy"), 3, 1, 0)
    drawn = {chance.uniform(seed, *address) for seed in runs["seed"]}
    assert len(drawn) == 100_000


FILES = sorted(Path(__file__).parents[2].glob("experiments/*.toml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_experiment_file_of_this_repository_is_valid(file):
    assert experiment(file).question
