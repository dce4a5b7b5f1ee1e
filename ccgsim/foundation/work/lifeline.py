"""Makes worker processes end with their parent process, however it ends.

The parent keeps one end of a pipe; a worker waits at the other end, which closes when the parent ends.
"""

from __future__ import annotations

import os
import threading


class WorkersFail(RuntimeError):
    """Raised if worker processes do not start properly, or die repeatedly."""


def hang_on(line: int) -> None:
    """End this process as soon as the pipe with this file descriptor closes; returns at once."""
    threading.Thread(target=_end_with, args=(line,), name="lifeline", daemon=True).start()


def _end_with(line: int) -> None:
    while os.read(line, 1):
        pass
    os._exit(1)
