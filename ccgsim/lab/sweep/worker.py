"""A worker process: takes jobs from its parent process, one at a time, and ends when the parent does."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection

from ccgsim.foundation.work.lifeline import hang_on
from ccgsim.lab.sweep.jobs import Work, attempt, in_one_line

READY = "ready"


def main() -> None:
    """Serve the connection whose file descriptor is on the command line, until it is closed."""
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # standard output belongs to the parent
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # end at once; Ctrl-C in the terminal reaches only the parent
    hang_on(sys.stdin.fileno())
    connection = Connection(int(sys.argv[1]))
    with suppress(EOFError, ConnectionError):  # the parent is gone
        serve(connection)


def serve(connection: Connection) -> None:
    """Prepare, send READY, then send the outcome of each job until None is received; EOFError if the parent is gone."""
    work: Work = connection.recv()
    try:
        work.prepare()
    except BaseException as error:
        connection.send(in_one_line(f"{type(error).__name__}: {error}"))
        raise
    connection.send(READY)
    while (job := connection.recv()) is not None:
        connection.send(attempt(work.task, job))
