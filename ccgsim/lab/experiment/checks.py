"""Checks of an experiment: every fault of its table, each with place, rule and the nearest valid name."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from ccgsim.foundation import quantity
from ccgsim.foundation.problems import Problem, fault_at, nearest, shown
from ccgsim.foundation.quantity import Quantity
from ccgsim.lab.experiment.parts import (
    MOST_RUNS,
    Axis,
    Calibrate,
    CalibrationSize,
    Limits,
    Method,
    Seeds,
    Sensitivity,
    SensitivitySize,
)
from ccgsim.lab.experiment.targets import Targets
from ccgsim.lab.experiment.varying import Listed, part
from ccgsim.measures.catalogue import NAMES
from ccgsim.scenario.brought.network import network_faults
from ccgsim.scenario.checks import MONTHS, text_faults
from ccgsim.scenario.files import schema_faults

TEXTS = ("title", "question")
KEEP_SERIES = Quantity(False, None, None, "", "Keep the measures of every month, not only their means", "", bool)
SETTINGS = {"months": MONTHS, "keep_series": KEEP_SERIES}
DECLARED = {"seeds": Seeds, "design": Method, "limits": Limits}
TOP = ("schema", *TEXTS, "scenario", "network", "months", "measures", "keep_series")
TABLES = (*DECLARED, "levers", "uncertainties", "sensitivity", "calibrate")
ANALYSES = ("morris", "sobol")


def named(problem: Problem, label: str) -> Problem:
    """The fault with this file's name, if it names no file."""
    return dataclasses.replace(problem, file=problem.file or label)


def check_keys(table: Mapping[Any, Any], prefix: str = "") -> None:
    """Raise Problems if a table from Python has a key that is not text; TOML keys always are."""
    for key, value in table.items():
        if not isinstance(key, str):
            raise fault_at("", f"{prefix}{shown(key)}", "", "is not a name: keys are text in quotes")
        if isinstance(value, Mapping):
            check_keys(value, f"{prefix}{key}.")


def top_faults(table: Mapping[str, Any], label: str) -> list[Problem]:
    """Faults of everything except the scenario, the varied parameters and the targets."""
    found = [*schema_faults(table, label, "an experiment file"), *_unknown(table, label)]
    found += text_faults(table, TEXTS, ("question",), label)
    found += quantity.stated_faults(SETTINGS, table, label)
    found += network_faults(table["network"], label) if "network" in table else []
    found += _name_faults("measures", table.get("measures", NAMES), NAMES, label)
    for name in TABLES:
        if not isinstance(table.get(name, {}), Mapping):
            found.append(Problem(label, name, shown(table[name]), f"must be a table [{name}]"))
    for name, kind in DECLARED.items():
        found += quantity.faults(kind, part(table, name), name, label)
    return [*found, *_analysis_faults(table, label)]


def _unknown(table: Mapping[str, Any], label: str) -> Iterator[Problem]:
    known = (*TOP, *TABLES)
    for key, value in table.items():
        if key not in known:
            given = "" if isinstance(value, Mapping) else shown(value)
            yield Problem(label, key, given, f"unknown; there are {', '.join(known)}", nearest(key, known))


def _name_faults(key: str, given: object, known: tuple[str, ...], label: str) -> Iterator[Problem]:
    """Faults of a list of names: not a list, empty, unknown or repeated names."""
    if not isinstance(given, (list, tuple)) or not given:
        yield Problem(label, key, shown(given), "must be a list of names")
        return
    for place, name in enumerate(given):
        if name not in known:
            yield Problem(label, key, shown(name), "unknown", nearest(name, known))
        elif name in given[:place]:
            yield Problem(label, key, shown(name), "is named twice")


def _analysis_faults(table: Mapping[str, Any], label: str) -> Iterator[Problem]:
    sensitivity, calibrate = part(table, "sensitivity"), part(table, "calibrate")
    yield from _name_faults("sensitivity.methods", sensitivity.pop("methods", ANALYSES), ANALYSES, label)
    yield from quantity.faults(SensitivitySize, sensitivity, "sensitivity", label)
    samples = sensitivity.get("samples", 8)
    allowed = not dict(quantity.quantities(SensitivitySize))["samples"].fault(samples)
    if allowed and int(samples) & (int(samples) - 1):
        yield Problem(label, "sensitivity.samples", shown(samples), "must be a power of 2, for a balanced sequence")
    calibrate.pop("targets", None)
    yield from quantity.faults(CalibrationSize, calibrate, "calibrate", label)


def parts_of(table: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of an experiment, from a table without faults."""
    parts: dict[str, Any] = {name: _read(kind, part(table, name)) for name, kind in DECLARED.items()}
    sensitivity = part(table, "sensitivity")
    methods = tuple(sensitivity.pop("methods", ANALYSES))
    return parts | {"sensitivity": Sensitivity(methods=methods, **_values(SensitivitySize, sensitivity))}


def calibration_of(table: Mapping[str, Any], targets: Targets) -> Calibrate:
    """The calibration settings, from a table without faults and its targets."""
    size = part(table, "calibrate")
    size.pop("targets", None)
    return Calibrate(targets=targets, **_values(CalibrationSize, size))


def _read(kind: type, values: Mapping[str, Any]) -> Any:
    return kind(**_values(kind, values))


def _values(kind: type, values: Mapping[str, Any]) -> dict[str, Any]:
    declared = dict(quantity.quantities(kind))
    return {name: declared[name].read(value) for name, value in values.items()}


def size_fault(axes: tuple[Axis, ...], listed: Listed, design: Method, seeds: Seeds, label: str) -> Problem | None:
    """The fault of too many runs, or of seeds beyond the largest allowed."""
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
