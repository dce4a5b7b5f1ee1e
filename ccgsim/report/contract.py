"""The columns of a run's tables and their types, on which scripts outside this project rely."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from ccgsim.foundation.files.writing import natural_type

WHOLE, REAL, TEXT = pa.int64(), pa.float64(), pa.string()
AS_IT_IS = None  # the frame's own type

AGENTS: dict[str, pa.DataType | None] = {
    "month": WHOLE,
    "ccg": WHOLE,
    "agent": WHOLE,
    "kind": TEXT,
    "role": TEXT,
    "board": AS_IT_IS,
    "practice": WHOLE,
    "locality": WHOLE,
    "legacy": WHOLE,
    "employer": TEXT,
    "sector": TEXT,
    "tier": TEXT,
    "participation": REAL,
    "efficacy": REAL,
    "capability": REAL,
    "degree_in": WHOLE,
    "degree_out": WHOLE,
    "betweenness": REAL,
}
TIES: dict[str, pa.DataType | None] = {"month": WHOLE, "source": WHOLE, "target": WHOLE, "strength": REAL}
PROJECTS: dict[str, pa.DataType | None] = {
    "project": WHOLE,
    "ccg": WHOLE,
    "pathway": TEXT,
    "origin": TEXT,
    "champion": WHOLE,
    "arena": TEXT,
    "started": WHOLE,
    "live": WHOLE,
    "ended": WHOLE,
    "outcome": TEXT,
    "adopters": WHOLE,
}
CCGS: dict[str, pa.DataType | None] = {
    "year": WHOLE,
    "ccg": WHOLE,
    "name": TEXT,
    "footprint": AS_IT_IS,
    "population": AS_IT_IS,
    "practices": WHOLE,
    "localities": WHOLE,
    "manager_control": REAL,
    "participation": REAL,
    "efficacy": REAL,
    "density": REAL,
    "projects_started": WHOLE,
    "projects_live": WHOLE,
    "projects_sustained": WHOLE,
    "rating": AS_IT_IS,
    "overspend": AS_IT_IS,
    "accountable_officer": AS_IT_IS,
    "merged_into": WHOLE,
}
SURVEY: dict[str, pa.DataType | None] = {
    "month": WHOLE,
    "ccg": WHOLE,
    "agent": WHOLE,
    "role": TEXT,
    "question": TEXT,
    "answer": TEXT,
}
# Columns in which -1 means 'none' in a frame; the files hold null instead, as for all undefined values.
_NONE_BELOW_ZERO = ("practice", "locality", "legacy", "champion", "live", "ended", "merged_into", "accountable_officer")
TABLES = {"agents": AGENTS, "ties": TIES, "projects": PROJECTS, "ccgs": CCGS, "survey": SURVEY}


def schema_of(table: str, frame: pd.DataFrame) -> pa.Schema:
    """Arrow schema of a table; columns not listed here follow with the frame's own types."""
    promised = TABLES[table]
    fields = [(name, kind if kind is not None else _given(frame, name)) for name, kind in promised.items()]
    extra = [(str(name), natural_type(frame[name])) for name in frame.columns if name not in promised]
    return pa.schema(fields + extra)


def with_nulls(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with missing values instead of -1 for 'none'."""
    names = [name for name in _NONE_BELOW_ZERO if name in frame.columns]
    return frame.assign(**{name: frame[name].where(~(frame[name] < 0).fillna(False)) for name in names})


def without_nulls(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame read from a file with -1 for 'none' again, and whole numbers where missing values made them reals."""
    names = [name for name in _NONE_BELOW_ZERO if name in frame.columns]
    return frame.assign(**{name: frame[name].fillna(-1).astype("int64") for name in names})


def series_schema(frame: pd.DataFrame) -> pa.Schema:
    """Arrow schema of the monthly measures: seed and month integers, every measure a float."""
    return pa.schema([(str(name), WHOLE if name in ("seed", "month") else REAL) for name in frame.columns])


def _given(frame: pd.DataFrame, name: str) -> pa.DataType:
    return natural_type(frame[name]) if name in frame.columns else TEXT
