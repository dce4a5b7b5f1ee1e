"""A crew of worker processes: only a process can be killed, and limited in time and memory.

Every job has an outcome, whatever happens to its worker. Jobs are handed out one at a time in order; outcomes come
as they are ready.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from ccgsim.foundation.work.lifeline import WorkersFail
from ccgsim.lab.sweep.jobs import Job, Outcome, Work
from ccgsim.lab.sweep.worker import READY

LOOK_EVERY = 0.1  # seconds between checks of time and memory
ATTEMPTS = 3  # workers that may die with one job
LONGEST_START = 600.0  # seconds; includes loading the rules on a busy machine
STILLBORN = 3  # workers in a row that may end before they are ready
_CODE = "from ccgsim.lab.sweep.worker import main; main()"


class Member:
    """One worker process and its current job."""

    def __init__(self, work: Work, job: Job) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-c", _CODE, str(theirs.fileno())],
                stdin=subprocess.PIPE,  # their lifeline
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # only the parent handles Ctrl-C
                env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            )
        self.connection = Connection(ours.detach())
        self.work, self.job, self.ready = work, job, False
        self.began = time.monotonic()
        self.send(work)

    def send(self, what: Any) -> None:
        """Send an object; if the worker has died, that is noticed when its answer is read."""
        try:
            self.connection.send(what)
        except OSError:
            return

    def start(self, job: Job) -> None:
        """Give it a job; its time limit starts now."""
        self.job, self.began = job, time.monotonic()
        self.send(job)

    def excess(self) -> str:
        """The limit that its job has exceeded, or ''."""
        if not self.ready:
            return ""
        if time.monotonic() - self.began > self.work.seconds:
            return f"took longer than {self.work.seconds:g} s"
        if resident_mb(self.process.pid) > self.work.memory_mb:
            return f"took more than {self.work.memory_mb} MB of memory"
        return ""

    @property
    def stuck(self) -> bool:
        """Whether it has not become ready in LONGEST_START seconds."""
        return not self.ready and time.monotonic() - self.began > LONGEST_START

    def end(self) -> int:
        """Kill the process; returns its exit code, negative if a signal ended it."""
        self.process.kill()
        code = self.process.wait()
        self.connection.close()
        if self.process.stdin is not None:
            self.process.stdin.close()
        return code


def resident_mb(pid: int) -> float:
    """Resident memory of a process in MB; 0 if unknown (only Linux reports it) or if the process is gone."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@dataclass
class _Left:
    """Jobs still to be handed out, those whose worker died first."""

    jobs: Iterator[Job]
    again: deque[Job]
    lost: dict[int, int]  # number of workers that died with each run

    def next(self) -> Job | None:
        return self.again.popleft() if self.again else next(self.jobs, None)


class Crew:
    """A number of worker processes; on exit all are ended."""

    def __init__(self, work: Work, workers: int, stopped: Callable[[], bool]) -> None:
        self.work, self.workers, self.stopped = work, workers, stopped
        self.members: list[Member] = []
        self._idle: list[Member] = []
        self._stillborn = 0

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        for member in (*self.members, *self._idle):
            member.end()
        self.members, self._idle = [], []

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[Outcome]:
        """The outcome of every job, as each is ready, until `stopped()` is true.

        Raises WorkersFail if workers end before their first job.
        """
        left = _Left(iter(jobs), deque(), {})
        while not self.stopped():
            self._man(left)
            if not self.members:
                return
            readable = wait([member.connection for member in self.members], LOOK_EVERY)
            for member in [m for m in self.members if m.connection in readable]:
                yield from self._hear(member, left)
            for member in list(self.members):
                yield from self._look_at(member)

    def _man(self, left: _Left) -> None:
        """Give jobs to idle workers, and start new workers while jobs are left."""
        while len(self.members) < self.workers and (job := left.next()) is not None:
            if self._idle:
                member = self._idle.pop()
                member.start(job)
            else:
                member = Member(self.work, job)
            self.members.append(member)

    def _hear(self, member: Member, left: _Left) -> Iterator[Outcome]:
        try:
            answer = member.connection.recv()
        except (EOFError, OSError):
            yield from self._died(member, left)
            return
        if answer == READY:
            member.ready, self._stillborn = True, 0
            member.start(member.job)
            return
        if isinstance(answer, str):
            raise WorkersFail(answer)
        self.members.remove(member)
        if answer.worn:
            member.end()
        else:
            self._idle.append(member)
        yield answer

    def _died(self, member: Member, left: _Left) -> Iterator[Outcome]:
        """Handle the end of a worker: repeat its job, up to ATTEMPTS times."""
        self.members.remove(member)
        code, run = member.end(), member.job.run
        if not member.ready:
            self._stillborn += 1
            if self._stillborn >= STILLBORN:
                raise WorkersFail(f"{STILLBORN} worker processes in a row ended before they were ready (code {code})")
            left.again.append(member.job)
            return
        left.lost[run] = left.lost.get(run, 0) + 1
        if left.lost[run] < ATTEMPTS:
            left.again.append(member.job)
        else:
            yield Outcome(run, None, f"its worker process died {ATTEMPTS} times, the last time {_by(code)}")

    def _look_at(self, member: Member) -> Iterator[Outcome]:
        """Stop a worker whose job has exceeded a limit."""
        if member.stuck:
            member.process.kill()  # its end is noticed in the next round
        elif reason := member.excess():
            self.members.remove(member)
            member.end()
            yield Outcome(member.job.run, None, reason)


def _by(code: int) -> str:
    return f"by signal {-code}" if code < 0 else f"with code {code}"
