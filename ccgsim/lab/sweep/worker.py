"""A worker process: takes jobs from the process that started it, one at a time, and ends with it."""

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
    """Do what the connection (its number stands on the command line) asks for until it is closed."""
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # standard output belongs to the one that started us
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # at once; the terminal's goes to the starter
    hang_on(sys.stdin.fileno())
    connection = Connection(int(sys.argv[1]))
    with suppress(EOFError, ConnectionError):  # nobody is there any more
        serve(connection)


def serve(connection: Connection) -> None:
    """Get ready, say so, then give the outcome of each job until None comes; EOFError where the other end is gone."""
    work: Work = connection.recv()
    try:
        work.prepare()
    except BaseException as error:
        connection.send(in_one_line(f"{type(error).__name__}: {error}"))
        raise
    connection.send(READY)
    while (job := connection.recv()) is not None:
        connection.send(attempt(work.task, job))
