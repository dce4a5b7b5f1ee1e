"""The command `calibrate`: checks the experiment, finds its posterior, prints the result as text or JSON."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccgsim.cli.options import studies as options
from ccgsim.cli.parts.answers import DONE, RUNS_FAILED, opening, place_faults, print_json
from ccgsim.cli.parts.experiments import print_failures, workers_faults
from ccgsim.cli.parts.streams import say
from ccgsim.cli.parts.worlds import compile_rules
from ccgsim.foundation.extras import needs
from ccgsim.foundation.files.writing import plain
from ccgsim.foundation.problems import Problem, Problems, gathering
from ccgsim.lab.calibration import folder as places
from ccgsim.lab.calibration.statistic import left_alone, task_of
from ccgsim.lab.calibration.task import Task
from ccgsim.lab.experiment.experiment import Experiment, experiment
from ccgsim.report.findings import calibration
from ccgsim.report.words import terminal
from ccgsim.run import provenance

if TYPE_CHECKING:
    from ccgsim.lab.calibration.study import Found


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """A calibration to carry out, every value checked."""

    asked: options.Calibrate
    experiment: Experiment
    task: Task

    def notes(self) -> list[str]:
        """Which parts of the experiment calibration does not use."""
        names = ", ".join(axis.name for axis in left_alone(self.experiment))
        return [f"{names}: calibration varies intervals only; the scenario's own value is used"] if names else []


@dataclass(frozen=True, slots=True)
class Done:
    """A finished calibration and its files by name."""

    found: Found
    files: dict[str, Path] = field(default_factory=dict)


def answer(asked: options.Calibrate) -> int:
    """Find the posterior, print and write it; returns the exit code."""
    order = checked(asked)
    done = carry_out(order)
    if asked.as_json:
        print_json(opening("calibrate") | document(order, done))
    else:
        show(order, done)
    return RUNS_FAILED if done.found.failures else DONE


def checked(asked: options.Calibrate) -> Order:
    """The checked order for these options; raises Problems with every fault."""
    found: list[Problem] = workers_faults(asked) + place_faults(asked.out)
    read: Experiment | None = None
    task: Task | None = None
    with gathering(found):
        needs("calibrate", "pyabc")
    with gathering(found):
        read = experiment(asked.experiment)
        task = task_of(read)
    with gathering(found):
        places.check_folder(asked.out)
    if found or read is None or task is None:
        raise Problems(found)
    return Order(asked=asked, experiment=read, task=task)


def carry_out(order: Order) -> Done:
    """Find the posterior, resuming an earlier start of the same experiment, and write the results."""
    asked, began, facts = order.asked, time.time(), places.facts(order.experiment)
    say(order.notes(), asked.talks)
    with places.opened(asked.out, facts, force_new=asked.force_new) as folder:
        from ccgsim.lab.calibration import study  # pyABC takes seconds to import

        try:
            compile_rules(asked.talks)
            with terminal.Meter("particles", shown=asked.talks) as progress:
                found = study.carry_out(order.task, folder, progress, asked.workers)
        except KeyboardInterrupt:
            say(["finished generations are kept: the same command resumes from there"], asked.talks)
            raise
        titles = {"title": order.experiment.title, "question": order.experiment.question}
        close = {"closeness": calibration.closeness(found.posterior)}
        head = {"schema": places.SCHEMA, "kind": places.KIND, **titles, **close, "facts": facts, **provenance(began)}
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
    failures = [f"{failure['run']}: {failure['reason']}" for failure in found.failures]
    print_failures(failures, ": failures.json has them all")
    calibration.print_calibration(found)
    terminal.print_line(f"Tables and figures in {order.asked.out}")
