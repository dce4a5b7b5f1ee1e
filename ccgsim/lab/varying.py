"""What varies in an experiment: its levers and uncertainties, read and checked, and the points of a list."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ccgsim.lab.experiment_parts import Axis
from ccgsim.problems import Problem, Problems, gathering, nearest, refuse, shown
from ccgsim.quantity import Quantity
from ccgsim.world.scenario_parameters import all_parameters
from ccgsim.world.sections import HEADLINES

ROLES = {"levers": "lever", "uncertainties": "uncertainty"}
INTERVAL = ("low", "high", "levels")
LEVELS = Quantity(None, 2, 10_000, "", "", "", int)
Listed = tuple[Mapping[str, Any], ...]


def part(table: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A table within the table of an experiment, {} where there is none."""
    given = table.get(name, {})
    return dict(given) if isinstance(given, Mapping) else {}


def axes_of(table: Mapping[str, Any], label: str, folder: Path) -> tuple[tuple[Axis, ...], Listed]:
    """What varies, and the points of a list; raises Problems with every fault."""
    design, found = part(table, "design"), list[Problem]()
    method = design.get("method", "grid")
    given = [(section, key, value) for section in ROLES for key, value in part(table, section).items()]
    if method == "list":
        if given:
            rule = (
                "the points of a list stand in its file: leave [levers] and [uncertainties] out, or change the method"
            )
            found.append(Problem(label, f"{given[0][0]}.{given[0][1]}", "", rule))
        return _listed(design.get("file"), label, folder, found)
    if "file" in design:
        found.append(Problem(label, "design.file", shown(design["file"]), 'is read with method = "list" only'))
    axes: dict[str, Axis] = {}
    for section, key, value in given:
        name, problems = HEADLINES.get(key, key), _axis_faults(key, value)
        if name in axes:
            problems = [Problem("", "", "", "varies already, under this or its dotted name")]
        found += [_placed(problem, f"{section}.{key}", label) for problem in problems]
        if not problems:
            axes[name] = _axis(name, ROLES[section], value)
    found += _method_faults(method, design.get("points"), list(axes.values()), label)
    if found:
        raise Problems(found)
    return tuple(axes.values()), ()


def _placed(problem: Problem, key: str, label: str) -> Problem:
    return dataclasses.replace(problem, file=label, key=f"{key}.{problem.key}" if problem.key else key)


def _parameter(key: str) -> tuple[Quantity | None, Problem | None]:
    """The declaration behind a dotted or headline name, or the fault of the name."""
    parameters = {n: q for n, q in all_parameters().items() if not n.startswith("ablation.")}
    found = parameters.get(HEADLINES.get(key, key))
    if found is None:
        rule = "unknown parameter; `ccgsim parameters` lists them"
        return None, Problem("", "", "", rule, nearest(key, [*parameters, *HEADLINES]))
    if found.kind is str and not found.options:
        return None, Problem("", "", "", "names a file, which cannot vary here")
    return found, None


def _axis_faults(key: str, value: object) -> list[Problem]:
    parameter, problem = _parameter(key)
    if parameter is None or problem is not None:
        return [problem] if problem else []
    if isinstance(value, Mapping):
        return _interval_faults(parameter, value)
    if not isinstance(value, (list, tuple)) or not value:
        return [Problem("", "", shown(value), "must be a list of values, or an interval { low = ..., high = ... }")]
    found = [Problem("", "", shown(v), rule) for v in value if (rule := parameter.fault(v))]
    twice = [v for place, v in enumerate(value) if v in value[:place]]
    return found + [Problem("", "", shown(v), "is listed twice") for v in twice[:1]]


def _interval_faults(parameter: Quantity, given: Mapping[str, Any]) -> list[Problem]:
    if parameter.kind not in (int, float):
        return [Problem("", "", "", "is no number: give a list of values")]
    found = [
        Problem("", key, shown(value), f"unknown; an interval has {', '.join(INTERVAL)}", nearest(key, INTERVAL))
        for key, value in given.items()
        if key not in INTERVAL
    ]
    for end in ("low", "high"):
        if end not in given:
            found.append(Problem("", end, "", "is missing"))
        elif rule := parameter.fault(given[end]):
            found.append(Problem("", end, shown(given[end]), rule))
    if "levels" in given and (rule := LEVELS.fault(given["levels"])):
        found.append(Problem("", "levels", shown(given["levels"]), rule))
    if not found and not given["low"] < given["high"]:
        found.append(Problem("", "low", shown(given["low"]), f"must lie below high = {shown(given['high'])}"))
    if not found and parameter.kind is int and given.get("levels", 2) > given["high"] - given["low"] + 1:
        found.append(Problem("", "levels", shown(given["levels"]), "is more than there are whole numbers"))
    return found


def _axis(name: str, role: str, value: Any) -> Axis:
    parameter = all_parameters()[name]
    if isinstance(value, Mapping):
        return Axis(name, role, parameter.kind, (), float(value["low"]), float(value["high"]), value.get("levels"))
    return Axis(name, role, parameter.kind, tuple(parameter.read(v) for v in value))


def _method_faults(method: object, points: object, axes: list[Axis], label: str) -> Iterator[Problem]:
    """What a method needs and has not, or has and does not use."""
    if method == "grid" and points is not None:
        yield Problem(label, "design.points", shown(points), "a grid has as many points as its values make")
    if method in ("lhs", "sobol") and not any(axis.is_interval for axis in axes):
        yield Problem(label, "design.method", shown(method), "draws from intervals, and there are none")


def _listed(file: object, label: str, folder: Path, found: list[Problem]) -> tuple[tuple[Axis, ...], Listed]:
    """What varies in the file of points, and the points."""
    columns: list[str] = []
    rows: list[list[str]] = []
    if not isinstance(file, str) or not file:
        found.append(Problem(label, "design.file", "", "is missing: the CSV file of the points"))
    else:
        with gathering(found):
            columns, rows = _read_csv(folder / file, label)
    where = str(folder / str(file))
    kinds = {}
    for column in columns:
        kinds[column], problem = _parameter(column)
        found += [_placed(problem, column, where)] if problem else []
    cells = [dict(zip(columns, map(_cell, row), strict=True)) for row in rows]
    found += _cell_faults(cells, kinds, where)
    if found:
        raise Problems(found)
    declared, dotted = all_parameters(), {column: HEADLINES.get(column, column) for column in columns}
    points = [{dotted[c]: declared[dotted[c]].read(value) for c, value in row.items()} for row in cells]
    return tuple(_column(name, declared[name].kind, points) for name in dotted.values()), tuple(points)


def _cell_faults(cells: list[dict[str, Any]], kinds: Mapping[str, Quantity | None], where: str) -> Iterator[Problem]:
    """Values of points that their parameters do not allow, by line of the file."""
    for line, row in enumerate(cells, start=2):
        for column, value in row.items():
            kind = kinds[column]
            if kind is not None and (rule := kind.fault(value)):
                yield Problem(where, f"line {line}, {column}", shown(value), rule)


def _column(name: str, kind: type, points: list[dict[str, Any]]) -> Axis:
    return Axis(name, "lever", kind, tuple(dict.fromkeys(point[name] for point in points)))


def _read_csv(path: Path, label: str) -> tuple[list[str], list[list[str]]]:
    try:
        rows = [row for row in csv.reader(path.read_text(encoding="utf-8-sig").splitlines()) if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = getattr(error, "strerror", None) or "is not a CSV file in UTF-8"
        raise refuse("design.file", str(path), f"cannot be read: {why}", file=label) from None
    columns = [name.strip() for name in rows[0]] if rows else []
    if len(rows) < 2:
        raise refuse("design.file", str(path), "holds no points: a line of names, then a line a point", file=label)
    dotted = [HEADLINES.get(name, name) for name in columns]
    found = [
        Problem(str(path), name, "", "is there twice")
        for name in columns
        if dotted.count(HEADLINES.get(name, name)) > 1
    ]
    wrong = [line for line, row in enumerate(rows, start=1) if len(row) != len(columns)]
    found += [Problem(str(path), f"line {line}", "", f"has not {len(columns)} values") for line in wrong]
    if found:
        raise Problems(found)
    return columns, rows[1:]


def _cell(text: str) -> Any:
    """A number, true or false, or text."""
    text = text.strip()
    for read in (int, float):
        try:
            return read(text)
        except ValueError:
            continue
    return {"true": True, "false": False}.get(text.lower(), text)
