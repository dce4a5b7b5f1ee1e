"""The workers of a Dask cluster that the user started, as the hands of a sweep.

A Dask task is a batch of jobs. On its worker a crew of one process does them, so that time and memory of a run are
bounded there as they are here, and a run that crashes takes no Dask worker with it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from queue import Empty, SimpleQueue
from typing import Any

from distributed import Client, Future, WorkerPlugin, get_worker, wait
from distributed.scheduler import KilledWorker

from ccgsim.foundation.work.stopping import Stop
from ccgsim.lab.sweep.address import Address
from ccgsim.lab.sweep.crew import Crew
from ccgsim.lab.sweep.jobs import Job, Outcome, Work, in_one_line

LEAST_PATIENCE = 5.0  # seconds for a scheduler that is there to answer
BATCH_SECONDS, LARGEST_BATCH = 5.0, 256  # a batch should take so long, and holds so many jobs at most
WAITING = 2  # batches for each thread of the cluster: one at work, one behind it
LOOK_EVERY, COUNT_EVERY = 0.2, 5.0  # seconds
CREWS = "ccgsim-crews"


class Crews(WorkerPlugin):  # type: ignore[misc]
    """On a Dask worker: crews of one process each, one for each thread that works at the same time."""

    name = CREWS

    def __init__(self, work: Work) -> None:
        self.work = work

    def setup(self, worker: Any) -> None:
        """Begin without a crew: each is raised when a batch needs it."""
        self.free: SimpleQueue[Crew] = SimpleQueue()

    def teardown(self, worker: Any) -> None:
        """End the processes of all crews."""
        while not self.free.empty():
            self.free.get_nowait().__exit__()

    def take(self) -> Crew:
        """A crew that nobody uses."""
        try:
            return self.free.get_nowait()
        except Empty:
            return Crew(self.work, 1, lambda: False)


def batch(jobs: list[Job]) -> tuple[list[Outcome], float]:
    """On a Dask worker: the outcomes of the jobs, and the seconds they took."""
    crews: Crews = get_worker().plugins[CREWS]
    crew, began = crews.take(), time.monotonic()
    try:
        return list(crew.outcomes(jobs)), time.monotonic() - began
    finally:
        crews.free.put(crew)


def _connect(address: str, found: SimpleQueue[Client | Exception]) -> None:
    """Give a client of the scheduler, or what a server that is none brought about."""
    client = Client.__new__(Client)
    try:
        client.__init__(address, set_as_default=False)
    except Exception as error:
        client.status = "closed"  # half made, it would wait for its own end
        found.put(error)
    else:
        found.put(client)


class Cluster:
    """The hands of a sweep on a cluster; a context, at whose end nothing of it is left there."""

    def __init__(self, address: Address, work: Work, stop: Stop) -> None:
        self.address, self.work, self.stop = address, work, stop
        self._out: dict[Future, list[Job]] = {}
        self._size = 1  # jobs of the next batch
        self._threads, self._counted = 1, 0.0

    def __enter__(self) -> Cluster:
        """Connect and wait for a worker, interruptible; raises Problems where no scheduler or no worker comes."""
        with self.stop.heeded():
            until = time.monotonic() + self.address.wait
            self.client = self._connected(until)
            try:
                self._wait_for_workers(until)
            except BaseException:
                self.client.close()
                raise
        self.client.register_plugin(Crews(self.work))
        return self

    def _connected(self, until: float) -> Client:
        """A client of the scheduler, made in a thread: Dask waits for ever where a server speaks another language."""
        self.address.wait_for_answer(until)
        until = max(until, time.monotonic() + LEAST_PATIENCE)
        found: SimpleQueue[Client | Exception] = SimpleQueue()
        threading.Thread(target=_connect, args=(self.address.text, found), daemon=True).start()
        while found.empty() and time.monotonic() < until:
            time.sleep(LOOK_EVERY)
        answer = Exception("it does not answer") if found.empty() else found.get()
        if isinstance(answer, Exception):
            why = f"what is there is no Dask scheduler that this version can talk to: {in_one_line(str(answer))}"
            raise self.address.refused(why)
        return answer

    def _wait_for_workers(self, until: float) -> None:
        if not self.client.nthreads():
            self.address.tell(f"the scheduler at {self.address.text} has no workers yet: `dask worker` starts one")
        while not self.client.nthreads():
            if time.monotonic() > until:
                raise self.address.refused(f"no worker came to the scheduler there within {self.address.wait:g} s")
            time.sleep(LOOK_EVERY)

    def __exit__(self, *_: object) -> None:
        with suppress(OSError, TimeoutError):  # of a cluster that is gone nothing can be tidied
            self.client.cancel(list(self._out))
            self.client.unregister_worker_plugin(CREWS)
        self.client.close()

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[Outcome]:
        """The outcome of every job, batch by batch as each is ready; Problems where the cluster is lost."""
        left = iter(jobs)
        while not self.stop():
            while len(self._out) < WAITING * self._at_hand() and (some := list(islice(left, self._size))):
                self._send(some)
            if not self._out:
                return
            for future in self._ready():
                yield from self._answer(future, self._out.pop(future))

    def _at_hand(self) -> int:
        """Threads of the cluster now: workers may come and go."""
        if time.monotonic() - self._counted > COUNT_EVERY:
            self._threads, self._counted = max(1, sum(self.client.nthreads().values())), time.monotonic()
        return self._threads

    def _send(self, jobs: list[Job]) -> None:
        self._out[self.client.submit(batch, jobs, pure=False)] = jobs

    def _ready(self) -> list[Future]:
        try:
            with self.client.as_current():
                return list(wait(list(self._out), timeout=LOOK_EVERY, return_when="FIRST_COMPLETED").done)
        except TimeoutError:
            return []

    def _answer(self, future: Future, jobs: list[Job]) -> Iterator[Outcome]:
        if future.status == "finished":
            outcomes, seconds = future.result()
            each = max(seconds / len(jobs), 1e-6)
            self._size = max(1, min(LARGEST_BATCH, round(BATCH_SECONDS / each)))
            yield from outcomes
        elif future.status != "error":
            raise self.address.refused("was lost; what is finished is kept, and the same command goes on")
        elif not isinstance(error := future.exception(), KilledWorker):
            raise error
        elif len(jobs) > 1:  # one of them may be to blame: each by itself
            for job in jobs:
                self._send([job])
        else:
            yield Outcome(jobs[0].run, None, f"its Dask worker died {error.allowed_failures + 1} times")
