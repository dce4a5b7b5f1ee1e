"""The design of an experiment is a table of points that never depends on the runs."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from ccgsim.foundation.problems import Problems
from ccgsim.lab.experiment import design
from ccgsim.lab.experiment.points_given import given
from tests.lab.experiments import faults_of, small


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
