"""Sensitivity by the study's own path: known functions of what the model is given, over all kinds of range."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from ccgsim.foundation.problems import Problems
from ccgsim.lab.experiment import design
from ccgsim.lab.experiment.experiment import experiment
from ccgsim.lab.sensitivity.indices import Morris, Sobol
from ccgsim.lab.sensitivity.points import check_samples, points_of
from ccgsim.lab.sensitivity.study import study, table_of
from ccgsim.scenario.parameters import all_parameters

INTERVAL = {"low": 0.4, "high": 0.8}
HOLD = {"size": 0.0, "localities": 1.0}


def asked(ranges, **more):
    return experiment({"scenario": "site_f", "measures": ["coherence"], "levers": ranges, **more})


def told(ranges, method, act, seed=0, **more):
    """Indices that a study would read if the model were this function of its parameters."""
    made = asked(ranges, design={"seed": seed}, **more)
    runs = design.runs(made, points_of(made, method)[1])
    values = act(runs)
    found, luck = table_of(made, method, pd.DataFrame({"final_coherence": values, "mean_coherence": values}))
    return found[found["at"] == "final"].set_index(["index", "parameter"]), luck


def effects(ranges, act, trajectories=12, **more):
    found = told(ranges, Morris(trajectories), act, **more)[0]
    return {index: found.loc[index, "value"].to_dict() for index in ("mu_star", "mu", "sigma")}


@pytest.mark.parametrize(
    ("density", "size"),
    [
        (INTERVAL, 0.4),
        ([0.4, 0.8], 0.4),
        ([0.8, 0.4], 0.4),
        ([0.4, 0.5, 0.8], 0.4),
        ([0.8, 0.4, 0.6], 0.4),
        ([0.4, 0.5, 0.6, 0.7, 0.8], 0.4),
    ],
)
def test_a_linear_effect_is_the_same_over_an_interval_and_over_any_list_of_its_values(density, size):
    ranges = {"site.density": density, "ties.closure": {"low": 0.1, "high": 0.5}}
    found = effects(ranges, lambda runs: 3 * runs["site.density"] - 2 * runs["ties.closure"])
    assert found["mu_star"] == pytest.approx({"site.density": 3 * size, "ties.closure": 0.8})
    assert found["mu"] == pytest.approx({"site.density": 3 * size, "ties.closure": -0.8})
    assert found["sigma"] == pytest.approx({"site.density": 0.0, "ties.closure": 0.0}, abs=1e-9)


@pytest.mark.parametrize("high", [1, 2, 3, 6])
def test_a_linear_effect_of_whole_numbers_is_that_of_their_whole_range(high):
    ranges = {"turnover.broker_exits": {"low": 0, "high": high}, "ties.closure": {"low": 0.1, "high": 0.5}}
    found = effects(ranges, lambda runs: 5 * runs["turnover.broker_exits"])
    assert found["mu_star"] == pytest.approx({"turnover.broker_exits": 5 * high, "ties.closure": 0.0})
    assert found["sigma"]["turnover.broker_exits"] == pytest.approx(0, abs=1e-9)


def test_booleans_and_two_words_have_the_difference_that_they_make():
    ranges = {"site.nurse": [True, False], "site.hold": ["size", "localities"], "site.density": INTERVAL}
    found = effects(ranges, lambda runs: 2 * runs["site.nurse"] - 7 * runs["site.hold"].map(HOLD))
    assert found["mu_star"] == pytest.approx({"site.nurse": 2, "site.hold": 7, "site.density": 0})
    assert found["mu"] == pytest.approx({"site.nurse": 2, "site.hold": -7, "site.density": 0})


def test_of_three_words_mu_star_is_the_mean_difference_between_two():
    name, options = next((n, q.options) for n, q in all_parameters().items() if len(q.options) >= 3)
    worth = dict(zip(options[:3], (0.0, 1.0, 5.0), strict=True))
    ranges = {name: list(options[:3]), "site.density": INTERVAL}
    found = effects(ranges, lambda runs: runs[name].map(worth), trajectories=1000)
    assert found["mu_star"][name] == pytest.approx((1 + 4 + 5) / 3, abs=4.5 * 1.7 / math.sqrt(1000))


@pytest.mark.parametrize("count", [2, 3, 5, 10])
def test_morris_tries_every_value_of_a_list_and_crosses_at_least_half_of_it(count):
    values = [round(0.3 + 0.05 * n, 2) for n in range(count)]
    made = asked({"site.density": values, "ties.closure": [0.1, 0.2, 0.5]})
    places, points = points_of(made, Morris(20))
    assert set(points["site.density"]) == set(values)
    steps = np.abs(np.diff(places[:, 0].reshape(20, 3), axis=1)).max(axis=1)
    assert (steps >= 0.5 - 1e-9).all()
    first = points["site.density"].to_numpy().reshape(20, 3)[:, 0]
    assert np.ptp([(first == value).sum() for value in values]) <= 1


def test_lists_are_not_exchanged_in_step_with_one_another():
    places, _ = points_of(asked({"site.density": [0.4, 0.8], "ties.closure": [0.1, 0.5]}), Morris(400))
    first = places.reshape(400, 3, 2)[:, 0]
    assert abs(np.corrcoef(first.T)[0, 1]) < 4.5 / math.sqrt(400)


def test_sobol_shares_of_lists_words_and_booleans_are_the_known_ones():
    ranges = {"site.density": [0.4, 0.8], "site.nurse": [True, False], "site.hold": ["size", "localities"]}
    found, _ = told(
        ranges, Sobol(128), lambda r: 10 * r["site.density"] + 3 * r["site.nurse"] + 2 * r["site.hold"].map(HOLD)
    )
    known = np.array([16, 9, 4]) / 29
    for index in ("S1", "ST"):
        assert found.loc[index, "value"].to_numpy() == pytest.approx(known, abs=0.05)
        assert ((found.loc[index, "low"] <= known) & (known <= found.loc[index, "high"])).all()


def test_a_product_has_its_known_shares_through_the_path_of_a_study():
    ranges = {"site.density": {"low": 0.4, "high": 0.8}, "ties.closure": {"low": 0.1, "high": 0.5}}
    found, _ = told(ranges, Sobol(128), lambda runs: runs["site.density"] * runs["ties.closure"])
    ratio = np.array([(0.4**2 / 12) / 0.6**2, (0.4**2 / 12) / 0.3**2])
    total = np.prod(1 + ratio) - 1
    for index, known in (("S1", ratio / total), ("ST", ratio * (1 + ratio[::-1]) / total)):
        assert found.loc[index, "value"].to_numpy() == pytest.approx(known, abs=0.04)
        assert ((found.loc[index, "low"] <= known) & (known <= found.loc[index, "high"])).all()


FIVE = {
    "policy.dialogue": [0.2, 0.8],
    "site.density": INTERVAL,
    "ties.closure": {"low": 0.1, "high": 0.5},
    "insecurity.withholding": {"low": 0.35, "high": 0.8},
    "ties.base_loss": {"low": 0.01, "high": 0.06},
}


@pytest.mark.parametrize("samples", [8, 16])
@pytest.mark.parametrize("seed", [0, 1])
def test_base_points_in_which_ranges_run_together_are_refused_with_the_number_that_will_do(samples, seed, tmp_path):
    made = asked(FIVE, design={"seed": seed}, sensitivity={"samples": samples})
    for act in (lambda: check_samples(made), lambda: study(made, tmp_path / "out")):
        with pytest.raises(Problems) as refused:
            act()
        (problem,) = refused.value.problems
        assert (problem.key, problem.value) == ("sensitivity.samples", str(samples))
        assert "is too few for 5 ranges" in problem.rule and problem.rule.endswith("take 32")
    assert not (tmp_path / "out").exists()
    check_samples(asked(FIVE, design={"seed": seed}, sensitivity={"samples": 32}))
    check_samples(asked(FIVE, design={"seed": seed}, sensitivity={"samples": samples, "methods": ["morris"]}))


@pytest.mark.parametrize("seed", [0, 7])
def test_where_samples_are_allowed_a_parameter_that_makes_everything_is_told(seed):
    check_samples(asked(FIVE, design={"seed": seed}, sensitivity={"samples": 32}))
    for name in ("policy.dialogue", "ties.base_loss"):
        found, _ = told(FIVE, Sobol(32), lambda runs, name=name: runs[name], seed=seed)
        assert found.loc[("ST", name), "value"] == pytest.approx(1, abs=0.3)
        assert found.loc[("ST", name), "low"] < found.loc[("ST", name), "high"]
        assert (found.loc["ST"].drop(name)["value"] == 0).all()


def test_where_the_points_left_never_change_a_parameter_it_is_left_blank_with_the_reason():
    made = asked({"policy.dialogue": [0.2, 0.8], "site.density": INTERVAL})
    runs = design.runs(made, points_of(made, Sobol(64))[1])
    by_block = runs["policy.dialogue"].to_numpy().reshape(64, 4)
    values = (runs["policy.dialogue"] + runs["site.density"]).to_numpy().reshape(64, 4).copy()
    values[by_block[:, 0] != by_block[:, -1]] = np.nan  # defined only where the exchange changes nothing
    found, _ = table_of(made, Sobol(64), pd.DataFrame({f"{at}_coherence": values.ravel() for at in ("final", "mean")}))
    blank = found[found["parameter"] == "policy.dialogue"]
    assert blank[["value", "low", "high"]].isna().all(axis=None)
    assert set(blank["note"]) == {"too few base points are left in which this parameter takes different values"}
    assert found[found["parameter"] == "site.density"]["value"].notna().all()


def test_a_flat_measure_has_blanks_that_say_why():
    found, luck = told({"site.density": INTERVAL}, Sobol(16), lambda r: np.full(len(r), 0.3), seeds={"replicates": 3})
    assert found["value"].isna().all() and set(found["note"]) == {"the measure is the same at every point"}
    assert luck["share_of_luck"].isna().all() and set(luck["note"]) == {"the measure is the same at every point"}


def test_a_measure_that_moves_only_between_base_points_is_no_share_of_0(recwarn):
    made = asked({"site.density": INTERVAL, "ties.closure": {"low": 0.1, "high": 0.5}})
    places, _ = points_of(made, Sobol(16))
    values = np.zeros((16, 4))
    values[3, 1] = 1.0
    table = pd.DataFrame({f"{at}_coherence": values.ravel() for at in ("final", "mean")})
    found, _ = table_of(made, Sobol(16), table)
    assert found["value"].isna().all() and set(found["note"]) == {"the measure is the same at every base point"}
    assert len(places) == 64 and not recwarn.list
