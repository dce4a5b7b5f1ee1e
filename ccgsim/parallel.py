"""Work on many worlds at once: on worker processes, results in the order asked for, whatever their number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from loky import cpu_count, get_reusable_executor
from loky.process_executor import TerminatedWorkerError

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

    The first is done here, so that rules are compiled once; a few are all done here. What an item raises is raised.
    What a worker had that was killed is done again.
    """
    waiting, workers = list(items), workers or cpu_count()
    here = waiting if workers == 1 or len(waiting) <= few else waiting[:1]
    yield from map(act, here)
    rest, lost = waiting[len(here) :], 0
    while rest:
        pool = get_reusable_executor(max_workers=workers, timeout=IDLE)
        part = max(1, min(LARGEST_PART, len(rest) // (8 * workers)))
        given = 0
        try:
            for found in pool.map(act, rest, chunksize=part):
                yield found
                given += 1
        except TerminatedWorkerError:  # killed, or out of memory: what it had is done again, but not for ever
            lost += 1
            if lost == ATTEMPTS:
                raise
        rest = rest[given:]
