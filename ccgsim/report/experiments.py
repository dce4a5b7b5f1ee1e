"""Command line of the scripts in experiments/, and their output: tables as CSV, figures as PNG and SVG."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from ccgsim.foundation.files.writing import csv_bytes, put
from ccgsim.report.drawing.canvas import Sheet


def ask(words: str | None, *, seeds: int, out: str, quick: str) -> Namespace:
    """The options `--seeds`, `--out` and `--quick` (whose help text is `quick`)."""
    parser = ArgumentParser(description=words, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=seeds, help=f"replicates of each point, default {seeds}")
    parser.add_argument("--out", type=Path, default=Path(out), help=f"folder of the results, default {out}")
    parser.add_argument("--quick", action="store_true", help=quick)
    return parser.parse_args()


def keep(folder: Path, tables: Mapping[str, pd.DataFrame], sheets: Mapping[str, Sheet]) -> list[Path]:
    """Write tables and figures by name into the folder, created if missing; returns the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [(f"{name}.csv", csv_bytes(table)) for name, table in tables.items()]
    files += [file for name, sheet in sheets.items() for file in sheet.files(name)]
    return [put(folder / name, data) for name, data in files]
