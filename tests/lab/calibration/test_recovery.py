"""Calibration of this model: parameters of a world whose parameters are known lie inside their intervals."""

from __future__ import annotations

import pytest

from ccgsim.foundation.problems import Problems
from ccgsim.lab.calibration.statistic import name_of, task_of
from ccgsim.lab.experiment.experiment import experiment
from ccgsim.lab.sweep import row

TRUTH = {"policy.dialogue": 0.5, "insecurity.withholding": 0.55}
READ = (("uncertainty", 12, 0.02), ("uncertainty", 24, 0.02), ("benchmark", 24, 0.02), ("participation", 24, 0.02))
RANGES = {"policy.dialogue": {"low": 0.0, "high": 1.0}, "insecurity.withholding": {"low": 0.35, "high": 0.8}}
WORLD = {
    "scenario": "site_b",
    "months": 24,
    "measures": ["uncertainty", "benchmark", "participation"],
    "seeds": {"first": 5},
}


def asked(targets, **size):
    return experiment(WORLD | {"uncertainties": RANGES, "calibrate": {"targets": targets, **size}})


def targets_of(seed):
    """What one world with the true parameters shows."""
    seen = row.series(asked([]), TRUTH, seed)
    return [
        {"measure": measure, "month": month, "value": float(seen[measure].iloc[month]), "sd": sd}
        for measure, month, sd in READ
    ]


@pytest.mark.science
def test_the_parameters_of_a_synthetic_world_lie_inside_and_dialogue_is_narrowed(tmp_path):
    """Four generations only: one noisy world tells little of withholding (.99 of the prior's spread is left)."""
    from ccgsim.lab.calibration import folder, study

    task = task_of(asked(targets_of(777), population=40, generations=4))
    with folder.opened(tmp_path / "out", folder.facts(asked([])), force_new=False) as place:
        found = study.carry_out(task, place, lambda done, planned: None)
    assert not found.failures
    rows = found.summary.set_index("parameter")
    for name, true in TRUTH.items():
        assert rows.loc[name, "low"] <= true <= rows.loc[name, "high"], name
    assert rows.loc["policy.dialogue", "sd_left"] < 0.85


def test_a_statistic_reads_the_months_of_its_targets_in_worlds_of_its_point():
    targets = targets_of(8)
    task = task_of(asked(targets))
    found = task.statistic(TRUTH, 8)
    assert task.distance(found) == 0.0
    assert [goal.name for goal in task.goals] == [f"{measure} at {month}" for measure, month, _ in READ]
    assert found[name_of(asked(targets).calibrate.targets[3])] == targets[3]["value"]
    assert task.distance(task.statistic(TRUTH | {"policy.dialogue": 0.0}, 8)) > 1


def test_a_mean_over_replicates_is_that_of_the_seeds_that_follow():
    one = asked(targets_of(8))
    two = experiment(
        WORLD | {"uncertainties": RANGES, "calibrate": {"targets": targets_of(8)}, "seeds": {"replicates": 2}}
    )
    singles = [task_of(one).statistic(TRUTH, seed)["participation at 24"] for seed in (40, 41)]
    assert task_of(two).statistic(TRUTH, 40)["participation at 24"] == pytest.approx(sum(singles) / 2, abs=1e-12)


@pytest.mark.slow
def test_a_fitted_pattern_s_tolerance_becomes_a_target_in_its_middle():
    task = task_of(asked([{"pattern": "P8"}]))
    assert {(goal.value, round(goal.sd, 4)) for goal in task.goals} == {(0.475, 0.101)}
    found = task.statistic(TRUTH, 3)
    assert set(found) == {goal.name for goal in task.goals} and all(0 <= value <= 1 for value in found.values())


@pytest.mark.slow
def test_a_pattern_without_a_tolerance_of_two_sides_is_refused():
    with pytest.raises(Problems, match="no two-sided tolerance"):
        task_of(asked([{"pattern": "P22"}]))
