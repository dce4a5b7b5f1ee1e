"""Section `lab`: a sweep of a site against a plain loop over it, and against mesa.batch_run on the same work.

The reference workload stands for the model where Mesa is concerned: its plain-Mesa twin gives the same numbers, so both
sides run the same number of runs of the same thing.
"""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import mesa
import numpy as np
import pandas as pd

from benchmarks import mesa_twin, reference
from benchmarks.timing import Cell, Table
from benchmarks.workload import graph
from ccgsim.foundation.work.worker import Work
from ccgsim.lab.experiment.experiment import Experiment, experiment
from ccgsim.lab.sweep import row
from ccgsim.lab.sweep.jobs import Job, Measured, Outcome, attempt
from ccgsim.lab.sweep.plan import Plan, plan_of
from ccgsim.lab.sweep.sweep import carry_out, on_this_machine

AGENTS, MONTHS = 200, 140
WORKERS = (1, 2)
COLUMNS = ("work", "program", "processes", "runs", "seconds", "runs/s", "x one process", "x batch_run")
IN_RUN = "seconds in the run"
NAMES = ("final_knowledge", "final_cosine")


class Twin(mesa_twin.Circle):
    """The twin as batch_run wants it: a model of plain arguments that ends by itself."""

    def __init__(self, number: int, agents: int, months: int) -> None:
        super().__init__(graph(agents, number), months, number)
        self.months = months

    def step(self) -> None:
        """One month; after the last nothing is left to do."""
        super().step()
        self.running = self.month < self.months


def engine(values: Mapping[str, Any], seed: int) -> Measured:
    """The same run by this engine."""
    months = reference.run(graph(AGENTS, seed), MONTHS, seed)
    return Measured(dict(zip(NAMES, (float(series[-1]) for series in months), strict=True)))


def warm() -> None:
    """Load the engine's kernel."""
    engine({}, 0)


def of_reference(runs: int) -> Plan:
    """So many runs of the reference workload, each on its own seed and graph."""
    frame = pd.DataFrame({"run": range(runs), "point": [0] * runs, "seed": range(runs)})
    return Plan(frame, NAMES, Work(partial(attempt, engine), warm, 600.0, 4096), {"work": "reference"})


def of_site(runs: int) -> Experiment:
    """So many runs of site A over its months, two measures asked for."""
    asked = {"scenario": "site_a", "months": MONTHS, "measures": ["stability", "coherence"]}
    return experiment(asked | {"seeds": {"replicates": runs}})


def timed(act: Callable[[Job], Outcome], job: Job) -> Outcome:
    """The outcome of a job, and the seconds that it took where it was done."""
    begin = perf_counter()
    done = act(job)
    values = done.measured.values if done.measured else {}
    return dataclasses.replace(done, measured=Measured({**values, IN_RUN: perf_counter() - begin}))


def with_times(plan: Plan) -> Plan:
    """The plan, each run timed by its worker."""
    work = dataclasses.replace(plan.work, act=partial(timed, plan.work.act))
    return dataclasses.replace(plan, columns=(*plan.columns, IN_RUN), work=work)


def swept(plan: Plan, workers: int) -> tuple[float, pd.DataFrame]:
    """Seconds of a sweep from its start to its table, and the table."""
    plan.work.prepare()
    with tempfile.TemporaryDirectory() as folder:
        begin = perf_counter()
        found = carry_out(plan, Path(folder) / "out", on_this_machine(workers))
        return perf_counter() - begin, pd.read_parquet(found.table)


def looped(asked: Experiment) -> float:
    """Seconds of the same runs in a plain loop."""
    begin = perf_counter()
    for seed in asked.seeds.all:
        row.simulate_row(asked, {}, seed)
    return perf_counter() - begin


def batched(runs: int, processes: int) -> tuple[float, pd.DataFrame]:
    """Seconds of mesa.batch_run on the twin, and what it gives in the order of the seeds."""
    parameters = {"number": list(range(runs)), "agents": AGENTS, "months": MONTHS}
    begin = perf_counter()
    found = mesa.batch_run(Twin, parameters, number_processes=processes, max_steps=MONTHS, display_progress=False)
    return perf_counter() - begin, pd.DataFrame(found).sort_values("number")


def site_rows(runs: int) -> tuple[list[tuple[Cell, ...]], list[str], bool]:
    """Loop and sweeps of site A, what they say of overhead, and whether the tables are the same to the bit."""
    asked = of_site(runs)
    alone = looped(asked)
    rows: list[tuple[Cell, ...]] = [("site A", "plain loop", 1, runs, alone, runs / alone, 1.0, None)]
    notes, tables = [], []
    for workers in WORKERS:
        seconds, table = swept(with_times(plan_of(asked)), workers)
        rows.append(("site A", "sweep", workers, runs, seconds, runs / seconds, alone / seconds, None))
        idle = 1 - table.pop(IN_RUN).sum() / (workers * seconds)
        notes.append(f"Sweep, {workers} workers: {100 * idle:.1f}% of their time went to start, supervisor and store.")
        tables.append(table)
    return rows, notes, all(table.equals(tables[0]) for table in tables)


def reference_rows(runs: int) -> tuple[list[tuple[Cell, ...]], bool]:
    """batch_run on the twin and sweeps of the engine, and whether they give the same numbers to 1e-9."""
    rows: list[tuple[Cell, ...]] = []
    base: dict[tuple[str, int], float] = {}
    same = True
    for processes in WORKERS:
        base["mesa.batch_run", processes], theirs = batched(runs, processes)
        base["sweep", processes], ours = swept(of_reference(runs), processes)
        for mine, other in zip(NAMES, ("knowledge", "cosine"), strict=True):
            same &= bool(np.allclose(ours[mine], theirs[other].to_numpy(float), rtol=0, atol=1e-9))
    for (program, processes), seconds in sorted(base.items()):
        one, mesas = base[program, 1], base["mesa.batch_run", processes]
        rows.append(
            ("reference", program, processes, runs, seconds, runs / seconds, one / seconds, mesas / seconds),
        )
    return rows, same


def section(quick: bool) -> Table:
    """A thousand runs of site A (quick: 40) and as many of the reference workload, in one process and in two."""
    runs = 40 if quick else 1_000
    site, notes, equal = site_rows(runs)
    work, same = reference_rows(runs)
    notes = [
        f"Site A: {MONTHS} months, final and mean of two measures. Reference: {AGENTS} agents, {MONTHS} months.",
        "A sweep's seconds hold the start of its workers, the store and the table; a loop and batch_run keep nothing.",
        *notes,
        "Tables are the same to the bit for each number of workers." if equal else "TABLES DIFFER BETWEEN WORKERS.",
        "Engine and twin give the same numbers to 1e-9." if same else "ENGINE AND TWIN DIFFER.",
    ]
    return Table("The lab", COLUMNS, [*site, *work], notes, held=equal and same)
