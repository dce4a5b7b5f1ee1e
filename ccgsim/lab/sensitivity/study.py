"""The sensitivity study that an experiment asks for: its points, their runs in a sweep, and the indices."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ccgsim.foundation.files import lock
from ccgsim.foundation.files.reports import REPORTS
from ccgsim.foundation.work.progress import Progress
from ccgsim.foundation.work.stopping import Interrupted
from ccgsim.lab.experiment.experiment import Experiment
from ccgsim.lab.sensitivity.indices import COLUMNS, Method, Morris, Sobol, indices
from ccgsim.lab.sensitivity.noise import noise
from ccgsim.lab.sensitivity.points import check_samples, points_of, varying, words_of
from ccgsim.lab.sweep.address import Address
from ccgsim.lab.sweep.plan import plan_of
from ccgsim.lab.sweep.results import results
from ccgsim.lab.sweep.store import Sweep
from ccgsim.lab.sweep.sweep import carry_out, runner_for

MOMENTS = ("final", "mean")
OURS = (
    "morris",
    "sobol",
    "indices",
    "noise",
    "sensitivity_",
    "manifest.json",
    *REPORTS,
    lock.NAME,
    ".",
)  # prefixes of our file names


@dataclass(frozen=True, kw_only=True)
class Study:
    """Results of a study: counts of runs, indices and noise of each measure; tables are empty if it was interrupted."""

    experiment: Experiment
    planned: int
    done: int
    failed: int
    pending: int
    failures: list[dict[str, Any]]  # run ("morris 12"), reason
    indices: pd.DataFrame  # measure, at, then COLUMNS of sensitivity
    noise: pd.DataFrame  # measure, at, method, seeds, variances, share_of_luck
    interrupted: bool = False


def methods_of(experiment: Experiment) -> list[Method]:
    """The methods asked for, with their sizes."""
    asked = experiment.sensitivity
    known: dict[str, Method] = {"morris": Morris(asked.trajectories), "sobol": Sobol(asked.samples)}
    return [known[name] for name in asked.methods]


def runs_of(experiment: Experiment) -> int:
    """Number of runs of the study."""
    ranges = len(varying(experiment))
    return sum(method.size * method.block(ranges) for method in methods_of(experiment)) * len(experiment.seeds.all)


def check_folder(folder: Path) -> None:
    """Raise Problems if the folder holds files that no study wrote, InUse if another process uses it."""
    lock.check_free(folder)
    foreign = [path.name for path in folder.iterdir() if not path.name.startswith(OURS)] if folder.is_dir() else []
    lock.refuse_strangers(folder, foreign, "sensitivity")


@contextmanager
def opened(folder: Path) -> Iterator[None]:
    """Lock the folder of a study, creating it if missing; a new folder is removed again if it stays empty."""
    check_folder(folder)
    with lock.opened(folder):
        try:
            yield
        except BaseException:
            if {path.name for path in folder.iterdir()} == {lock.NAME}:
                (folder / lock.NAME).unlink()
            raise


def study(
    experiment: Experiment,
    folder: Path,
    *,
    workers: int | str | Address | None = None,
    force_new: bool = False,
    progress: Progress | None = None,
) -> Study:
    """Run the points of each method in a sweep of its own under the folder, and compute indices from the tables.

    Started again, it resumes where it stopped. Raises Problems, InUse and Interrupted like `sweep`, and Problems if
    Sobol' has too few base points. See `opened`.
    """
    check_samples(experiment)
    make_runner = runner_for(workers)
    planned, finished, swept, stopped = runs_of(experiment), 0, dict[str, Sweep](), False

    def report_done(done: int, _: int) -> None:
        if progress is not None:
            progress(finished + done, planned)

    for method in methods_of(experiment):
        _, at = points_of(experiment, method)
        plan = plan_of(experiment, at)
        try:
            found = carry_out(plan, folder / method.name, make_runner, force_new=force_new, progress=report_done)
        except Interrupted as asked:
            found, stopped = asked.found, True
        swept[method.name] = found
        finished += found.done + found.failed
        if stopped:
            raise Interrupted(_read(experiment, folder, planned, swept))
    return _read(experiment, folder, planned, swept)


def _read(experiment: Experiment, folder: Path, planned: int, swept: dict[str, Sweep]) -> Study:
    done, failed = (sum(getattr(each, name) for each in swept.values()) for name in ("done", "failed"))
    stopped = done + failed < planned
    tables = (
        []
        if stopped
        else [table_of(experiment, method, results(folder / method.name)) for method in methods_of(experiment)]
    )
    found, luck = zip(*tables, strict=True) if tables else ((), ())
    return Study(
        experiment=experiment,
        planned=planned,
        done=done,
        failed=failed,
        pending=planned - done - failed,
        failures=[
            {"run": f"{name} {failure['run']}", "reason": failure["reason"]}
            for name, each in swept.items()
            for failure in each.failures
        ],
        indices=_joined(found, ["measure", "at", *COLUMNS]),
        noise=_joined(luck, ["measure", "at", "method", "seeds", "share_of_luck", "note"]),
        interrupted=stopped,
    )


def _joined(frames: Any, columns: list[str]) -> pd.DataFrame:
    whole = [frame for frame in frames if len(frame)]
    return pd.concat(whole, ignore_index=True) if whole else pd.DataFrame(columns=columns)


def table_of(experiment: Experiment, method: Method, table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Indices and noise of every measure, for the last month and the mean over months, from a method's runs."""
    places, _ = points_of(experiment, method)
    names = [axis.name for axis in varying(experiment)]
    found, luck = [], []
    for measure, at, values in _outcomes(experiment, table):
        rows = indices(method, names, places, values.mean(axis=1), words_of(experiment))
        rows.insert(0, "at", at)
        rows.insert(0, "measure", measure)
        found.append(rows)
        luck.append({"measure": measure, "at": at, "method": method.name, **asdict(noise(values))})
    return _joined(found, ["measure", "at", *COLUMNS]), pd.DataFrame(luck)


def _outcomes(experiment: Experiment, table: pd.DataFrame) -> Iterator[tuple[str, str, np.ndarray]]:
    """Measure, 'final' or 'mean', and values of shape (points, seeds); NaN if undefined or failed."""
    for measure in experiment.measures:
        for at in MOMENTS:
            yield measure, at, table[f"{at}_{measure}"].to_numpy(float).reshape(-1, len(experiment.seeds.all))
