"""The command `run`: checks the options, simulates, prints the result as text or JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ccgsim.cli.options.worlds import Run
from ccgsim.cli.parts.answers import DONE, opening, place_faults, print_json
from ccgsim.cli.parts.streams import say
from ccgsim.cli.parts.surveyed import beginning, brought_faults
from ccgsim.cli.parts.worlds import SET, compile_rules, left_out, number_faults, repeated, settings_of, with_settings
from ccgsim.foundation.problems import Problem, Problems, gathering, naming, shown
from ccgsim.foundation.statistics import edges
from ccgsim.report import folders
from ccgsim.report.words import terminal
from ccgsim.scenario.scenario import Scenario, load
from ccgsim.scenario.wording import Words
from ccgsim.world.surveyed import said

ARROWS = ("flow", "advice")


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """A run to carry out, every value checked."""

    asked: Run
    world: Scenario
    place: folders.Place | None

    @property
    def months(self) -> int:
        """Length of the run."""
        return self.asked.months or self.world.months

    def notes(self) -> list[str]:
        """Notes for the user: which of several values of a key is used, which events a shorter run leaves out, what
        is taken from a surveyed network and what is assumed.
        """
        return [*repeated(self.asked), *left_out(self.world, self.asked.months), *said(self.world)]


def answer(asked: Run) -> int:
    """Simulate, print the headline measures and write the results; returns the exit code."""
    order = checked(asked)
    done = carry_out(order)
    if asked.as_json:
        print_json(opening("run") | document(order, done))
    else:
        show(order, done)
    return DONE


@dataclass(frozen=True, slots=True)
class Done:
    """A finished run and its files by name."""

    result: Any
    files: dict[str, Path] = field(default_factory=dict)


def checked(asked: Run) -> Order:
    """The checked order for these options; raises Problems with every fault."""
    found = _option_faults(asked) + brought_faults(asked, asked.network)
    given = settings_of(asked, found)
    world, place = None, None
    with gathering(found):
        world = load(asked.scenario)
    with gathering(found), naming(SET):
        world = with_settings(world, given)
    with gathering(found):
        if world is not None and asked.network is not None and not found:
            world = world.with_(**beginning(asked, asked.network))
    with gathering(found):
        if asked.writes:
            named = given | ({"network": asked.network.stem} if asked.network else {})
            default = folders.default_folder(world.name if world else "scenario", asked.seed, named)
            place = folders.target(asked.out, default, asked.force, folders.RUN)
    if found or world is None:
        raise Problems(found)
    return Order(asked=asked, world=world, place=place)


def _option_faults(asked: Run) -> list[Problem]:
    found = number_faults(asked) + place_faults(asked.out)
    if asked.arrows not in ARROWS:
        found.append(Problem("", "--arrows", shown(asked.arrows), f"must be one of {', '.join(ARROWS)}"))
    idle = [] if asked.writes else [("--csv", asked.csv, ""), ("--arrows", asked.arrows in ARROWS[1:], asked.arrows)]
    rule = "concerns files, and --json alone writes none: name a folder with --out"
    return found + [Problem("", option, value, rule) for option, given, value in idle if given]


def carry_out(order: Order) -> Done:
    """Simulate, and write the results if a folder is wanted. If that fails, the folder is removed."""
    asked = order.asked
    say(order.notes(), asked.talks)
    if order.place is None:
        return Done(_simulated(order))
    with order.place.taken():
        result = _simulated(order)
        from ccgsim.report.results import write_run

        with order.place.written() as part:
            files = write_run(result, part, figures=not asked.no_figures, arrows=asked.arrows, csv=asked.csv)
    return Done(result, {name: order.place.folder / path.relative_to(part) for name, path in files.items()})


def _simulated(order: Order) -> Any:
    asked, world = order.asked, order.world
    several = asked.replicates > 1
    compile_rules(asked.talks)
    with (
        naming(str(world.file or "")),
        terminal.Meter("worlds" if several else "months", shown=asked.talks) as progress,
    ):
        from ccgsim.run import replicate, simulate

        if several:
            seeds = tuple(range(asked.seed, asked.seed + asked.replicates))
            result: Any = replicate(world, seeds, months=asked.months, progress=progress)
        else:
            result = simulate(world, asked.seed, months=asked.months, progress=progress)
    return result


def document(order: Order, done: Done) -> dict[str, Any]:
    """The JSON document of a run."""
    final, mean = _values(order, done.result)
    return {
        "scenario": order.world.name,
        "title": order.world.title,
        "seed": order.asked.seed,
        "months": order.months,
        "replicates": order.asked.replicates,
        "final": final,
        "mean": mean,
        "files": {name: str(path) for name, path in done.files.items()},
        "notes": order.notes(),
    }


def show(order: Order, done: Done) -> None:
    """Print the headline measures and where the results are."""
    final, mean = _values(order, done.result)
    seed, worlds = order.asked.seed, order.asked.replicates
    columns: dict[str, Mapping[str, Any]] = {f"month {order.months}": final, "mean": mean}
    if worlds > 1:
        what = f"average of {worlds} worlds, seeds {seed} to {seed + worlds - 1} [95% interval of the average]"
        notes = [f"Single worlds: {edges(worlds)}, where a single CCG may lie."]
    else:
        what, notes = f"seed {seed}", []
        first = done.result.series.iloc[0]
        columns = {"month 0": {name: terminal.number(first[name]) for name in first.index}} | columns
    told = Words.of(order.world.resolved())
    title = f"{order.world.title or order.world.name}: {what}"
    terminal.print_measures(columns, told(title), [told(note) for note in notes])
    if order.place is not None:
        terminal.print_line(f"Results in {order.place.folder}")
        if worlds > 1:
            more = "as Parquet and CSV" if order.asked.csv else "as Parquet, with --csv as CSV too"
            terminal.print_line(f"Its people, ties, projects and network are those of seed {seed} alone, {more}.")


def _values(order: Order, result: Any) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The measures of the last month, and their means over the months."""
    if order.asked.replicates > 1:
        return result.summary_final, result.summary_mean
    return result.final, result.mean
