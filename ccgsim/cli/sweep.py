"""The command `sweep`: checks the experiment, does or counts its runs, prints the result as text or JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ccgsim.cli.options import studies as options
from ccgsim.cli.options.shared import OnWorkers
from ccgsim.cli.parts.answers import DONE, INTERRUPTED, RUNS_FAILED, opening, place_faults, print_json
from ccgsim.cli.parts.streams import say
from ccgsim.cli.run import compile_rules
from ccgsim.foundation.extras import needs
from ccgsim.foundation.problems import Problem, Problems, gathering, shown
from ccgsim.foundation.work.stopping import Interrupted
from ccgsim.foundation.work.workers import workers_out_of_range
from ccgsim.lab.experiment import design
from ccgsim.lab.experiment.experiment import Experiment, experiment
from ccgsim.lab.sweep.address import WAIT, Address
from ccgsim.lab.sweep.folder_checks import CSV
from ccgsim.lab.sweep.plan import plan_of
from ccgsim.lab.sweep.store import Sweep, preview
from ccgsim.lab.sweep.sweep import sweep
from ccgsim.report.words import terminal

LONGEST_WAIT = 86_400  # seconds for a cluster
MOST_TOLD = 10  # failures and faults printed; table and document list all


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """Runs of an experiment to do, every value checked."""

    asked: OnWorkers
    experiment: Experiment
    workers: int | Address | None  # processes here (None: one per core), or a cluster


def answer(asked: options.Sweep) -> int:
    """Do or count the runs of an experiment, print how many there are; returns the exit code."""
    order = checked(asked)
    if asked.dry_run and not asked.as_json:
        describe(order.experiment)
    found = counted(order) if asked.dry_run else carry_out(order)
    if asked.as_json:
        print_json(opening("sweep") | document(found))
    else:
        show(found)
    warn(found, asked.talks)
    return exit_code(found.interrupted, 0 if asked.dry_run else found.failed)


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


def checked(asked: options.Sweep) -> Order:
    """The checked order for these options; raises Problems with every fault."""
    found: list[Problem] = []
    read: Experiment | None = None
    with gathering(found):
        read = experiment(asked.experiment)
    found += workers_faults(asked) + place_faults(asked.out) + file_faults(asked.out)
    if found or read is None:
        raise Problems(found)
    return Order(asked=asked, experiment=read, workers=workers_of(asked))


def carry_out(order: Order) -> Sweep:
    """Do the pending runs."""
    asked = order.asked
    compile_rules(asked.talks)
    with terminal.Meter("runs", shown=asked.talks) as progress:
        try:
            return sweep(
                order.experiment, asked.out, workers=order.workers, force_new=asked.force_new, progress=progress
            )
        except Interrupted as stopped:
            found: Sweep = stopped.found
            return found


def counted(order: Order) -> Sweep:
    """The state of the sweep; runs and writes nothing."""
    return preview(plan_of(order.experiment), order.asked.out, force_new=order.asked.force_new)


def document(found: Sweep) -> dict[str, Any]:
    """The JSON document of a sweep."""
    keys = ("planned", "done", "failed", "pending")
    table = str(found.table) if found.table.exists() else None
    return {**{key: getattr(found, key) for key in keys}, "table": table, "failures": found.failures}


def show(found: Sweep) -> None:
    """Print the counts, the first failures and where the table is."""
    terminal.print_line(
        f"{found.planned:,} runs planned: {found.done:,} done, {found.failed:,} failed, {found.pending:,} pending"
    )
    for failure in found.failures[:MOST_TOLD]:
        terminal.print_line(f"  run {failure['run']}: {failure['reason']}")
    if len(found.failures) > MOST_TOLD:
        terminal.print_line(f"  and {len(found.failures) - MOST_TOLD:,} more: the table has every reason")
    if found.table.exists():
        terminal.print_line(f"Table in {found.table.with_name(CSV)} and {found.table.name}")


def warn(found: Sweep, talk: bool) -> None:
    """Warn how to resume an interrupted sweep."""
    if found.interrupted:
        say([f"interrupted with {found.pending:,} runs pending: the same command resumes from here"], talk)


def describe(asked: Experiment) -> None:
    """Print what the experiment would run."""
    points = design.points(asked)
    seeds, title = asked.seeds.all, asked.title or asked.scenario.name
    terminal.print_line(f"{title}: {asked.scenario.name}, {asked.months} months")
    terminal.print_line(
        f"{len(points):,} points by {asked.design.method}, each on {len(seeds):,} seeds ({seeds[0]} to {seeds[-1]})"
    )
    for axis in asked.axes:
        terminal.print_line(f"  {axis.role} {axis.name}: {_values(axis.as_table())}")
    terminal.print_line(f"measures: {', '.join(asked.measures)}")
    impossible = list(_impossible(asked))
    for number, reason in impossible[:MOST_TOLD]:
        terminal.print_line(f"  point {number} is impossible: {reason}")
    if impossible:
        terminal.print_line(f"{len(impossible):,} points are impossible; their runs would fail for these reasons")


def _values(stated: Any) -> str:
    if isinstance(stated, dict):
        levels = f", {stated['levels']} levels" if "levels" in stated else ""
        return f"{stated['low']} to {stated['high']}{levels}"
    shown_ = [str(value) for value in stated[:MOST_TOLD]]
    return ", ".join(shown_) + (f" and {len(stated) - MOST_TOLD} more" if len(stated) > MOST_TOLD else "")


def _impossible(asked: Experiment) -> Iterator[tuple[int, str]]:
    """Points whose values contradict one another, with the reason."""
    for number, values in enumerate(design.points(asked).to_dict("records")):
        try:
            asked.world({str(name): value for name, value in values.items()})
        except Problems as refused:
            yield number, str(refused.problems[0])
