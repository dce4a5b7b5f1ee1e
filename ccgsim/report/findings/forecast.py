"""A forecast of the next wave and its score, in words; the sealed file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ccgsim.foundation.files.writing import json_bytes, put, sha256
from ccgsim.foundation.problems import telling
from ccgsim.report import folders
from ccgsim.report.manifest import NAME, SCHEMA
from ccgsim.report.words.terminal import print_line

FILE = "forecast.json"  # in a folder
SHOWN = 8  # ties likeliest to form, or to end
Row = Mapping[str, Any]


def print_forecast(document: Row, files: Mapping[str, Path]) -> None:
    """Print the board's density to be expected, who may leave, and which ties are likeliest to form or to end."""
    density, ties = document["board_density"], document["ties"]
    print_line(f"In {document['months']} months, over {document['draws']} worlds that begin with the survey:")
    print_line(f"  density of the board {density['low']:.3f} to {density['high']:.3f} (90% interval)")
    for words, rows in (
        ("likeliest to form", sorted((t for t in ties if t["now"] == 0), key=lambda t: -t["chance"])),
        ("likeliest to end", sorted((t for t in ties if t["now"] == 1), key=lambda t: t["chance"])),
    ):
        told = ", ".join(f"{row['from']} asks {row['to']} {row['chance']:.2f}" for row in rows[:SHOWN])
        print_line(f"  ties {words}, with their chance of being there: {told or 'none'}")
    unknown = sum(0 < tie["now"] < 1 for tie in ties)
    if unknown:
        are = "tie is" if unknown == 1 else "ties are"
        print_line(f"  {unknown} {are} unknown today: whether they form or end cannot be told")
    leaving = sorted(document["stays"].items(), key=lambda one: one[1])[:SHOWN]
    print_line(f"  chance of still being on the board: {', '.join(f'{who} {chance:.2f}' for who, chance in leaving)}")
    for path in files.values():
        print_line(f"Sealed in {path}: {document['seal'][:16]}... Keep the seal apart, and score it with --against")


def print_score(found: Row) -> None:
    """Print how good the forecast was, beside two that need no model."""
    print_line(
        f"{found['pairs']} pairs could be scored: {found['ties']} ties, {found['expected']:.1f} expected; "
        f"{found['changed']} changed in {found['months']} months"
    )
    for way, brier in found["brier"].items():
        print_line(f"  {way:20} Brier score {brier:.4f} (0 is perfect)")
    for gain in found["gains"]:
        ends = f"[{gain['low']:+.4f}, {gain['high']:+.4f}]"
        words = "is better than" if gain["gain"] > 0 else "is worse than"
        sure = words if gain["told"] else "cannot be told apart from"
        print_line(f"  the model {sure} '{gain['over']}': {gain['gain']:+.4f} {ends}, 90% interval over members")
    for warning in found["warnings"]:
        print_line(f"Note: {warning}")


def write_sealed(document: Row, path: Path) -> Path:
    """Write a sealed forecast; raises Problems if it cannot be written."""
    with telling(path):
        return put(path, json_bytes(document))


def write_forecast(document: Row, about: Row, place: folders.Place, typed: Sequence[str]) -> dict[str, Path]:
    """Write the sealed forecast and the manifest into the folder; returns the paths by name.

    `about`: further facts for the manifest; `typed`: the command that gave the forecast.
    """
    with place.written() as part:
        prints = {FILE: sha256(put(part / FILE, json_bytes(document)))}
        facts = {"schema": SCHEMA, "kind": folders.FORECAST, "typed": list(typed), **about}
        put(part / NAME, json_bytes(facts | {"files": prints}))
    return {name: place.folder / name for name in (FILE, NAME)}
