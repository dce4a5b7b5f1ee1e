"""Command line of the scripts in experiments/, and their output: tables as CSV, figures as PNG and SVG, pages."""

from __future__ import annotations

import re
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from ccgsim.foundation.files.writing import csv_bytes, put
from ccgsim.report.drawing.canvas import Sheet


def command_line(words: str | None, *, seeds: int, out: str, quick: str) -> ArgumentParser:
    """A reader of the options `--seeds`, `--out` and `--quick` (whose help text is `quick`)."""
    parser = ArgumentParser(description=words, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=seeds, help=f"replicates of each point, default {seeds}")
    parser.add_argument("--out", type=Path, default=Path(out), help=f"folder of the results, default {out}")
    parser.add_argument("--quick", action="store_true", help=quick)
    return parser


def keep(folder: Path, tables: Mapping[str, pd.DataFrame], sheets: Mapping[str, Sheet]) -> list[Path]:
    """Write tables and figures by name into the folder, created if missing; returns the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [(f"{name}.csv", csv_bytes(table)) for name, table in tables.items()]
    files += [file for name, sheet in sheets.items() for file in sheet.files(name)]
    return [put(folder / name, data) for name, data in files]


def between_markers(page: str, name: str, text: str) -> str:
    """The page with this text between its markers of that name; ValueError where one is missing or stands twice."""
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    if page.count(begin) != 1 or page.count(end) != 1:
        raise ValueError(f"the page must hold {begin} and {end} once each")
    fresh = f"{begin}\n\n{text}\n\n{end}"
    return re.sub(f"{begin}.*{end}", lambda _: fresh, page, flags=re.DOTALL)


def refresh(page: Path, name: str, text: str) -> None:
    """Put this text between the markers of a page, where there is such a page."""
    if page.exists():
        page.write_text(between_markers(page.read_text(encoding="utf-8"), name, text), encoding="utf-8", newline="\n")
