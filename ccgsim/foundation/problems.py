"""Faults in user input: all faults of a file at once, each with place, value, rule and the nearest valid name."""

from __future__ import annotations

import difflib
import os
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TypeVar

from ccgsim.foundation.inputs.texts import loosely, visible

Given = TypeVar("Given")
Found = TypeVar("Found")
_MUCH = 0.8  # how alike names of other sections must be


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where (file, key), the value, what is allowed (rule), and what may have been meant (suggestion)."""

    file: str
    key: str
    value: str
    rule: str
    suggestion: str = ""

    def __str__(self) -> str:
        place = " ".join(part for part in (self.file, self.key) if part)
        found = f" = {self.value}" if self.value else ""
        hint = f" (did you mean {self.suggestion}?)" if self.suggestion else ""
        start = f"{place}{found}: " if place or found else ""
        return visible(start) + visible(self.rule, keep="\n") + visible(hint)


class Problems(ValueError):
    """Raised with every fault found; `problems` lists them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(p) for p in self.problems))

    def __reduce__(self) -> tuple[type[Problems], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)  # an exception is otherwise made anew from its text

    def as_json(self) -> list[dict[str, str]]:
        """The faults as plain dictionaries (file, key, value, rule, suggestion)."""
        return [asdict(p) for p in self.problems]


class Halted(Problems):
    """Raised if running work cannot continue; the faults say what is kept."""


def fault_at(file: str, key: str, value: str, rule: str, suggestion: str = "") -> Problems:
    """A `Problems` with one fault, to raise at once if nothing else can be checked; no value is told where it is ''."""
    return Problems([Problem(file, key, value, rule, suggestion)])


def refuse(key: str, value: object, rule: str, *, file: str = "", suggestion: str = "") -> Problems:
    """The same of a value that was given, None included, which is told as the user wrote it."""
    return fault_at(file, key, shown(value), rule, suggestion)


@contextmanager
def gathering(found: list[Problem]) -> Iterator[None]:
    """Collect the faults that the block raises and continue after it, so that all are reported at once."""
    try:
        yield
    except Problems as refused:
        found.extend(refused.problems)


@contextmanager
def naming(file: str) -> Iterator[None]:
    """Add this file to faults that the block raises without a file."""
    try:
        yield
    except Problems as refused:
        raise Problems(replace(problem, file=problem.file or file) for problem in refused.problems) from None


@contextmanager
def telling(folder: Path, kept: int = 0) -> Iterator[None]:
    """Turn errors of the file system into a fault of the folder; `kept`: number of finished runs that are saved."""
    try:
        yield
    except OSError as error:
        more = f"; {kept:,} finished runs are kept, and the same command resumes from there" if kept else ""
        why = os.strerror(error.errno) if error.errno else str(error)
        fault = Problem("", "--out", shown(str(folder)), f"cannot be written: {why}{more}")
        raise Halted([fault]) from None


def attempt(what: str, month: int, act: Callable[[Given], Found], given: Given) -> Found:
    """What a function of somebody else gives; an error in it becomes a fault that says whose, when and where."""
    try:
        return act(given)
    except Problems:
        raise
    except Exception as error:
        inside = traceback.extract_tb(error.__traceback__)[1:]  # after this frame; none if it could not be called
        own = [frame for frame in inside if frame.filename == inside[0].filename]
        place = f" ({own[-1].filename}, line {own[-1].lineno})" if own else ""
        fault = f"failed in month {month} with {type(error).__name__}: {error}{place}"
        raise fault_at("", what, "", fault) from error


def is_table(value: object) -> bool:
    """Whether the value is a data table of pandas, Arrow or polars."""
    return hasattr(type(value), "columns") and hasattr(type(value), "shape")


def shown(value: object, most: int = 60) -> str:
    """A value as the user wrote it, cut to one line of at most `most` characters; for a data table its size."""
    if is_table(value):
        rows, columns = value.shape  # type: ignore[attr-defined]
        return f"a data table of {rows:,} x {columns:,} values"
    try:
        text = repr(value) if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    except ValueError:  # Python does not print integers with thousands of digits
        text = "a number of thousands of digits"
    text = text if isinstance(value, str) else " ".join(text.split())  # arrays print over several lines
    return text if len(text) <= most else text[: most - 3] + "..."


def shown_path(path: object) -> str:
    """A file's name, cut only if it is very long."""
    return shown(str(path), 300)


def nearest(name: object, allowed: Sequence[str], alike: float = 0.6) -> str:
    """The allowed name most similar to `name`, or '' if none is; case, spaces and dashes are ignored."""
    known = {loosely(one): one for one in reversed(allowed)}
    text = name if isinstance(name, str) else shown(name)
    found = difflib.get_close_matches(loosely(text), list(known)[::-1], n=1, cutoff=alike)
    return known[found[0]] if found else ""


def nearest_dotted(name: object, allowed: Sequence[str]) -> str:
    """The allowed dotted name that is meant, or '': one that stands in another section comes first.

    Sections are not compared: two parameters of a section with a long name would always look alike.
    """
    section, _, key = str(name).rpartition(".")
    last = {each: each.rpartition(".")[2] for each in allowed}
    here = {own: each for each, own in last.items() if each == f"{section}.{own}".removeprefix(".")}

    def anywhere(alike: float) -> str:
        near = nearest(key, list(dict.fromkeys(last.values())), alike)
        return nearest(name, [each for each in allowed if near and last[each] == near], 0.0)

    same_key, own = anywhere(1.0), here.get(nearest(key, list(here)), "")
    return same_key or own or anywhere(_MUCH) or nearest(name, allowed, _MUCH)
