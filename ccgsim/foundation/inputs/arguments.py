"""Arguments from Python, NumPy and pandas: each checked by its own reader, all faults reported at once."""

from __future__ import annotations

import functools
import inspect
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numpy as np

from ccgsim.foundation.problems import Problem, Problems, gathering, is_table, nearest, refuse, shown

Given = ParamSpec("Given")
Result = TypeVar("Result")
Reader = Callable[[str, Any], Any]  # from name and value of an argument to the checked value; raises Problems
MOST_VALUES = 1_000_000
DEEPEST = 8  # largest nesting of tables and lists
SAME = (  # names for the same argument, here and in other tools
    ("seed", "seeds", "rng", "random_state"),
    ("months", "steps", "max_steps", "duration"),
    ("scenario", "scenarios", "world", "worlds", "asked", "name_or_path"),
    ("replicates", "iterations", "repetitions", "runs"),
    ("folder", "out", "path", "directory"),
    ("workers", "processes", "number_processes", "n_jobs"),
)


def reads(**readers: Reader) -> Callable[[Callable[Given, Result]], Callable[Given, Result]]:
    """Decorator: pass a function's arguments through these readers first.

    A call raises Problems with every argument that is invalid, unknown, missing or superfluous.
    """

    def decorate(function: Callable[Given, Result]) -> Callable[Given, Result]:
        signature = inspect.signature(function)
        takes = [
            name for name, one in signature.parameters.items() if name != "self" and one.kind is not one.VAR_KEYWORD
        ]
        called = function.__qualname__.removesuffix(".__init__")
        closed = all(one.kind is not one.VAR_KEYWORD for one in signature.parameters.values())

        @functools.wraps(function)
        def call(*args: Given.args, **kwargs: Given.kwargs) -> Result:
            unknown = [name for name in kwargs if closed and name not in takes]
            found = [unknown_argument(name, kwargs.pop(name), takes) for name in unknown]
            try:
                bound = signature.bind(*args, **kwargs)
            except TypeError as error:  # after an unknown argument, a missing one is not reported
                fault = Problem("", f"{called}()", "", f"{error}; it takes {', '.join(takes)}")
                raise Problems(found or [fault]) from None
            for name in [name for name in bound.arguments if name in readers]:
                with gathering(found):
                    bound.arguments[name] = readers[name](name, bound.arguments[name])
            if found:
                raise Problems(found)
            return function(*bound.args, **bound.kwargs)

        return call

    return decorate


def unknown_argument(name: str, value: object, takes: Sequence[str]) -> Problem:
    """The fault of an unknown argument, with the name that was probably meant: `rng` for `seed`."""
    same = [other for group in SAME if name in group for other in group if other in takes]
    near = same[0] if same else nearest(name, takes)
    rule = "unknown argument" if near else f"unknown argument; there are {', '.join(takes)}"
    return Problem("", name, shown(value), rule, near)


@dataclass(frozen=True, slots=True)
class _Table:
    """Stands for a data table given instead of a single value: comparable with anything, prints its size."""

    size: str

    def __str__(self) -> str:
        return self.size


def as_plain(value: Any, name: str = "", depth: int = DEEPEST) -> Any:
    """NumPy and pandas values, ranges, tuples and paths as plain Python, also inside lists and tables.

    Ranges and tuples become lists; a data table becomes an object that no rule accepts; everything else is unchanged.
    Raises Problems for more than a million values, and for masked values.
    """
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, Mapping) and depth:
        named = {key if isinstance(key, str) else shown(key): one for key, one in value.items()}
        return {key: as_plain(one, f"{name}.{key}" if name else key, depth - 1) for key, one in named.items()}
    if is_table(value):
        return _Table(shown(value))
    if hasattr(type(value), "__array__"):
        value = _from_array(value, name)
    if isinstance(value, (list, tuple, range)) and depth:
        _check_size(len(value), value, name)
        return [as_plain(one, name, depth - 1) for one in value]
    return value if _is_plain(value) else str(value)


def _from_array(value: Any, name: str) -> Any:
    """Numbers, booleans and strings of an array as plain Python; dates as text, which no rule accepts as a number."""
    if np.ma.is_masked(value):
        raise refuse(name, value, "holds masked values; leave them out, or fill them")
    array = np.asarray(value)
    _check_size(array.size, value, name)
    if array.dtype.kind == "f":
        array = array.astype(np.float64)
    elif array.dtype.kind in "mM":
        array = array.astype(np.str_)
    return array.tolist()


def _check_size(size: int, value: object, name: str) -> None:
    if size > MOST_VALUES:
        raise refuse(name, value, f"holds {size:,} values; at most {MOST_VALUES:,} are allowed")


def _is_plain(value: object) -> bool:
    """False for values whose comparison is not a bool, such as the missing value of pandas."""
    try:
        bool(value == value)
    except (TypeError, ValueError):
        return False
    return True


# Readers
def either_none(reader: Reader) -> Reader:
    """A reader that accepts None, and passes other values to this reader."""
    return lambda name, value: None if value is None else reader(name, value)


def whole(low: int, high: int) -> Reader:
    """A reader for an integer within bounds, Python's or NumPy's; no boolean, text or float."""

    def read(name: str, value: Any) -> int:
        plain = as_plain(value, name)
        if isinstance(plain, bool) or not isinstance(plain, int) or not low <= plain <= high:
            raise refuse(name, value, f"must be an integer from {low} to {high}")
        return int(plain)

    return read


def several(reader: Reader, example: str) -> Reader:
    """A reader for at least one value, in order, without duplicates, each read by this reader."""

    def read(name: str, value: Any) -> tuple[Any, ...]:
        found: list[Problem] = []
        values = []
        for place, one in enumerate(listed(name, value, example)):
            with gathering(found):
                values.append(reader(f"{name}[{place}]", one))
        twice = [one for one, times in Counter(values).items() if times > 1]
        if twice:
            found.append(Problem("", name, shown(twice), "given more than once"))
        if not values and not found:
            found.append(Problem("", name, shown(value), "is empty; at least one is needed"))
        if found:
            raise Problems(found)
        return tuple(values)

    return read


def listed(name: str, value: Any, example: str) -> list[Any]:
    """A list from any ordered collection or iterator; raises Problems for anything else."""
    plain = as_plain(list(islice(value, MOST_VALUES + 1)) if isinstance(value, Iterator) else value, name)
    if not isinstance(plain, list):
        raise refuse(name, value, f"must be a list such as {example}")
    return plain


def truth(name: str, value: Any) -> bool:
    """True or False."""
    plain = as_plain(value, name)
    if not isinstance(plain, bool):
        raise refuse(name, value, "must be True or False")
    return plain


def function(name: str, value: Any) -> Any:
    """A callable."""
    if not callable(value):
        raise refuse(name, value, "must be a function")
    return value


def place(name: str, value: Any) -> Path:
    """The path of a file or folder, given as text or Path."""
    text = as_plain(value, name)
    if not isinstance(text, str) or not text.strip():
        raise refuse(name, value, "must be a path")
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise refuse(name, value, "holds a character that no file name can have")
    return Path(text)
