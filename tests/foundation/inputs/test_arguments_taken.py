"""Arguments from Python are taken as people hold them, and shown in a short line."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from worlds import digest

import ccgsim
from ccgsim import CommissioningModel
from ccgsim.foundation.inputs.arguments import as_plain
from ccgsim.lab.sweep.store import Sweep
from tests.foundation.inputs.plan import PLAN, WORLD


# What people hold
@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (np.float32(0.1), float(np.float32(0.1))),
        (np.longdouble(0.5), 0.5),
        (np.int8(3), 3),
        (np.bool_(True), True),
        (np.str_("size"), "size"),
        (np.array(3), 3),
        (np.array([0.5, 1.0]), [0.5, 1.0]),
        (range(3), [0, 1, 2]),
        ((1, (2, 3)), [1, [2, 3]]),
        (pd.Series([True, False]), [True, False]),
        (pd.Series([1, None], dtype="Int64"), [1.0, math.nan]),
        (pd.Index(["a", "b"]), ["a", "b"]),
        (Path("a") / "b.toml", "a/b.toml"),
        ({1: np.array([Path("x")])}, {"1": ["x"]}),
        (np.timedelta64(3, "ns"), "3 nanoseconds"),
        (None, None),
    ],
)
def test_what_people_hold_becomes_plain(value, plain):
    assert repr(as_plain(value)) == repr(plain)
    assert type(as_plain(value)) is type(plain)


def test_a_list_within_itself_ends():
    endless: list[Any] = [1]
    endless.append(endless)
    assert as_plain(endless)[0] == 1


@pytest.mark.parametrize(
    ("seeds", "months"),
    [
        (range(1, 3), np.int64(2)),
        (np.array([1, 2], np.uint8), np.array(2)),
        (pd.Series([1, 2], index=["a", "b"]), 2),
        (pd.Index([1, 2]), np.int16(2)),
        ((np.int64(seed) for seed in (1, 2)), 2),
    ],
)
def test_seeds_and_months_give_the_same_bits_whoever_holds_them(seeds, months):
    plain, held_ = ccgsim.replicate(WORLD, [1, 2], 2), ccgsim.replicate(WORLD, seeds, months)
    assert (held_.seeds, held_.months) == (plain.seeds, plain.months)
    assert {type(seed) for seed in held_.seeds} == {type(held_.months)} == {int}
    pd.testing.assert_frame_equal(held_.series, plain.series, check_exact=True)


@pytest.mark.parametrize(
    ("density", "dialogue", "hold"),
    [
        (np.float64(0.5), np.float32(0.25), np.str_("size")),
        (np.array(0.5), np.float16(0.25), "size"),
        (pd.Series([0.5])[0], np.array([0.25])[0], pd.Series(["size"])[0]),
    ],
)
def test_parameters_give_the_same_bits_whoever_holds_them(density, dialogue, hold):
    sections = {"policy": {"dialogue": dialogue}, "site": {"hold": hold}}
    model = CommissioningModel(WORLD, density=density, rng=np.int64(1), **sections)
    plain = CommissioningModel(WORLD, density=0.5, rng=1, policy={"dialogue": 0.25}, site={"hold": "size"})
    for one in (plain, model):
        one.step()
    assert digest(model.world) == digest(plain.world)
    changed = {"policy.dialogue": dialogue, "density": density}
    assert WORLD.overridden(changed) == WORLD.overridden({"policy.dialogue": 0.25, "density": 0.5})


def test_an_experiment_is_the_same_whoever_holds_its_values():
    plain = PLAN | {"levers": {"density": [0.4, 0.6], "network_size": [30, 31]}, "seeds": {"replicates": 2}}
    levers = {"density": np.array([0.4, 0.6]), "network_size": range(30, 32)}
    asked = PLAN | {"levers": levers, "seeds": {"replicates": np.int64(2)}, "months": pd.Series([2])[0]}
    assert ccgsim.experiment(asked | {"measures": pd.Index(["coherence"])}) == ccgsim.experiment(plain)
    again = ccgsim.experiment(plain)
    assert ccgsim.experiment(again) is again


def test_scenarios_are_found_by_name_and_path_and_kept_as_they_are(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text('schema = 1\nbased_on = "site_f"\n')
    assert ccgsim.load(file) == ccgsim.load(str(file))
    assert ccgsim.experiment(PLAN | {"scenario": file}).scenario == ccgsim.load(file)
    found = ccgsim.compare({"a": file, "b": WORLD}, replicates=np.int64(1), seed=np.int64(1), months=np.int64(1))
    assert found.scenarios == {"a": ccgsim.load(file), "b": WORLD} and found.seeds == (1,)


def test_one_seed_and_an_agents_share_may_be_numpys():
    run = ccgsim.simulate(WORLD, np.uint32(7), np.int8(1))
    pd.testing.assert_frame_equal(run.series, ccgsim.simulate(WORLD, 7, 1).series, check_exact=True)
    assert type(run.seed) is type(run.months) is int
    gp = CommissioningModel(WORLD, rng=1).agents_by_type[ccgsim.GP][0]
    gp.efficacy = np.float32(0.5)
    assert gp.efficacy == 0.5


# Values shown
def test_values_are_shown_in_a_short_line(tmp_path):
    run, pair = ccgsim.simulate(WORLD, 1, 2), ccgsim.replicate(WORLD, range(5, 7), 2)
    both = ccgsim.compare({"a": WORLD, "b": "site_f"}, 1, months=2)
    asked = ccgsim.experiment(PLAN)
    swept = Sweep(planned=2, done=0, failed=2, pending=0, failures=[{"run": 1}] * 99, table=Path("x") / "table.parquet")
    eventful = WORLD.with_(events=[{"month": 1, "broker_exit": 1}], months=12)
    assert [repr(value) for value in (run, pair, both, asked, swept, WORLD, eventful)] == [
        "Run('site_f', seed=1, months=2)",
        "Replicates('site_f', 2 seeds from 5 to 6, months=2)",
        "Comparison('a', 'b', seed 0, months=2)",
        "Experiment('site_f', varying site.density, replicates=1, months=2)",
        "Sweep(2 planned: 0 done, 2 failed, 0 pending; 'x/table.parquet')",
        "Scenario('site_f', months=140)",
        "Scenario('site_f', months=12, 1 dated event)",
    ]


def test_results_can_be_compared_with_anything_and_kept_in_sets():
    run = ccgsim.simulate(WORLD, 1, 1)
    assert run == run and run != ccgsim.simulate(WORLD, 1, 1) and run in {run}


@pytest.mark.parametrize("name", [name for name in ccgsim.__all__ if not name.startswith("_")])
def test_every_public_name_can_be_had_and_has_words(name):
    assert getattr(ccgsim, name).__doc__
