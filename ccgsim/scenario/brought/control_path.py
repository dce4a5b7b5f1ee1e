"""An ablation's file of managers' control by month: a table with a column manager_control."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ccgsim.foundation.files import lists
from ccgsim.foundation.files.lists import Columns, Listing
from ccgsim.foundation.files.reading import MOST_LIST, Unreadable, bytes_of
from ccgsim.foundation.problems import Problem, Problems, fault_at, shown_path
from ccgsim.foundation.quantity import Quantity

KEY, NAME = "ablation.control_path", "manager_control"
MOST = 100_000  # rows; no scenario lasts longer than 1,200 months
_SHARE = Quantity(None, 0, 1, "share", "Managers' control", "given by the user", float)
_MONTH = Quantity(None, 0, MOST, "", "Month of the row, from 0 on", "given by the user", int)


def read_control_path(file: str) -> np.ndarray:
    """Managers' control by month from a CSV or Parquet file: shape (rows,), 0 to 1, NaN if not fixed.

    Row 0 is the world before month 0, as in a run's series. Raises Problems with every fault.
    """
    path = Path(file)
    return _from_parquet(path) if path.suffix == ".parquet" else _from_csv(path)


def _from_csv(path: Path) -> np.ndarray:
    found = lists.read_list(path, Columns((NAME,), ("month",)), MOST, key=KEY)
    if faults := lists.first(_faults(found), found.file):
        raise Problems(faults)
    return np.array([np.nan if (value := row.value(NAME)) is None else float(value) for row in found.rows])


def _faults(found: Listing) -> Iterator[Problem]:
    yield from found.faults
    for place, row in enumerate(found.rows):
        yield from row.faults(found.file, NAME, _SHARE, needed=False)
        if "month" in row.cells and row.value("month") != place and not found.faults:
            yield row.problem(found.file, "month", f"must be {place}: one row per month, from 0 on")
            return


def _from_parquet(path: Path) -> np.ndarray:
    import pandas as pd

    try:
        data = bytes_of(path, MOST_LIST)
    except Unreadable as why:
        raise fault_at("", KEY, shown_path(path), str(why)) from None
    try:
        control = pd.read_parquet(io.BytesIO(data), columns=[NAME])[NAME].to_numpy(np.float64, na_value=np.nan)
    except (OSError, ValueError, TypeError, KeyError) as fault:
        rule = f"is not a Parquet table with a column {NAME} of numbers ({type(fault).__name__})"
        raise fault_at(str(path), "", "", rule) from fault
    if ((control < 0) | (control > 1)).any():
        raise fault_at(str(path), NAME, "", "holds values outside 0 to 1")
    return control
