"""How a command answers: one JSON document or words, and an exit code for what goes wrong, never a traceback."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import typer

from ccgsim.lab.in_use import InUse
from ccgsim.problems import Problem, Problems

INTERNAL, UNPARSABLE, REFUSED, RUNS_FAILED, IN_USE, FAILED, INTERRUPTED = 1, 2, 3, 4, 5, 6, 130  # exit codes

MOST_TOLD = 100  # faults that a person is told of at once


def version() -> str:
    """The installed version of ccgsim."""
    from importlib.metadata import version as installed

    return installed("ccgsim")


def opening(command: str) -> dict[str, Any]:
    """How every JSON document starts."""
    return {"ccgsim": version(), "command": command}


def print_json(document: Mapping[str, Any]) -> None:
    """Print one JSON document; raises ValueError for NaN and infinities."""
    print(json.dumps(document, allow_nan=False))


def fail(code: int, problems: tuple[Problem, ...], as_json: bool, heading: str = "") -> typer.Exit:
    """Tell what is wrong, as a document or in words, and give the exit to raise."""
    if as_json:
        print_json({"error": {"code": code, "problems": [asdict(problem) for problem in problems]}})
    else:
        lines = [heading, *(f"  {problem}" if heading else str(problem) for problem in problems[:MOST_TOLD])]
        if len(problems) > MOST_TOLD:
            lines.append(f"  and {len(problems) - MOST_TOLD:,} more; --json tells all")
        print("\n".join(line for line in lines if line), file=sys.stderr)
    return typer.Exit(code)


@contextmanager
def answering(as_json: bool) -> Iterator[None]:
    """The body of a command: what goes wrong in it becomes a message and an exit code, never a traceback."""
    try:
        yield
    except Problems as refused:
        found = refused.problems
        heading = f"{len(found)} faults, nothing done:" if len(found) > 1 else "Nothing done:"
        raise fail(REFUSED, found, as_json, heading) from None
    except InUse as busy:
        raise fail(IN_USE, (Problem("", "--out", "", str(busy)),), as_json) from None
    except KeyboardInterrupt:
        raise fail(INTERRUPTED, (Problem("", "", "", "interrupted"),), as_json) from None
    except (typer.Exit, typer.Abort, BrokenPipeError):
        raise
    except Exception as error:
        if os.environ.get("CCGSIM_DEBUG"):
            raise
        rule = f"internal error: {type(error).__name__}: {error} (CCGSIM_DEBUG=1 shows where)"
        raise fail(INTERNAL, (Problem("", "", "", rule),), as_json) from None


@contextmanager
def terminable() -> Iterator[None]:
    """SIGTERM, with which batch systems end a job, interrupts the block as Ctrl-C does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def script(main: Callable[[], None]) -> None:
    """Do what a script does; what is refused, in use or interrupted becomes words and a command's exit code."""
    try:
        with answering(False), terminable():
            main()
    except typer.Exit as left:
        raise SystemExit(left.exit_code) from None
