"""The plan of a sweep: its runs, the work, the columns it gives, and the facts that must be unchanged to resume it."""

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
from ccgsim.foundation.work.worker import Work
from ccgsim.lab.experiment import design
from ccgsim.lab.experiment.experiment import Experiment
from ccgsim.lab.rehearsal import rehearse
from ccgsim.lab.sources import origin
from ccgsim.lab.sweep import row
from ccgsim.lab.sweep.jobs import Job, Task, attempt
from ccgsim.world.england import MODELS

SHAPING = ("numpy", "numba")  # libraries that may change the last bit of results
VARYING = ("levers", "uncertainties")
WORDS = ("name", "title", "question", "source", "claim")  # texts of a scenario: no number depends on them


@dataclass(frozen=True)
class Plan:
    """A sweep to carry out. `facts` are plain values; if one differs, an earlier sweep cannot be resumed."""

    runs: pd.DataFrame  # run, point, seed, then the varied parameters
    columns: tuple[str, ...]  # names of a run's results
    work: Work
    facts: Mapping[str, Any]
    series: tuple[str, ...] = ()  # measures whose months are kept
    words: Mapping[str, Any] = field(default_factory=dict)  # titles and limits, for readers of the manifest
    what: str = "sweep"  # what messages call the runs

    @property
    def names(self) -> list[str]:
        """Dotted names of the varied parameters."""
        return [str(name) for name in self.runs.columns[len(design.HEAD) :]]

    def jobs(self, pending: np.ndarray) -> Iterator[Job]:
        """The jobs of the runs for which `pending` is true, in order."""
        columns = {name: self.runs[name].to_numpy() for name in self.names}
        seeds = self.runs["seed"].to_numpy()
        for run in np.flatnonzero(pending).tolist():
            yield Job(run, int(seeds[run]), {name: _plain(column[run]) for name, column in columns.items()})


def plan_of(experiment: Experiment, at: pd.DataFrame | None = None) -> Plan:
    """The plan of an experiment, at its own points or at the points `at`."""
    bare = dataclasses.replace(experiment, listed=())  # workers do not need the listed points
    limits = experiment.limits
    task: Task = partial(row.measured, bare)
    work = Work(partial(attempt, task), partial(get_ready, code_hash()), limits.seconds, limits.memory_mb)
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
    """All values on which the numbers of a sweep depend."""
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
    """Load the rules; raises RuntimeError if this process has other code than the process that started the sweep.

    A worker may start later or on another machine, after an edit or with another version installed.
    """
    load_rules(code, code_hash())


def load_rules(code: str, here: str) -> None:
    """Load the rules; raises RuntimeError if the hash of the code `here` is not that of the code to be run."""
    if here != code:
        raise RuntimeError("a worker found other code of ccgsim than the code with which the sweep was started")
    rehearse()


def code_hash() -> str:
    """SHA-256 of all code that the numbers of a row depend on, and of the sites from which England is built."""
    return origin([Path(row.__file__)], MODELS)


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value
