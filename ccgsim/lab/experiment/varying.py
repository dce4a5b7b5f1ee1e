"""The varied parameters of an experiment: levers and uncertainties, read and checked, and the points of a list."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ccgsim.foundation.files.lists import Listing, first, read_list
from ccgsim.foundation.problems import Problem, Problems, gathering, nearest, nearest_dotted, shown
from ccgsim.foundation.quantity import Quantity, stated_faults
from ccgsim.lab.experiment.parts import Axis
from ccgsim.scenario.parameters import all_parameters
from ccgsim.scenario.sections import HEADLINES, SECTIONS

ROLES = {"levers": "lever", "uncertainties": "uncertainty"}
INTERVAL = ("low", "high", "levels")
LEVELS = Quantity(None, 2, 10_000, "", "", "", int)
MOST_POINTS = 1_000_000
Listed = tuple[Mapping[str, Any], ...]


def part(table: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A table within the table of an experiment, {} if there is none."""
    given = table.get(name, {})
    return dict(given) if isinstance(given, Mapping) else {}


def axes_of(table: Mapping[str, Any], label: str, folder: Path) -> tuple[tuple[Axis, ...], Listed]:
    """The varied parameters, and the points of a list; raises Problems with every fault."""
    design, found = part(table, "design"), list[Problem]()
    method = design.get("method", "grid")
    given = [(section, key, value) for section in ROLES for key, value in part(table, section).items()]
    if method == "list":
        if given:
            rule = "the points of a list are in its file: leave out [levers] and [uncertainties], or change the method"
            found.append(Problem(label, f"{given[0][0]}.{given[0][1]}", "", rule))
        return _listed(design.get("file"), label, folder, found)
    if "file" in design:
        found.append(Problem(label, "design.file", shown(design["file"]), 'is used with method = "list" only'))
    axes: dict[str, Axis] = {}
    for section, key, value in given:
        name, problems = HEADLINES.get(key, key), _unquoted(key, value) or _axis_faults(key, value)
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
    """The declaration of a parameter by dotted or headline name, or the fault of the name."""
    parameters = {n: q for n, q in all_parameters().items() if not n.startswith("ablation.")}
    found = parameters.get(HEADLINES.get(key, key))
    if found is None:
        rule = "unknown parameter; `ccgsim parameters` lists them"
        return None, Problem("", "", "", rule, nearest_dotted(key, [*parameters, *HEADLINES]))
    if found.kind is str and not found.options:
        return None, Problem("", "", "", "names a file, which cannot vary here")
    return found, None


def _unquoted(key: str, value: object) -> list[Problem]:
    """Faults of dotted names without quotes, which TOML reads as nested tables: `site.density = [0.4]`."""
    if not isinstance(value, Mapping) or key not in SECTIONS:
        return []
    return [
        Problem("", str(name), "", f'put the name in quotes: "{key}.{name}" = ...; TOML takes it for a table')
        for name in value
    ]


def _axis_faults(key: str, value: object) -> list[Problem]:
    parameter, problem = _parameter(key)
    if parameter is None or problem is not None:
        return [problem] if problem else []
    if isinstance(value, Mapping):
        return _interval_faults(parameter, value)
    if not isinstance(value, (list, tuple)) or not value:
        return [Problem("", "", shown(value), "must be a list of values, or an interval { low = ..., high = ... }")]
    found = [problem for v in value for problem in parameter.problems(v, "")]
    counts = Counter(v for v in value if isinstance(v, (int, float, str)))
    twice = [v for v, times in counts.items() if times > 1]
    return found + [Problem("", "", shown(v), "is listed twice") for v in twice[:1]]


def _interval_faults(parameter: Quantity, given: Mapping[str, Any]) -> list[Problem]:
    if parameter.kind not in (int, float):
        return [Problem("", "", "", "is not a number: give a list of values")]
    found = [
        Problem("", key, shown(value), f"unknown; an interval has {', '.join(INTERVAL)}", nearest(key, INTERVAL))
        for key, value in given.items()
        if key not in INTERVAL
    ]
    found += [Problem("", end, "", "is missing") for end in ("low", "high") if end not in given]
    found += stated_faults({"low": parameter, "high": parameter, "levels": LEVELS}, given)
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
    """Faults of settings that a method needs and lacks, or has and does not use."""
    if method == "grid" and points is not None:
        yield Problem(label, "design.points", shown(points), "is not for a grid, whose points follow from its values")
    if method in ("lhs", "sobol") and not any(axis.is_interval for axis in axes):
        yield Problem(label, "design.method", shown(method), "draws from intervals, and there are none")


def _listed(file: object, label: str, folder: Path, found: list[Problem]) -> tuple[tuple[Axis, ...], Listed]:
    """The parameters in the file of points, and the points."""
    if not isinstance(file, str) or not file:
        raise Problems([*found, Problem(label, "design.file", "", "is missing: the CSV file of the points")])
    listing: Listing | None = None
    with gathering(found):
        listing = read_list(folder / file, None, MOST_POINTS, key="design.file", file=label)
    if listing is not None:
        found += first(_point_faults(listing), listing.file)
    if listing is None or found:
        raise Problems(found)
    declared, dotted = all_parameters(), {column: HEADLINES.get(column, column) for column in listing.columns}
    points = [{name: declared[name].read(row.value(column)) for column, name in dotted.items()} for row in listing.rows]
    if again := first(twice(points, [f"line {row.line}" for row in listing.rows]), listing.file):
        raise Problems(dataclasses.replace(problem, file=problem.file or listing.file) for problem in again)
    return tuple(_column(name, declared[name].kind, points) for name in dotted.values()), tuple(points)


def _point_faults(listing: Listing) -> Iterator[Problem]:
    """Faults of unknown or repeated columns, of rows of another length, and of invalid values."""
    kinds: dict[str, Quantity] = {}
    dotted = [HEADLINES.get(column, column) for column in listing.columns]
    for column, name in zip(listing.columns, dotted, strict=True):
        kind, problem = _parameter(column)
        if problem is None and dotted.count(name) > 1:
            problem = Problem("", "", "", "is there twice, under this or its dotted name")
        if problem is not None:
            yield _placed(problem, column, listing.file)
        if kind is not None:
            kinds[column] = kind
    yield from listing.faults
    for row in listing.rows:
        for column, kind in kinds.items():
            yield from row.faults(listing.file, column, kind, needed=True)


def twice(points: Sequence[Mapping[str, Any]], places: Sequence[str]) -> Iterator[Problem]:
    """A fault for each point that repeats an earlier one."""
    seen: dict[tuple[Any, ...], str] = {}
    for point, place in zip(points, places, strict=True):
        first = seen.setdefault(tuple(point.values()), place)
        if first != place:
            yield Problem("", place, "", f"repeats the point of {first}: it would count double")


def _column(name: str, kind: type, points: list[dict[str, Any]]) -> Axis:
    return Axis(name, "lever", kind, tuple(dict.fromkeys(point[name] for point in points)))
