"""Experiments: a scenario, the parameters to vary, the measures, the seeds; read from TOML or from Python."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ccgsim.foundation.files.reading import toml_of
from ccgsim.foundation.inputs.arguments import as_plain, place, reads
from ccgsim.foundation.problems import Problems, fault_at, gathering, refuse
from ccgsim.lab.experiment import checks
from ccgsim.lab.experiment.parts import Axis, Calibrate, Limits, Method, Seeds, Sensitivity
from ccgsim.lab.experiment.targets import Targets, targets_of
from ccgsim.lab.experiment.varying import Listed, axes_of
from ccgsim.measures.catalogue import NAMES
from ccgsim.scenario.brought.network import read
from ccgsim.scenario.files import SCHEMA, is_path
from ccgsim.scenario.scenario import Scenario, load


@dataclass(frozen=True, kw_only=True)
class Experiment:
    """What to run and measure. `experiment` checks every value; the constructor does not."""

    scenario: Scenario
    months: int
    measures: tuple[str, ...]
    title: str = ""
    question: str = ""
    keep_series: bool = False
    seeds: Seeds = field(default_factory=Seeds)
    design: Method = field(default_factory=Method)
    axes: tuple[Axis, ...] = ()
    listed: Listed = ()  # points of method "list"
    sensitivity: Sensitivity = field(default_factory=Sensitivity)
    calibrate: Calibrate = field(default_factory=Calibrate)
    limits: Limits = field(default_factory=Limits)
    file: Path | None = None

    @property
    def levers(self) -> tuple[Axis, ...]:
        """Parameters that an actor could choose."""
        return tuple(axis for axis in self.axes if axis.role == "lever")

    @property
    def uncertainties(self) -> tuple[Axis, ...]:
        """Parameters that nobody knows or can choose."""
        return tuple(axis for axis in self.axes if axis.role == "uncertainty")

    @property
    def names(self) -> tuple[str, ...]:
        """Dotted names of the varied parameters."""
        return tuple(axis.name for axis in self.axes)

    def world(self, values: Mapping[str, Any]) -> Scenario:
        """The scenario with these values by dotted name; raises Problems if they contradict one another."""
        return self.scenario.overridden(values)

    def __repr__(self) -> str:
        varying = f", varying {', '.join(self.names)}" if self.axes else ""
        return f"Experiment({self.scenario.name!r}{varying}, replicates={self.seeds.replicates}, months={self.months})"


@reads()
def experiment(source: Experiment | str | Path | Mapping[str, Any]) -> Experiment:
    """The experiment from a TOML file, or from a table of the same form; raises Problems with every fault.

    In a table, `scenario` may also be a Scenario; paths are relative to the file, or to the current folder.
    """
    return any_experiment("source", source)


def any_experiment(name: str, value: Any) -> Experiment:
    """Argument reader for an experiment: an Experiment, a table or a path."""
    if isinstance(value, Experiment):
        return value
    if isinstance(value, Mapping):
        checks.check_keys(value)
        return _checked({"schema": SCHEMA, **as_plain(value)}, "", Path())
    if not isinstance(value, (str, os.PathLike)):
        raise refuse(name, value, "must be an Experiment, a table in the form of an experiment file, or a path")
    path = place(name, value)
    return _checked(toml_of(path, str(path)), str(path), path.parent, path)


def _checked(table: Mapping[str, Any], label: str, folder: Path, file: Path | None = None) -> Experiment:
    found = checks.top_faults(table, label)
    scenario: Scenario | None = None
    axes: tuple[Axis, ...] = ()
    listed: Listed = ()
    targets: Targets = ()
    with gathering(found):
        scenario = _scenario(table.get("scenario"), label, folder)
    with gathering(found):
        if scenario is not None and "network" in table and not found:
            scenario = scenario.with_(network=read(table["network"], folder).as_table())
    with gathering(found):
        axes, listed = axes_of(table, label, folder)
    months = table.get("months", scenario.months if scenario else 1200)
    with gathering(found):
        targets = targets_of(table, months, label, folder)
    if found or scenario is None:
        raise Problems(found)
    made = Experiment(
        scenario=scenario,
        months=int(months),
        measures=tuple(table.get("measures", NAMES)),
        title=table.get("title", ""),
        question=table.get("question", ""),
        keep_series=table.get("keep_series", False),
        axes=axes,
        listed=listed,
        file=file,
        calibrate=checks.calibration_of(table, targets),
        **checks.parts_of(table),
    )
    if problem := checks.size_fault(made.axes, made.listed, made.design, made.seeds, label):
        raise Problems([problem])
    return made


def _scenario(given: object, label: str, folder: Path) -> Scenario:
    """The scenario that an experiment names: a shipped one, or a file relative to the experiment's file."""
    if isinstance(given, Scenario):
        return given
    if given is None:
        raise fault_at(label, "scenario", "", "is missing")
    if not isinstance(given, str) or not given:
        raise refuse("scenario", given, "must be the name of a shipped scenario or of a file", file=label)
    try:
        return load(folder / given if is_path(given) else given)
    except Problems as refused:
        raise Problems(checks.named(problem, label) for problem in refused.problems) from None
