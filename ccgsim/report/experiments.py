"""What an experiment leaves in its folder: tables as CSV, figures as PNG and SVG."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from ccgsim.files import csv_bytes, put
from ccgsim.report.canvas import Sheet


def keep(folder: Path, tables: Mapping[str, pd.DataFrame], sheets: Mapping[str, Sheet]) -> list[Path]:
    """Write each table and figure under its name into the folder, made where it is missing; the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [(f"{name}.csv", csv_bytes(table)) for name, table in tables.items()]
    files += [file for name, sheet in sheets.items() for file in sheet.files(name)]
    return [put(folder / name, data) for name, data in files]
