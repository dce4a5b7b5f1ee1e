"""Sweeps: every run of a design, on worker processes of this machine or on a cluster, kept as it is finished."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol

import pandas as pd
from loky import cpu_count

from ccgsim.foundation.arguments import place, reads, truth
from ccgsim.foundation.extras import needs
from ccgsim.foundation.files.held import made
from ccgsim.foundation.files.lock import locked
from ccgsim.foundation.problems import refuse, telling
from ccgsim.foundation.work.stopping import Interrupted, Stop, stopping
from ccgsim.foundation.work.workers import workers_fault
from ccgsim.lab.experiment.experiment import Experiment, any_experiment
from ccgsim.lab.experiment.points_given import given
from ccgsim.lab.sweep.address import Address
from ccgsim.lab.sweep.crew import Crew
from ccgsim.lab.sweep.folder_checks import check, discard
from ccgsim.lab.sweep.jobs import Job, Outcome, Work
from ccgsim.lab.sweep.plan import Plan, plan_of
from ccgsim.lab.sweep.store import Store, Sweep
from ccgsim.run import CALLED

Progress = Callable[[int, int], None]


class Hands(Protocol):
    """Whoever does the jobs: a context with the outcomes of jobs."""

    def __enter__(self) -> Hands: ...

    def __exit__(self, *_: object) -> None: ...

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[Outcome]:
        """The outcome of every job, as each is ready."""
        ...


Hire = Callable[[Work, Stop], Hands]


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
    """Run the design of an experiment, or its runs at other points, and keep them in a folder.

    Started again it goes on where it stopped. `workers`: how many processes (None: one for each core at hand), or the
    address of a Dask scheduler (an Address also says how long to wait for it). `at`: points as `design.points` gives
    them, a row each. Raises Problems for every value that is not allowed, and where the folder holds something else or
    cannot be written, InUse where another process writes to it, Interrupted (a KeyboardInterrupt whose `found` is how
    the sweep stands) once all that is finished is kept, where Ctrl-C, SIGTERM or SIGHUP came.
    """
    hire, asked = hands(workers), any_experiment("asked", asked)
    plan = plan_of(asked, None if at is None else given(asked, at))
    return carry_out(plan, Path(folder), hire, force_new=force_new, progress=progress)


def hands(workers: int | str | Address | None) -> Hire:
    """Those who will do the work: so many processes here, or the workers of a Dask scheduler at that address.

    Raises Problems for a number of processes that is not allowed, and for what is no address.
    """
    if isinstance(workers, (str, Address)):
        return on_cluster(workers)
    if rule := workers_fault(workers):
        raise refuse("workers", workers, rule)
    return on_this_machine(workers)


def on_cluster(address: str | Address) -> Hire:
    """The workers that a Dask scheduler at this address has; raises Problems for what is no address."""
    needs("lab", "distributed")
    there = Address(address) if isinstance(address, str) else address
    there.check()

    def hire(work: Work, stop: Stop) -> Hands:
        from ccgsim.lab.sweep.cluster import Cluster

        return Cluster(there, work, stop)

    return hire


def on_this_machine(workers: int | None = None) -> Hire:
    """So many worker processes (None: one for each core at hand)."""
    return lambda work, stop: Crew(work, workers or cpu_count(), stop)


def carry_out(
    plan: Plan, folder: Path, hire: Hire, *, force_new: bool = False, progress: Progress | None = None
) -> Sweep:
    """Run a plan; see `sweep`."""
    with stopping() as stop:
        with _opened(folder, plan, force_new) as store:
            if store.pending.any():
                plan.work.prepare()
            with stop.held():
                _run(store, hire(plan.work, stop), progress)
                store.finish()
            found = store.standing(interrupted=stop.asked)
        if stop.asked:
            raise Interrupted(found)
        return found


def _run(store: Store, hands: Hands, progress: Progress | None) -> None:
    """Have every pending run done; what is finished is kept, whatever ends this."""
    try:
        with hands:
            for outcome in hands.outcomes(store.plan.jobs(store.pending)):
                store.add(outcome)
                if progress is not None:
                    progress(store.finished, len(store.plan.runs))
    finally:
        store.flush()


@contextmanager
def _opened(folder: Path, plan: Plan, force_new: bool) -> Iterator[Store]:
    """The store of a folder, made where it is missing, and locked; a new one goes again where nothing came of it."""
    new = not folder.exists()
    if not new:
        check(folder)
    store = Store(folder, plan)
    with made(folder), ExitStack() as stack:
        with telling(folder):
            stack.enter_context(locked(folder))
        try:
            store.begin(force_new=force_new)
            yield store
        except BaseException:
            if new and not store.finished:
                discard(folder)
            raise
