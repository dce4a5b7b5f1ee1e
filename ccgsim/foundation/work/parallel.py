"""Parallel work on many worlds: on worker processes, with results in the order of the items."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from multiprocessing import Pipe, resource_tracker
from multiprocessing.connection import Connection
from typing import TypeVar

from loky import cpu_count, get_reusable_executor
from loky.process_executor import TerminatedWorkerError

from ccgsim.foundation.work.lifeline import WorkersFail, hang_on

Item = TypeVar("Item")
Found = TypeVar("Found")
FEW = 24  # items that one process finishes before workers would have started
LARGEST_PART = 16  # most items sent to a worker at once
IDLE = 300  # seconds after which idle workers end
ATTEMPTS = 3  # times that workers may die


def spread(
    act: Callable[[Item], Found], items: Iterable[Item], workers: int | None = None, few: int = FEW
) -> Iterator[Found]:
    """The result of `act` for each item, in order, on `workers` processes (None: one per available core).

    The first item is done in this process, so that rules are compiled once; so are all items if there are few.
    Exceptions of items are raised here; WorkersFail if workers die repeatedly. Items of a killed worker are repeated.
    Workers end with this process, and at once if it is interrupted.
    """
    waiting, workers = list(items), workers or cpu_count()
    here = waiting if workers == 1 or len(waiting) <= few else waiting[:1]
    yield from map(act, here)
    rest, lost = waiting[len(here) :], 0
    while rest:
        given = 0
        try:
            for found in _by_workers(act, rest, workers):
                yield found
                given += 1
        except TerminatedWorkerError as error:  # killed, or out of memory: its items are repeated a few times
            lost += 1
            if lost == ATTEMPTS:
                rule = f"worker processes died {ATTEMPTS} times: killed from outside, or out of memory"
                raise WorkersFail(rule) from error
        rest = rest[given:]


def _by_workers(act: Callable[[Item], Found], items: list[Item], workers: int) -> Iterator[Found]:
    """The result of `act` for each item, in order; an interruption ends the workers at once."""
    line = _lifeline(os.getpid())[0]
    pool = get_reusable_executor(max_workers=workers, timeout=IDLE, initializer=_begin, initargs=(line,))
    try:
        with _deaf_to_ctrl_c():
            found = pool.map(act, items, chunksize=max(1, min(LARGEST_PART, len(items) // (8 * workers))))
        yield from found
    except KeyboardInterrupt:
        end_workers()
        raise


@cache
def _lifeline(starter: int) -> tuple[Connection, Connection]:
    """A pipe: the end at which the workers of this process wait, and the end that this process keeps."""
    return Pipe(duplex=False)


def end_workers() -> None:
    """End the workers of this process at once."""
    _lifeline(os.getpid())[1].close()
    _lifeline.cache_clear()


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Processes started in the block ignore Ctrl-C, which the terminal also sends to them; here it is delayed."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # started here, since starting it unblocks Ctrl-C
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(line: Connection) -> None:
    """Initialise a worker: it ends with its parent, and ignores Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hang_on(line.fileno())
