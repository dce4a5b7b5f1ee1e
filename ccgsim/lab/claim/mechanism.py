"""Where a mechanism acts: the functions that read the parameters which a pattern's ablation switches."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ccgsim.foundation.meaning import PACKAGE
from ccgsim.lab.validation.patterns.pattern import Pattern
from ccgsim.processes.declared import PARAMETERS

ROOMS = ("processes", "world", "measures", "course.py")  # where rules are that parameters act in
OWN = "p"  # what equations call the parameters of their own process


@dataclass(frozen=True, slots=True)
class Place:
    """A function that reads a parameter, and the line of the first reading; file as in the repository."""

    parameter: str
    file: str
    line: int
    function: str


def places(pattern: Pattern) -> list[Place]:
    """The places of a pattern's mechanism; none if it has no ablation.

    An ablation that is more than a change of parameters has one place: the function that takes the mechanism away.
    """
    if pattern.ablation_judge is not None:
        return [_place_of(pattern)]
    names = [f"{section}.{key}" for section, values in pattern.ablation.items() for key in values]
    return [place for name in names for place in readings(name)]


def _place_of(pattern: Pattern) -> Place:
    judge = pattern.ablation_judge
    assert judge is not None
    file = Path(inspect.getsourcefile(judge) or "")
    inside = file.is_relative_to(PACKAGE)
    name = str(file.relative_to(PACKAGE.parent).as_posix()) if inside else file.name
    return Place("", name, inspect.getsourcelines(judge)[1], judge.__name__)


def readings(parameter: str) -> list[Place]:
    """Every function that reads a parameter (dotted name), in the order of files and lines."""
    section, key = parameter.split(".")
    found = []
    for path in _sources():
        file = path.relative_to(PACKAGE.parent).as_posix()
        for function in _functions(path):
            if line := _first_reading(function, key, {section, *_names_of(function, section, _is_home(path, section))}):
                found.append(Place(parameter, file, line, function.name))
    return found


@cache
def _sources() -> tuple[Path, ...]:
    rooms = [PACKAGE / room for room in ROOMS]
    return tuple(path for room in rooms for path in (sorted(room.rglob("*.py")) if room.is_dir() else [room]))


@cache
def _functions(path: Path) -> tuple[ast.FunctionDef, ...]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return tuple(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _is_home(path: Path, section: str) -> bool:
    """Whether a file belongs to the process whose parameters the section holds: its file, or its folder."""
    if section not in PARAMETERS:
        return False
    home = PARAMETERS[section].__module__.split(".")[2]
    return path.relative_to(PACKAGE).with_suffix("").parts[:2] == ("processes", home)


def _first_reading(function: ast.FunctionDef, key: str, names: set[str]) -> int:
    """The first line of a function that reads the key of a section called by one of these names; 0 if none does."""
    lines = [
        node.lineno
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and node.attr == key and _last(node.value) in names
    ]
    return min(lines, default=0)


def _names_of(function: ast.FunctionDef, section: str, home: bool) -> Iterator[str]:
    """Names that a function has for a section: `p = rules[0].policy`, or at home the argument `p`."""
    if home and OWN in {argument.arg for argument in function.args.args}:
        yield OWN
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                yield from _paired(target, node.value, section)


def _paired(target: ast.expr, value: ast.expr, section: str) -> Iterator[str]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, other in zip(target.elts, value.elts, strict=False):
            yield from _paired(one, other, section)
    elif isinstance(target, ast.Name) and isinstance(value, ast.Attribute) and value.attr == section:
        yield target.id


def _last(node: ast.expr) -> str:
    """The last word of a name or of a dotted name."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
