"""Values that CommissioningModel is given: refused by name, or held; headline parameters do what they say."""

from __future__ import annotations

import math

import numpy as np
import pytest
from worlds import begun, digest, run_for, small

import ccgsim
from ccgsim import CommissioningModel, Problems
from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.chance import MAX_SEED
from ccgsim.run import series_of


# Values
@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"density": 0.05}, "site.density"),
        ({"density": 1.0}, "site.density"),
        ({"density": math.nan}, "site.density"),
        ({"network_size": 0}, "site.practices"),
        ({"network_size": 2.5}, "site.practices"),
        ({"broker_exits": -1}, "turnover.broker_exits"),
        ({"broker_exits": 12}, "turnover.broker_exits"),
        ({"policy_uncertainty": 1.2}, "policy.uncertainty"),
        ({"policy_uncertainty": "0.3"}, "policy.uncertainty"),
        ({"policy": {"dialog": 0.2}}, "policy.dialog"),
        ({"policies": {"dialogue": 0.2}}, "policies"),
        ({"rng": -1}, "rng"),
        ({"rng": 2**53}, "rng"),
        ({"rng": 1.0}, "rng"),
        ({"rng": True}, "rng"),
        ({"rng": "1"}, "rng"),
        ({"world": "site_z"}, "scenario"),
    ],
)
def test_values_that_are_not_allowed_are_refused_by_name(given, key):
    with pytest.raises(Problems) as refused:
        CommissioningModel(**{"world": "site_f", "rng": 1} | given)
    assert [problem.key for problem in refused.value.problems] == [key]


def test_all_faults_are_told_at_once():
    with pytest.raises(Problems) as refused:
        CommissioningModel("site_f", density=2.0, policy_uncertainty=-1, rng=1, ties={"closure": 9})
    assert {p.key for p in refused.value.problems} == {"site.density", "policy.uncertainty", "ties.closure"}


def test_exits_beyond_the_scenario_are_refused():
    with pytest.raises(Problems, match=r"turnover\.broker_exits"):
        CommissioningModel(small(months=36), broker_exits=2, rng=1)
    assert CommissioningModel(small(months=37), broker_exits=2, rng=1).recipe.turnover.broker_exits == 2


@pytest.mark.parametrize("seed", [0, 1, np.int64(5), MAX_SEED])
def test_whole_numbers_are_used_as_they_are(seed):
    model = CommissioningModel(small(), rng=seed)
    assert model.seed == seed and digest(model.world) == digest(begun(int(seed)).world)


def test_without_a_seed_one_is_drawn_and_kept():
    first, second = CommissioningModel(small()), CommissioningModel(small())
    assert first.seed != second.seed and 0 <= first.seed <= MAX_SEED
    again = CommissioningModel(small(), rng=first.seed)
    for model in (first, again):
        model.step()
    assert digest(first.world) == digest(again.world)


def test_two_models_side_by_side_do_not_touch_each_other():
    one, other = CommissioningModel(small(), rng=1), CommissioningModel(small(), rng=2)
    for _ in range(3):
        one.step()
        assert len(one.agents) == one.world.actors.active.sum()
        other.step()
        other.agents_by_type[ccgsim.GP].agg("participation", max)
    assert digest(one.world) == digest(run_for(begun(1), 3).world)
    assert digest(other.world) == digest(run_for(begun(2), 3).world)


# Headline parameters
@pytest.mark.parametrize("site", ["site_a", "site_b"])
def test_a_sites_own_values_change_nothing(site):
    own = ccgsim.load(site)
    said = {"network_size": own.site.practices, "density": own.site.density, "policy_uncertainty": 0.35}
    plain, stated = CommissioningModel(site, rng=4), CommissioningModel(site, rng=4, broker_exits=0, **said)
    for model in (plain, stated):
        model.step()
    assert digest(plain.world) == digest(stated.world)


@pytest.mark.parametrize("density", [12 / 156, 0.3, 0.5, 0.9])
def test_a_board_begins_with_exactly_the_density_asked_for(density):
    model = CommissioningModel("site_a", density=density, rng=1)
    assert model.measures["board_density"] == pytest.approx(round(density * 156) / 156)
    assert model.measures["ties_outside"] == 26  # the survey's, whatever the density


@pytest.mark.parametrize("density", [0.4, 0.6, 0.8])
def test_a_density_is_held(density):
    seeds = range(8)
    scenario = ccgsim.load("site_a").with_(site={"density": density})
    held = [series_of(scenario, seed, 12)["board_density"].iloc[-1] for seed in seeds]
    assert np.mean(held) == pytest.approx(density, abs=0.08)


@pytest.mark.parametrize(("practices", "localities"), [(15, 3), (60, 12), (2, 1)])
def test_network_size_keeps_list_size_and_practices_a_locality(practices, localities):
    model = CommissioningModel("site_a", network_size=practices, rng=1)
    site = model.recipe.site
    assert (site.practices, site.localities, site.population) == (practices, localities, 10_000 * practices)
    assert site.board == 13 == len(model.world.seats)
    gps = model.world.actors[model.world.actors.kind == v.GP]
    assert len(gps) == max(practices, gps.board.sum() + 1)
    assert model.measures["ties_outside"] == 26


def test_holding_localities_keeps_their_number():
    model = CommissioningModel("site_a", network_size=60, rng=1, site={"hold": "localities"})
    assert (model.recipe.site.localities, len(model.world.localities)) == (6, 6)


def test_policy_uncertainty_sets_month_0_and_the_long_run_mean():
    model = CommissioningModel(small(calendar="none", policy={"noise": 0.0}), policy_uncertainty=0.6, rng=1)
    assert model.measures["uncertainty"] == 0.6
    for _ in range(24):
        model.step()
    assert model.measures["uncertainty"] == pytest.approx(0.6)
