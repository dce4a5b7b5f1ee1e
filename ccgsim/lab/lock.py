"""The lock on a folder of results: one process writes at a time, and a dead one locks nobody out."""

from __future__ import annotations

import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ccgsim.lab.in_use import InUse

NAME = "lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder; raises InUse, with who holds it, where another process does.

    The operating system holds the lock for the process (flock), and drops it however that process ends: a file left
    behind means nothing. It says who came last, for people to read.
    """
    with (folder / NAME).open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise InUse(f"{folder} is in use by {file.read().strip() or 'another process'}") from None
        file.truncate(0)
        started = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime())
        file.write(f"process {os.getpid()} on {socket.gethostname()} since {started}\n")
        file.flush()
        yield
