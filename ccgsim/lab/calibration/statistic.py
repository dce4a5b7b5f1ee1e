"""The statistics that calibration compares with targets: measures of worlds in given months, and fitted patterns."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ccgsim.foundation.chance import MAX_SEED
from ccgsim.foundation.problems import Problem, Problems
from ccgsim.lab.calibration.task import Goal, Prior, Statistic, Task
from ccgsim.lab.experiment.experiment import Experiment
from ccgsim.lab.experiment.parts import Axis, PatternTarget, Target
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.changes import by_section
from ccgsim.lab.validation.judging import Verdict
from ccgsim.lab.validation.patterns import PATTERNS
from ccgsim.run import series_of

UNIFORM = math.sqrt(12)  # width of a tolerance over the sd of a uniform distribution on it


def name_of(target: Target) -> str:
    """The name of a target's number: 'board_density at 12'."""
    return f"{target.measure} at {target.month}"


@dataclass(frozen=True, slots=True)
class Worlds:
    """Measures of an experiment's world in the months of the targets, as means over `replicates` worlds."""

    experiment: Experiment
    targets: tuple[Target, ...]

    def __call__(self, point: Mapping[str, float], seed: int) -> dict[str, float]:
        """A number for each target by its name, NaN if undefined; raises Problems if the point is impossible."""
        world = self.experiment.world({**fixed(self.experiment), **point})
        last = max(target.month for target in self.targets)
        frames = [series_of(world, each, last) for each in _seeds(seed, self.experiment.seeds.replicates)]
        return {
            name_of(target): float(np.mean([frame[target.measure].iloc[target.month] for frame in frames]))
            for target in self.targets
        }


@dataclass(frozen=True, slots=True)
class Patterns:
    """The values of the two-sided parts of fitted patterns, in the patterns' own scenarios."""

    ids: tuple[str, ...]
    replicates: int

    def __call__(self, point: Mapping[str, float], seed: int) -> dict[str, float]:
        """A number for each part by its name."""
        bench = Bench(_seeds(seed, self.replicates), workers=1)
        return {name: verdict.value for name, verdict in verdicts(self.ids, point, bench)}


@dataclass(frozen=True, slots=True)
class Both:
    """The numbers of several statistics."""

    parts: tuple[Statistic, ...]

    def __call__(self, point: Mapping[str, float], seed: int) -> dict[str, float]:
        """All numbers, from the same seeds."""
        return {name: value for part in self.parts for name, value in part(point, seed).items()}


def _seeds(first: int, replicates: int) -> range:
    first = min(first, MAX_SEED + 1 - replicates)
    return range(first, first + replicates)


def verdicts(ids: Sequence[str], point: Mapping[str, float], bench: Bench) -> Iterator[tuple[str, Verdict]]:
    """Name and verdict of each part with a two-sided tolerance."""
    for pattern in PATTERNS:
        if pattern.id in ids:
            for verdict in pattern.judge(bench, by_section(point)):
                if " to " in verdict.tolerance:
                    yield f"{pattern.id}: {verdict.statistic}", verdict


def fixed(experiment: Experiment) -> dict[str, object]:
    """Values of parameters with a single value; those with a list of several keep the scenario's own."""
    return {axis.name: axis.values[0] for axis in experiment.axes if len(axis.values) == 1}


def left_alone(experiment: Experiment) -> list[Axis]:
    """Levers with a list of several values: calibration ignores the list and keeps the scenario's own value."""
    return [axis for axis in experiment.levers if len(axis.values) > 1]


def task_of(experiment: Experiment) -> Task:
    """The calibration that an experiment asks for; raises Problems if it states no targets or no intervals.

    Priors are uniform over every interval. The target of a pattern is uniform over its tolerance.
    """
    targets = [target for target in experiment.calibrate.targets if isinstance(target, Target)]
    ids = tuple(target.pattern for target in experiment.calibrate.targets if isinstance(target, PatternTarget))
    _check(experiment, ids)
    parts: list[Statistic] = [Worlds(experiment, tuple(targets))] if targets else []
    goals = [Goal(name_of(target), target.value, target.sd) for target in targets]
    if ids:
        parts.append(Patterns(ids, experiment.seeds.replicates))
        goals += _goals(ids, experiment)
    return Task(
        statistic=parts[0] if len(parts) == 1 else Both(tuple(parts)),
        priors={axis.name: Prior(axis.low, axis.high, axis.kind is int) for axis in _intervals(experiment)},
        goals=tuple(goals),
        population=experiment.calibrate.population,
        generations=experiment.calibrate.generations,
        seed=experiment.seeds.first,
    )


def _intervals(experiment: Experiment) -> list[Axis]:
    return [axis for axis in experiment.axes if axis.is_interval]


def _check(experiment: Experiment, ids: Sequence[str]) -> None:
    file, found = str(experiment.file or ""), []
    if not experiment.calibrate.targets:
        form = "{ measure = ..., month = ..., value = ..., sd = ... }"
        found.append(Problem(file, "calibrate.targets", "", f"is missing: a list of targets such as {form}"))
    if not _intervals(experiment):
        rule = "has no interval { low = ..., high = ... }: calibration needs parameters to vary"
        found.append(Problem(file, "uncertainties", "", rule))
    for axis in experiment.uncertainties:
        if len(axis.values) > 1:
            rule = "is a list: calibration needs an interval { low = ..., high = ... }, or one value"
            found.append(Problem(file, f"uncertainties.{axis.name}", "", rule))
    if found:
        raise Problems(found)


def _goals(ids: Sequence[str], experiment: Experiment) -> Iterator[Goal]:
    """A goal at the middle of each two-sided tolerance of the patterns; raises Problems if a pattern has none."""
    here = dict(verdicts(ids, {}, Bench([experiment.seeds.first], workers=1)))
    without = [id for id in ids if not any(name.startswith(f"{id}:") for name in here)]
    if without:
        file, rule = str(experiment.file or ""), "has no two-sided tolerance to aim at"
        raise Problems(Problem(file, "calibrate.targets", id, rule) for id in without)
    for name, verdict in here.items():
        low, high = (float(bound) for bound in verdict.tolerance.split(" to "))
        yield Goal(name, (low + high) / 2, (high - low) / UNIFORM)
