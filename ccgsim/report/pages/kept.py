"""Results read again from their folder: every file that is used must be the one that the manifest names."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from ccgsim.foundation.files.reading import MOST_LIST, Unreadable, text_of
from ccgsim.foundation.files.writing import sha256
from ccgsim.foundation.problems import Problems, fault_at, shown
from ccgsim.report.manifest import NAME

Found = TypeVar("Found")
TYPES = {str: "a text", int: "a whole number", list: "a list", dict: "a table"}


@dataclass(frozen=True, slots=True)
class Kept:
    """A folder of results and its manifest."""

    folder: Path
    manifest: Mapping[str, Any]

    def fact(self, key: str, kind: type[Found]) -> Found:
        """A value of the manifest; raises Problems if it is missing or of another type."""
        value = self.manifest.get(key)
        if not isinstance(value, kind) or isinstance(value, bool):
            rule = f"is missing; it must be {TYPES[kind]}" if value is None else f"must be {TYPES[kind]}"
            raise self.damaged(NAME, rule, key, "" if value is None else shown(str(value)))
        return value

    @property
    def typed(self) -> list[str]:
        """The command that gave the results; raises Problems if the manifest does not tell it."""
        return [str(word) for word in self.fact("typed", list)]

    @property
    def survey(self) -> str:
        """The name of the survey that this command read."""
        return Path(self.typed[2]).name if len(self.typed) > 2 else "a survey"

    @property
    def prints(self) -> Mapping[str, str]:
        """The checksum of each file by name; none if the results are not finished."""
        files = self.manifest.get("files")
        return files if isinstance(files, dict) else {}

    def table(self, name: str) -> pd.DataFrame:
        """A Parquet table; raises Problems if it is missing or is not the one that the manifest names."""
        file = f"{name}.parquet"
        try:
            found: pd.DataFrame = pq.ParquetFile(self.file(file)).read().to_pandas()
        except (OSError, pa.ArrowException) as error:
            raise self.damaged(file, f"cannot be read: {error}") from None
        return found

    def file(self, file: str) -> Path:
        """The path of a file; raises Problems if it is missing or is not the one that the manifest names."""
        path = self.folder / file
        if file not in self.prints:
            raise self.damaged(file, f"is not among the files of {NAME}: the results are not finished")
        if not path.is_file():
            raise self.damaged(file, "there is no such file")
        try:
            same = sha256(path) == self.prints[file]
        except OSError as error:
            raise self.damaged(file, f"cannot be read: {error}") from None
        if not same:
            raise self.damaged(file, f"has changed since it was written: its checksum is not that in {NAME}")
        return path

    def damaged(self, file: str, rule: str, key: str = "", value: str = "") -> Problems:
        """The refusal of a file of this folder."""
        return fault_at((self.folder / file).as_posix(), key, value, rule)


def kept(folder: Path) -> Kept:
    """The results in a folder, with their manifest; raises Problems if it cannot be read."""
    return Kept(folder, document(folder / NAME))


def document(path: Path) -> dict[str, Any]:
    """A JSON file that holds a table; raises Problems."""
    try:
        found = json.loads(text_of(path, MOST_LIST))
    except Unreadable as why:
        raise fault_at(path.as_posix(), "", "", str(why)) from None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise fault_at(path.as_posix(), "", "", "is not a JSON document with named values")
    return found


def whole(results: Kept, made: Callable[[Kept], Found], file: str = NAME) -> Found:
    """What is made of the results; values that no command of ccgsim writes are a fault of that file, not ours."""
    try:
        return made(results)
    except Problems:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        words = f"holds values that ccgsim does not write ({type(error).__name__}: {shown(str(error))})"
        raise results.damaged(file, words) from error
