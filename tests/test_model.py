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
from worlds import digest, run_for, small

import ccgsim
from ccgsim import CommissioningModel, Problems
from ccgsim.course import Course
from ccgsim.foundation import vocabulary as v
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
