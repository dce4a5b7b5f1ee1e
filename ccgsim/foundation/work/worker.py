"""A worker process: does what its parent process sends, one item at a time, and ends when the parent does."""

from __future__ import annotations

import math
import os
import pickle
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import connection
from typing import Any

from ccgsim.foundation.work.lifeline import hang_on

IDLE = 300.0  # seconds after which an idle worker ends


@dataclass(frozen=True, slots=True)
class Work:
    """The work of a worker: `prepare` once, then `act` for each item, within limits."""

    act: Callable[[Any], Any]
    prepare: Callable[[], object] = int  # which does nothing
    seconds: float = math.inf  # for one item
    memory_mb: float = math.inf


def main() -> None:
    """Serve the connection whose handle is on the command line, until it is closed."""
    with suppress(OSError):  # no standard error
        os.dup2(2, 1)  # standard output belongs to the parent
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent heeds it
    hang_on(0)
    kind = getattr(connection, "PipeConnection", connection.Connection)  # on Windows, and elsewhere
    with suppress(EOFError, ConnectionError):  # the parent is gone
        serve(kind(int(sys.argv[1])))


def serve(parent: connection.Connection) -> None:
    """Answer all that comes, Work or an item of the last Work, until nothing has come for long."""
    act: Any = None  # Work comes first
    while parent.poll(IDLE):
        sent = parent.recv_bytes()
        try:
            what = pickle.loads(sent)
            if isinstance(what, Work):
                act = what.act
                answer = pickle.dumps((what.prepare(), None))
            else:
                answer = pickle.dumps((act(what), None))
        except BaseException as error:  # SystemExit too: an item must not end its worker
            answer = _raised(error)
        parent.send_bytes(answer)


def _raised(error: BaseException) -> bytes:
    """The answer that an exception gives; in words if the parent could not read the exception itself."""
    try:
        answer = pickle.dumps((None, error))
        pickle.loads(answer)
    except Exception:
        return pickle.dumps((None, RuntimeError(f"{type(error).__name__}: {error}")))
    return answer
