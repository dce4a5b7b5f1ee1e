"""Parallel work on many worlds: on worker processes, with results in the order of the items."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from queue import Empty, SimpleQueue
from typing import TypeVar

from ccgsim.foundation.work.crew import Crew, Done
from ccgsim.foundation.work.worker import Work
from ccgsim.foundation.work.workers import cores

Item = TypeVar("Item")
Found = TypeVar("Found")
FEW = 24  # items that one process finishes before workers would have started


def spread(
    act: Callable[[Item], Found], items: Iterable[Item], workers: int | None = None, few: int = FEW
) -> Iterator[Found]:
    """The result of `act` for each item, in order, on `workers` processes (None: one per available core).

    Up to `few` items are all done in this process; of more, the first is, so that rules are compiled once (none if
    `few` is 0). Exceptions of items are raised here; WorkersFail if an item's workers die repeatedly. Workers stay for
    the next call; they end with this process, and at once if it is interrupted.
    """
    waiting, workers = list(items), workers or cores()
    here = waiting if workers == 1 or len(waiting) <= few else waiting[: min(1, few)]
    yield from map(act, here)
    if len(here) < len(waiting):
        yield from _by_workers(act, waiting[len(here) :], workers)


def _by_workers(act: Callable[[Item], Found], items: list[Item], workers: int) -> Iterator[Found]:
    """The result of `act` for each item, in order, by a crew that nobody else is using."""
    free = _free(os.getpid())
    try:
        crew = free.get_nowait()
    except Empty:
        crew = Crew()
    crew.workers = workers
    early: dict[int, Done] = {}
    due = 0
    try:
        for done in crew.outcomes(Work(act), items):
            early[done.number] = done
            while due in early:
                yield early.pop(due).result()
                due += 1
    except KeyboardInterrupt:
        crew.end()
        raise
    finally:
        free.put(crew)


@cache
def _free(process: int) -> SimpleQueue[Crew]:
    """The crews of this process that are not in use; a fork has none."""
    return SimpleQueue()
