"""The results of a sweep as tables: one row per run, and every month of every run if they were kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

import pandas as pd
import pyarrow.parquet as pq

from ccgsim.foundation.inputs.arguments import place, reads
from ccgsim.foundation.problems import fault_at, refuse
from ccgsim.lab.sweep import folder_checks as checks
from ccgsim.lab.sweep.folder_checks import DESIGN, SERIES, TABLE
from ccgsim.lab.sweep.parts import Parts
from ccgsim.lab.sweep.tables import blocks


class Results(pd.DataFrame):
    """The table of a sweep: a DataFrame that can also read its months; so can its copies.

    Other results of pandas operations are plain DataFrames.
    """

    _metadata: ClassVar[list[str]] = ["folder"]  # pandas' mechanism for attributes of a subclass
    folder: Path

    @property
    def _constructor(self) -> type[pd.DataFrame]:
        return pd.DataFrame

    def copy(self, deep: bool = True) -> Results:  # type: ignore[misc]  # pandas says final to checkers
        """A copy with the same folder."""
        made = Results(super().copy(deep))
        made.folder = self.folder
        return made

    @property
    def series(self) -> pd.DataFrame:
        """Every month of every finished run, sorted: run, point, seed, varied parameters, month, measures.

        Read from disk on each access. Raises Problems if the sweep keeps no months.
        """
        runs, stated, parts = _opened(self.folder)
        if not stated["series"]:
            rule = "no months were kept: an experiment with keep_series = true keeps them"
            raise refuse("keep_series", False, rule, file=str(self.folder))
        whole = self.folder / SERIES
        kept = pq.read_table(whole) if not parts.entries and whole.is_dir() else parts.months(0, len(runs))
        months: pd.DataFrame = kept.to_pandas()
        inputs = runs.set_index("run").loc[months["run"]].reset_index()
        return pd.concat([inputs, months.drop(columns="run")], axis=1)


@reads(folder=place)
def results(folder: str | Path) -> Results:
    """The table of a sweep, finished or not, in the order of its design; its `series` are the months.

    Columns: run, point, seed, varied parameters, status (done, failed, pending), reason, final_ and mean_ of each
    measure. Read from the parts with valid checksums, so it can be used while the sweep is running; from the table once
    the parts are gone. Raises Problems if the folder holds no sweep.
    """
    folder = Path(folder).absolute()
    runs, _, parts = _opened(folder)
    alone = not parts.entries and (folder / TABLE).is_file()
    table = Results(_read(folder / TABLE) if alone else pd.concat(blocks(runs, parts), ignore_index=True))
    table.folder = folder
    return table


def _opened(folder: Path) -> tuple[pd.DataFrame, dict[str, Any], Parts]:
    """The runs of a sweep, its facts, and its finished parts."""
    facts = checks.facts_of(folder)
    if facts is None:
        raise refuse("folder", str(folder), "holds no results of a sweep")
    runs = _read(folder / DESIGN)
    parts = Parts(folder, len(runs), facts["columns"], facts["series"])
    parts.load()
    return runs, facts, parts


def _read(path: Path) -> pd.DataFrame:
    """A table of the sweep; raises Problems if it is damaged or missing (the sweep can write it again)."""
    try:
        return pd.read_parquet(path)
    except (OSError, ValueError):  # includes Arrow's errors
        rule = "is damaged or missing; starting the same sweep again rewrites it and keeps the finished runs"
        raise fault_at(str(path), "", "", rule) from None
