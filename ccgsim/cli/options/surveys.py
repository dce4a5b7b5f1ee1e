"""What the commands take that begin with a surveyed network."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from ccgsim.cli.options.shared import AsJson, Force, Quiet, Seed, Surveyed, Workers, place, whole
from ccgsim.cli.parts.answers import place_of


@dataclass(frozen=True, kw_only=True)
class Network(Surveyed):
    """Check and describe a surveyed network: a spreadsheet, CSV, UCINET DL, Pajek, GraphML, GEXF, VNA, JSON, DOT."""

    file: Annotated[Path | None, typer.Argument(parser=place_of, metavar="FILE", help="The file with the ties.")] = None
    draws: Annotated[int, whole("Draws of unknown ties, for intervals and chances to be among the first three.")] = 200
    against: Annotated[Path | None, place("A later survey: who left and came, which ties were kept.", "FILE")] = None
    against_people: Annotated[Path | None, place("Its table of the people; default: in the survey.", "FILE")] = None
    against_wave: Annotated[str | None, typer.Option(metavar="N", help="Its wave; default: the first.")] = None
    months: Annotated[
        int | None, whole("Months between the two surveys: then it is told what the model expects of the ties.")
    ] = None
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
    out: Annotated[Path | None, place("Folder for forecast.json, of which `report` makes a page.")] = None
    force: Force = False
    quiet: Quiet = False
    as_json: AsJson = False
