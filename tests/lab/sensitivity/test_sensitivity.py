"""Sensitivity: indices of functions whose indices are known, intervals, noise, and what is left out."""

from __future__ import annotations

import numpy as np
import pytest

from ccgsim.lab.sensitivity.indices import Morris, Sobol, indices
from ccgsim.lab.sensitivity.noise import noise

NAMES = ("a", "b", "c")


def table(method, act, names=NAMES, seed=0):
    points = method.sample(names, seed)
    return indices(method, names, points, act(points)).set_index(["index", "parameter"])


def ishigami(points):
    x = np.pi * (2 * points - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def g_function(points, a=(0.0, 1.0, 4.5, 9.0)):
    return np.prod([(np.abs(4 * points[:, n] - 2) + a[n]) / (1 + a[n]) for n in range(len(a))], axis=0)


def g_indices(a=(0.0, 1.0, 4.5, 9.0)):
    """First-order and total indices in closed form (Saltelli et al. 2010, table 5)."""
    own = np.array([1 / (3 * (1 + each) ** 2) for each in a])
    total = np.prod(1 + own) - 1
    rest = np.prod(1 + own) / (1 + own)
    return own / total, own * rest / total


def test_sobol_indices_of_ishigami_are_the_known_ones():
    found = table(Sobol(1024), ishigami)
    for index, known in (("S1", (0.3139, 0.4424, 0.0)), ("ST", (0.5576, 0.4424, 0.2437))):
        assert found.loc[index, "value"].to_numpy() == pytest.approx(known, abs=0.05)


def test_sobol_indices_of_the_g_function_are_the_known_ones():
    names = ("a", "b", "c", "d")
    found = table(Sobol(1024), g_function, names)
    for index, known in zip(("S1", "ST"), g_indices(), strict=True):
        assert found.loc[index, "value"].to_numpy() == pytest.approx(known, abs=0.05)


def test_intervals_cover_the_known_indices_and_narrow_with_more_points():
    few, many = table(Sobol(64), ishigami), table(Sobol(1024), ishigami)
    total = many.loc["ST"]
    known = np.array((0.5576, 0.4424, 0.2437))
    assert ((total["low"] <= known) & (known <= total["high"])).all()
    assert ((many["high"] - many["low"]) < (few["high"] - few["low"])).all()
    assert ((many["low"] <= many["value"]) & (many["value"] <= many["high"])).all()


def test_morris_effects_of_a_linear_function_are_its_slopes_and_do_not_vary():
    found = table(Morris(10), lambda x: 3 * x[:, 0] - 2 * x[:, 1] + 0 * x[:, 2])
    assert found.loc["mu", "value"].to_numpy() == pytest.approx([3, -2, 0], abs=1e-12)
    assert found.loc["mu_star", "value"].to_numpy() == pytest.approx([3, 2, 0], abs=1e-12)
    assert found.loc["sigma", "value"].to_numpy() == pytest.approx([0, 0, 0], abs=1e-12)
    assert found.loc["mu_star", "low"].to_numpy() == pytest.approx([3, 2, 0], abs=1e-12)


def test_morris_sees_an_interaction_in_sigma():
    found = table(Morris(30), lambda x: x[:, 0] * x[:, 1] + x[:, 2])
    assert found.loc[("sigma", "a"), "value"] > 0.2
    assert found.loc[("sigma", "c"), "value"] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("method", [Morris(8), Sobol(8)], ids=lambda method: method.name)
def test_the_same_seed_gives_the_same_points_and_seed_0_is_one(method):
    again = [method.sample(NAMES, seed) for seed in (0, 0, 1)]
    assert np.array_equal(again[0], again[1]) and not np.array_equal(again[0], again[2])
    assert again[0].shape == (8 * method.block(3), 3)
    assert again[0].min() >= 0 and again[0].max() <= 1


@pytest.mark.parametrize("method", [Morris(16), Sobol(16)], ids=lambda method: method.name)
def test_a_block_with_an_undefined_outcome_is_left_out_and_counted(method):
    points = method.sample(NAMES, 3)
    values = points @ np.array([1.0, 2.0, 3.0])
    spoilt = values.copy()
    spoilt[[0, method.block(3)]] = np.nan  # in the first two blocks
    whole, left = (indices(method, NAMES, points, found) for found in (values, spoilt))
    alone = indices(method, NAMES, points[2 * method.block(3) :], values[2 * method.block(3) :])
    assert set(whole["blocks"]) == {16} and set(left["blocks"]) == {14}
    assert np.array_equal(left["value"], alone["value"])


def test_nothing_is_said_but_why_where_too_few_blocks_are_defined():
    points = Sobol(8).sample(NAMES, 0)
    found = indices(Sobol(8), NAMES, points, np.full(len(points), np.nan))
    assert found[["value", "low", "high"]].isna().all(axis=None)
    assert set(found["note"]) == {"undefined: whole in 0 of 8 base points, 4 are needed"}


def test_morris_intervals_of_few_trajectories_hold_the_truth_as_often_as_they_say():
    """Plain resampling of four would hold it in four of five."""
    known, held = np.array([0.75, 0.75, 0.25]), []
    for seed in range(25):
        found = table(Morris(4), lambda x: x[:, 0] * x[:, 1] * (1 + x[:, 2]), seed=seed).loc["mu_star"]
        held.append((found["low"] <= known) & (known <= found["high"]))
        assert (found["low"] >= 0).all()
    assert np.mean(held) >= 0.87


def test_morris_effects_over_intervals_are_those_of_salib():
    from SALib.analyze import morris

    points = Morris(15).sample(NAMES, 4)
    values = ishigami(points)
    cube = {"num_vars": 3, "names": NAMES, "bounds": [[0, 1]] * 3}
    known = morris.analyze(cube, points, values, num_resamples=2, seed=1)
    found = indices(Morris(15), NAMES, points, values).set_index(["index", "parameter"])
    for index in ("mu_star", "mu", "sigma"):
        assert found.loc[index, "value"].to_numpy() == pytest.approx(np.asarray(known[index]), abs=1e-12)


def test_an_outcome_that_never_varies_has_effects_of_0_and_no_shares():
    still = {method.name: table(method, lambda x: np.ones(len(x))) for method in (Morris(8), Sobol(8))}
    assert (still["morris"]["value"] == 0).all()
    assert still["sobol"]["value"].isna().all() and still["sobol"]["low"].isna().all()


def test_what_a_seed_adds_at_every_point_alike_is_no_noise_of_the_indices():
    outcome = np.linspace(0, 1, 50)[:, None]
    shifted = noise(outcome + np.array([0.0, 5.0, -3.0]))
    assert shifted.share_of_luck == pytest.approx(0, abs=1e-12)
    assert shifted.variance_seeds == pytest.approx(np.var([0.0, 5.0, -3.0], ddof=1))


def test_the_share_of_luck_is_that_of_the_noise_put_in():
    luck = np.random.default_rng(5).normal(0, 0.5, (4000, 4))  # variance .25 / 4 of each mean
    outcome = np.random.default_rng(6).normal(0, 1, (4000, 1))
    found = noise(outcome + luck)
    assert found.share_of_luck == pytest.approx(0.0625 / 1.0625, abs=0.006)
    assert noise(luck).share_of_luck == pytest.approx(1, abs=0.06)


def test_one_seed_cannot_tell_its_noise():
    found = noise(np.linspace(0, 1, 9)[:, None])
    assert (found.seeds, found.variance_seeds, found.share_of_luck) == (1, None, None)
    assert found.variance_points > 0
