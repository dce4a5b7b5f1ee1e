"""The command `reproduce`: checks the options, compares sources and model, prints the result as text or JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ccgsim.cli.answers import place_faults
from ccgsim.cli.run import MOST_REPLICATES, compile_rules
from ccgsim.foundation.problems import Problem, Problems, gathering, shown
from ccgsim.lab.reproduce import REPRODUCED, Beside
from ccgsim.report import folders, side_by_side, terminal

DRAWN_MONTHS = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """A comparison to make, every value checked; with a folder if files are wanted."""

    what: str
    seeds: range
    place: folders.Place | None


@dataclass(frozen=True, slots=True)
class Done:
    """A finished comparison and its files by name."""

    beside: Beside
    files: dict[str, Path] = field(default_factory=dict)


def checked(what: str, seeds: int, out: Path | None, force: bool) -> Order:
    """The checked order for these options; raises Problems with every fault."""
    found, place = place_faults(out), None
    if not 1 <= seeds <= MOST_REPLICATES:
        found.append(Problem("", "--seeds", shown(seeds), f"lies outside 1 to {MOST_REPLICATES}"))
    with gathering(found):
        place = folders.target(out, out, force, folders.REPRODUCTION) if out is not None else None
    if found:
        raise Problems(found)
    return Order(what=what, seeds=range(seeds), place=place)


def carry_out(order: Order, opening: dict[str, Any], *, talk: bool) -> Done:
    """Run the worlds, and write them if a folder is wanted. If that fails, the folder is removed."""
    if order.place is None:
        return Done(_beside(order, talk))
    with order.place.taken():
        beside = _beside(order, talk)
        sheets = {"networks": _networks(order.seeds[0])} if order.what == "figure4" else {}
        with order.place.written() as part:
            files = side_by_side.write_beside(opening | document(order, Done(beside)), sheets, part)
    return Done(beside, {name: order.place.folder / path.relative_to(part) for name, path in files.items()})


def _beside(order: Order, talk: bool) -> Beside:
    compile_rules(talk)
    with terminal.Meter("worlds", shown=talk) as progress:
        return REPRODUCED[order.what](order.seeds, progress)


def _networks(seed: int) -> Any:
    """One figure of the networks of sites A and B after the fieldwork, on one seed."""
    from ccgsim.report.network.figure import networks_figure
    from ccgsim.run import simulate

    return networks_figure([simulate(site, seed, months=DRAWN_MONTHS) for site in ("site_a", "site_b")])


def document(order: Order, done: Done) -> dict[str, Any]:
    """The JSON document of a comparison."""
    return {
        "what": order.what,
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
