"""Experiments are read whole or refused with every fault; their designs are tables that never depend on the run."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ccgsim import load
from ccgsim.foundation import chance
from ccgsim.foundation.problems import Problems
from ccgsim.lab.experiment import design
from ccgsim.lab.experiment.experiment import experiment
from ccgsim.lab.experiment.points_given import given
from ccgsim.lab.sensitivity.study import study
from ccgsim.lab.sweep import row
from ccgsim.lab.sweep.results import results
from ccgsim.lab.sweep.sweep import runner_for, sweep
from ccgsim.run import simulate

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


def small(**more):
    """An experiment of a site over a year, with more or other parts."""
    return experiment({"scenario": "site_f", "months": 12, "measures": ["coherence"], **more})


def faults_of(**more) -> str:
    with pytest.raises(Problems) as refused:
        small(**more)
    return str(refused.value)


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


@pytest.mark.parametrize("text", ["", "schema = ", "\x00"])
def test_a_file_that_is_no_experiment_is_refused(tmp_path, text):
    path = tmp_path / "broken.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Problems, match="broken"):
        experiment(path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(Problems, match="no such file"):
        experiment(tmp_path / "none.toml")


def test_a_grid_crosses_every_value_with_every_other_and_with_every_seed():
    asked = small(
        levers={"density": [0.5, 0.7], "site.hold": ["size", "localities"]}, seeds={"first": 7, "replicates": 3}
    )
    runs = design.runs(asked)
    points = list(itertools.product([0.5, 0.7], ["size", "localities"]))
    assert [tuple(point) for point in runs[["site.density", "site.hold"]].to_numpy()[::3]] == points
    assert runs["run"].tolist() == list(range(12))
    assert runs["seed"].tolist() == [7, 8, 9] * 4
    assert runs["point"].tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]


def test_an_experiment_in_which_nothing_varies_has_one_point():
    assert len(design.runs(small(seeds={"replicates": 4}))) == 4


@pytest.mark.parametrize("method", ["lhs", "sobol"])
@pytest.mark.parametrize("count", [1, 12, 64])
def test_draws_fill_their_intervals_and_are_the_same_each_time(method, count):
    parts = {"ties.closure": {"low": 0.1, "high": 0.5}, "site.practices": {"low": 20, "high": 40}}
    asked = small(design={"method": method, "points": count}, uncertainties=parts)
    points = design.points(asked)
    assert len(points) == count and points.equals(design.points(asked))
    assert points["ties.closure"].between(0.1, 0.5).all() and points["site.practices"].between(20, 40).all()
    if count == 64:
        quarters = np.floor((points["ties.closure"] - 0.1) / 0.1)
        assert quarters.value_counts().tolist() == [16, 16, 16, 16]
    other = small(design={"method": method, "points": count, "seed": 1}, uncertainties=parts)
    assert not points.equals(design.points(other))


def test_every_choice_of_levers_meets_the_same_draws():
    drawn = {"design": {"method": "lhs", "points": 5}, "uncertainties": {"ties.closure": {"low": 0.1, "high": 0.5}}}
    points = design.points(small(levers={"density": [0.5, 0.7]}, **drawn))
    one, other = (points[points["site.density"] == level]["ties.closure"].tolist() for level in (0.5, 0.7))
    assert one == other and len(one) == 5


def test_points_may_stand_in_a_file(tmp_path):
    path = tmp_path / "punkte für heute.csv"
    path.write_text("density,site.practices,site.nurse\n0.5,20,true\n0.7,30,false\n", encoding="utf-8")
    points = design.points(small(design={"method": "list", "file": str(path)}))
    assert points["site.density"].tolist() == [0.5, 0.7]
    assert points["site.practices"].tolist() == [20, 30] and points["site.nurse"].tolist() == [True, False]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("density\n", "no rows below its names"),
        ("density,site.density\n0.5,0.5\n", "is there twice"),
        ("density\n0.5,0.6\n", "line 2 = '0.5, 0.6': has 2 values"),
        ("density\n1.5\n", "lies outside"),
        ("density\nmuch\n", "must be a number"),
        ("densty\n0.5\n", "unknown parameter"),
    ],
)
def test_faults_of_a_file_of_points_are_told_by_line(tmp_path, text, said):
    path = tmp_path / "points.csv"
    path.write_text(text, encoding="utf-8")
    assert said in faults_of(design={"method": "list", "file": str(path)})


def test_levels_are_numbers_that_filters_find_and_ends_are_as_given():
    axis = {"low": 0.1, "high": 0.5, "levels": 5}
    assert design.points(small(levers={"ties.closure": axis}))["ties.closure"].tolist() == [0.1, 0.2, 0.3, 0.4, 0.5]
    for low, high in ((0.1, 0.7), (0.123456789012345, 0.5), (1 / 3, 0.6)):
        axis = {"low": low, "high": high, "levels": 7}
        found = design.points(small(levers={"policy.dialogue": axis}))["policy.dialogue"]
        assert (found.iloc[0], found.iloc[-1]) == (low, high)
        assert found.tolist() == pytest.approx(np.linspace(low, high, 7), abs=1e-12)
        assert all(value == float(f"{value:.12g}") for value in found.iloc[1:-1])


def test_a_point_given_twice_in_a_file_is_refused_by_its_lines(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text("density,site.practices\n0.5,20\n0.7,30\n0.50,20\n0.5,30\n", encoding="utf-8")
    said = faults_of(design={"method": "list", "file": str(path)})
    assert said == f"{path} line 4: repeats the point of line 2: it would count double"


@pytest.mark.parametrize("value", [[0.4, 0.6, 0.4], [0.4, 0.40], np.array([0.4, 0.4]), pd.Series([0.4, 0.6, 0.6])])
def test_a_value_listed_twice_is_refused(value):
    assert "is listed twice" in faults_of(levers={"density": value})


@pytest.mark.parametrize("value", [range(20, 23), np.array([20, 21, 22]), pd.Series([20, 21, 22]), (20, 21, 22)])
def test_levers_may_be_ranges_arrays_and_series(value):
    assert design.points(small(levers={"site.practices": value}))["site.practices"].tolist() == [20, 21, 22]


def asked_at(**columns):
    return given(small(levers={"density": [0.5, 0.7], "site.practices": [20, 30]}), pd.DataFrame(columns))


def test_points_given_as_a_table_are_read_in_the_order_of_the_experiment():
    found = asked_at(**{"site.practices": [20.0, 30.0], "site.density": [0.5, 0.7]})
    assert found.to_dict("list") == {"site.density": [0.5, 0.7], "site.practices": [20, 30]}
    assert found["site.practices"].dtype == "int64"


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"site.density": [0.5, 0.5], "site.practices": [20, 20]}, "at, row 1: repeats the point of row 0"),
        ({"site.density": [0.5, 1.5], "site.practices": [20, 20]}, "at, row 1, site.density = 1.5: lies outside"),
        ({"site.density": [0.5, None], "site.practices": [20, 20]}, "must be a finite number"),
        ({"site.density": [0.5]}, "at = site.practices: is missing"),
        ({"site.densty": [0.5], "site.density": [0.5], "site.practices": [20]}, "did you mean site.density?"),
        ({}, "must be a table of points"),
    ],
)
def test_points_given_as_a_table_are_checked(columns, said):
    with pytest.raises(Problems) as refused:
        asked_at(**columns)
    assert said in str(refused.value)


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
