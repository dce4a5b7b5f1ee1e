"""What the commands take that run worlds, compare them, tell of them, show them in a lesson, or list what there is."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from ccgsim.cli.options.shared import (
    WHERE,
    WHERE_COMPARED,
    AsJson,
    Begins,
    Command,
    Force,
    Quiet,
    Seed,
    Surveyed,
    Words,
    Worlds,
    place,
    setting,
    whole,
)
from ccgsim.cli.parts.answers import place_of


@dataclass(frozen=True, kw_only=True)
class _Run(Worlds):
    """The options of `run` but for those of a surveyed network, which its help lists last."""

    scenario: Annotated[str, typer.Argument(help="A shipped name, or a path that ends in .toml.")]
    seed: Seed = 0
    months: Annotated[int | None, whole("Months to simulate instead of the scenario's own.")] = None
    replicates: Annotated[int, whole("Number of worlds, with seeds SEED, SEED + 1, ...")] = 1
    settings: Annotated[list[str] | None, setting("Set a parameter; may be repeated.")] = None
    network: Begins = None
    out: Annotated[Path | None, place(WHERE)] = None
    force: Force = False
    no_figures: Annotated[bool, typer.Option("--no-figures", help="Write no figures.")] = False
    arrows: Annotated[
        str,
        typer.Option(help="Arrows in figure, GEXF, GraphML: 'flow' (adviser to asker) or 'advice' (asker to adviser)."),
    ] = "flow"
    csv: Annotated[bool, typer.Option("--csv", help="Write agents, ties, projects and ccgs as CSV too.")] = False
    quiet: Quiet = False
    as_json: AsJson = False


@dataclass(frozen=True, kw_only=True)
class Run(Surveyed, _Run):
    """Simulate one world, or several with intervals; print the headline measures and write the results."""


@dataclass(frozen=True, kw_only=True)
class _Compare(Worlds):
    """The options of `compare` but for those of a surveyed network, which its help lists last."""

    scenarios: Annotated[list[str], typer.Argument(help="Two or more: shipped names, or paths that end in .toml.")]
    seed: Seed = 0
    months: Annotated[int | None, whole("Months to simulate; default: those of the shortest scenario.")] = None
    replicates: Annotated[int, whole("Worlds of each scenario, with seeds SEED, SEED + 1, ...")] = 30
    settings: Annotated[list[str] | None, setting("Set a parameter in every scenario.")] = None
    network: Begins = None
    out: Annotated[Path | None, place(WHERE_COMPARED)] = None
    force: Force = False
    quiet: Quiet = False
    as_json: AsJson = False


@dataclass(frozen=True, kw_only=True)
class Compare(Surveyed, _Compare):
    """Compare scenarios on the same seeds: differences from the first, with intervals, for every measure."""


@dataclass(frozen=True, kw_only=True)
class Scenarios(Command):
    """List the shipped scenarios: name, title, question, length, and what each is based on."""

    as_json: AsJson = False


@dataclass(frozen=True, kw_only=True)
class Parameters(Command):
    """List every parameter that --set accepts: default, range, unit, meaning, source."""

    words: Words = None
    steps: Annotated[
        bool, typer.Option("--steps", help="List the steps of the month, in order, after the parameters of a WORD.")
    ] = False
    as_json: AsJson = False


@dataclass(frozen=True, kw_only=True)
class Measures(Command):
    """List every measure that runs print and write, each in a plain sentence, with its formula."""

    words: Words = None
    as_json: AsJson = False


@dataclass(frozen=True, kw_only=True)
class Report(Command):
    """Write a page on the results in a folder for readers who were not there: DIR/report.html, self-contained."""

    folder: Annotated[Path, typer.Argument(parser=place_of, metavar="DIR", help="A folder of results.")]
    docx: Annotated[bool, typer.Option("--docx", help="Also as a document for a board paper: DIR/report.docx.")] = False
    as_json: AsJson = False


@dataclass(frozen=True, kw_only=True)
class New(Command):
    """Write the scenario of a board from fourteen questions, at the prompt or answered in a file."""

    answers: Annotated[Path | None, place("Answers in a TOML file, instead of the prompt.", "FILE")] = None
    out: Annotated[Path | None, place("The scenario's file; default NAME.toml in this folder.", "FILE")] = None
    as_json: AsJson = False


@dataclass(frozen=True, kw_only=True)
class Teach(Command):
    """Open the lesson on the vicious circle in the browser, on this machine only, or for a class in its network."""

    port: Annotated[int, whole("Port of the page; 0 takes any free port.")] = 8321
    host: Annotated[
        str, typer.Option(help="Host name or address to listen on; any but the default may let other machines in.")
    ] = "127.0.0.1"
    class_: Annotated[
        bool, typer.Option("--class", help="Let a class join from the local network, with a code; you alone steer.")
    ] = False
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address, do not open it.")] = False
    static: Annotated[
        Path | None,
        place("Write the eight scenes as files that need no server, and DIR.zip for a learning environment.", "DIR"),
    ] = None
    quiet: Quiet = False


@dataclass(frozen=True, kw_only=True)
class Warm(Command):
    """Compile the rules now, on all cores, so that no run has to wait."""

    seed: Annotated[Path | None, place("Also pack the compiled rules there, for a wheel.", "FOLDER")] = None
    quiet: Quiet = False
    as_json: AsJson = False
