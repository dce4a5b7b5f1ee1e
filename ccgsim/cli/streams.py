"""The streams that a command was started with: closed ones are stood in for, and words that find no way are told of."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

REFUSED = 3
GAVE_UP = 1  # the code with which libraries leave where nobody reads
CLOSED = "standard output is closed: nothing could be told; send it to a file, or to /dev/null to do without"


class Watched:
    """A stream that remembers why it did not take something."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.refused: OSError | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write, and remember a failure."""
        with self._watching():
            return int(self._stream.write(text))

    def flush(self) -> None:
        """Pass on what waits, and remember a failure."""
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
    """Standard output, watched while the block lasts."""
    before, sys.stdout = sys.stdout, Watched(sys.stdout)
    try:
        yield sys.stdout
    finally:
        sys.stdout = before


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


def heard(code: int, stdout: Watched) -> int:
    """The exit code, once all that was printed is on its way; another where standard output did not take it."""
    with suppress(OSError):
        stdout.flush()
    if error := stdout.refused:
        _silence(stdout)
        why = "whoever read it has gone" if isinstance(error, BrokenPipeError) else os.strerror(error.errno or 0)
        warn(f"standard output cannot be written: {why}")
        code = REFUSED if code in (0, GAVE_UP) else code
    try:
        sys.stderr.flush()
    except OSError:
        _silence(sys.stderr)
    return code


def warn(text: str) -> None:
    """Print on standard error, where anybody listens."""
    with suppress(OSError):
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


def _silence(stream: Any) -> None:
    """Let what is left go nowhere: the interpreter would complain of it at its end."""
    with suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)
