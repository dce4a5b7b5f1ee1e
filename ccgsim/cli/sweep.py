"""The command `sweep`: checks the experiment, does or counts its runs, prints the result as text or JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ccgsim.cli.answers import place_faults
from ccgsim.cli.run import compile_rules, say
from ccgsim.foundation.extras import needs
from ccgsim.foundation.problems import Problem, Problems, gathering, shown
from ccgsim.foundation.work.stopping import Interrupted
from ccgsim.foundation.work.workers import workers_fault
from ccgsim.lab.experiment import design
from ccgsim.lab.experiment.experiment import Experiment, experiment
from ccgsim.lab.sweep.address import WAIT, Address
from ccgsim.lab.sweep.folder_checks import CSV
from ccgsim.lab.sweep.plan import plan_of
from ccgsim.lab.sweep.store import Sweep, preview
from ccgsim.lab.sweep.sweep import sweep
from ccgsim.report import terminal

LONGEST_WAIT = 86_400  # seconds for a cluster
MOST_TOLD = 10  # failures and faults printed; table and document list all


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """A sweep to carry out, every value checked."""

    asked: Experiment
    folder: Path
    workers: int | Address | None
    force_new: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Workers:
    """The options for workers: a number of processes here, or a cluster and how long to wait for it."""

    number: int | None = None
    cluster: str | None = None
    wait: float | None = None
    talk: bool = False

    def faults(self) -> list[Problem]:
        """Faults of these options."""
        found: list[Problem] = []
        if rule := workers_fault(self.number):
            found.append(Problem("", "--workers", shown(self.number), rule))
        if self.cluster is not None and self.number is not None:
            rule = "cannot be used with --cluster, which has the workers started there"
            found.append(Problem("", "--workers", shown(self.number), rule))
        if self.wait is not None and not 0 <= self.wait <= LONGEST_WAIT:
            found.append(Problem("", "--wait", shown(self.wait), f"lies outside 0 to {LONGEST_WAIT:,} seconds"))
        elif self.wait is not None and self.cluster is None:
            found.append(Problem("", "--wait", shown(self.wait), "needs --cluster"))
        with gathering(found):
            if self.cluster is not None:
                needs("lab", "distributed")
                Address(self.cluster).check()
        return found

    def chosen(self) -> int | Address | None:
        """The workers, in the form that `sweep` takes."""
        if self.cluster is None:
            return self.number
        wait = WAIT if self.wait is None else self.wait
        return Address(self.cluster, wait, lambda text: say([text], self.talk))


def checked(file: Path, out: Path, workers: Workers, force_new: bool) -> Order:
    """The checked order for these options; raises Problems with every fault."""
    found: list[Problem] = []
    asked: Experiment | None = None
    with gathering(found):
        asked = experiment(file)
    found += workers.faults() + place_faults(out)
    if out.exists() and not out.is_dir():
        found.append(Problem("", "--out", shown(str(out)), "is a file, not a folder"))
    if found or asked is None:
        raise Problems(found)
    return Order(asked=asked, folder=out, workers=workers.chosen(), force_new=force_new)


def carry_out(order: Order, *, talk: bool) -> Sweep:
    """Do the pending runs."""
    compile_rules(talk)
    with terminal.Meter("runs", shown=talk) as progress:
        workers, force_new = order.workers, order.force_new
        try:
            return sweep(order.asked, order.folder, workers=workers, force_new=force_new, progress=progress)
        except Interrupted as stopped:
            found: Sweep = stopped.found
            return found


def counted(order: Order) -> Sweep:
    """The state of the sweep; runs and writes nothing."""
    return preview(plan_of(order.asked), order.folder, force_new=order.force_new)


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


def warn(found: Sweep, *, talk: bool) -> None:
    """Warn how to resume an interrupted sweep."""
    if found.interrupted:
        say([f"interrupted with {found.pending:,} runs pending: the same command resumes from here"], talk)


def describe(order: Order) -> None:
    """Print what the experiment would run."""
    asked, points = order.asked, design.points(order.asked)
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
