"""Locks on files and folders while a process writes: two never write at once, and unlocked leftovers can be removed.

The operating system keeps the lock (flock) and releases it when the process ends, however it ends.
"""

from __future__ import annotations

import errno
import glob
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ccgsim.foundation.problems import telling
from ccgsim.foundation.work.stopping import undisturbed

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

PART = "part"  # suffix of unfinished files
_NO_LOCKS = (errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOTSUP)  # errors of network file systems


def hold(number: int) -> bool:
    """Lock an open file or folder, if no other process has; True without a lock if the system has no such locks."""
    return _lock(number) is not False


@contextmanager
def left_over(path: Path) -> Iterator[bool]:
    """Whether no process holds a file or folder; if so, it is locked inside the block."""
    try:
        number = os.open(path, os.O_RDONLY)
    except OSError:
        yield False
        return
    try:
        yield _lock(number) is True
    finally:
        os.close(number)


def _lock(number: int) -> bool | None:
    """Whether this process now has the lock; None if the system has no locks."""
    if fcntl is None:
        return None
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return None
        raise
    return True


@contextmanager
def made(folder: Path) -> Iterator[None]:
    """A folder, created if missing; created folders are removed if the block fails and leaves them empty.

    Raises Problems if it cannot be created.
    """
    new: list[Path] = []
    try:
        with telling(folder):
            new += [place for place in (folder, *folder.parents) if not place.exists()]
            folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        with undisturbed(), suppress(OSError):
            for place in new:
                place.rmdir()
        raise


def sweep_up(folder: Path, name: str = "") -> None:
    """Remove half-written files that ended processes left in a folder (or only those for one `name`)."""
    for path in folder.glob(f".{glob.escape(name) or '*'}.*.{PART}"):
        with left_over(path) as nobodys, suppress(OSError):
            if nobodys:
                path.unlink()
