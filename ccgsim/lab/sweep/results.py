"""The results of a sweep as tables: a row a run, and every month of every run where they were kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

import pandas as pd
import pyarrow.parquet as pq

from ccgsim.foundation.arguments import place, reads
from ccgsim.foundation.problems import Problem, Problems, refuse
from ccgsim.lab.sweep import folder_checks as checks
from ccgsim.lab.sweep.folder_checks import DESIGN, SERIES, TABLE
from ccgsim.lab.sweep.parts import Parts
from ccgsim.lab.sweep.tables import blocks


class Results(pd.DataFrame):
    """The table of a sweep, a DataFrame like any other that can also read its months, as its copies can.

    What else is made of it is plain.
    """

    _metadata: ClassVar[list[str]] = ["folder"]  # pandas' way to let a subclass carry something
    folder: Path

    @property
    def _constructor(self) -> type[pd.DataFrame]:
        return pd.DataFrame

    def copy(self, deep: bool = True) -> Results:  # type: ignore[misc]  # pandas says final to checkers
        """A copy that knows its folder too."""
        made = Results(super().copy(deep))
        made.folder = self.folder
        return made

    @property
    def series(self) -> pd.DataFrame:
        """Every month of every finished run, by run and month: run, point, seed, what varies, month, measures kept.

        Read from the disk each time. Raises Problems where the sweep keeps no months.
        """
        runs, stated, parts = _opened(self.folder)
        if not stated["series"]:
            rule = "no months were kept: an experiment with keep_series = true keeps them"
            raise refuse("keep_series", False, rule, file=str(self.folder))
        whole = self.folder / SERIES
        kept = pq.read_table(whole) if not parts.entries and whole.is_dir() else parts.months(0, len(runs))
        months: pd.DataFrame = kept.to_pandas()
        told = runs.set_index("run").loc[months["run"]].reset_index()
        return pd.concat([told, months.drop(columns="run")], axis=1)


@reads(folder=place)
def results(folder: str | Path) -> Results:
    """The table of a sweep, finished or not, in the order of its design; its `series` are the months.

    Columns: run, point, seed, what varies, status (done, failed, pending), reason, final_ and mean_ of each measure. It
    is read from the parts whose checksums hold, so it may be asked for while the sweep is under way; from the table
    itself once the parts are gone. Raises Problems where the folder holds no sweep.
    """
    folder = Path(folder).absolute()
    runs, _, parts = _opened(folder)
    alone = not parts.entries and (folder / TABLE).is_file()
    table = Results(_read(folder / TABLE) if alone else pd.concat(blocks(runs, parts), ignore_index=True))
    table.folder = folder
    return table


def _opened(folder: Path) -> tuple[pd.DataFrame, dict[str, Any], Parts]:
    """The runs of a sweep, its facts, and what is finished of it."""
    facts = checks.facts_of(folder)
    if facts is None:
        raise refuse("folder", str(folder), "holds no results of a sweep")
    runs = _read(folder / DESIGN)
    parts = Parts(folder, len(runs), facts["columns"], facts["series"])
    parts.load()
    return runs, facts, parts


def _read(path: Path) -> pd.DataFrame:
    """A table of the sweep; raises Problems where it is spoilt or gone, as its sweep can make it again."""
    try:
        return pd.read_parquet(path)
    except (OSError, ValueError):  # Arrow's errors are among them
        rule = "is spoilt or gone; the same sweep started again makes it anew and keeps the finished runs"
        raise Problems([Problem(str(path), "", "", rule)]) from None
