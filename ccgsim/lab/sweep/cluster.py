"""Runs the jobs of a sweep on a Dask cluster that the user started.

A Dask task is a batch of jobs. On the Dask worker a crew of one process does them, so that the limits of time and
memory hold there too, and a run that crashes does not end the Dask worker.
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

from ccgsim.foundation.work.crew import in_one_line
from ccgsim.foundation.work.stopping import Stop
from ccgsim.foundation.work.worker import Work
from ccgsim.lab.sweep.address import Address
from ccgsim.lab.sweep.here import Here
from ccgsim.lab.sweep.jobs import Job, Outcome

LEAST_PATIENCE = 5.0  # seconds that a scheduler which is there gets to answer
BATCH_SECONDS, LARGEST_BATCH = 5.0, 256  # aimed-at duration of a batch, and most jobs in it
WAITING = 2  # batches for each thread of the cluster: one running, one queued
LOOK_EVERY, COUNT_EVERY = 0.2, 5.0  # seconds
CREWS = "ccgsim-crews"


class Crews(WorkerPlugin):  # type: ignore[misc]
    """On a Dask worker: crews of one process each, one for each thread."""

    name = CREWS

    def __init__(self, work: Work) -> None:
        self.work = work

    def setup(self, worker: Any) -> None:
        """Start without a crew: each is started when a batch needs it."""
        self.free: SimpleQueue[Here] = SimpleQueue()

    def teardown(self, worker: Any) -> None:
        """End the processes of all crews."""
        while not self.free.empty():
            self.free.get_nowait().__exit__()

    def take(self) -> Here:
        """A crew that is not in use."""
        try:
            return self.free.get_nowait()
        except Empty:
            return Here(self.work)


def batch(jobs: list[Job]) -> tuple[list[Outcome], float]:
    """On a Dask worker: the outcomes of the jobs, and the seconds they took."""
    crews: Crews = get_worker().plugins[CREWS]
    crew, began = crews.take(), time.monotonic()
    try:
        return list(crew.outcomes(jobs)), time.monotonic() - began
    finally:
        crews.free.put(crew)


def _connect(address: str, found: SimpleQueue[Client | Exception]) -> None:
    """Put a client of the scheduler into `found`, or the exception that another kind of server caused."""
    client = Client.__new__(Client)
    try:
        client.__init__(address, set_as_default=False)
    except Exception as error:
        client.status = "closed"  # half initialised, it would wait for itself to close
        found.put(error)
    else:
        found.put(client)


class Cluster:
    """Runs jobs on a Dask cluster; on exit removes its tasks and plugin from it."""

    def __init__(self, address: Address, work: Work, stop: Stop) -> None:
        self.address, self.work, self.stop = address, work, stop
        self._out: dict[Future, list[Job]] = {}
        self._size = 1  # jobs of the next batch
        self._threads, self._counted = 1, 0.0

    def __enter__(self) -> Cluster:
        """Connect and wait for a worker, interruptible; raises Problems if no scheduler answers or no worker comes."""
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
        """A client of the scheduler, made in a thread: with a server of another kind Dask waits for ever."""
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
        with suppress(OSError, TimeoutError):  # a cluster that is gone cannot be cleaned up
            self.client.cancel(list(self._out))
            self.client.unregister_worker_plugin(CREWS)
        self.client.close()

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[Outcome]:
        """The outcome of every job, batch by batch as each is ready; raises Problems if the cluster is lost."""
        left = iter(jobs)
        while not self.stop():
            while len(self._out) < WAITING * self._at_hand() and (some := list(islice(left, self._size))):
                self._send(some)
            if not self._out:
                return
            for future in self._ready():
                yield from self._answer(future, self._out.pop(future))

    def _at_hand(self) -> int:
        """Current number of threads of the cluster: workers may come and go."""
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
            raise self.address.refused("was lost; finished runs are kept, and the same command resumes")
        elif not isinstance(error := future.exception(), KilledWorker):
            raise error
        elif len(jobs) > 1:  # one job may be the cause: retry each by itself
            for job in jobs:
                self._send([job])
        else:
            yield Outcome(jobs[0].run, None, f"its Dask worker died {error.allowed_failures + 1} times")
