"""The parts of a sweep: Parquet files of finished runs, written atomically, listed in a ledger, checked when read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from ccgsim.foundation.files.writing import parquet_bytes, put, sha256
from ccgsim.lab.sweep import ledger
from ccgsim.lab.sweep.jobs import DONE, FAILED, PENDING, Outcome
from ccgsim.lab.sweep.ledger import Entry

FOLDER, LEDGER = "parts", "ledger.jsonl"
STATES = (PENDING, DONE, FAILED)
NOWHERE = -1


class Parts:
    """Finished runs on disk. Only run numbers, states and positions are kept in memory."""

    def __init__(self, folder: Path, runs: int, columns: Sequence[str], series: Sequence[str]) -> None:
        folder = folder.absolute()  # pyarrow misreads relative paths that begin with 's3:' or '~'
        self.folder, self.ledger = folder / FOLDER, folder / LEDGER
        self.state = np.zeros(runs, np.int8)  # index in STATES
        self.entries: list[Entry] = []
        self._part = np.full(runs, NOWHERE, np.int32)  # index of its entry
        text, real = pa.string(), pa.float64()
        self._rows = pa.schema(
            [("run", pa.int64()), ("status", text), ("reason", text), *((name, real) for name in columns)]
        )
        self._months = pa.schema([("run", pa.int64()), ("month", pa.int64()), *((name, real) for name in series)])

    def count(self, status: str) -> int:
        """Number of runs that are done, failed or pending."""
        return int((self.state == STATES.index(status)).sum())

    @property
    def pending(self) -> np.ndarray:
        """Mask of runs that are neither done nor failed."""
        return np.asarray(self.state == STATES.index(PENDING))

    def failures(self) -> list[dict[str, Any]]:
        """Number and reason of each failed run, in order."""
        found: list[dict[str, Any]] = []
        for place, entry in enumerate(self.entries):
            failed = pq.read_table(
                self.folder / entry.part, columns=["run", "reason"], filters=[("status", "=", FAILED)]
            )
            found += [row for row in failed.to_pylist() if self._part[row["run"]] == place]
        return sorted(found, key=lambda row: row["run"])

    def load(self) -> None:
        """Load the parts that are listed in the ledger and intact on disk; all other runs count as pending."""
        for entry in ledger.entries(self.ledger):
            if entry.is_whole(self.folder) and (rows := self._checked_rows(entry)) is not None:
                self._enter(entry, rows)

    def _checked_rows(self, entry: Entry) -> pa.Table | None:
        """Run and status of each row of a part; None if it has unknown runs or other columns."""
        part = self.folder / entry.part
        if pq.read_schema(part).names != self._rows.names:
            return None
        rows = pq.read_table(part, columns=["run", "status"])
        return rows if np.isin(rows["run"].to_numpy(), np.arange(len(self.state))).all() else None

    def tidy(self) -> None:
        """Remove unlisted files, and ledger lines without files; only the writer may call this."""
        self.folder.mkdir(exist_ok=True)
        listed = {name for entry in self.entries for name in (entry.part, entry.series)}
        for path in self.folder.iterdir():
            if path.name not in listed:
                path.unlink()
        ledger.rewrite(self.ledger, self.entries)

    def _enter(self, entry: Entry, table: pa.Table) -> None:
        runs = table["run"].to_numpy()
        self._part[runs] = len(self.entries)
        self.state[runs] = [STATES.index(status) for status in table["status"].to_pylist()]
        self.entries.append(entry)

    def add(self, outcomes: Sequence[Outcome]) -> None:
        """Write a part with these outcomes; it is valid once its entry is in the ledger."""
        number = int(self.entries[-1].part.split(".")[0]) + 1 if self.entries else 0
        rows = pd.DataFrame([_row(outcome) for outcome in outcomes]).reindex(columns=self._rows.names)
        part = put(self.folder / f"{number:06}.parquet", parquet_bytes(rows, self._rows))
        series = self._add_series(f"{number:06}-series.parquet", outcomes)
        entry = Entry(part.name, sha256(part), *((series.name, sha256(series)) if series else ()))
        ledger.append(self.ledger, entry)
        self._enter(entry, pa.table({"run": rows["run"].to_numpy(), "status": rows["status"].to_list()}))

    def _add_series(self, name: str, outcomes: Sequence[Outcome]) -> Path | None:
        kept = {o.run: o.measured.series for o in outcomes if o.measured is not None and o.measured.series is not None}
        if not kept:
            return None
        months = pd.concat(kept, names=["run", "month"]).reset_index()
        return put(self.folder / name, parquet_bytes(months, self._months))

    def rows(self, first: int, last: int) -> pd.DataFrame:
        """Run, status, reason and numbers of runs `first` to `last` - 1, in order; pending runs have no numbers."""
        found = self._read(first, last, [entry.part for entry in self.entries], self._rows)
        wanted = pd.RangeIndex(first, last, name="run")
        rows: pd.DataFrame = found.to_pandas().set_index("run").reindex(wanted).reset_index()
        return rows.assign(status=rows["status"].fillna(PENDING))

    def months(self, first: int, last: int) -> pa.Table:
        """Run, month and measures of runs `first` to `last` - 1, in order."""
        found = self._read(first, last, [entry.series for entry in self.entries], self._months)
        return found.sort_by([("run", "ascending"), ("month", "ascending")])

    def _read(self, first: int, last: int, names: Sequence[str], schema: pa.Schema) -> pa.Table:
        """The rows of these runs from their files."""
        places = np.unique(self._part[first:last])
        wanted = [("run", ">=", first), ("run", "<", last)]
        files = [self.folder / names[place] for place in places if place != NOWHERE and names[place]]
        tables = [pq.read_table(file, filters=wanted, schema=schema) for file in files]
        return pa.concat_tables(tables) if tables else schema.empty_table()


def _row(outcome: Outcome) -> dict[str, object]:
    numbers = {} if outcome.measured is None else dict(outcome.measured.values)
    return {"run": outcome.run, "status": outcome.status, "reason": outcome.reason or None, **numbers}
