"""Running a scenario: the loop over months, and replicates on several seeds."""

from __future__ import annotations

import platform
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from ccgsim.additions import Measure, facts, measures_read, steps_read
from ccgsim.course import Course, Step
from ccgsim.foundation.chance import MAX_SEED
from ccgsim.foundation.files.writing import sha256
from ccgsim.foundation.inputs.arguments import either_none, function, reads, several, whole
from ccgsim.foundation.meaning import PACKAGE
from ccgsim.foundation.statistics import half_width, range_of
from ccgsim.foundation.vocabulary import SURVEYED
from ccgsim.foundation.work.parallel import spread
from ccgsim.foundation.work.progress import Progress
from ccgsim.measures import survey
from ccgsim.measures.observer import Observer
from ccgsim.scenario.events import LAST_MONTH
from ccgsim.scenario.scenario import Scenario, any_scenario, with_network
from ccgsim.world import snapshots
from ccgsim.world.state import World
from ccgsim.world.surveyed import of_scenario

SNAPSHOT_EVERY = 12
LIBRARIES = ("mesa", "numba", "numpy", "scipy", "pandas", "pyarrow", "networkx", "matplotlib")
SEED, MONTHS = whole(0, MAX_SEED), either_none(whole(1, LAST_MONTH))
SEEDS = several(SEED, "range(30)")
CALLED = either_none(function)


@dataclass(frozen=True, eq=False)
class Run:
    """The results of one world: measures by month, snapshots of people and ties, projects and survey answers."""

    scenario: Scenario
    seed: int
    months: int
    series: pd.DataFrame
    agents: pd.DataFrame
    ties: pd.DataFrame
    projects: pd.DataFrame
    survey: pd.DataFrame
    provenance: dict[str, Any]
    ccgs: pd.DataFrame | None = None
    ccg_names: tuple[str, ...] = ()

    @cached_property
    def final(self) -> dict[str, float | None]:
        """Each measure in the last month; None if undefined."""
        return _plain(self.series.iloc[-1])

    @cached_property
    def mean(self) -> dict[str, float | None]:
        """Each measure's mean over months 1 to the last in which it is defined."""
        return _plain(self.series.iloc[1:].mean())

    def __repr__(self) -> str:
        return f"Run({self.scenario.name!r}, seed={self.seed}, months={self.months})"


@dataclass(frozen=True, eq=False)
class Replicates:
    """The same scenario on several seeds; people, ties and projects are those of the first."""

    scenario: Scenario
    seeds: tuple[int, ...]
    months: int
    first: Run
    series: pd.DataFrame  # seed, month, measures
    provenance: dict[str, Any]

    @cached_property
    def summary_final(self) -> dict[str, dict[str, float | int | None]]:
        """For each measure in the last month: mean, 95% t-interval over seeds, number and range of defined values."""
        last = self.series[self.series["month"] == self.months]
        return {name: interval(last[name].to_numpy(float)) for name in self.measures}

    @cached_property
    def summary_mean(self) -> dict[str, dict[str, float | int | None]]:
        """The same for each measure's mean over months 1 to the last."""
        later = self.series[self.series["month"] >= 1]
        means = later.groupby("seed", sort=False)[list(self.measures)].mean()
        return {name: interval(means[name].to_numpy(float)) for name in self.measures}

    @property
    def measures(self) -> tuple[str, ...]:
        """Names of the measures, in the order of the catalogue."""
        return tuple(self.first.series.columns)

    def __repr__(self) -> str:
        return f"Replicates({self.scenario.name!r}, {counted(self.seeds)}, months={self.months})"


@dataclass
class _Diary:
    """Records of a world during its run."""

    agents: list[pd.DataFrame] = field(default_factory=list)
    ties: list[pd.DataFrame] = field(default_factory=list)
    answers: list[pd.DataFrame] = field(default_factory=list)
    ccgs: list[pd.DataFrame] = field(default_factory=list)

    def note(self, world: World, observer: Observer, months: int) -> None:
        """Record people and ties once a year and at the end, surveys in their months, and many CCGs each March."""
        if len(world.ccgs) > 1 and world.month % 12 == snapshots.MARCH_OVER:
            self.ccgs.append(snapshots.ccgs(world, observer.last_row()))
        if world.month % SNAPSHOT_EVERY == 0 or world.month == months:
            self.agents.append(snapshots.agents(world))
            self.ties.append(snapshots.ties(world))
        if world.month in SURVEYED:
            self.answers.append(survey.survey(world))


def counted(seeds: Sequence[int]) -> str:
    """Short text for the seeds."""
    return f"seed {seeds[0]}" if len(seeds) == 1 else f"{len(seeds):,} seeds from {seeds[0]} to {seeds[-1]}"


def interval(values: np.ndarray) -> dict[str, float | int | None]:
    """Mean of the defined values with its 95% t-interval, and their range; bounds are None below two values."""
    values = values[~np.isnan(values)]
    n = len(values)
    mean = float(values.mean()) if n else None
    low, high = range_of(values)
    found: dict[str, float | int | None] = {"mean": mean, "low": None, "high": None, "n": n}
    if mean is not None and n > 1:
        half = half_width(values)
        found |= {"low": mean - half, "high": mean + half}
    return found | {"range_low": low, "range_high": high}


def _plain(row: pd.Series[Any]) -> dict[str, float | None]:
    return {str(name): None if np.isnan(value) else float(value) for name, value in row.items()}


def under_way(course: Course, months: int) -> Iterator[int]:
    """The loop over months: yields 0 for the starting world, then each month after simulating it."""
    yield 0
    for month in range(1, months + 1):
        course.step()
        yield month


def watched(course: Course, months: int, measures: Mapping[str, Measure] | None = None) -> pd.DataFrame:
    """The measures of a course by month from its start, including added measures."""
    observer = Observer(course.world, months, measures)
    for _ in under_way(course, months):
        observer.observe(course.world)
    return observer.frame()


@reads(scenario=any_scenario, seed=SEED, months=MONTHS, progress=CALLED, steps=steps_read, measures=measures_read)
def simulate(
    scenario: str | Path | Scenario,
    seed: int = 0,
    months: int | None = None,
    progress: Progress | None = None,
    *,
    network: Any = None,
    steps: Iterable[Step] = (),
    measures: Mapping[str, Measure] = MappingProxyType({}),
) -> Run:
    """Simulate one world of a scenario; the same seed gives the same numbers to the bit. Raises Problems.

    `months`: instead of the scenario's own; `progress`: called with months done and total months; `network`: the file
    of a survey with which the world begins, or a table with file and options. `steps` and `measures` are your own
    Python functions of the world (docs/extend.md): steps are added to each month, measures to the series.
    """
    began, scenario = time.time(), with_network(any_scenario("scenario", scenario), network)
    inputs = fingerprints(scenario)
    months = months or scenario.months
    course = Course(scenario, seed, tuple(steps))
    observer, diary = Observer(course.world, months, measures), _Diary()
    for month in under_way(course, months):
        observer.observe(course.world)
        diary.note(course.world, observer, months)
        if progress is not None:
            progress(month, months)
    return Run(
        scenario=scenario,
        seed=seed,
        months=months,
        series=observer.frame(),
        agents=pd.concat(diary.agents, ignore_index=True),
        ties=pd.concat(diary.ties, ignore_index=True),
        projects=snapshots.projects(course.world),
        survey=pd.concat(diary.answers, ignore_index=True) if diary.answers else survey.survey(course.world).iloc[:0],
        provenance={**provenance(began, inputs), **facts(tuple(steps), measures), **people_of(course.world, scenario)},
        ccgs=pd.concat(diary.ccgs, ignore_index=True) if diary.ccgs else None,
        ccg_names=course.world.names,
    )


def series_of(
    scenario: Scenario,
    seed: int,
    months: int,
    steps: Sequence[Step] = (),
    measures: Mapping[str, Measure] | None = None,
) -> pd.DataFrame:
    """The measures of one world by month, without snapshots, for sweeps and science tests."""
    return watched(Course(scenario, seed, steps), months, measures)


def many_series(
    scenario: Scenario, seeds: Iterable[int], months: int, workers: int | None = None, **added: Any
) -> Iterator[pd.DataFrame]:
    """The measures of one scenario on each seed, in order; on worker processes if there are many seeds."""
    yield from spread(partial(series_of, scenario, months=months, **added), seeds, workers)


@reads(scenario=any_scenario, seeds=SEEDS, months=MONTHS, progress=CALLED, steps=steps_read, measures=measures_read)
def replicate(
    scenario: str | Path | Scenario,
    seeds: Iterable[int],
    months: int | None = None,
    progress: Progress | None = None,
    *,
    network: Any = None,
    steps: Iterable[Step] = (),
    measures: Mapping[str, Measure] = MappingProxyType({}),
) -> Replicates:
    """Simulate a scenario on each seed, such as `range(30)`; the numbers do not depend on the number of workers.

    Raises Problems for invalid arguments, including repeated seeds. `progress`: called with worlds done and total
    worlds. `steps` and `measures` are your own, as in `simulate`; they must come from a module that workers can import.
    """
    began, seeds = time.time(), tuple(seeds)
    scenario = with_network(any_scenario("scenario", scenario), network)
    months = months or scenario.months
    steps = tuple(steps)
    first = simulate(scenario, seeds[0], months, steps=steps, measures=measures)
    frames = [first.series]
    for done, frame in enumerate(many_series(scenario, seeds[1:], months, steps=steps, measures=measures), start=2):
        frames.append(frame)
        if progress is not None:
            progress(done, len(seeds))
    series = pd.concat(frames, keys=seeds, names=["seed", "month"]).reset_index()
    origin = {**first.provenance, **provenance(began, first.provenance.get("inputs", {}))}
    return Replicates(scenario, seeds, months, first, series, origin)


def fingerprints(*scenarios: Scenario) -> dict[str, str]:
    """SHA-256 of further files that scenarios are built from, such as a list of CCGs, by path."""
    return {str(file): sha256(file) for scenario in scenarios for file in scenario.files_read().values()}


def people_of(world: World, scenario: Scenario) -> dict[str, dict[str, Any]]:
    """Key and name of each person of a surveyed network by id, so that results can be read; {} without one.

    `called` holds those names that are not the ids themselves.
    """
    found = of_scenario(scenario)
    if found is None:
        return {}
    people = found.network.people
    called = {one: name for one, name in zip(people.ids, people.names, strict=True) if name != one}
    return {"people": dict(world.surveyed)} | ({"called": called} if called else {})


def provenance(began: float, inputs: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Provenance of numbers: version, commit, libraries, platform, start and duration in seconds, files read."""
    return {
        "version": version("ccgsim"),
        "commit": _commit(),
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
        "platform": platform.platform(),
        "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(began)),
        "seconds": round(time.time() - began, 3),
        **({"inputs": dict(inputs)} if inputs else {}),
    }


def _commit() -> str | None:
    """The commit of the checkout that this package runs from; None outside a checkout."""
    root = PACKAGE.parent
    if not (root / ".git").exists():
        return None
    try:
        asked = subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, timeout=5, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return asked.stdout.strip()
