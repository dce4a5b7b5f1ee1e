"""Standard streams of a command: closed ones are replaced, and failures to write are reported."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

REFUSED = 3
GAVE_UP = 1  # exit code of libraries when the reader of standard output is gone
CLOSED = "standard output is closed: nothing can be printed; redirect it to a file or to /dev/null"


class Watched:
    """A stream that remembers why a write failed."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.refused: OSError | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write; remember a failure."""
        with self._watching():
            return int(self._stream.write(text))

    def flush(self) -> None:
        """Flush; remember a failure."""
        with self._watching():
            self._stream.flush()

    @contextmanager
    def _watching(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.refused = self.refused or error
            raise


@contextmanager
def output() -> Iterator[Watched]:
    """Standard output inside the block, with failures remembered."""
    before, sys.stdout = sys.stdout, Watched(sys.stdout)
    try:
        yield sys.stdout
    finally:
        sys.stdout = before


def stand_in() -> str:
    """Open /dev/null for closed streams, or the next files get their numbers; returns a reason not to start, or ''."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free file descriptor
    deaf = sys.stdout is None
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 (open as long as the process)
    return CLOSED if deaf else ""


def flushed(code: int, stdout: Watched) -> int:
    """Flush standard output and return the exit code; a different code if standard output could not be written."""
    with suppress(OSError):
        stdout.flush()
    if error := stdout.refused:
        _silence(stdout)
        why = "its reader has gone" if isinstance(error, BrokenPipeError) else os.strerror(error.errno or 0)
        warn(f"standard output cannot be written: {why}")
        code = REFUSED if code in (0, GAVE_UP) else code
    try:
        sys.stderr.flush()
    except OSError:
        _silence(sys.stderr)
    return code


def warn(text: str) -> None:
    """Print on standard error, if it is open."""
    with suppress(OSError):
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


def _silence(stream: Any) -> None:
    """Send what is left to /dev/null: otherwise the interpreter would report an error at exit."""
    with suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)


def say(messages: list[str], talk: bool) -> None:
    """Print messages on standard error if `talk`."""
    if talk:
        sys.stderr.writelines(f"{message}\n" for message in messages)
