"""The tables of a sweep in the order of its design, block by block, so that memory does not grow with the runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from ccgsim.foundation.files.writing import arrow_table, csv_bytes, natural_type, writing
from ccgsim.lab.sweep.folder_checks import CSV, TABLE
from ccgsim.lab.sweep.parts import Parts

BLOCK, SERIES_BLOCK = 5000, 500  # runs


def blocks(runs: pd.DataFrame, parts: Parts) -> Iterator[pd.DataFrame]:
    """The table in blocks of rows: run, point, seed, varied parameters, status, reason, numbers."""
    for first in range(0, len(runs), BLOCK):
        planned = runs.iloc[first : first + BLOCK].reset_index(drop=True)
        found = parts.rows(first, first + len(planned))
        yield pd.concat([planned, found.drop(columns="run")], axis=1)


def schema_of(runs: pd.DataFrame, columns: Sequence[str]) -> pa.Schema:
    """The Arrow schema of the table."""
    outcome: list[tuple[str, pa.DataType]] = [("status", pa.string()), ("reason", pa.string())]
    varying = [(str(name), natural_type(runs[name])) for name in runs.columns]
    return pa.schema([*varying, *outcome, *((name, pa.float64()) for name in columns)])


def write_table(runs: pd.DataFrame, parts: Parts, columns: Sequence[str], folder: Path) -> None:
    """Write the table as Parquet and as CSV, each atomically."""
    schema = schema_of(runs, columns)
    with (
        writing(folder / TABLE) as binary,
        writing(folder / CSV) as lines,
        pq.ParquetWriter(binary, schema, compression="zstd") as table,
    ):
        for number, block in enumerate(blocks(runs, parts)):
            table.write_table(arrow_table(block, schema))
            lines.write(csv_bytes(block, header=number == 0))


def write_series(parts: Parts, runs: int, folder: Path) -> list[Path]:
    """Write every month of every run in Parquet files of SERIES_BLOCK runs, ordered by run; returns their paths."""
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    paths = []
    for number, first in enumerate(range(0, runs, SERIES_BLOCK)):
        path = folder / f"{number:06}.parquet"
        with writing(path) as stream:
            pq.write_table(parts.months(first, min(runs, first + SERIES_BLOCK)), stream, compression="zstd")
        paths.append(path)
    return paths
