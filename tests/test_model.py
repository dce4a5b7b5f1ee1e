"""CommissioningModel keeps the habits of Mesa: agents, sets, collector, batch runs; handles read and guard rows."""

from __future__ import annotations

import copy
import gc
import inspect
import math
import pickle
import weakref

import mesa
import numpy as np
import pandas as pd
import pytest
from worlds import begun, digest, run_for, small

import ccgsim
from ccgsim import CommissioningModel, Problems
from ccgsim.course import Course
from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.chance import MAX_SEED
from ccgsim.measures.catalogue import NAMES
from ccgsim.run import series_of

CLASSES = (ccgsim.GP, ccgsim.PCTStaff, ccgsim.Provider, ccgsim.PatientGroup, ccgsim.PolicyBody, ccgsim.Nurse)


@pytest.fixture
def model() -> CommissioningModel:
    """A small model at month 0."""
    return CommissioningModel(small(), rng=3)


# Agents
def test_everyone_in_the_world_is_an_agent(model):
    assert len(model.agents) == len(model.world.actors)
    assert {agent.key for agent in model.agents} == set(model.world.actors.key.tolist())
    assert all(isinstance(agent, mesa.Agent) for agent in model.agents)
    assert len({agent.unique_id for agent in model.agents}) == len(model.agents)


def test_agents_come_by_class(model):
    assert set(model.agent_types) == set(CLASSES) == set(model.agents_by_type)
    for kind, cls in enumerate(CLASSES):
        assert len(model.agents_by_type[cls]) == (model.world.actors.kind == kind).sum()
        assert {type(agent) for agent in model.agents_by_type[cls]} == {cls}


def test_agents_can_be_selected_aggregated_and_read(model):
    gps, rows = model.agents_by_type[ccgsim.GP], model.world.actors[model.world.actors.kind == v.GP]
    assert gps.agg("participation", max) == rows.participation.max()
    assert gps.get("efficacy") == rows.efficacy.tolist()
    board = model.agents.select(lambda agent: agent.board)
    assert len(board) == len(model.world.seats) and "none" not in board.get("role")
    assert gps.sort("capability", ascending=True).get("capability") == sorted(rows.capability.tolist())
    groups = model.agents.groupby("role")
    assert groups.count()["chair"] == 1


def test_doing_and_shuffling_agents_leaves_the_world_alone(model):
    before = digest(model.world)
    seen = []
    model.agents.shuffle_do(lambda agent: seen.append(agent.key))
    model.agents.shuffle().do(lambda agent: seen.append(agent.key))
    assert sorted(seen) == sorted(2 * model.world.actors.key.tolist())
    assert digest(model.world) == before
    model.step()
    assert digest(model.world) == digest(run_for(Course(small(), 3), 1).world)


def test_a_handle_shows_its_row(model):
    chair = next(agent for agent in model.agents if agent.role == "chair")
    row = model.world.actors[model.world.row_of(chair.key)]
    assert (chair.participation, chair.efficacy, chair.capability) == (row.participation, row.efficacy, row.capability)
    assert chair.board and chair.ccg == 0 and chair.practice == row.practice and chair.locality == 0
    assert list(chair.knowledge.values()) == row.knowledge.tolist()
    assert list(chair.priorities.values()) == row.priorities.tolist()
    assert {a.key for a in chair.advisers} == set(model.world.ties.target_key[model.world.ties.source_key == chair.key])
    assert all(chair in adviser.seekers for adviser in chair.advisers)
    assert "chair" in repr(chair) and model.actor(chair.key) is chair
    assert math.isfinite(sum(chair.reasons().values()))
    acute = next(agent for agent in model.agents_by_type[ccgsim.Provider] if agent.sector == "acute")
    assert acute.capacity == 1.0 and acute.role == "none"
    tiers = {agent.tier for agent in model.agents_by_type[ccgsim.PolicyBody]}
    assert tiers == {"national", "regional", "local authority"}


def test_a_handle_follows_its_person_as_rows_move():
    model = CommissioningModel(small(turnover={"base": 0.05, "vacancy": 1.0}), rng=3)
    first = {agent.key: agent for agent in model.agents}
    for _ in range(30):
        model.step()
    there = {agent.key: agent for agent in model.agents}
    active = model.world.actors[model.world.actors.active == 1]
    assert set(there) == set(active.key.tolist()) != set(first)  # some left, newcomers came
    for key in first.keys() & there.keys():
        assert there[key] is first[key] and there[key].row.key == key
    with pytest.raises(KeyError):
        model.actor(next(iter(first.keys() - there.keys())))


@pytest.mark.parametrize("value", [-0.01, 1.01, math.nan, math.inf])
def test_a_write_out_of_range_is_refused_and_changes_nothing(model, value):
    gp = model.agents_by_type[ccgsim.GP][0]
    before = digest(model.world)
    for name in ("participation", "efficacy", "capability"):
        with pytest.raises(Problems, match=f"GP.{name}"):
            setattr(gp, name, value)
    with pytest.raises(Problems, match="brokerage"):
        gp.brokerage = 0.0
    assert digest(model.world) == before


def test_a_write_in_range_changes_the_world(model):
    gp = model.agents_by_type[ccgsim.GP][0]
    gp.participation = 1.0
    assert model.world.actors.participation[model.world.row_of(gp.key)] == 1.0
    for name in ("role", "board", "practice"):
        with pytest.raises(AttributeError):
            setattr(gp, name, "chair")


# Collector and measures
def test_the_collector_has_a_reporter_a_measure_and_month_and_seed(model):
    assert list(model.datacollector.model_reporters) == ["month", "seed", *NAMES]
    for _ in range(5):
        model.step()
    frame = model.datacollector.get_model_vars_dataframe()
    assert frame["month"].tolist() == list(range(6)) and set(frame["seed"]) == {3}
    series = series_of(small(), 3, 5)
    assert np.array_equal(frame[list(NAMES)].to_numpy(float), series.to_numpy(), equal_nan=True)
    assert model.measures["coherence"] == series["coherence"].iloc[-1]


def test_measures_go_on_beyond_the_scenarios_months():
    model = CommissioningModel(small(months=2, events=[]), rng=1)
    for _ in range(6):
        model.step()
    assert model.month == 6 and model.running


def batch(parameters, seeds, months):
    """mesa.batch_run under either of its two ways with seeds."""
    told = {"max_steps": months, "number_processes": 1, "data_collection_period": -1, "display_progress": False}
    if "rng" in inspect.signature(mesa.batch_run).parameters:  # Mesa >= 3.5
        return mesa.batch_run(CommissioningModel, parameters, rng=seeds, **told)
    return mesa.batch_run(CommissioningModel, parameters | {"rng": seeds}, **told)


def test_batch_run_gives_a_row_a_run_and_seed():
    densities, seeds = [0.4, 0.8], [1, 2, 3]
    rows = batch({"world": [small()], "density": densities}, seeds, 6)
    assert sorted((row["density"], row["seed"]) for row in rows) == [(d, s) for d in densities for s in seeds]
    for row in rows:
        series = series_of(small(site={"density": row["density"]}), row["seed"], row["month"])
        assert 6 <= row["month"] <= 7  # Mesa 3.3 makes one step more
        assert row["participation"] == series["participation"].iloc[-1]


def test_models_of_which_agents_were_raised_are_let_go():
    scenario, kept = small(start={"burn_in": 0}), []
    for seed in range(100):
        model = CommissioningModel(scenario, rng=seed)
        assert len(model.agents) > 20
        kept.append(weakref.ref(model))
    del model
    gc.collect()
    assert [ref for ref in kept if ref() is not None] == []


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


# Copies
@pytest.mark.parametrize("way", [lambda model: pickle.loads(pickle.dumps(model)), copy.deepcopy, copy.copy])
def test_a_copy_goes_on_to_the_same_bits_and_leaves_the_model_alone(way):
    model = CommissioningModel(small(turnover={"base": 0.05, "vacancy": 1.0}), rng=3)
    model.step()
    board = {agent.key for agent in model.agents.select(lambda agent: agent.board)}
    before = digest(model.world)
    other = way(model)
    for _ in range(12):
        other.step()
    assert digest(model.world) == before != digest(other.world) and model.month == 1
    assert {agent.key for agent in model.agents.select(lambda agent: agent.board)} == board
    for _ in range(12):
        model.step()
    assert digest(model.world) == digest(other.world)
    frames = [one.datacollector.get_model_vars_dataframe() for one in (model, other)]
    pd.testing.assert_frame_equal(*frames, check_exact=True)
    assert {agent.key for agent in model.agents} == {agent.key for agent in other.agents}
    assert len({agent.unique_id for agent in other.agents}) == len(other.agents)
    assert all(agent.model is other for agent in other.agents)


def test_a_model_is_shown_in_a_line(model):
    assert repr(model) == "<CommissioningModel site_f, seed 3, month 0>"
