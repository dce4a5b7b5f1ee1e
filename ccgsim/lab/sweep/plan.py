"""What a sweep carries out: the runs, the work of each, what it gives, and what must be the same to go on with it."""

from __future__ import annotations

import dataclasses
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ccgsim.foundation.files.writing import sha256
from ccgsim.lab.experiment import design
from ccgsim.lab.experiment.experiment import Experiment
from ccgsim.lab.rehearsal import rehearse
from ccgsim.lab.sources import origin
from ccgsim.lab.sweep import row
from ccgsim.lab.sweep.jobs import Job, Task, Work
from ccgsim.world.england import MODELS

SHAPING = ("numpy", "numba")  # libraries that the last bit may depend on
VARYING = ("levers", "uncertainties")
WORDS = ("name", "title", "question", "source", "claim")  # of a scenario: no number comes from them


@dataclass(frozen=True)
class Plan:
    """A sweep to carry out. `facts` are plain values; where one differs, an earlier sweep cannot be gone on with."""

    runs: pd.DataFrame  # run, point, seed, then what varies
    columns: tuple[str, ...]  # what a run gives
    work: Work
    facts: Mapping[str, Any]
    series: tuple[str, ...] = ()  # measures whose months are kept
    words: Mapping[str, Any] = field(default_factory=dict)  # titles and limits, for readers of the manifest

    @property
    def names(self) -> list[str]:
        """Dotted names of what varies."""
        return [str(name) for name in self.runs.columns[len(design.HEAD) :]]

    def jobs(self, pending: np.ndarray) -> Iterator[Job]:
        """The jobs of the runs for which `pending` is true, in their order."""
        columns = {name: self.runs[name].to_numpy() for name in self.names}
        seeds = self.runs["seed"].to_numpy()
        for run in np.flatnonzero(pending).tolist():
            yield Job(run, int(seeds[run]), {name: _plain(column[run]) for name, column in columns.items()})


def plan_of(experiment: Experiment, at: pd.DataFrame | None = None) -> Plan:
    """The plan of an experiment, at its own points or at others."""
    bare = dataclasses.replace(experiment, listed=())  # what workers need not be sent
    limits = experiment.limits
    task: Task = partial(row.measured, bare)
    work = Work(task, partial(get_ready, code_hash()), limits.seconds, limits.memory_mb)
    words = {"title": experiment.title, "question": experiment.question, "limits": dataclasses.asdict(limits)}
    return Plan(
        runs=design.runs(experiment, at),
        columns=tuple(row.columns(experiment)),
        work=work,
        facts=facts_of(experiment),
        series=experiment.measures if experiment.keep_series else (),
        words={"name": experiment.scenario.name, **words},
    )


def facts_of(experiment: Experiment) -> dict[str, Any]:
    """Everything that the numbers of a sweep depend on."""
    scenario = {key: value for key, value in experiment.scenario.resolved().items() if key not in WORDS}
    parts = {name: {axis.name: axis.as_table() for axis in getattr(experiment, name)} for name in VARYING}
    return {
        "scenario": scenario,
        "files": {name: sha256(file) for name, file in experiment.scenario.files_read().items()},
        "months": experiment.months,
        "measures": list(experiment.measures),
        "keep_series": experiment.keep_series,
        "seeds": dataclasses.asdict(experiment.seeds),
        "design": {"method": experiment.design.method, "seed": experiment.design.seed},
        **parts,
        "code": code_hash(),
        "libraries": {"python": platform.python_version(), **{name: version(name) for name in SHAPING}},
    }


def get_ready(code: str) -> None:
    """Load the rules; raises RuntimeError where this process has other code than the sweep began with.

    A worker may start late, or on another machine, where a file has been edited or another version is installed.
    """
    if code_hash() != code:
        raise RuntimeError("the code of ccgsim that a worker finds is not that with which the sweep was started")
    rehearse()


def code_hash() -> str:
    """SHA-256 of all code that the numbers of a row come from, and of the sites that England is made of."""
    return origin([Path(row.__file__)], MODELS)


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value
