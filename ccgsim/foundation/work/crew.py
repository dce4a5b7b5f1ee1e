"""A crew of worker processes: only a process can be killed, and limited in time and memory.

Every item has an outcome, whatever happens to its worker. Items are handed out one at a time in order; outcomes come
as they are ready. Workers import nothing of the program that started the crew but what is sent to them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import weakref
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path
from typing import Any

import cloudpickle

from ccgsim.foundation.work.lifeline import WorkersFail
from ccgsim.foundation.work.worker import Work

LOOK_EVERY = 0.1  # seconds between checks of time and memory
ATTEMPTS = 3  # workers that may die with one item
LONGEST_START = 600.0  # seconds; includes loading the rules on a busy machine
STILLBORN = 3  # workers in a row that may end before they are ready
LONGEST_REASON = 300
_CODE = "from ccgsim.foundation.work.worker import main; main()"


@dataclass(slots=True)
class Task:
    """An item to do: its number, and how many workers have died with it."""

    number: int
    item: Any
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """The outcome of an item: what was found, or the exception of the item or of its worker's end."""

    number: int
    item: Any
    found: Any
    error: BaseException | None = None

    def result(self) -> Any:
        """What was found; raises the exception if there is one."""
        if self.error is not None:
            raise self.error
        return self.found


class Member:
    """One worker process. It is busy until it has answered; its task is None if it has none, or one not wanted now."""

    def __init__(self) -> None:
        self.connection, theirs = Pipe()
        how: dict[str, Any] = {"pass_fds": [theirs.fileno()], "start_new_session": True}  # only the parent hears Ctrl-C
        if sys.platform == "win32":
            os.set_handle_inheritable(theirs.fileno(), True)
            how = {"close_fds": False}
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-c", _CODE, str(theirs.fileno())],
                stdin=subprocess.PIPE,  # their lifeline
                env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
                **how,
            )
        self._close = weakref.finalize(self, _let_go, self.process, self.connection, os.getpid())
        self.work: Work | None = None
        self.task: Task | None = None
        self.ready = self.busy = False

    def start(self, work: Work, task: Task) -> None:
        """Give it a task; if the work is new to it, it prepares for that first."""
        self.task, self.ready = task, self.work is work
        self.work = work
        self.send(task.item if self.ready else work)

    def send(self, what: Any) -> None:
        """Send an object; its time starts now. If the worker has died, that is noticed when its answer is read."""
        packed = cloudpickle.dumps(what)
        self.busy, self.began = True, time.monotonic()
        with suppress(OSError):
            self.connection.send_bytes(packed)

    def excess(self) -> str:
        """The limit that its task has exceeded, or ''."""
        if self.work is None or not (self.busy and self.ready):
            return ""
        if time.monotonic() - self.began > self.work.seconds:
            return f"took longer than {self.work.seconds:g} s"
        if resident_mb(self.process.pid) > self.work.memory_mb:
            return f"took more than {self.work.memory_mb} MB of memory"
        return ""

    @property
    def stuck(self) -> bool:
        """Whether it has not become ready in LONGEST_START seconds."""
        return self.busy and not self.ready and time.monotonic() - self.began > LONGEST_START

    def end(self) -> int:
        """Kill the process; returns its exit code, negative if a signal ended it."""
        self._close()
        return int(self.process.returncode)


def _let_go(process: subprocess.Popen[bytes], connection: Connection, owner: int) -> None:
    """Kill a worker and close what leads to it: when asked to, or when the program that started it ends."""
    if os.getpid() != owner:  # a fork, whose workers these are not
        return
    process.kill()
    process.wait()
    connection.close()
    if process.stdin is not None:
        process.stdin.close()


def resident_mb(pid: int) -> float:
    """Resident memory of a process in MB; 0 if unknown (only Linux reports it) or if the process is gone."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


class Crew:
    """A number of worker processes, which stay until `end`, or until they have been idle for long."""

    def __init__(self, workers: int = 1, stopped: Callable[[], bool] = lambda: False) -> None:
        self.workers, self.stopped = workers, stopped
        self.members: list[Member] = []
        self._again: deque[Task] = deque()  # tasks whose worker died
        self._stillborn, self._looked = 0, 0.0

    def end(self) -> None:
        """End all workers at once."""
        for member in self.members:
            member.end()
        self.members = []

    def outcomes(self, work: Work, items: Iterable[Any]) -> Iterator[Done]:
        """The outcome of every item, as each is ready, until `stopped()` is true.

        Items of a call that was left early are dropped. Raises WorkersFail if workers end before their first item.
        """
        self._forget()
        tasks = (Task(number, item) for number, item in enumerate(items))
        while not self.stopped():
            self._man(work, tasks)
            if all(member.task is None for member in self.members):
                return
            by_connection = {member.connection: member for member in self.members}
            for heard in wait(list(by_connection), LOOK_EVERY):
                yield from self._hear(by_connection[heard])  # type: ignore[index]
            if time.monotonic() - self._looked > LOOK_EVERY:
                self._looked = time.monotonic()
                for member in list(self.members):
                    yield from self._look_at(member)

    def _forget(self) -> None:
        """Drop the tasks of a call that was left early, and workers that have ended meanwhile."""
        self._again.clear()
        self._stillborn = 0
        for member in list(self.members):
            member.task = None
            if member.process.poll() is not None:
                self._drop(member)

    def _drop(self, member: Member) -> int:
        self.members.remove(member)
        return member.end()

    def _man(self, work: Work, tasks: Iterator[Task]) -> None:
        """Give tasks to idle workers, and start new workers while tasks are left."""
        while sum(member.busy for member in self.members) < self.workers:
            task = self._again.popleft() if self._again else next(tasks, None)
            if task is None:
                return
            member = next((member for member in self.members if not member.busy), None)
            if member is None:
                member = Member()
                self.members.append(member)
            member.start(work, task)

    def _hear(self, member: Member) -> Iterator[Done]:
        try:
            found, error = member.connection.recv()
        except (EOFError, OSError):
            yield from self._died(member)
            return
        if not member.ready and error is not None:
            self._drop(member)
            raise WorkersFail(in_one_line(f"{type(error).__name__}: {error}"))
        ready, member.ready, self._stillborn = member.ready, True, 0
        if not ready and member.task is not None:
            member.send(member.task.item)
            return
        task, member.task, member.busy = member.task, None, False
        if isinstance(error, MemoryError):
            self._drop(member)
        if task is not None:
            yield Done(task.number, task.item, found, error)

    def _died(self, member: Member) -> Iterator[Done]:
        """Handle the end of a worker: repeat its task, up to ATTEMPTS times."""
        code, task = self._drop(member), member.task
        if not member.ready:
            self._stillborn += 1
            if self._stillborn >= STILLBORN:
                raise WorkersFail(f"{STILLBORN} worker processes in a row ended before they were ready (code {code})")
        if task is None:
            return
        task.lost += member.ready
        if task.lost < ATTEMPTS:
            self._again.append(task)
        else:
            reason = f"its worker process died {ATTEMPTS} times, the last time {_by(code)}"
            yield Done(task.number, task.item, None, WorkersFail(reason))

    def _look_at(self, member: Member) -> Iterator[Done]:
        """Stop a worker whose task has exceeded a limit."""
        if member.stuck:
            member.process.kill()  # its end is noticed in the next round
        elif reason := member.excess():
            self._drop(member)
            if member.task is not None:
                yield Done(member.task.number, member.task.item, None, WorkersFail(reason))


def _by(code: int) -> str:
    return f"by signal {-code}" if code < 0 else f"with code {code}"


def in_one_line(text: str) -> str:
    """Text without line breaks, cut at LONGEST_REASON."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_REASON else line[: LONGEST_REASON - 3] + "..."
