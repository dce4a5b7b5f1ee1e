"""What an experiment is asked on its command line, and what it leaves: tables as CSV, figures as PNG and SVG."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from ccgsim.foundation.files.writing import csv_bytes, put
from ccgsim.report.drawing.canvas import Sheet


def ask(words: str | None, *, seeds: int, out: str, quick: str) -> Namespace:
    """The words of the command line: `seeds`, the folder `out`, and `quick`, with what that does in words."""
    parser = ArgumentParser(description=words, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=seeds, help=f"replicates of each point, {seeds} where left out")
    parser.add_argument("--out", type=Path, default=Path(out), help=f"folder of the results, {out} where left out")
    parser.add_argument("--quick", action="store_true", help=quick)
    return parser.parse_args()


def keep(folder: Path, tables: Mapping[str, pd.DataFrame], sheets: Mapping[str, Sheet]) -> list[Path]:
    """Write each table and figure under its name into the folder, made where it is missing; the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [(f"{name}.csv", csv_bytes(table)) for name, table in tables.items()]
    files += [file for name, sheet in sheets.items() for file in sheet.files(name)]
    return [put(folder / name, data) for name, data in files]
