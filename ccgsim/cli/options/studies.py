"""What the commands take that do many runs: experiments, and judgements of the model."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import typer

from ccgsim.cli.options.shared import (
    AsJson,
    Cluster,
    Command,
    ExperimentFile,
    Force,
    OnWorkers,
    Quiet,
    Resumed,
    Seed,
    Wait,
    Workers,
    anew,
    place,
    whole,
)


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
