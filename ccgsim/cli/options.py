"""What each command takes, with the words of its help: one class a command, which Typer fills from the command line.

A class is named after its command, whose file is `cli/NAME.py`. Nothing slow is imported here, and annotations are not
texts, which Typer would evaluate one by one at every start.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import typer

from ccgsim.cli.answers import place_of
from ccgsim.cli.shared_options import (
    WHERE,
    WHERE_COMPARED,
    AsJson,
    Begins,
    Cluster,
    Command,
    ExperimentFile,
    Force,
    OnWorkers,
    Quiet,
    Resumed,
    Seed,
    Surveyed,
    Wait,
    Words,
    Workers,
    Worlds,
    anew,
    place,
    setting,
    whole,
)


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
class Sweep(OnWorkers):
    """Run every point of an experiment on every seed. Started again, it resumes where it stopped."""

    experiment: ExperimentFile
    out: Resumed
    workers: Workers = None
    cluster: Cluster = None
    wait: Wait = None
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check the file and count the runs; run and write nothing.")
    ] = False
    force_new: Annotated[bool, anew("sweep")] = False
    quiet: Quiet = False
    as_json: AsJson = False


@dataclass(frozen=True, kw_only=True)
class Sensitivity(OnWorkers):
    """Show which parameters matter: Morris effects and Sobol' indices over the experiment's ranges, with intervals."""

    experiment: ExperimentFile
    out: Resumed
    workers: Workers = None
    cluster: Cluster = None
    wait: Wait = None
    force_new: Annotated[bool, anew("study")] = False
    quiet: Quiet = False
    as_json: AsJson = False


@dataclass(frozen=True, kw_only=True)
class Calibrate(OnWorkers):
    """Show which values fit: the posterior of the experiment's intervals given its targets, by ABC-SMC."""

    experiment: ExperimentFile
    out: Resumed
    workers: Workers = None
    force_new: Annotated[bool, anew("calibration")] = False
    quiet: Quiet = False
    as_json: AsJson = False


@dataclass(frozen=True, kw_only=True)
class Reproduce(Command):
    """Print the sources' figures and the model's side by side, each marked set, fitted or emergent."""

    what: Annotated[Literal["table4", "figure4", "survey"], typer.Argument(help="Which table of the sources.")]
    seeds: Annotated[int, whole("Number of worlds, with seeds 0, 1, ...")] = 30
    out: Annotated[Path | None, place("Folder for the table, and for the drawing of figure4.")] = None
    force: Force = False
    quiet: Quiet = False
    as_json: AsJson = False


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
class Validate(Command):
    """Judge the model by the patterns of its sources. Exit code 6 if a pattern that held before no longer does."""

    seed: Seed = 0
    seeds: Annotated[int, whole("Worlds, with seeds SEED, SEED + 1, ..., on which each pattern is judged.")] = 60
    only: Annotated[str | None, typer.Option(metavar="P1,P11", help="Judge these patterns only.")] = None
    out: Annotated[Path | None, place("JSON file for the judgement, updated after each pattern.")] = None
    quiet: Quiet = False
    as_json: AsJson = False


@dataclass(frozen=True, kw_only=True)
class Claim(Command):
    """Show in what share of the plausible values of all assumed parameters patterns hold, and what breaks them."""

    patterns: Annotated[list[str], typer.Argument(metavar="PATTERN...", help="Patterns, such as P9 or P10,P12.")]
    draws: Annotated[int, whole("Draws from the plausible ranges of the parameters.")] = 200
    seeds: Annotated[int, whole("Worlds, with seeds 0, 1, ..., in each draw.")] = 4
    out: Annotated[Path | None, place("Folder for the results; an unfinished one is resumed.")] = None
    force_new: Annotated[bool, anew("judgement of claims")] = False
    workers: Workers = None
    quiet: Quiet = False
    as_json: AsJson = False


@dataclass(frozen=True, kw_only=True)
class Report(Command):
    """Write a page on the results in a folder for readers who were not there: DIR/report.html, self-contained."""

    folder: Annotated[Path, typer.Argument(parser=place_of, metavar="DIR", help="A folder of results.")]
    docx: Annotated[bool, typer.Option("--docx", help="Also as a document for a board paper: DIR/report.docx.")] = False
    as_json: AsJson = False


@dataclass(frozen=True, kw_only=True)
class Network(Surveyed):
    """Check and describe a surveyed network: a spreadsheet, CSV, UCINET DL, Pajek, GraphML, GEXF, VNA, JSON, DOT."""

    file: Annotated[Path | None, typer.Argument(parser=place_of, metavar="FILE", help="The file with the ties.")] = None
    draws: Annotated[int, whole("Draws of unknown ties, for intervals and chances to be among the first three.")] = 200
    against: Annotated[Path | None, place("A later survey: who left and came, which ties were kept.", "FILE")] = None
    against_people: Annotated[Path | None, place("Its table of the people; default: in the survey.", "FILE")] = None
    against_wave: Annotated[str | None, typer.Option(metavar="N", help="Its wave; default: the first.")] = None
    anonymise: Annotated[
        bool, typer.Option("--anonymise", help="Codes for names; the key is written to FILE-key.csv in this folder.")
    ] = False
    export: Annotated[
        Path | None, place("Write the network again: .csv, .xlsx, .graphml, .gexf, .net or .json; .R for R.", "FILE")
    ] = None
    template: Annotated[
        Path | None, place("Write a workbook to send out, questions and consent text there.", "FOLDER")
    ] = None
    examples: Annotated[Path | None, place("Write two invented surveys there, to try the commands on.", "FOLDER")] = (
        None
    )
    out: Annotated[Path | None, place("Folder for the description, people.csv and ties.csv.")] = None
    force: Annotated[bool, typer.Option("--force", help="Replace earlier files of --out and --export.")] = False
    as_json: AsJson = False


@dataclass(frozen=True, kw_only=True)
class Depart(Surveyed):
    """Show what the departure of each member costs a surveyed board, what eases it, and what cannot be told."""

    file: Annotated[Path, typer.Argument(parser=place_of, metavar="FILE", help="The file with the ties.")]
    who: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only these members; may be repeated.")] = None
    month: Annotated[int, whole("Month in which they leave.")] = 6
    horizon: Annotated[int, whole("Months after it that are looked at.")] = 24
    draws: Annotated[int, whole("Draws of what the survey does not know, two worlds each.")] = 100
    seed: Seed = 0
    scenario: Annotated[str, typer.Option(help="Where everything comes from that the survey does not say.")] = "site_a"
    workers: Workers = None
    out: Annotated[Path | None, place("Folder for departures.csv, departures.json and the figure.")] = None
    force: Force = False
    quiet: Quiet = False
    as_json: AsJson = False


@dataclass(frozen=True, kw_only=True)
class Forecast(Surveyed):
    """Forecast the next wave of a survey, seal the forecast, and score it once that wave is there."""

    file: Annotated[
        Path, typer.Argument(parser=place_of, metavar="FILE", help="The survey; with --against a sealed forecast.")
    ]
    seal: Annotated[bool, typer.Option("--seal", help="Write the forecast to FILE-forecast.json, with its seal.")] = (
        False
    )
    against: Annotated[Path | None, place("Score the sealed forecast by this later survey.", "FILE")] = None
    months: Annotated[int, whole("Months from the survey to the next wave.")] = 12
    draws: Annotated[int, whole("Worlds, each with its own draw of what is unknown.")] = 200
    seed: Seed = 0
    scenario: Annotated[str, typer.Option(help="Where everything comes from that the survey does not say.")] = "site_a"
    workers: Workers = None
    quiet: Quiet = False
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


COMMANDS: tuple[type[Command], ...] = (
    *(Run, Compare, Sweep, Sensitivity, Calibrate, Reproduce, Scenarios, Parameters, Measures),
    *(Validate, Claim, Report, Network, Depart, Forecast, New, Teach, Warm),
)  # in the order of the help
