"""The command `ccgsim`: reads the command line, hands what was asked to the command's file, exits with its code."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Annotated

import typer

from ccgsim.cli.options.shared import Command
from ccgsim.cli.options.studies import Calibrate, Claim, Reproduce, Sensitivity, Sweep, Validate
from ccgsim.cli.options.surveys import Depart, Forecast, Network
from ccgsim.cli.options.worlds import Compare, Measures, New, Parameters, Report, Run, Scenarios, Teach, Warm
from ccgsim.cli.parts.answers import INTERRUPTED, UNPARSABLE, answering, fail, version
from ccgsim.cli.parts.streams import REFUSED, flushed, output, stand_in, warn
from ccgsim.foundation.problems import Problem

DASHES = ("\u2012", "\u2013", "\u2014", "\u2212")  # dashes into which some programs turn two hyphens

COMMANDS: tuple[type[Command], ...] = (
    *(Run, Compare, Sweep, Sensitivity, Calibrate, Reproduce, Scenarios, Parameters, Measures),
    *(Validate, Claim, Report, Network, Depart, Forecast, New, Teach, Warm),
)  # in the order of the help

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _print_version(asked: bool) -> None:
    if asked:
        print(f"ccgsim {version()}")
        raise typer.Exit()


@app.callback()
def ccgsim(
    _: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """A laboratory for knowledge exchange in the advice networks of clinical commissioning groups."""


for command in COMMANDS:  # a command line that can be read gives an object of one of these classes
    app.command(command.__name__.lower())(command)


def main() -> None:
    """Parse the command line, run the command and exit with its code."""
    if reason := stand_in():
        warn(reason)
        raise SystemExit(REFUSED)
    with output() as stdout:
        code = flushed(_called(), stdout)
    raise SystemExit(code)


def _called() -> int:
    """Read and run the command line; returns the exit code."""
    try:
        asked = app(standalone_mode=False)
        code = _answered(asked) if isinstance(asked, Command) else asked
    except typer.TyperException as error:
        return _unparsable(error.format_message(), "--json" in sys.argv[1:])
    except typer.Exit as left:
        code = left.exit_code
    except typer.Abort:
        return INTERRUPTED
    except SystemExit as left:  # raised by a library that cannot print
        code = left.code
    except OSError:  # while printing help: `flushed` reports it
        return REFUSED
    return code if isinstance(code, int) else 0


def _answered(asked: Command) -> int:
    """Do what was asked, in the command's file, which is imported only now; returns the exit code."""
    with answering(asked.as_json):
        code: int = import_module(f"ccgsim.cli.{type(asked).__name__.lower()}").answer(asked)
    return code


def _unparsable(message: str, as_json: bool) -> int:
    if any(word.startswith(DASHES) for word in sys.argv[1:]):
        message += "\nAn option begins with a long dash: write two hyphens, as in --seed."
    if not as_json:
        message += "\nTry 'ccgsim --help' or 'ccgsim COMMAND --help'."
    fail(UNPARSABLE, (Problem("", "", "", message),), as_json)
    return UNPARSABLE
