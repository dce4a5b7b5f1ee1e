"""The command `calibrate`: checks the experiment, finds its posterior, prints the result as text or JSON."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccgsim.cli.answers import place_faults
from ccgsim.cli.run import compile_rules, say
from ccgsim.cli.sweep import Workers
from ccgsim.foundation.extras import needs
from ccgsim.foundation.files.writing import plain
from ccgsim.foundation.problems import Problem, Problems, gathering
from ccgsim.lab.calibration import folder as places
from ccgsim.lab.calibration.statistic import left_alone, task_of
from ccgsim.lab.calibration.task import Task
from ccgsim.lab.experiment.experiment import Experiment, experiment
from ccgsim.report import calibration, terminal
from ccgsim.run import provenance

if TYPE_CHECKING:
    from ccgsim.lab.calibration.study import Found

MOST_TOLD = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """A calibration to carry out, every value checked."""

    asked: Experiment
    task: Task
    folder: Path
    workers: int | None
    force_new: bool

    def notes(self) -> list[str]:
        """Which parts of the experiment calibration does not use."""
        names = ", ".join(axis.name for axis in left_alone(self.asked))
        return [f"{names}: calibration varies intervals only; the scenario's own value is used"] if names else []


@dataclass(frozen=True, slots=True)
class Done:
    """A finished calibration and its files by name."""

    found: Found
    files: dict[str, Path] = field(default_factory=dict)


def checked(file: Path, out: Path, workers: int | None, force_new: bool) -> Order:
    """The checked order for these options; raises Problems with every fault."""
    found: list[Problem] = Workers(number=workers).faults() + place_faults(out)
    asked: Experiment | None = None
    task: Task | None = None
    with gathering(found):
        needs("lab", "pyabc")
    with gathering(found):
        asked = experiment(file)
        task = task_of(asked)
    with gathering(found):
        places.check_folder(out)
    if found or asked is None or task is None:
        raise Problems(found)
    return Order(asked=asked, task=task, folder=out, workers=workers, force_new=force_new)


def carry_out(order: Order, *, talk: bool) -> Done:
    """Find the posterior, resuming an earlier start of the same experiment, and write the results."""
    began, facts = time.time(), places.facts(order.asked)
    say(order.notes(), talk)
    with places.opened(order.folder, facts, force_new=order.force_new) as folder:
        from ccgsim.lab.calibration import study  # pyABC takes seconds to import

        try:
            compile_rules(talk)
            with terminal.Meter("particles", shown=talk) as progress:
                found = study.carry_out(order.task, folder, progress, order.workers)
        except KeyboardInterrupt:
            say(["finished generations are kept: the same command resumes from there"], talk)
            raise
        head = {"schema": places.SCHEMA, "kind": places.KIND, "facts": facts, **provenance(began)}
        return Done(found, calibration.write_calibration(found, head, folder))


def document(order: Order, done: Done) -> dict[str, Any]:
    """The JSON document of a calibration."""
    found = done.found
    table = done.files.get("posterior.parquet")
    return {
        **{
            "planned": found.runs,
            "done": found.runs - len(found.failures),
            "failed": len(found.failures),
            "pending": 0,
        },
        "table": None if table is None else str(table),
        "failures": found.failures,
        "posterior": plain(found.summary.to_dict("records")),
        "correlations": plain(found.correlations.to_dict("records")),
        "targets": plain(found.check.to_dict("records")),
        "generations": plain(found.posterior.generations.to_dict("records")),
        "reached": found.posterior.reached,
        "effective_particles": found.effective,
        "notes": order.notes(),
        "files": {name: str(path) for name, path in done.files.items()},
    }


def show(order: Order, done: Done) -> None:
    """Print the counts, the first failures, the posterior and where the files are."""
    found = done.found
    terminal.print_line(
        f"{found.runs:,} candidates and predictions in {len(found.posterior.generations)} generations, "
        f"{len(found.failures):,} failed"
    )
    for failure in found.failures[:MOST_TOLD]:
        terminal.print_line(f"  {failure['run']}: {failure['reason']}")
    if len(found.failures) > MOST_TOLD:
        terminal.print_line(f"  and {len(found.failures) - MOST_TOLD:,} more: failures.json has them all")
    calibration.print_calibration(found)
    terminal.print_line(f"Tables and figures in {order.folder}")
