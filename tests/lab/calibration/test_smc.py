"""ABC-SMC: known posteriors, one posterior a seed whatever the workers or interruptions, ends that are told."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from ccgsim.lab.calibration import luck, posterior
from ccgsim.lab.calibration.failures import Failure, Failures
from ccgsim.lab.calibration.smc import calibrate
from ccgsim.lab.calibration.task import FAULT, Goal, Prior, Task


@dataclass(frozen=True)
class Mean:
    """The mean of nine normal numbers round mu, each of sd `noise`."""

    noise: float = 0.0

    def __call__(self, point, seed):
        drawn = np.random.default_rng(seed).normal(point["mu"], self.noise, 9) if self.noise else point["mu"]
        return {"mean": float(np.mean(drawn))}


def task(statistic=None, **changed):
    normal = Task(
        statistic=statistic or Mean(),
        priors={"mu": Prior(-5, 5)},
        goals=(Goal("mean", 1.0, 0.3),),
        population=40,
        generations=8,
        seed=3,
    )
    return replace(normal, **changed)


def silent(done, planned):
    assert 0 <= done <= planned


def run(tmp_path, asked, name="one", workers=1, progress=silent):
    return calibrate(asked, tmp_path / f"{name}.db", failures(tmp_path, name), progress, workers)


def failures(tmp_path, name="one"):
    return Failures(tmp_path / f"{name}.json")


def moments(found, name="mu"):
    table = found.particles
    mean = (table["weight"] * table[name]).sum()
    return mean, math.sqrt((table["weight"] * (table[name] - mean) ** 2).sum())


def test_the_posterior_of_a_mean_has_the_target_s_own_mean_and_sd(tmp_path):
    found = run(tmp_path, task(population=200))
    mean, sd = moments(found)
    assert found.reached
    assert mean == pytest.approx(1.0, abs=4.5 * 0.3 / math.sqrt(200))
    assert sd == pytest.approx(0.3, rel=0.15)


@pytest.mark.slow
def test_the_luck_of_worlds_widens_the_posterior_as_it_should(tmp_path):
    found = run(tmp_path, task(Mean(noise=1.2), population=400))
    mean, sd = moments(found)
    wanted = math.hypot(0.3, 1.2 / 3)  # the target's sd and that of a mean of nine
    assert found.reached
    assert mean == pytest.approx(1.0, abs=4.5 * wanted / 20)
    assert sd == pytest.approx(wanted, rel=0.12)


def test_two_targets_leave_one_parameter_free_where_they_bind_only_a_sum(tmp_path):
    @dataclass(frozen=True)
    class Sum:
        def __call__(self, point, seed):
            return {"sum": point["a"] + point["b"]}

    found = run(tmp_path, task(Sum(), priors={"a": Prior(0, 1), "b": Prior(0, 1)}, goals=(Goal("sum", 1.0, 0.05),)))
    assert moments(found, "a")[1] > 0.6 * Prior(0, 1).sd
    assert found.particles["a"].corr(found.particles["b"]) < -0.85


def known_moments(act, goals, steps=1500):
    """Mean and sd of each of two parameters, and their correlation: uniform where targets are met, on a fine grid."""
    side = (np.arange(steps) + 0.5) / steps
    a, b = np.meshgrid(side, side)
    misses = sum(((found - goal.value) / goal.sd) ** 2 for found, goal in zip(act(a, b), goals, strict=True))
    a, b = a[misses <= len(goals) + 2], b[misses <= len(goals) + 2]
    return {"a": (a.mean(), a.std()), "b": (b.mean(), b.std())}, np.corrcoef(a, b)[0, 1]


@pytest.mark.slow
def test_the_posterior_of_two_parameters_bound_by_a_product_and_a_bent_sum_is_the_known_one(tmp_path):
    goals = (Goal("product", 0.3, 0.05), Goal("sum", 0.9, 0.1))
    known, correlation = known_moments(lambda a, b: (a * b, a + 0.5 * np.sin(3 * b)), goals)

    def act(point, seed):
        return {"product": point["a"] * point["b"], "sum": point["a"] + 0.5 * math.sin(3 * point["b"])}

    found = run(tmp_path, task(act, priors={"a": Prior(0, 1), "b": Prior(0, 1)}, goals=goals, population=200))
    assert found.reached
    for name, (mean, sd) in known.items():
        assert moments(found, name) == (
            pytest.approx(mean, abs=4.5 * sd / math.sqrt(200)), pytest.approx(sd, rel=4.5 / math.sqrt(400))
        )  # fmt: skip
    between = posterior.correlations(found.particles, {"a": Prior(0, 1), "b": Prior(0, 1)})["correlation"].iloc[0]
    assert between == pytest.approx(correlation, abs=4.5 * (1 - correlation**2) / math.sqrt(200))


@pytest.mark.slow
def test_workers_and_interruptions_do_not_change_a_posterior(tmp_path):
    whole = run(tmp_path, task(Mean(noise=0.5)), "whole")
    on_two = run(tmp_path, task(Mean(noise=0.5)), "two", workers=2)
    assert on_two.particles.equals(whole.particles)

    def stop(done, planned):
        if done > 90:  # in the third generation
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, task(Mean(noise=0.5)), "broken", progress=stop)
    resumed = run(tmp_path, task(Mean(noise=0.5)), "broken")
    assert resumed.particles.equals(whole.particles)
    assert resumed.generations.equals(whole.generations)


def test_a_finished_calibration_is_read_back_without_another_world(tmp_path):
    first = run(tmp_path, task(generations=2))
    again = run(tmp_path, task(generations=2, statistic=lambda point, seed: 1 / 0))
    assert again.particles.equals(first.particles) and not failures(tmp_path).all()


@pytest.mark.parametrize("name", ["a?b", "a%20b", "é&x=1;c d#"])
def test_the_database_lies_in_its_folder_whatever_that_is_called_and_is_gone_on_with(tmp_path, name, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folders = [Path("a%3Fb"), Path(name)]  # the first is how an address would write 'a?b'
    for folder in folders:
        folder.mkdir()
        first = calibrate(task(generations=1, population=10), folder / "x.db", failures(tmp_path), silent, 1)
    again = task(generations=1, population=10, statistic=lambda point, seed: 1 / 0)
    found = calibrate(again, Path(name) / "x.db", failures(tmp_path), silent, 1)
    assert found.particles.equals(first.particles)
    assert sorted(Path().rglob("*.db")) == sorted(folder / "x.db" for folder in folders)


def test_another_seed_gives_other_particles_and_0_is_a_seed(tmp_path):
    found = [run(tmp_path, task(seed=seed, generations=1), str(n)) for n, seed in enumerate((0, 0, 2**53 - 1))]
    assert found[0].particles.equals(found[1].particles)
    assert not set(found[0].particles["mu"]) & set(found[2].particles["mu"])
    assert found[0].particles["seed"].nunique() == 40


def test_a_kept_seed_and_point_give_the_same_numbers_again(tmp_path):
    statistic = Mean(noise=1.0)
    row = run(tmp_path, task(statistic, generations=2)).particles.iloc[7]
    assert statistic({"mu": row["mu"]}, int(row["seed"]))["mean"] == row["mean"]


def test_whole_numbers_stay_whole_and_within_their_bounds(tmp_path):
    found = run(tmp_path, task(generations=2, priors={"mu": Prior(-2, 3, whole=True)}))
    assert set(found.particles["mu"]) <= {-2, -1, 0, 1, 2, 3}
    luck = np.random.default_rng(1).random(4000) * Prior(0, 3, whole=True).width
    counts = np.unique([Prior(0, 3, whole=True).value(drawn) for drawn in luck], return_counts=True)
    assert list(counts[0]) == [0, 1, 2, 3] and counts[1] == pytest.approx([1000] * 4, abs=4.5 * math.sqrt(750))


def test_worlds_that_fail_are_told_and_lose_nothing(tmp_path):
    @dataclass(frozen=True)
    class Moody:
        def __call__(self, point, seed):
            if point["mu"] > 2:
                raise ValueError("too high")
            return {"mean": point["mu"] if point["mu"] > -3 else math.nan}

    found = run(tmp_path, task(Moody()))
    assert found.reached and found.particles["mu"].between(-3, 2).all()
    kept = failures(tmp_path).all()
    assert {failure.reason for failure in kept} == {"ValueError: too high"}
    tried = found.generations["tried"].iloc[0]
    assert sum(failure.generation == 0 for failure in kept) == pytest.approx(
        0.3 * tried, abs=4.5 * math.sqrt(0.21 * tried)
    )


def test_targets_out_of_reach_end_with_the_closest_generation(tmp_path):
    found = run(tmp_path, task(goals=(Goal("mean", 5.9, 0.01),), generations=4))
    assert not found.reached and len(found.generations) == 4
    assert found.particles["mu"].min() > 3


def test_it_ends_where_fewer_than_one_in_a_hundred_come_close_enough(tmp_path):
    @dataclass(frozen=True)
    class Rare:  # one world in 500 meets the target, wherever the parameter lies
        def __call__(self, point, seed):
            return {"mean": 1.0 if seed % 500 == 0 else 100.0 + seed % 499}

    found = run(tmp_path, task(Rare(), population=12, generations=60))
    assert not found.reached and 1 < len(found.generations) < 60


def test_nothing_is_accepted_where_every_world_is_undefined(tmp_path):
    found = run(tmp_path, task(lambda point, seed: {"mean": math.nan}, population=10))
    assert found.particles.empty and found.generations.empty and not found.reached


def test_lent_luck_leaves_the_global_generator_where_it_was():
    before = np.random.get_state()[1]  # noqa: NPY002
    with luck.seeded(2**53 - 1, 4, 2):
        inside = luck.seed_of_world()
    assert np.array_equal(np.random.get_state()[1], before)  # noqa: NPY002
    with luck.seeded(2**53 - 1, 4, 2):
        assert luck.seed_of_world() == inside
    with luck.seeded(2**53 - 1, 4, 3):
        assert luck.seed_of_world() != inside


def test_a_candidate_s_fault_is_its_reason():
    with luck.seeded(0, 0, 0):
        found = task(lambda point, seed: 1 / 0).candidate({"mu": 0.0})
    assert found[FAULT] == "ZeroDivisionError: division by zero"
    assert math.isinf(task().distance(found))


def test_a_generation_begun_again_replaces_its_failures(tmp_path):
    first = [Failure(0, n, n, "x") for n in range(3)]
    failures(tmp_path).keep(0, first)
    failures(tmp_path).keep(1, [Failure(1, 5, 9, "y"), Failure(1, 6, 9, "y")])
    failures(tmp_path).keep(1, [Failure(1, 5, 9, "y")])
    assert failures(tmp_path).all() == (*first, Failure(1, 5, 9, "y"))
