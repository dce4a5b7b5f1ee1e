"""Work on many worlds at once: on worker processes, results in the order asked for, whatever their number."""

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
FEW = 24  # items that one process has done before workers would have started
LARGEST_PART = 16  # items handed to a worker at once
IDLE = 300  # seconds after which workers without work end
ATTEMPTS = 3  # times that a worker may be lost


def spread(
    act: Callable[[Item], Found], items: Iterable[Item], workers: int | None = None, few: int = FEW
) -> Iterator[Found]:
    """What `act` gives for each item, in their order, on so many processes (None: one for each core at hand).

    The first is done here, so that rules are compiled once; a few are all done here. What an item raises is raised,
    WorkersFail where workers are lost again and again. What a worker had that was killed is done again. Workers end
    with this process, and at once where it is interrupted.
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
        except TerminatedWorkerError as error:  # killed, or out of memory: what it had is done again, but not for ever
            lost += 1
            if lost == ATTEMPTS:
                rule = f"worker processes were lost {ATTEMPTS} times over: killed from outside, or for want of memory"
                raise WorkersFail(rule) from error
        rest = rest[given:]


def _by_workers(act: Callable[[Item], Found], items: list[Item], workers: int) -> Iterator[Found]:
    """What `act` gives for each item, in their order; an interruption ends the workers, whatever they are at."""
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
    """The end of a pipe that the workers of this process wait at, and the end that it keeps to itself."""
    return Pipe(duplex=False)


def end_workers() -> None:
    """End the workers of this process at once, whatever they are at."""
    _lifeline(os.getpid())[1].close()
    _lifeline.cache_clear()


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Processes that the block starts never hear Ctrl-C, which the terminal sends to them too; it waits for us."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # here, since its start lets Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(line: Connection) -> None:
    """In a worker, first thing: end with the one that started it, which alone hears Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hang_on(line.fileno())
