"""Checks of an experiment: every fault of its table, each with place, rule and nearest right name."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Mapping
from typing import Any

from ccgsim import quantity
from ccgsim.lab.experiment_parts import (
    MOST_RUNS,
    Axis,
    Calibrate,
    CalibrationSize,
    Limits,
    Method,
    Seeds,
    Sensitivity,
    Target,
)
from ccgsim.lab.varying import Listed, part
from ccgsim.measures.catalogue import NAMES
from ccgsim.problems import Problem, nearest, shown
from ccgsim.quantity import Quantity
from ccgsim.world.scenario_checks import MONTHS

SCHEMA = 1
TEXTS = ("title", "question")
DECLARED = {"seeds": Seeds, "design": Method, "limits": Limits}
TOP = ("schema", *TEXTS, "scenario", "months", "measures", "keep_series")
TABLES = (*DECLARED, "levers", "uncertainties", "sensitivity", "calibrate")
ANALYSES = ("morris", "sobol")
TARGET = ("measure", "month", "value", "sd")
NUMBER = Quantity(None, -math.inf, math.inf, "", "", "", float)


def named(problem: Problem, label: str) -> Problem:
    """The fault, in this file where it names none."""
    return dataclasses.replace(problem, file=problem.file or label)


def top_faults(table: Mapping[str, Any], label: str) -> list[Problem]:
    """Faults of everything but the scenario, what varies and the targets."""
    found = [*_schema_faults(table, label), *_unknown(table, label)]
    for key in TEXTS:
        if not isinstance(table.get(key, ""), str):
            found.append(Problem(label, key, shown(table[key]), "must be text in quotes"))
    if "months" in table and (rule := MONTHS.fault(table["months"])):
        found.append(Problem(label, "months", shown(table["months"]), rule))
    if not isinstance(table.get("keep_series", False), bool):
        found.append(Problem(label, "keep_series", shown(table["keep_series"]), "must be true or false"))
    found += _name_faults("measures", table.get("measures", NAMES), NAMES, label)
    for name in TABLES:
        if not isinstance(table.get(name, {}), Mapping):
            found.append(Problem(label, name, shown(table[name]), f"must be a table [{name}]"))
    for name, kind in DECLARED.items():
        found += quantity.faults(kind, part(table, name), name, label)
    return [*found, *_analysis_faults(table, label)]


def _schema_faults(table: Mapping[str, Any], label: str) -> Iterator[Problem]:
    schema = table.get("schema")
    if schema is None:
        yield Problem(label, "schema", "", f"is missing: an experiment file starts with schema = {SCHEMA}")
    elif isinstance(schema, bool) or not isinstance(schema, int) or schema < 1:
        yield Problem(label, "schema", shown(schema), f"must be {SCHEMA}")
    elif schema > SCHEMA:
        yield Problem(label, "schema", shown(schema), f"is newer than this ccgsim, which reads schema {SCHEMA}")


def _unknown(table: Mapping[str, Any], label: str) -> Iterator[Problem]:
    known = (*TOP, *TABLES)
    for key, value in table.items():
        if key not in known:
            given = "" if isinstance(value, Mapping) else shown(value)
            yield Problem(label, key, given, f"unknown; there are {', '.join(known)}", nearest(key, known))


def _name_faults(key: str, given: object, known: tuple[str, ...], label: str) -> Iterator[Problem]:
    """Faults of a list of names: not a list, empty, unknown, twice."""
    if not isinstance(given, (list, tuple)) or not given:
        yield Problem(label, key, shown(given), "must be a list of names")
        return
    for place, name in enumerate(given):
        if name not in known:
            yield Problem(label, key, shown(name), "unknown", nearest(str(name), known))
        elif name in given[:place]:
            yield Problem(label, key, shown(name), "is named twice")


def _analysis_faults(table: Mapping[str, Any], label: str) -> Iterator[Problem]:
    sensitivity, calibrate = part(table, "sensitivity"), part(table, "calibrate")
    for key in sensitivity:
        if key != "methods":
            yield Problem(label, f"sensitivity.{key}", shown(sensitivity[key]), "unknown; there is methods", "methods")
    yield from _name_faults("sensitivity.methods", sensitivity.get("methods", ANALYSES), ANALYSES, label)
    calibrate.pop("targets", None)
    yield from quantity.faults(CalibrationSize, calibrate, "calibrate", label)


def parts_of(table: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of an experiment, from a table without faults."""
    parts: dict[str, Any] = {name: _read(kind, part(table, name)) for name, kind in DECLARED.items()}
    parts["sensitivity"] = Sensitivity(methods=tuple(part(table, "sensitivity").get("methods", ANALYSES)))
    calibrate = part(table, "calibrate")
    targets = tuple(Target(**target) for target in calibrate.pop("targets", ()))
    return parts | {"calibrate": Calibrate(targets=targets, **calibrate)}


def _read(kind: type, values: Mapping[str, Any]) -> Any:
    declared = dict(quantity.quantities(kind))
    return kind(**{name: declared[name].read(value) for name, value in values.items()})


def target_faults(table: Mapping[str, Any], months: Any, label: str) -> list[Problem]:
    """Faults of the targets of calibration."""
    given = part(table, "calibrate").get("targets", [])
    if not isinstance(given, (list, tuple)) or not all(isinstance(target, Mapping) for target in given):
        rule = f"must be a list of tables with {', '.join(TARGET)}"
        return [Problem(label, "calibrate.targets", shown(given), rule)]
    last = MONTHS.high if MONTHS.fault(months) else months
    month = Quantity(None, 0, last, "", "", "", int)
    found: list[Problem] = []
    for place, target in enumerate(given):
        key = f"calibrate.targets[{place}]"
        found += [Problem(label, f"{key}.{k}", "", "is missing") for k in TARGET if k not in target]
        for name, value in target.items():
            if problem := _target_fault(name, value, month):
                found.append(dataclasses.replace(problem, file=label, key=f"{key}.{name}"))
    return found


def _target_fault(name: str, value: object, month: Quantity) -> Problem | None:
    if name == "measure":
        known = value in NAMES
        return None if known else Problem("", "", shown(value), "unknown measure", nearest(str(value), NAMES))
    rules = {"month": month, "value": NUMBER, "sd": NUMBER}
    if name not in rules:
        return Problem("", "", shown(value), f"unknown; a target has {', '.join(TARGET)}", nearest(name, TARGET))
    rule = rules[name].fault(value)
    if not rule and name == "sd" and not value > 0:  # type: ignore[operator]
        rule = "must be above 0"
    return Problem("", "", shown(value), rule) if rule else None


def size_fault(axes: tuple[Axis, ...], listed: Listed, design: Method, seeds: Seeds, label: str) -> Problem | None:
    """Too many runs, or seeds beyond the last."""
    points = len(listed) if design.method == "list" else design.drawn or 1
    for axis in () if design.method == "list" else axes:
        points *= 1 if axis.is_interval and design.drawn else len(axis.grid())
    runs = points * seeds.replicates
    if runs > MOST_RUNS:
        return Problem(label, "design", "", f"makes {runs:,} runs; at most {MOST_RUNS:,} are allowed")
    last = dict(quantity.quantities(Seeds))["first"].high
    if seeds.first + seeds.replicates - 1 > last:  # type: ignore[operator]
        return Problem(label, "seeds", "", f"run beyond the last seed, {last}")
    return None
