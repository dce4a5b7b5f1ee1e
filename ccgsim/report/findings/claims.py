"""Claims over the plausible space: lines for the terminal, and the files: claims.json, draws.csv, a figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from ccgsim.foundation.files.writing import csv_bytes, json_bytes, put
from ccgsim.foundation.problems import telling
from ccgsim.report.figures.claims import claims_figure
from ccgsim.report.findings.evidence import legible
from ccgsim.report.words.terminal import print_line

Row = Mapping[str, Any]


def print_claims(claims: Sequence[Row]) -> None:
    """Print each claim, and below all of them how to read them."""
    for claim in claims:
        for line in claim_lines(claim):
            print_line(legible(line))
    print_line(
        "Shares of draws from the plausible space with 95% intervals. Strength: rank correlation with the margin; "
        "? is no more than chance would give among so many parameters."
    )


def claim_lines(claim: Row) -> Iterator[str]:
    """Lines for one claim: its share, without its mechanism, what breaks it, where it acts."""
    defaults = {True: "holds at the defaults", False: "fails at the defaults", None: "unknown at the defaults"}
    yield f"{claim['id']:4} {claim['claim']}: holds in {share_of(claim)}; {defaults[claim['at_defaults']]}"
    if claim["without"] is not None:
        yield f"     without its mechanism in {share_of(claim['without'])}"
    for place, found in enumerate(claim["breaks"]):
        yield f"     {'what breaks it:' if place == 0 else '':15} {break_of(found)}"
    if claim["mechanism"]:
        yield f"     it acts in {', '.join(places_of(claim['mechanism']))}"
    if claim["refused"]:
        yield f"     left out, since their values contradict one another: {claim['refused']} of the draws"


def share_of(claim: Row) -> str:
    """'.68 [.51, .80] of 37 draws'."""
    if claim["share"] is None:
        return "no draw"
    ends = f"[{short(claim['low'])}, {short(claim['high'])}]"
    return f"{short(claim['share'])} {ends} of {claim['draws']} draws"


def short(share: float) -> str:
    """A share with two digits: .68, 1.00."""
    return f"{share:.2f}".removeprefix("0") if share < 1 else f"{share:.2f}"


def break_of(found: Row) -> str:
    """'higher engagement.noise (.41)', with a question mark where chance alone would give as much."""
    return f"{found['direction']} {found['parameter']} ({short(found['strength'])}{'' if found['sure'] else '?'})"


def places_of(mechanism: Iterable[Row], lines: bool = True) -> list[str]:
    """Each place once: 'utility (ccgsim/processes/engagement.py:131)'; without `lines` the file alone."""
    words = [f"{place['function']} ({place['file']}{':' + str(place['line']) if lines else ''})" for place in mechanism]
    return list(dict.fromkeys(words))


def write_claims(document: Row, draws: pd.DataFrame, folder: Path) -> dict[str, Path]:
    """Write claims.json, draws.csv and the figure as PNG and SVG; returns the paths by name.

    Raises Problems if the folder cannot be written.
    """
    with telling(folder):
        written = {"claims.json": put(folder / "claims.json", json_bytes(document))}
        written["draws.csv"] = put(folder / "draws.csv", csv_bytes(draws))
        figure = claims_figure(document)
        return written | {name: put(folder / name, data) for name, data in figure.files("claims")}
