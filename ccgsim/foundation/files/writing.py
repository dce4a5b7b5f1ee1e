"""Bytes of tables and documents, and the functions through which all results are written to disk."""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from ccgsim.foundation.files.held import PART, hold

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # characters that start a formula in a spreadsheet


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """A new file that gets its name when the block has finished and its contents are on disk.

    A failure keeps the earlier file and leaves nothing behind; `held.sweep_up` removes leftovers of killed processes.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.{PART}")
    try:
        with part.open("wb") as stream:
            hold(stream.fileno())
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def put(path: Path, data: bytes) -> Path:
    """Write `data` atomically and return the path; a failure keeps the earlier file."""
    with writing(path) as stream:
        stream.write(data)
    return path


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def parquet_bytes(frame: pd.DataFrame, schema: pa.Schema | None = None) -> bytes:
    """The table as Parquet, undefined values null, without metadata on how the frame was made.

    Columns are those of `schema` in its order, or the frame's own. Raises ValueError if one is missing.
    """
    sink = pa.BufferOutputStream()
    pq.write_table(arrow_table(frame, schema), sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())


def arrow_table(frame: pd.DataFrame, schema: pa.Schema | None = None) -> pa.Table:
    """The table in Arrow's types, undefined values null; columns and ValueError as in `parquet_bytes`."""
    wanted = schema if schema is not None else schema_of(frame)
    missing = [name for name in wanted.names if name not in frame.columns]
    if missing:
        raise ValueError(f"the table lacks the columns {', '.join(missing)}")
    return pa.Table.from_arrays([_array(frame[field.name], field.type) for field in wanted], schema=wanted)


def schema_of(frame: pd.DataFrame) -> pa.Schema:
    """Arrow schema of a table in its own columns and types."""
    return pa.schema([(str(name), natural_type(frame[name])) for name in frame.columns])


def natural_type(column: pd.Series) -> pa.DataType:
    """int64, float64, bool or string, by the column's values (string for an empty or mixed column)."""
    if pd.api.types.is_bool_dtype(column):
        return pa.bool_()
    if pd.api.types.is_integer_dtype(column):
        return pa.int64()
    return pa.float64() if pd.api.types.is_float_dtype(column) else pa.string()


def _array(column: pd.Series, kind: pa.DataType) -> pa.Array:
    if pa.types.is_string(kind):
        return pa.array([None if pd.isna(value) else str(value) for value in column], kind)
    if pa.types.is_boolean(kind):
        return pa.array(column.astype("boolean"), kind, from_pandas=True)
    number = pd.to_numeric(column.astype("Int64" if pa.types.is_integer(kind) else "Float64"))
    return pa.array(number, kind, from_pandas=True)


def csv_bytes(frame: pd.DataFrame, header: bool = True) -> bytes:
    r"""The table as CSV: UTF-8, `\n`, shortest exact numbers, empty if undefined, formulas escaped.

    Without `header` only the rows, to be appended to a table.
    """
    safe = frame.rename(columns=_only_text)
    for name in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[name]):
            safe[name] = safe[name].map(_only_text)
    return str(safe.to_csv(index=False, header=header, lineterminator="\n", na_rep="")).encode("utf-8")


def _only_text(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front; other values are unchanged."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def json_bytes(document: Mapping[str, Any]) -> bytes:
    r"""The document as JSON: UTF-8, indented by two, ends with `\n`, null for undefined values."""
    return (json.dumps(plain(document), ensure_ascii=False, allow_nan=False, indent=2) + "\n").encode("utf-8")


def plain(value: Any) -> Any:
    """The value in JSON types: NaN, infinity and missing values become None, paths text with `/`."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Path):
        return value.as_posix()
    if isinstance(value, (str, bool)) or value is None:
        return value
    if isinstance(value, (np.generic, np.ndarray)):
        return plain(value.tolist())
    if isinstance(value, Iterable):
        return [plain(item) for item in value]
    if value is pd.NA or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value
