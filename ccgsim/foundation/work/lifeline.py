"""What ties worker processes to the one that started them: they end when it does, however it dies.

The starter keeps one end of a pipe to itself; a worker waits at the other, which ends with the starter.
"""

from __future__ import annotations

import os
import threading


class WorkersFail(RuntimeError):
    """Raised where worker processes do not get ready, or are lost again and again."""


def hang_on(line: int) -> None:
    """End this process as soon as the pipe with this number ends; returns at once."""
    threading.Thread(target=_end_with, args=(line,), name="lifeline", daemon=True).start()


def _end_with(line: int) -> None:
    while os.read(line, 1):
        pass
    os._exit(1)
