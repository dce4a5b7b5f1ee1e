"""Faults say where, what, why and what may have been meant."""

from __future__ import annotations

import pytest

from ccgsim.foundation.problems import Problem, Problems, gathering, naming, nearest, nearest_dotted, refuse, shown


def test_a_fault_reads_as_one_sentence():
    problem = Problem("site_b.toml", "ties.closur", "3", "unknown parameter", "ties.closure")
    assert str(problem) == "site_b.toml ties.closur = 3: unknown parameter (did you mean ties.closure?)"
    assert str(Problem("", "", "", "interrupted")) == "interrupted"
    assert str(Problem("a.toml", "", "", "is empty")) == "a.toml: is empty"


def test_problems_hold_all_faults_in_order():
    first, second = Problem("", "a", "1", "x"), Problem("", "b", "2", "y")
    with pytest.raises(ValueError, match=r"a = 1: x\nb = 2: y") as caught:
        raise Problems(iter([first, second]))
    assert caught.value.problems == (first, second)
    assert caught.value.as_json()[1] == {"file": "", "key": "b", "value": "2", "rule": "y", "suggestion": ""}


def test_gathering_keeps_faults_and_goes_on_but_lets_other_errors_through():
    found: list[Problem] = []
    for key in ("a", "b"):
        with gathering(found):
            raise refuse(key, 1, "no")
    assert [problem.key for problem in found] == ["a", "b"]
    with pytest.raises(KeyError), gathering(found):
        raise KeyError


def test_faults_found_late_name_the_file_unless_they_name_one():
    late = Problems([Problem("", "a", "1", "no"), Problem("base.toml", "b", "2", "no")])
    with pytest.raises(Problems) as caught, naming("mine.toml"):
        raise late
    assert [problem.file for problem in caught.value.problems] == ["mine.toml", "base.toml"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(True, "true"), ("x", "'x'"), (1.5, "1.5"), (float("nan"), "nan")],
)
def test_values_are_shown_as_they_are_written(value, text):
    assert shown(value).startswith(text)


def test_a_number_that_python_does_not_write_is_described():
    assert shown(10**5000) == "a number of thousands of digits"


def test_long_values_are_cut_to_a_line():
    assert len(shown("x" * 1000)) == 60


def test_the_nearest_name_is_near_or_there_is_none():
    assert nearest("dialog", ["dialogue", "noise"]) == "dialogue"
    assert nearest("zzz", ["dialogue", "noise"]) == ""
    assert nearest("x", []) == ""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ties.inherit", "turnover.inherit"),
        ("ties.inhrit", "turnover.inherit"),
        ("policy.weight", "turnover.weight"),  # 'weights' of its own section is only alike
        ("policy.weigths", "policy.weights"),
        ("Turnover.Inherit", "turnover.inherit"),
        ("inherit", "turnover.inherit"),
        ("turnovr.closre", "ties.closure"),
        ("densty", "density"),
        ("turnover.zzz", ""),  # the section alone is no likeness
        (3, ""),
    ],
)
def test_a_dotted_name_may_be_meant_that_stands_in_another_section(written, meant):
    names = ["ties.closure", "turnover.inherit", "turnover.weight", "policy.weights", "density"]
    assert nearest_dotted(written, names) == meant
