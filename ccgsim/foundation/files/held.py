"""Files and folders that a process holds while it writes: two never write to one, and what nobody holds is left over.

The operating system keeps the hold (flock) and drops it with the process, however that ends.
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

PART = "part"  # ending of what is not yet whole
_NO_LOCKS = (errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOTSUP)  # told by file systems of networks


def hold(number: int) -> bool:
    """Hold an open file or folder, if nobody else does; where there are no such locks, nobody is kept out."""
    return _lock(number) is not False


@contextmanager
def left_over(path: Path) -> Iterator[bool]:
    """Whether nobody holds a file or folder; if so, nobody can while the block lasts."""
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
    """Whether this process now has the lock; None where there are no locks."""
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
    """A folder, made where it is missing; what was made goes again where the block fails and leaves nothing in it.

    Raises Problems where it cannot be made.
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
    """Remove files of a folder (or those of one `name`) that processes which are no more left half-written."""
    for path in folder.glob(f".{glob.escape(name) or '*'}.*.{PART}"):
        with left_over(path) as nobodys, suppress(OSError):
            if nobodys:
                path.unlink()
