"""Arguments from Python: taken as people hold them, or refused by name with what is allowed; nothing breaks inside."""

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
from worlds import digest, small

import ccgsim
from ccgsim import CommissioningModel, Problems
from ccgsim.foundation.chance import MAX_SEED
from ccgsim.foundation.inputs.arguments import as_plain
from ccgsim.lab.sweep.store import Sweep

WORLD = small()
PLAN = {"scenario": WORLD, "months": 2, "measures": ["coherence"], "levers": {"density": [0.4, 0.6]}}


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
