"""The command `reproduce`: checks the options, compares sources and model, prints the result as text or JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ccgsim.cli.options.studies import Reproduce
from ccgsim.cli.parts.answers import DONE, opening, place_faults, print_json, range_faults
from ccgsim.cli.parts.worlds import MOST_REPLICATES, compile_rules
from ccgsim.foundation.problems import Problems, gathering
from ccgsim.lab.reproduce import REPRODUCED, Beside
from ccgsim.report import folders
from ccgsim.report.findings import side_by_side
from ccgsim.report.words import terminal

DRAWN_MONTHS = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """A comparison to make, every value checked; with a folder if files are wanted."""

    asked: Reproduce
    seeds: range
    place: folders.Place | None


@dataclass(frozen=True, slots=True)
class Done:
    """A finished comparison and its files by name."""

    beside: Beside
    files: dict[str, Path] = field(default_factory=dict)


def answer(asked: Reproduce) -> int:
    """Print and write the sources' figures and the model's side by side; returns the exit code."""
    order = checked(asked)
    done = carry_out(order)
    if asked.as_json:
        print_json(document(order, done))
    else:
        show(order, done)
    return DONE


def checked(asked: Reproduce) -> Order:
    """The checked order for these options; raises Problems with every fault."""
    out = asked.out
    found, place = place_faults(out) + range_faults(("--seeds", asked.seeds, 1, MOST_REPLICATES)), None
    with gathering(found):
        place = folders.target(out, out, asked.force, folders.REPRODUCTION) if out is not None else None
    if found:
        raise Problems(found)
    return Order(asked=asked, seeds=range(asked.seeds), place=place)


def carry_out(order: Order) -> Done:
    """Run the worlds, and write them if a folder is wanted. If that fails, the folder is removed."""
    if order.place is None:
        return Done(_beside(order))
    with order.place.taken():
        beside = _beside(order)
        sheets = {"networks": _networks(order.seeds[0])} if order.asked.what == "figure4" else {}
        with order.place.written() as part:
            files = side_by_side.write_beside(document(order, Done(beside)), sheets, part)
    return Done(beside, {name: order.place.folder / path.relative_to(part) for name, path in files.items()})


def _beside(order: Order) -> Beside:
    asked = order.asked
    compile_rules(asked.talks)
    with terminal.Meter("worlds", shown=asked.talks) as progress:
        return REPRODUCED[asked.what](order.seeds, progress)


def _networks(seed: int) -> Any:
    """One figure of the networks of sites A and B after the fieldwork, on one seed."""
    from ccgsim.report.network.figure import networks_figure
    from ccgsim.run import simulate

    return networks_figure([simulate(site, seed, months=DRAWN_MONTHS) for site in ("site_a", "site_b")])


def document(order: Order, done: Done) -> dict[str, Any]:
    """The JSON document of a comparison."""
    return opening("reproduce") | {
        "what": order.asked.what,
        "seeds": len(order.seeds),
        "cells": [each.plain() for each in done.beside.cells],
        "notes": list(done.beside.notes),
        "files": {name: str(path) for name, path in done.files.items()},
    }


def show(order: Order, done: Done) -> None:
    """Print the table with its notes, and where the files are."""
    seeds = f"seed {order.seeds[0]}" if len(order.seeds) == 1 else f"seeds 0 to {order.seeds[-1]}"
    side_by_side.print_beside(f"{done.beside.title} ({seeds})", done.beside.cells, done.beside.notes)
    if order.place is not None:
        terminal.print_line(f"Files in {order.place.folder}")
