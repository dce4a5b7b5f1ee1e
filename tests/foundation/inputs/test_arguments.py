"""Arguments from Python are refused by name with what is allowed; nothing breaks inside."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from worlds import digest

import ccgsim
from ccgsim import CommissioningModel, Problems
from ccgsim.foundation.chance import MAX_SEED
from ccgsim.foundation.inputs.arguments import as_plain
from tests.foundation.inputs.plan import PLAN, WORLD


def refused(call: Callable[..., Any], *args: Any, **kwargs: Any) -> list[tuple[str, str]]:
    """Key and suggestion of each fault."""
    with pytest.raises(Problems) as caught:
        call(*args, **kwargs)
    return [(problem.key, problem.suggestion) for problem in caught.value.problems]


# What holds more than one value, or none
MASKED = np.ma.array([1, 2, 3], mask=[False, True, False])


@pytest.mark.parametrize("table", [pd.DataFrame({"a": [1, 2], "b": [3, 4]}), pa.table({"a": [1, 2], "b": [3, 4]})])
@pytest.mark.parametrize(
    "call",
    [
        lambda table: WORLD.with_(policy={"dialogue": table}),
        lambda table: WORLD.with_(events=[{"month": table, "broker_exit": 1}]),
        lambda table: WORLD.overridden({"density": table}),
        lambda table: WORLD.overridden(table),
        lambda table: ccgsim.simulate(WORLD, seed=table),
        lambda table: ccgsim.replicate(WORLD, table),
        lambda table: CommissioningModel(WORLD, density=table),
        lambda table: ccgsim.load(table),
    ],
)
def test_a_whole_table_is_told_as_one_beside_what_is_allowed(call, table):
    with pytest.raises(Problems, match="= a data table of 2 x 2 values: must be "):
        call(table)


@pytest.mark.parametrize("masked", [MASKED, np.ma.masked])
@pytest.mark.parametrize(
    "call",
    [
        lambda masked: WORLD.with_(policy={"dialogue": masked}),
        lambda masked: WORLD.with_(events=[{"month": masked, "broker_exit": 1}]),
        lambda masked: ccgsim.simulate(WORLD, seed=masked),
        lambda masked: ccgsim.replicate(WORLD, masked),
        lambda masked: ccgsim.experiment(PLAN | {"levers": {"network_size": masked}}),
    ],
)
def test_masked_values_are_never_taken_for_what_lies_under_the_mask(call, masked):
    with pytest.raises(Problems, match="holds masked values; leave them out, or fill them"):
        call(masked)


def test_an_array_that_masks_nothing_is_an_array():
    assert as_plain(np.ma.array([1, 2], mask=[False, False])) == [1, 2]


@pytest.mark.parametrize("none", [pd.NaT, np.datetime64("NaT"), pd.NA, math.nan])
def test_a_missing_date_is_no_month_of_an_event(none):
    with pytest.raises(Problems, match=r"event 1, month = .*: must be a (whole|finite) number"):
        WORLD.with_(events=[{"month": none, "broker_exit": 1}])


# Names
@pytest.mark.parametrize(
    ("call", "given", "found"),
    [
        (CommissioningModel, {"seed": 5}, [("seed", "rng")]),
        (CommissioningModel, {"densty": 0.5}, [("densty", "density")]),
        (CommissioningModel, {"policy": 0.5}, [("policy", "policy_uncertainty")]),
        (CommissioningModel, {"polcy": {"dialogue": 0.5}}, [("polcy", "policy")]),
        (CommissioningModel, {"scenario": "site_b"}, [("scenario", "world")]),
        (CommissioningModel, {"months": 12, "events": []}, [("months", ""), ("events", "")]),
        (ccgsim.simulate, {"scenario": WORLD, "rng": 5}, [("rng", "seed")]),
        (ccgsim.simulate, {"scenario": WORLD, "month": 5}, [("month", "months")]),
        (ccgsim.simulate, {"world": "site_a"}, [("world", "scenario")]),
        (ccgsim.replicate, {"scenario": WORLD, "seed": 5}, [("seed", "seeds")]),
        (ccgsim.compare, {"scenarios": {"a": WORLD, "b": WORLD}, "seeds": 5}, [("seeds", "seed")]),
        (ccgsim.sweep, {"asked": PLAN, "folder": "x", "processes": 2}, [("processes", "workers")]),
        (ccgsim.sweep, {"asked": PLAN, "out": "x"}, [("out", "folder")]),
        (WORLD.with_, {"density": 0.5}, [("density", "")]),
        (WORLD.with_, {"polcy": {"dialogue": 0.5}}, [("polcy", "policy")]),
        (ccgsim.experiment, {"source": PLAN | {"lever": {}}}, [("lever", "levers")]),
    ],
)
def test_a_wrong_name_is_refused_with_the_right_one(call, given, found):
    assert refused(call, **given) == found


@pytest.mark.parametrize(
    ("call", "args", "key"),
    [
        (CommissioningModel, ("site_a", 32), "CommissioningModel()"),
        (ccgsim.simulate, (), "simulate()"),
        (ccgsim.replicate, (WORLD,), "replicate()"),
        (ccgsim.simulate, (WORLD, 1, 2, None, 3), "simulate()"),
        (WORLD.with_, ({"policy": {"dialogue": 0.2}},), "Scenario.with_()"),
    ],
)
def test_one_argument_too_many_or_too_few_is_told(call, args, key):
    assert refused(call, *args) == [(key, "")]


# Values
@pytest.mark.parametrize(
    "value", [None, 3, b"site_a", "", "\0.toml", "\ud800.toml", "x" * 5000 + ".toml", ["site_a"], {}]
)
def test_what_names_no_scenario_is_refused_as_the_scenario(value):
    assert [key for key, _ in refused(ccgsim.load, value)] == ["scenario"]
    assert [key for key, _ in refused(ccgsim.simulate, value)] == ["scenario"]


def test_faults_of_all_arguments_are_told_at_once():
    found = refused(ccgsim.replicate, "site_z", [1, True, -1], months="3", progress=3)
    assert [key for key, _ in found] == ["scenario", "seeds[1]", "seeds[2]", "months", "progress"]
    found = refused(CommissioningModel, "site_z", rng=-1, foo=1, density=7, ties={"closure": 9})
    assert [key for key, _ in found] == ["rng", "foo", "scenario", "site.density", "ties.closure"]


def test_seeds_given_twice_are_refused():
    assert refused(ccgsim.replicate, WORLD, [3, 1, 3]) == [("seeds", "")]
    assert refused(ccgsim.replicate, WORLD, np.array([1, 1])) == [("seeds", "")]


def test_a_value_given_two_ways_is_refused():
    assert refused(CommissioningModel, WORLD, density=0.5, site={"density": 0.4}) == [("density", "")]


def test_seeds_without_end_are_refused():
    forever = iter(lambda: 1, 2)
    assert refused(ccgsim.replicate, WORLD, forever) == [("seeds", "")]
    assert refused(ccgsim.replicate, WORLD, range(10**12)) == [("seeds", "")]


@pytest.mark.parametrize("workers", [0, -1, True, 2.0, "4", "", [[]], 10**9])
def test_workers_that_cannot_be_are_refused_and_nothing_is_written(workers, tmp_path):
    assert refused(ccgsim.sweep, PLAN, tmp_path / "x", workers=workers)
    assert not list(tmp_path.iterdir())


def test_pairs_beyond_the_last_seed_are_refused():
    worlds = {"a": WORLD, "b": WORLD}
    assert refused(ccgsim.compare, worlds, replicates=2, seed=MAX_SEED) == [("replicates", "")]


@pytest.mark.parametrize("value", [None, "0.5", True, math.nan, -0.1, 10**400, [0.5], pd.NA, np.timedelta64(1, "D")])
def test_an_agent_refuses_what_is_no_share(value):
    model = CommissioningModel(WORLD, rng=1)
    gp, before = model.agents_by_type[ccgsim.GP][0], digest(model.world)
    with pytest.raises(Problems, match=r"GP\.efficacy"):
        gp.efficacy = value
    assert digest(model.world) == before
    assert refused(model.actor, value) == [("key", "")]


# A hundred mixtures: whatever is wrong, the answer is Problems, and nothing is simulated.
WRONG: tuple[Any, ...] = (
    *(None, math.nan, math.inf, "3", "", "\0", True, -1, 0.5, 10**30, 10**5000, 1j, b"x", object(), pd.NA, pd.NaT),
    *([], [[]], {}, {None: 1}, {5: {5: 5}}, {1, 2}, [None], ["a", 1], range(0), range(10**12), iter(()), print),
    *(np.nan, np.array([]), np.array([[0.5]]), np.array(["a"]), np.datetime64("2013-04"), np.timedelta64(3, "M")),
    *(pd.Series(["a"]), pd.Series([0.5, None]), pd.DataFrame({"a": [1]}), Decimal("0.5"), Path("no.toml"), "x" * 999),
)  # fmt: skip
NAMES = ("sed", "world", "densty", "policy", "events", "months", "x", "self", "_", "fold er", "worker")


def never(*_: Any, **__: Any) -> Any:
    raise AssertionError("arguments that are not allowed began a simulation")


def doors(folder: Path) -> list[tuple[Callable[..., Any], dict[str, Any]]]:
    """Public functions, each with arguments that are allowed."""
    worlds = {"a": WORLD, "b": "site_b"}
    sections = {"policy": {"dialogue": 0.3}, "site": {"hold": "size"}, "ties": {"closure": 0.1}}
    model = {"world": WORLD, "density": 0.5, "broker_exits": 1, "policy_uncertainty": 0.3, "network_size": 30, "rng": 1}
    plan = {"seeds": {"first": 0, "replicates": 2}, "design": {"method": "grid"}, "limits": {"seconds": 9}}
    analyses = {"sensitivity": {"methods": ["morris"]}, "calibrate": {"population": 20}, "keep_series": True}
    return [
        (CommissioningModel, model | {"policy": sections["policy"], "people": {"acute": 1}}),
        (ccgsim.simulate, {"scenario": WORLD, "seed": 1, "months": 2}),
        (ccgsim.replicate, {"scenario": WORLD, "seeds": [1, 2], "months": 2}),
        (ccgsim.compare, {"scenarios": worlds, "replicates": 2, "seed": 1, "months": 2}),
        (ccgsim.sweep, {"asked": PLAN, "folder": folder, "workers": 1, "force_new": False}),
        (ccgsim.load, {"name_or_path": "site_a"}),
        (ccgsim.results, {"folder": folder}),
        (WORLD.with_, {**sections, "events": [{"month": 1, "broker_exit": 1}], "months": 12, "calendar": "none"}),
        (lambda **settings: WORLD.overridden(settings), {"policy.dialogue": 0.3, "density": 0.5, "months": 12}),
        (lambda **table: ccgsim.experiment(table), PLAN | plan | analyses | {"uncertainties": {"ties.closure": [0.1]}}),
        (WORLD.left_out, {"months": 3}),
    ]


def spoilt(value: Any, wrong: Any, luck: np.random.Generator) -> Any:
    """The value, or something within it, in a wrong way."""
    if isinstance(value, dict) and value and luck.random() < 0.7:
        key = list(value)[luck.integers(len(value))]
        return {**value, key: spoilt(value[key], wrong, luck)}
    if isinstance(value, list) and value and luck.random() < 0.7:
        return [*value, spoilt(value[-1], wrong, luck)]
    return wrong


@pytest.mark.parametrize("mixture", range(100))
def test_whatever_is_wrong_the_answer_is_problems(mixture, tmp_path, monkeypatch):
    for place in ("ccgsim.run.Course", "ccgsim.model.Course", "ccgsim.lab.sweep.sweep.carry_out"):
        monkeypatch.setattr(place, never)
    luck, times = np.random.default_rng(mixture), 0
    for call, allowed in doors(tmp_path / "sweep"):
        given = dict(allowed)
        for name in luck.choice(list(given), luck.integers(1, 3)):
            given[name] = spoilt(given[name], WRONG[luck.integers(len(WRONG))], luck)
        if luck.random() < 0.2:
            given[NAMES[luck.integers(len(NAMES))]] = WRONG[luck.integers(len(WRONG))]
        try:
            call(**given)
        except Problems as caught:
            assert caught.problems and all(problem.rule for problem in caught.problems)
            times += 1
        except AssertionError as begun:  # the mixture happened to be allowed: None and the like
            assert "began a simulation" in str(begun)
    assert times >= 5
    assert not list(tmp_path.iterdir())
