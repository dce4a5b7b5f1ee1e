"""The lock on a folder of results: one process writes at a time, and an ended process leaves no lock."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from ccgsim.foundation.files.held import hold, made, sweep_up
from ccgsim.foundation.files.in_use import InUse
from ccgsim.foundation.problems import refuse, telling

NAME = "lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder; raises InUse, naming the other process, if another process holds it.

    The operating system holds the lock for the process (flock) and releases it however the process ends: a lock file
    left behind means nothing. It names the last process that had the lock.
    """
    with _held(folder) as file:
        file.truncate(0)
        started = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime())
        file.write(f"process {os.getpid()} on {socket.gethostname()} since {started}\n")
        file.flush()
        yield


@contextmanager
def _held(folder: Path) -> Iterator[IO[str]]:
    """The open lock file, locked; opened again if the folder was moved meanwhile."""
    while True:
        with (folder / NAME).open("a+", encoding="utf-8") as file:
            if not hold(file.fileno()):
                raise _in_use(folder, file)
            if _still_lies(file, folder / NAME):
                yield file
                return


def _still_lies(file: IO[str], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


@contextmanager
def opened(folder: Path) -> Iterator[None]:
    """A folder, created if missing, locked, without what killed processes left; raises Problems or InUse."""
    with made(folder), ExitStack() as stack:
        with telling(folder):
            stack.enter_context(locked(folder))
            sweep_up(folder)
        yield


def refuse_strangers(folder: Path, strangers: Iterable[str], results: str) -> None:
    """Raise Problems if a folder for some kind of results holds files that are none of them."""
    if names := ", ".join(sorted(strangers)[:3]):
        raise refuse("--out", str(folder), f"holds files that are not results of {results} ({names}); name another")


def check_free(folder: Path) -> None:
    """Raise InUse if another process holds the lock of the folder."""
    try:
        file = (folder / NAME).open(encoding="utf-8")
    except OSError:  # no lock file
        return
    with file:
        if not hold(file.fileno()):
            raise _in_use(folder, file)


def _in_use(folder: Path, file: IO[str]) -> InUse:
    file.seek(0)
    return InUse(f"{folder} is in use by {file.read().strip() or 'another process'}")
