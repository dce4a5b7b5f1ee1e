"""A table: a record array with attributes for its columns, which refuses names that it does not have."""

from __future__ import annotations

from typing import Any

import numpy as np

from ccgsim.foundation.problems import nearest


class Table(np.ndarray):
    """A record array whose columns are attributes: `actors.participation`, `actors[3].participation`.

    NumPy's recarray does the same, but looks up every attribute in Python, which is slow: the dispatch of compiled
    rules does so for each argument of each call.
    """

    def __getattr__(self, name: str) -> Any:
        try:
            column = self[name]
        except (ValueError, IndexError):  # IndexError: this is a column itself
            raise self._no(name) from None
        return column if column.dtype.names else column.view(np.ndarray)

    def __setattr__(self, name: str, value: Any) -> None:
        if self.dtype.names is not None and name in self.dtype.names:
            self[name] = value
        elif name[0] == "_" or hasattr(np.ndarray, name):
            super().__setattr__(name, value)
        else:  # the array would take it as an attribute of its own, which no rule reads
            raise self._no(name)

    def picked(self, which: np.ndarray) -> Table:
        """A table of the rows with these numbers, or of those where a mask is true.

        Brackets give the same, but copy column by column, which takes ten times as long.
        """
        return (self.compress(which) if which.dtype == bool else self.take(which)).view(Table)

    def _no(self, name: str) -> AttributeError:
        near = "" if name[0] == "_" else nearest(name, self.dtype.names or ())
        return AttributeError(f"no column {name!r}" + (f" (did you mean {near}?)" if near else ""))


def as_table(array: np.ndarray) -> Table:
    """The record array as a table, without a copy; its rows have attributes too."""
    if array.dtype.names is None:
        raise TypeError(f"an array of {array.dtype} has no columns")
    plain = array.view(np.ndarray)
    return plain.view(record_type(array.dtype)).view(Table)


def record_type(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """The record type with attribute access for rows; the same object each time."""
    return _same(_with_rows(dtype))


_known: dict[np.dtype[Any], np.dtype[Any]] = {}


def _same(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """The same object for equal record types: otherwise the dispatch of compiled rules compares them field by field."""
    return _known.setdefault(dtype, dtype)


def _with_rows(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """The same columns, with attribute access for rows and nested rows."""
    fields = dtype.fields
    if fields is None:
        return dtype
    if dtype.type is np.record:
        return dtype
    names = list(dtype.names or ())
    formats = [_with_rows(fields[name][0]) for name in names]
    spec = {
        "names": names,
        "formats": formats,
        "offsets": [fields[name][1] for name in names],
        "itemsize": dtype.itemsize,
    }
    return np.dtype((np.record, np.dtype(spec)))  # type: ignore[call-overload]
