"""After the rehearsal nothing is left to compile: a worker that would have to is a fault."""

from __future__ import annotations

import gc
from dataclasses import replace
from functools import partial

import pandas as pd
import pytest
from numba.core.dispatcher import Dispatcher

from ccgsim import load
from ccgsim.lab.experiment.experiment import experiment
from ccgsim.lab.rehearsal import rehearse
from ccgsim.lab.sweep import row
from ccgsim.lab.sweep.jobs import Measured, attempt
from ccgsim.lab.sweep.plan import plan_of
from ccgsim.lab.sweep.sweep import carry_out, on_this_machine
from ccgsim.run import series_of

EVENTFUL = ("broker_exit", "extended_primary_care", "gp_and_paramedic", "patient_voice", "site_a", "vicious_circle_cut")


def kernels() -> set[tuple[str, str, str]]:
    """Module, name and types of every rule compiled or loaded in this process."""
    found = [thing for thing in gc.get_objects() if isinstance(thing, Dispatcher)]
    return {(d.py_func.__module__, d.py_func.__qualname__, str(types)) for d in found for types in d.overloads}


def compiled_here() -> int:
    """How many rules this process has compiled, for want of a kept one."""
    found = [thing for thing in gc.get_objects() if isinstance(thing, Dispatcher)]
    return sum(sum(d.stats.cache_misses.values()) for d in found)


def counting(values, seed) -> Measured:
    """A run of site A with an exit; what it gives is how many rules had to be compiled for it."""
    asked = experiment({"scenario": "broker_exit", "months": 40, "measures": ["stability"]})
    row.simulate_row(asked, {}, seed)
    return Measured({"final_stability": float(compiled_here()), "mean_stability": 0.0})


@pytest.mark.slow
def test_no_scenario_needs_a_rule_that_the_rehearsal_does_not():
    rehearse()
    before = {(module, name) for module, name, _ in kernels()}, kernels()
    for name in EVENTFUL:
        series_of(load(name), 0, 60)
    many = load("england").with_(england={"ccgs": 6, "practices": 120})
    series_of(many, 0, 100)
    assert {kernel[:2] for kernel in kernels() - before[1]} == set()


@pytest.mark.slow
def test_workers_compile_nothing(tmp_path):
    asked = experiment({"scenario": "broker_exit", "months": 40, "measures": ["stability"], "seeds": {"replicates": 3}})
    plan = plan_of(asked)
    work = replace(plan.work, act=partial(attempt, counting))
    found = carry_out(replace(plan, work=work), tmp_path / "out", on_this_machine(2))

    assert found.done == 3
    assert pd.read_parquet(found.table)["final_stability"].tolist() == [0.0, 0.0, 0.0]
