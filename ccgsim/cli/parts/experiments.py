"""What commands share that run experiments: the order, its workers, and what is told of its runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ccgsim.cli.options.shared import OnWorkers
from ccgsim.cli.parts.answers import DONE, INTERRUPTED, RUNS_FAILED
from ccgsim.cli.parts.streams import say
from ccgsim.cli.parts.worlds import compile_rules
from ccgsim.foundation.extras import needs
from ccgsim.foundation.problems import Problem, gathering, shown
from ccgsim.foundation.work.stopping import Interrupted
from ccgsim.foundation.work.workers import workers_out_of_range
from ccgsim.lab.experiment.experiment import Experiment
from ccgsim.lab.sweep.address import WAIT, Address
from ccgsim.report.words import terminal

LONGEST_WAIT = 86_400  # seconds for a cluster
MOST_TOLD = 10  # failures and faults printed; table and document list all


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """Runs of an experiment to do, every value checked."""

    asked: OnWorkers
    experiment: Experiment
    workers: int | Address | None  # processes here (None: one per core), or a cluster


def carried_out(order: Order, act: Callable[..., Any]) -> Any:
    """What `act` finds in the runs of the experiment: all that could be found, if it was interrupted."""
    asked = order.asked
    compile_rules(asked.talks)
    with terminal.Meter("runs", shown=asked.talks) as progress:
        try:
            return act(order.experiment, asked.out, workers=order.workers, force_new=asked.force_new, progress=progress)
        except Interrupted as stopped:
            return stopped.found


def counts(found: Any) -> dict[str, int]:
    """How many runs were planned, are done, failed, are pending, as a document has them."""
    return {key: getattr(found, key) for key in ("planned", "done", "failed", "pending")}


def print_counts(found: Any, where: str = "") -> None:
    """Print how many runs there are, and the first failures; `where` says where all are."""
    terminal.print_line(
        f"{found.planned:,} runs planned: {found.done:,} done, {found.failed:,} failed, {found.pending:,} pending"
    )
    print_failures([f"run {failure['run']}: {failure['reason']}" for failure in found.failures], where)


def print_failures(failures: Sequence[str], where: str) -> None:
    """Print the first failures, and how many more there are."""
    for failure in failures[:MOST_TOLD]:
        terminal.print_line(f"  {failure}")
    if len(failures) > MOST_TOLD:
        terminal.print_line(f"  and {len(failures) - MOST_TOLD:,} more{where}")


def say_pending(found: Any, talk: bool) -> None:
    """Say how to resume what was interrupted."""
    say([f"interrupted with {found.pending:,} runs pending: the same command resumes from here"], talk)


def exit_code(interrupted: bool, failed: int) -> int:
    """The exit code of runs that were interrupted, or of which some failed."""
    return INTERRUPTED if interrupted else RUNS_FAILED if failed else DONE


def workers_faults(asked: OnWorkers) -> list[Problem]:
    """Faults of --workers, --cluster and --wait."""
    found = workers_out_of_range(asked.workers)
    if asked.cluster is not None and asked.workers is not None:
        rule = "cannot be used with --cluster, which has the workers started there"
        found.append(Problem("", "--workers", shown(asked.workers), rule))
    if asked.wait is not None and not 0 <= asked.wait <= LONGEST_WAIT:
        found.append(Problem("", "--wait", shown(asked.wait), f"lies outside 0 to {LONGEST_WAIT:,} seconds"))
    elif asked.wait is not None and asked.cluster is None:
        found.append(Problem("", "--wait", shown(asked.wait), "needs --cluster"))
    with gathering(found):
        if asked.cluster is not None:
            needs("lab", "distributed")
            Address(asked.cluster).check()
    return found


def file_faults(out: Path) -> list[Problem]:
    """A fault if the folder for the results is a file."""
    is_file = out.exists() and not out.is_dir()
    return [Problem("", "--out", shown(str(out)), "is a file, not a folder")] if is_file else []


def workers_of(asked: OnWorkers) -> int | Address | None:
    """The workers asked for, in the form that `sweep` takes."""
    if asked.cluster is None:
        return asked.workers
    wait = WAIT if asked.wait is None else asked.wait
    return Address(asked.cluster, wait, lambda text: say([text], asked.talks))
