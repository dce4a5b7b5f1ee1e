"""Sweeps: every run of a design, on worker processes here or on a cluster, saved as soon as it is finished."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from ccgsim.foundation.extras import needs
from ccgsim.foundation.files.lock import opened
from ccgsim.foundation.inputs.arguments import place, reads, truth
from ccgsim.foundation.problems import refuse
from ccgsim.foundation.work.progress import Progress
from ccgsim.foundation.work.stopping import Interrupted, Stop, stopping
from ccgsim.foundation.work.worker import Work
from ccgsim.foundation.work.workers import cores, workers_fault
from ccgsim.lab.experiment.experiment import Experiment, any_experiment
from ccgsim.lab.experiment.points_given import given
from ccgsim.lab.sweep.address import Address
from ccgsim.lab.sweep.folder_checks import check, discard
from ccgsim.lab.sweep.here import Here
from ccgsim.lab.sweep.jobs import Job, Outcome
from ccgsim.lab.sweep.plan import Plan, plan_of
from ccgsim.lab.sweep.store import Store, Sweep
from ccgsim.run import CALLED


class Runner(Protocol):
    """Runs jobs (here or on a cluster): a context manager that yields the outcomes of jobs."""

    def __enter__(self) -> Runner: ...

    def __exit__(self, *_: object) -> None: ...

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[Outcome]:
        """The outcome of every job, as each is ready."""
        ...


MakeRunner = Callable[[Work, Stop], Runner]


@reads(asked=any_experiment, folder=place, force_new=truth, progress=CALLED)
def sweep(
    asked: Experiment | str | Path | Mapping[str, Any],
    folder: str | Path,
    *,
    workers: int | str | Address | None = None,
    at: pd.DataFrame | None = None,
    force_new: bool = False,
    progress: Progress | None = None,
) -> Sweep:
    """Run the design of an experiment, or its runs at other points, and save them in a folder.

    Started again, it resumes where it stopped. `workers`: number of processes (None: one per available core), or the
    address of a Dask scheduler (an Address also says how long to wait for it). `at`: points in the form that
    `design.points` returns. Raises Problems for invalid values, and if the folder holds something else or cannot be
    written; InUse if another process writes to it; after Ctrl-C, SIGTERM or SIGHUP, once all finished runs are saved,
    Interrupted (a KeyboardInterrupt whose `found` is the state of the sweep).
    """
    make_runner, asked = runner_for(workers), any_experiment("asked", asked)
    plan = plan_of(asked, None if at is None else given(asked, at))
    return carry_out(plan, Path(folder), make_runner, force_new=force_new, progress=progress)


def runner_for(workers: int | str | Address | None) -> MakeRunner:
    """The workers to use: a number of processes here, or those of a Dask scheduler at an address.

    Raises Problems for an invalid number of processes or an invalid address.
    """
    if isinstance(workers, (str, Address)):
        return on_cluster(workers)
    if rule := workers_fault(workers):
        raise refuse("workers", workers, rule)
    return on_this_machine(workers)


def on_cluster(address: str | Address) -> MakeRunner:
    """The workers of the Dask scheduler at this address; raises Problems for an invalid address."""
    needs("lab", "distributed")
    there = Address(address) if isinstance(address, str) else address
    there.check()

    def make_runner(work: Work, stop: Stop) -> Runner:
        from ccgsim.lab.sweep.cluster import Cluster

        return Cluster(there, work, stop)

    return make_runner


def on_this_machine(workers: int | None = None) -> MakeRunner:
    """A number of worker processes here (None: one per available core)."""
    return lambda work, stop: Here(work, workers or cores(), stop)


def carry_out(
    plan: Plan, folder: Path, make_runner: MakeRunner, *, force_new: bool = False, progress: Progress | None = None
) -> Sweep:
    """Run a plan; see `sweep`."""
    with stopping() as stop:
        with _opened(folder, plan, force_new) as store:
            if store.pending.any():
                plan.work.prepare()
            with stop.held():
                _run(store, make_runner(plan.work, stop), progress)
                store.finish()
            found = store.standing(interrupted=stop.asked)
        if stop.asked:
            raise Interrupted(found)
        return found


def _run(store: Store, runner: Runner, progress: Progress | None) -> None:
    """Do all pending runs; finished runs are saved even if this ends early."""
    try:
        with runner:
            for outcome in runner.outcomes(store.plan.jobs(store.pending)):
                store.add(outcome)
                if progress is not None:
                    progress(store.finished, len(store.plan.runs))
    finally:
        store.flush()


@contextmanager
def _opened(folder: Path, plan: Plan, force_new: bool) -> Iterator[Store]:
    """The store of a folder, created if missing, and locked; a new folder is removed if no run was finished."""
    new = not folder.exists()
    if not new:
        check(folder, plan.what)
    store = Store(folder, plan)
    with opened(folder):
        try:
            store.begin(force_new=force_new)
            yield store
        except BaseException:
            if new and not store.finished:
                discard(folder)
            raise
