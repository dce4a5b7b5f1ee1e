"""The command `depart`: what each member's departure costs a surveyed board; printed, and written if asked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ccgsim.cli.options.surveys import Depart
from ccgsim.cli.parts.answers import DONE, opening, paths_of, place_faults, print_json, range_faults
from ccgsim.cli.parts.streams import say
from ccgsim.cli.parts.surveyed import beginning, reading_faults
from ccgsim.cli.parts.typed import typed
from ccgsim.cli.parts.worlds import compile_rules
from ccgsim.foundation.problems import Problem, Problems, gathering
from ccgsim.foundation.work.workers import workers_out_of_range
from ccgsim.lab.depart.departures import RANGES, Plan, faults_together, plan_of
from ccgsim.lab.depart.result import Departures, departures_of
from ccgsim.report import folders
from ccgsim.report.findings import departures as report
from ccgsim.report.words import terminal
from ccgsim.scenario.scenario import load
from ccgsim.world.surveyed import said


@dataclass(frozen=True, slots=True)
class Order:
    """Departures to look at, every option checked."""

    asked: Depart
    plan: Plan
    place: folders.Place | None


def answer(asked: Depart) -> int:
    """Let everybody leave, print the table, write the results; returns the exit code."""
    order = checked(asked)
    say(said(order.plan.scenario), asked.talks)
    compile_rules(asked.talks)
    if order.place is None:
        found, files = carried_out(order), dict[str, Path]()
    else:
        with order.place.taken():
            found = carried_out(order)
            files = report.write_departures(opening("depart"), found, order.place, typed(asked))
    document = opening("depart") | found.document
    if asked.as_json:
        print_json(document | {"files": paths_of(files)})
    else:
        report.print_departures(document)
        if files:
            terminal.print_line(f"Written: {', '.join(str(path) for path in files.values())}")
    return DONE


def checked(asked: Depart) -> Order:
    """The checked order for these options; raises Problems with every fault."""
    found = place_faults(asked.file, "FILE") + place_faults(asked.out) + reading_faults(asked) + _number_faults(asked)
    plan, place = None, None
    with gathering(found):
        scenario = load(asked.scenario)
        if not found:
            scenario = scenario.with_(**beginning(asked, asked.file))
            plan = plan_of(scenario, asked.who or (), asked.month, asked.horizon, asked.draws, asked.seed)
    with gathering(found):
        place = folders.target(asked.out, asked.out, asked.force, folders.DEPARTURES) if asked.out is not None else None
    if found or plan is None:
        raise Problems(found)
    return Order(asked, plan, place)


def _number_faults(asked: Depart) -> list[Problem]:
    found = range_faults(*((f"--{name}", getattr(asked, name), *ends) for name, ends in RANGES.items()))
    found = found or faults_together(asked.month, asked.horizon, asked.draws, asked.seed, "--")
    return found + workers_out_of_range(asked.workers)


def carried_out(order: Order) -> Departures:
    """The departures, with progress shown."""
    with terminal.Meter("worlds", shown=order.asked.talks) as progress:
        return departures_of(order.plan, progress, order.asked.workers)
