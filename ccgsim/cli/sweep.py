"""The command `sweep`: checks the experiment, does or counts its runs, prints the result as text or JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ccgsim.cli.options import studies as options
from ccgsim.cli.parts.answers import opening, place_faults, print_json
from ccgsim.cli.parts.experiments import (
    MOST_TOLD,
    Order,
    carried_out,
    counts,
    exit_code,
    file_faults,
    print_counts,
    say_pending,
    workers_faults,
    workers_of,
)
from ccgsim.foundation.problems import Problem, Problems, gathering
from ccgsim.lab.experiment import design
from ccgsim.lab.experiment.experiment import Experiment, experiment
from ccgsim.lab.sweep.folder_checks import CSV
from ccgsim.lab.sweep.plan import plan_of
from ccgsim.lab.sweep.store import Sweep, preview
from ccgsim.lab.sweep.sweep import sweep
from ccgsim.report.words import terminal


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
    if found.interrupted:
        say_pending(found, asked.talks)
    return exit_code(found.interrupted, 0 if asked.dry_run else found.failed)


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
    found: Sweep = carried_out(order, sweep)
    return found


def counted(order: Order) -> Sweep:
    """The state of the sweep; runs and writes nothing."""
    return preview(plan_of(order.experiment), order.asked.out, force_new=order.asked.force_new)


def document(found: Sweep) -> dict[str, Any]:
    """The JSON document of a sweep."""
    table = str(found.table) if found.table.exists() else None
    return {**counts(found), "table": table, "failures": found.failures}


def show(found: Sweep) -> None:
    """Print the counts, the first failures and where the table is."""
    print_counts(found, ": the table has every reason")
    if found.table.exists():
        terminal.print_line(f"Table in {found.table.with_name(CSV)} and {found.table.name}")


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
