"""What several commands take: kinds of options, options by name, and what groups of commands have in common."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from ccgsim.cli.parts.answers import place_of, whole_of


def place(help: str, metavar: str = "PATH") -> Any:
    """An option that takes the path of a file or folder."""
    return typer.Option(parser=place_of, metavar=metavar, help=help)


def whole(help: str) -> Any:
    """An option that takes a whole number."""
    return typer.Option(parser=whole_of, metavar="<int>", help=help)


def setting(help: str) -> Any:
    """An option that sets parameters."""
    return typer.Option("--set", metavar="KEY=VALUE", help=help)


WHERE = "Folder for the results; default results/NAME-seedS, with --set results/NAME-KEY=VALUE-seedS."
WHERE_COMPARED = "Folder for the results; default results/compare-NAMES-seedS, with --set -KEY=VALUE before -seedS."
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print only results.")]
Force = Annotated[bool, typer.Option("--force", help="Replace earlier results in --out.")]
Seed = Annotated[int, whole("A whole number from 0.")]
ExperimentFile = Annotated[Path, typer.Argument(metavar="EXPERIMENT", help="An experiment file, TOML.")]
Resumed = Annotated[Path, place("Folder for the results; an unfinished one is resumed.")]
Workers = Annotated[int | None, whole("Worker processes; default: one per core.")]
Cluster = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Run on the Dask cluster with this scheduler: tcp://HOST:PORT.")
]
Wait = Annotated[float | None, typer.Option(metavar="SECONDS", help="Longest wait for the cluster; default 60.")]
Begins = Annotated[
    Path | None, place("Begin with this surveyed network, read by the same options as in `ccgsim network`.", "FILE")
]
Words = Annotated[
    list[str] | None, typer.Argument(metavar="[WORD]...", help="Only those with every WORD in name or meaning.")
]


def anew(what: str) -> Any:
    return typer.Option("--force-new", help=f"Remove an earlier {what} in --out and start again.")


class Command:
    """What every command takes; these values hold where one does not."""

    quiet: bool = False
    as_json: bool = False

    @property
    def talks(self) -> bool:
        """Whether a command reports its progress; with --json only if standard error is a terminal."""
        return not self.quiet and (not self.as_json or sys.stderr.isatty())


@dataclass(frozen=True, kw_only=True)
class Surveyed(Command):
    """How a surveyed network is read: what `network` and all commands share that begin with one."""

    people: Annotated[Path | None, place("Table of the people, if it is a file of its own.", "FILE")] = None
    relation: Annotated[str | None, typer.Option(metavar="NAME", help="Which relation; default: the first.")] = None
    wave: Annotated[str | None, typer.Option(metavar="N", help="Which wave; default: the first.")] = None
    at_least: Annotated[
        str | None, typer.Option(metavar="F", help="Least frequency of a tie that counts: a number or a word.")
    ] = None
    kinds: Annotated[Path | None, place("CSV of your words for kinds and roles: word, kind, role.", "CSV")] = None
    kind: Annotated[str | None, typer.Option(help="Kind of people of whom none is said; default: manager.")] = None
    words: Annotated[Path | None, place("CSV of your words for frequencies: word, frequency.", "CSV")] = None
    reversed: Annotated[bool, typer.Option("--reversed", help="Ties run from the adviser to the seeker.")] = False
    missing: Annotated[
        str, typer.Option(help="Ties of people who did not answer: 'unknown', or 'none' for no ties.")
    ] = "unknown"
    no_answer: Annotated[
        str | None,
        typer.Option(
            metavar="MARKS", help="What means 'no answer', such as 99 or 88,99,nr; 'none': all numbers count."
        ),
    ] = None
    decimal: Annotated[
        str | None, typer.Option(metavar="SIGN", help="The decimal sign, 'point' or 'comma', where 1,234 may be both.")
    ] = None


class Worlds(Command):
    """What `run` and `compare` share."""

    seed: int
    months: int | None
    replicates: int
    settings: list[str] | None
    network: Path | None
    out: Path | None

    @property
    def writes(self) -> bool:
        """Whether a folder is to be written."""
        return self.out is not None or not self.as_json


class OnWorkers(Command):
    """What commands share that run experiments on worker processes."""

    experiment: Path
    out: Path
    force_new: bool
    workers: int | None
    cluster: str | None = None
    wait: float | None = None
