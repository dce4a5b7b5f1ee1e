"""Calibration targets: stated in the experiment, read from a user's CSV file, or named as a fitted pattern."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ccgsim.foundation.files.lists import Columns, Row, first, read_list
from ccgsim.foundation.problems import Problem, Problems, gathering, nearest, refuse, shown
from ccgsim.foundation.quantity import ABOVE_0, MONTH, Quantity
from ccgsim.lab.experiment.parts import PatternTarget, Target
from ccgsim.lab.experiment.varying import part
from ccgsim.measures.catalogue import NAMES
from ccgsim.scenario.checks import MONTHS

TARGET = tuple(field.name for field in dataclasses.fields(Target))
FORMS = f"a target has {', '.join(TARGET)}; or file, the name of a CSV with these columns; or pattern"
NUMBER = Quantity(None, -math.inf, math.inf, "", "", "", float)
SD = Quantity(None, ABOVE_0, math.inf, "", "", "", float)
MOST = 10_000  # largest number of targets in a file
Targets = tuple[Target | PatternTarget, ...]


def targets_of(table: Mapping[str, Any], months: object, label: str, folder: Path) -> Targets:
    """The targets of an experiment's table, files read; raises Problems with every fault."""
    given = part(table, "calibrate").get("targets", [])
    if not isinstance(given, (list, tuple)) or not all(isinstance(target, Mapping) for target in given):
        raise refuse("calibrate.targets", given, f"must be a list of tables; {FORMS}", file=label)
    last = MONTHS.high if MONTHS.fault(months) else months
    month = month_until(last)  # type: ignore[arg-type]
    found: list[Problem] = []
    targets: list[Target | PatternTarget] = []
    for place, target in enumerate(given):
        with gathering(found):
            targets += _read(target, f"calibrate.targets[{place}]", label, folder, month)
    found += _twice(targets, label)
    if found:
        raise Problems(found)
    return tuple(targets)


def month_until(last: float | None) -> Quantity:
    """The month of a target of a run of so many months."""
    return Quantity(None, 0, last, MONTH, "", "", int)


def _read(
    given: Mapping[str, Any], key: str, label: str, folder: Path, month: Quantity
) -> Iterator[Target | PatternTarget]:
    """The targets of one entry."""
    for form in ("pattern", "file"):
        if form in given and (other := [name for name in given if name != form]):
            raise refuse(
                f"{key}.{other[0]}", given[other[0]], f"is not allowed beside {form}, which stands alone", file=label
            )
    if "pattern" in given:
        yield _pattern(given["pattern"], f"{key}.pattern", label)
    elif "file" in given:
        yield from _from_file(given["file"], f"{key}.file", label, folder, month)
    else:
        yield _stated(given, month, label, f"{key}.")


def _stated(given: Mapping[str, Any], month: Quantity, label: str, before: str) -> Target:
    """The target from its four values."""
    found = [Problem("", name, "", "is missing") for name in TARGET if name not in given]
    found += [problem for name, value in given.items() for problem in _faults(name, value, month)]
    if found:
        raise Problems(dataclasses.replace(problem, file=label, key=f"{before}{problem.key}") for problem in found)
    return Target(
        measure=given["measure"], month=month.read(given["month"]), value=float(given["value"]), sd=float(given["sd"])
    )


def _faults(name: str, value: object, month: Quantity) -> list[Problem]:
    if name == "measure":
        known = value in NAMES
        return [] if known else [Problem("", name, shown(value), "unknown measure", nearest(value, NAMES))]
    if name not in TARGET:
        return [Problem("", name, shown(value), f"unknown; {FORMS}", nearest(name, (*TARGET, "file", "pattern")))]
    return {"month": month, "value": NUMBER, "sd": SD}[name].problems(value, name)


def _from_file(name: object, key: str, label: str, folder: Path, month: Quantity) -> list[Target]:
    """The targets of a CSV file: a line of names, then one line per target; other columns are notes."""
    if not isinstance(name, str) or not name:
        raise refuse(key, name, "must be the name of a CSV file", file=label)
    listing = read_list(folder / name, Columns(TARGET), MOST, key=key, file=label)
    found: list[Problem] = [*listing.faults]
    targets: dict[tuple[str, int], Target] = {}
    for row in listing.rows:
        with gathering(found):
            target = _of_row(row, month, listing.file)
            if (target.measure, target.month) in targets:
                found.append(row.problem(listing.file, "measure", "stands in an earlier line with the same month"))
            targets[target.measure, target.month] = target
    if found:
        raise Problems(first(found, listing.file))
    return list(targets.values())


def _of_row(row: Row, month: Quantity, file: str) -> Target:
    given = {column: row.value(column) for column in TARGET if row.cells.get(column)}
    return _stated(given, month, file, f"line {row.line}, ")


def _pattern(name: object, key: str, label: str) -> PatternTarget:
    """A pattern as a target. Its origin must be 'fitted', so that no emergent pattern is fitted."""
    from ccgsim.lab.validation.patterns import PATTERNS

    origins = {pattern.id: pattern.origin for pattern in PATTERNS}
    fitted = [known for known, origin in origins.items() if origin == "fitted"]
    if name not in origins:
        raise refuse(key, name, "unknown pattern", file=label, suggestion=nearest(name, fitted))
    if name not in fitted:
        rule = f"is {origins[str(name)]}, and fitting it would end its use as a test; fitted: {', '.join(fitted)}"
        raise refuse(key, name, rule, file=label)
    return PatternTarget(pattern=str(name))


def _twice(targets: list[Target | PatternTarget], label: str) -> Iterator[Problem]:
    names = [_name(target) for target in targets]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield Problem(label, "calibrate.targets", name, "is there twice")


def _name(target: Target | PatternTarget) -> str:
    return target.pattern if isinstance(target, PatternTarget) else f"{target.measure} in month {target.month}"
