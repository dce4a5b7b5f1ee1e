"""The streams that a command was started with: closed ones are stood in for, and unheard words are told of."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any, TextIO

REFUSED = 3
CLOSED = "standard output is closed: nothing could be told; send it to a file, or to /dev/null to do without"


def stand_in() -> str:
    """Open closed streams on nothing, lest the next files opened get their places; the reason not to begin, or ''."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free
    deaf = sys.stdout is None
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 (as long as the process)
    return CLOSED if deaf else ""


def heard(code: int) -> int:
    """The exit code, once all that was printed is on its way; another where standard output does not take it."""
    if error := unheard(sys.stdout):
        _silence(sys.stdout)
        why = "whoever read it has gone" if isinstance(error, BrokenPipeError) else os.strerror(error.errno or 0)
        warn(f"standard output cannot be written: {why}")
        code = code or REFUSED
    if unheard(sys.stderr):
        _silence(sys.stderr)
    return code


def warn(text: str) -> None:
    """Print on standard error, where anybody listens."""
    with suppress(OSError):
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


def unheard(stream: TextIO) -> OSError | None:
    """Why a stream does not take what was printed, None where it does."""
    try:
        stream.flush()
    except OSError as error:
        return error
    return None


def _silence(stream: Any) -> None:
    """Let what is left go nowhere: the interpreter would complain of it at its end."""
    with suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)
