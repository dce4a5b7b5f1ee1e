"""The output of a command: one JSON document or text. An error gives a message and an exit code, never a traceback."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer

from ccgsim.cli.parts.streams import GAVE_UP, REFUSED, flushed, output, warn
from ccgsim.foundation.dates import month_of
from ccgsim.foundation.files.in_use import InUse
from ccgsim.foundation.inputs.hints import date_meant
from ccgsim.foundation.problems import Halted, Problem, Problems, shown
from ccgsim.foundation.work.lifeline import WorkersFail
from ccgsim.foundation.work.stopping import stopping

# exit codes, and REFUSED = 3
DONE, INTERNAL, UNPARSABLE, RUNS_FAILED, IN_USE, FAILED, INTERRUPTED = 0, 1, 2, 4, 5, 6, 130

MOST_TOLD = 100  # most faults printed in a message

_WHOLE = re.compile(r"-?[0-9]{1,4000}")
_NO_MEMORY = ("failed to map segment", "annot allocate memory", "can't start new thread")  # loader, threads


def place_of(text: str) -> Path:
    """The path as typed. A blank one stays blank, to be refused later: Path('') would mean the current folder."""
    return Path(text) if text.strip() else Path(" ")


def whole_of(text: object) -> int:
    """The whole number that was typed. Only the digits 0 to 9 are accepted, so that nothing is misread."""
    written = str(text).strip()
    if _WHOLE.fullmatch(written):
        return int(written)
    month = month_of(date_meant(written) or written)
    date = "" if month is None else f"; {written} is month {month}, counted from December 2010" * (month >= 0)
    raise typer.BadParameter(f"{shown(text)} is not a whole number in the digits 0 to 9{date}")


def place_faults(place: Path | None, option: str = "--out") -> list[Problem]:
    """A fault if the path is blank, which an unset variable in a script makes it."""
    blank = place is not None and not str(place).strip()
    return [Problem("", option, "''", "is blank; name a folder or a file")] if blank else []


def range_faults(*options: tuple[str, int | None, int, int]) -> list[Problem]:
    """Faults of options whose number lies outside its range: name, number (None: not given), least, most."""
    return [
        Problem("", option, shown(value), f"lies outside {least} to {most:,}")
        for option, value, least, most in options
        if value is not None and not least <= value <= most
    ]


def version() -> str:
    """The installed version of ccgsim."""
    from importlib.metadata import version as installed

    return installed("ccgsim")


def opening(command: str) -> dict[str, Any]:
    """The first keys of every JSON document."""
    return {"ccgsim": version(), "command": command}


def paths_of(files: Mapping[str, Path]) -> dict[str, str]:
    """Files by name as a JSON document has them."""
    return {name: path.as_posix() for name, path in files.items()}


def print_json(document: Mapping[str, Any]) -> None:
    """Print one JSON document; raises ValueError for NaN and infinities."""
    print(json.dumps(document, allow_nan=False))


def fail(code: int, problems: tuple[Problem, ...], as_json: bool, heading: str = "") -> typer.Exit:
    """Print what is wrong, as a document or as text, and return the exit to raise."""
    if as_json:
        with suppress(OSError):  # reported at the end
            print_json({"error": {"code": code, "problems": [asdict(problem) for problem in problems]}})
    else:
        lines = [heading, *(f"  {problem}" if heading else str(problem) for problem in problems[:MOST_TOLD])]
        if len(problems) > MOST_TOLD:
            lines.append(f"  and {len(problems) - MOST_TOLD:,} more; --json lists all")
        warn("\n".join(line for line in lines if line))
    return typer.Exit(code)


@contextmanager
def answering(as_json: bool) -> Iterator[None]:
    """Wrap the body of a command: an error becomes a message and an exit code, never a traceback.

    SIGTERM (sent by batch systems) and SIGHUP interrupt it like Ctrl-C.
    """
    try:
        with stopping():
            yield
            sys.stdout.flush()
    except (typer.Exit, typer.Abort):
        raise
    except (Exception, KeyboardInterrupt) as error:
        if error is getattr(sys.stdout, "refused", None):  # `flushed` reports it
            raise typer.Exit(REFUSED) from None
        code, problems, heading = _ending(error)
        if code == INTERNAL and os.environ.get("CCGSIM_DEBUG"):
            raise
        raise fail(code, problems, as_json, heading) from None


def _ending(error: BaseException) -> tuple[int, tuple[Problem, ...], str]:
    """Exit code, faults and heading for the exception that ended a command."""
    if isinstance(error, Problems):
        heading = f"{len(error.problems)} faults, nothing done:" if len(error.problems) > 1 else "Nothing done:"
        return REFUSED, error.problems, "" if isinstance(error, Halted) else heading
    if isinstance(error, InUse):
        return IN_USE, (Problem("", "--out", "", str(error)),), ""
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED, (Problem("", "", "", "interrupted"),), ""
    if isinstance(error, OSError) and error.errno:
        return REFUSED, (Problem(str(error.filename or ""), "", "", os.strerror(error.errno)),), ""
    return INTERNAL, (Problem("", "", "", _in_words(error)),), ""


def _in_words(error: BaseException) -> str:
    if isinstance(error, WorkersFail):
        return str(error)
    if why := _want_of_memory(error):
        return f"there is not enough memory ({why})"
    return f"internal error: {type(error).__name__}: {error} (CCGSIM_DEBUG=1 shows where)"


def _want_of_memory(error: BaseException | None) -> str:
    """The text of an error or of its causes about memory that could not be allocated; '' if there is none."""
    while error is not None:
        if isinstance(error, MemoryError) or any(words in str(error) for words in _NO_MEMORY):
            return str(error).partition("\n")[0] or type(error).__name__
        error = error.__cause__ or error.__context__
    return ""


def script(main: Callable[[], None]) -> None:
    """Run a script's main function; refusals, locks and interrupts become messages and the exit codes of a command."""
    code = 0
    with output() as stdout:
        try:
            with answering(False):
                main()
        except typer.Exit as left:
            code = left.exit_code
        except SystemExit as left:  # raised by a library that cannot print, or by the script itself
            code = left.code if isinstance(left.code, int) else GAVE_UP if left.code else 0
        code = flushed(code, stdout)
    if code:
        raise SystemExit(code)
