"""Targets of calibration: from the experiment, from a CSV, from fitted patterns; every fault told where it stands."""

from __future__ import annotations

import pytest

from ccgsim.foundation.problems import Problems
from ccgsim.lab.experiment.experiment import experiment
from ccgsim.lab.experiment.parts import PatternTarget, Target

PLAIN = {"measure": "board_density", "month": 12, "value": 0.74, "sd": 0.04}
CSV = "measure,month,value,sd,source\nstability,24,0.5,0.1,our survey\ncoherence , 36, 0.4, 0.05,\n"


def table(*targets):
    return {"scenario": "site_a", "months": 60, "calibrate": {"targets": list(targets)}}


def faults(*targets):
    with pytest.raises(Problems) as refused:
        experiment(table(*targets))
    return {problem.key: problem for problem in refused.value.problems}


def test_targets_come_from_the_table_a_csv_and_a_pattern(tmp_path):
    (tmp_path / "zeitreihe-ä.csv").write_text(CSV, encoding="utf-8")
    found = experiment(table(PLAIN, {"file": str(tmp_path / "zeitreihe-ä.csv")}, {"pattern": "P8"})).calibrate.targets
    assert found == (
        Target(**PLAIN),
        Target(measure="stability", month=24, value=0.5, sd=0.1),
        Target(measure="coherence", month=36, value=0.4, sd=0.05),
        PatternTarget(pattern="P8"),
    )


def test_a_file_is_sought_beside_the_experiment(tmp_path):
    (tmp_path / "targets.csv").write_text(CSV)
    file = tmp_path / "mine.toml"
    file.write_text('schema = 1\nscenario = "site_a"\n[calibrate]\ntargets = [{ file = "targets.csv" }]\n')
    assert [target.measure for target in experiment(file).calibrate.targets] == ["stability", "coherence"]


def test_every_fault_of_a_csv_is_told_with_its_line(tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("measure,month,value,sd\nstabilty,24,0.5,\nstability,61,x,\n")
    found = faults({"file": str(path)})
    assert set(found) == {"line 2, sd", "line 2, measure", "line 3, sd", "line 3, month", "line 3, value"}
    assert found["line 2, measure"].file == str(path) and found["line 2, measure"].suggestion == "stability"


@pytest.mark.parametrize(
    ("target", "key", "rule"),
    [
        ({"pattern": "P1"}, "pattern", "would end its use as a test"),
        ({"pattern": "P99"}, "pattern", "unknown pattern"),
        ({"pattern": "P8", "sd": 1.0}, "sd", "is not allowed beside pattern"),
        ({"file": "none.csv"}, "file", "no such file"),
        ({"file": 3}, "file", "must be the name of a CSV file"),
        (PLAIN | {"sd": 0}, "sd", "must be above 0"),
        (PLAIN | {"month": 61}, "month", "lies outside 0 to 60"),
        (PLAIN | {"value": float("nan")}, "value", "must be a finite number"),
        (PLAIN | {"valu": 1}, "valu", "unknown; a target has"),
    ],
)
def test_a_target_that_cannot_stand_is_refused_in_its_place(target, key, rule):
    assert rule in faults(target)[f"calibrate.targets[0].{key}"].rule


def test_a_file_without_targets_and_a_target_given_twice_are_refused(tmp_path):
    (tmp_path / "empty.csv").write_text("measure,month,value,sd\n")
    assert "no rows below its names" in faults({"file": str(tmp_path / "empty.csv")})[""].rule
    assert faults(PLAIN, PLAIN)["calibrate.targets"].value == "board_density in month 12"


def test_sizes_of_sensitivity_are_checked():
    found = experiment({"scenario": "site_a", "sensitivity": {"trajectories": 7, "samples": 16}}).sensitivity
    assert (found.methods, found.trajectories, found.samples) == (("morris", "sobol"), 7, 16)
    with pytest.raises(Problems, match="must be a power of 2") as refused:
        experiment({"scenario": "site_a", "sensitivity": {"trajectories": 2, "samples": 48, "sample": 8}})
    assert {problem.key for problem in refused.value.problems} == {
        "sensitivity.trajectories", "sensitivity.samples", "sensitivity.sample",
    }  # fmt: skip
