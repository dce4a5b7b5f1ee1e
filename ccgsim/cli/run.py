"""The command `run`: checks the options, simulates, prints the result as text or JSON."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ccgsim.cli.answers import place_faults
from ccgsim.foundation.problems import Problem, Problems, gathering, naming, shown
from ccgsim.foundation.statistics import edges
from ccgsim.foundation.texts import visible
from ccgsim.report import folders, terminal
from ccgsim.scenario.changes import setting_faults
from ccgsim.scenario.checks import MONTHS
from ccgsim.scenario.scenario import Scenario, load

LAST_SEED = 2**53 - 1
MOST_REPLICATES = 100_000
ARROWS = ("flow", "advice")
SET = "--set"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """The options of the command line, not yet checked; `writes`: whether a folder is to be written."""

    scenario: str
    seed: int
    months: int | None
    replicates: int
    settings: tuple[str, ...]
    out: Path | None
    force: bool
    figures: bool
    arrows: str
    csv: bool
    writes: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """A run to carry out, every value checked."""

    world: Scenario
    seed: int
    months: int | None
    replicates: int
    place: folders.Place | None
    figures: bool
    arrows: str
    csv: bool
    repeated: tuple[str, ...] = ()

    def notes(self) -> list[str]:
        """Notes for the user: which of several values of a key is used, and which events a shorter run leaves out."""
        return [*self.repeated, *left_out(self.world, self.months)]


def left_out(world: Scenario, months: int | None) -> list[str]:
    """One line that lists the events later than the last month of the run; no line if there are none."""
    late = world.left_out(months) if months is not None else ()
    what = ", ".join(f"{event.act} at month {event.month}" for event in late)
    return [f"a run of {months} months leaves out {what}"] if late else []


@dataclass(frozen=True, slots=True)
class Done:
    """A finished run and its files by name."""

    result: Any
    files: dict[str, Path] = field(default_factory=dict)


def checked(asked: Asked) -> Order:
    """The checked order for these options; raises Problems with every fault."""
    found = _option_faults(asked)
    given = settings_of(asked.settings, asked.months, found)
    world, place = None, None
    with gathering(found):
        world = load(asked.scenario)
    with gathering(found), naming(SET):
        world = with_settings(world, given)
    with gathering(found):
        if asked.writes:
            default = folders.default_folder(world.name if world else "scenario", asked.seed, given)
            place = folders.target(asked.out, default, asked.force, folders.RUN)
    if found or world is None:
        raise Problems(found)
    return Order(
        world=world,
        seed=asked.seed,
        months=asked.months,
        replicates=asked.replicates,
        place=place,
        figures=asked.figures,
        arrows=asked.arrows,
        csv=asked.csv,
        repeated=tuple(repeated(asked.settings)),
    )


def with_settings(world: Scenario | None, given: Mapping[str, Any]) -> Scenario | None:
    """The world with the values of --set, which are checked even if there is no world. Raises Problems."""
    if world is not None:
        return world.overridden(given)
    if found := setting_faults(given):
        raise Problems(found)
    return None


def number_faults(seed: int, replicates: int, months: int | None) -> list[Problem]:
    """Faults of --seed, --replicates (the last seed is checked too) and --months."""
    most = min(MOST_REPLICATES, LAST_SEED - seed + 1) if 0 <= seed <= LAST_SEED else MOST_REPLICATES
    rows = (
        ("--seed", seed, 0, LAST_SEED),
        ("--replicates", replicates, 1, most),
        ("--months", months, MONTHS.low, MONTHS.high),
    )
    return [
        Problem("", key, shown(value), f"lies outside {low} to {high}")
        for key, value, low, high in rows
        if value is not None and not low <= value <= high  # type: ignore[operator]
    ]


def _option_faults(asked: Asked) -> list[Problem]:
    found = number_faults(asked.seed, asked.replicates, asked.months) + place_faults(asked.out)
    if asked.arrows not in ARROWS:
        found.append(Problem("", "--arrows", shown(asked.arrows), f"must be one of {', '.join(ARROWS)}"))
    idle = [] if asked.writes else [("--csv", asked.csv, ""), ("--arrows", asked.arrows in ARROWS[1:], asked.arrows)]
    rule = "concerns files, and --json alone writes none: name a folder with --out"
    return found + [Problem("", option, value, rule) for option, given, value in idle if given]


def settings_of(pairs: tuple[str, ...], months: int | None, found: list[Problem]) -> dict[str, Any]:
    """The values of `--set KEY=VALUE`, read as TOML, else as text; of a repeated key the last wins.

    A text of another form, or a length that differs from --months, is added to the faults in `found`.
    """
    settings: dict[str, Any] = {}
    for pair in pairs:
        key, sign, text = pair.partition("=")
        if sign and key.strip():
            settings.pop(key.strip(), None)
            settings[key.strip()] = value_of(text)
        else:
            found.append(Problem("", SET, shown(pair), "must be KEY=VALUE"))
    if months is not None and settings.get("months", months) != months:
        rule = f"must not differ from --months {months}: give one of the two"
        found.append(Problem(SET, "months", shown(settings["months"]), rule))
    return settings


def repeated(pairs: tuple[str, ...]) -> list[str]:
    """A line for each key that --set gives several values: which of them is used."""
    given: dict[str, list[str]] = {}
    for key, _, text in (pair.partition("=") for pair in pairs):
        given.setdefault(key.strip(), []).append(text)
    return [
        visible(f"{SET} {key} is given {len(texts)} times: the last, {texts[-1]}, is used")
        for key, texts in given.items()
        if len(set(texts)) > 1
    ]


def value_of(text: str) -> Any:
    """The text read as a TOML value, or the text itself if it is none."""
    try:
        document = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        return text
    return document["value"] if list(document) == ["value"] else text


def carry_out(order: Order, *, talk: bool) -> Done:
    """Simulate, and write the results if a folder is wanted. If that fails, the folder is removed."""
    say(order.notes(), talk)
    if order.place is None:
        return Done(_simulated(order, talk))
    with order.place.taken():
        result = _simulated(order, talk)
        from ccgsim.report.results import write_run

        with order.place.written() as part:
            files = write_run(result, part, figures=order.figures, arrows=order.arrows, csv=order.csv)
    return Done(result, {name: order.place.folder / path.relative_to(part) for name, path in files.items()})


def say(messages: list[str], talk: bool) -> None:
    """Print messages on standard error if `talk`."""
    if talk:
        sys.stderr.writelines(f"{message}\n" for message in messages)


def compile_rules(talk: bool) -> None:
    """Compile the rules if necessary, showing progress."""
    from ccgsim.foundation import compiled

    if not compiled.is_compiled():
        from ccgsim.lab import warming

        say(["compiling the rules, once after an installation"], talk)
        with terminal.Meter("rules", shown=talk) as progress:
            warming.warm(progress)


def _simulated(order: Order, talk: bool) -> Any:
    several = order.replicates > 1
    file = str(order.world.file or "")
    compile_rules(talk)
    with naming(file), terminal.Meter("worlds" if several else "months", shown=talk) as progress:
        from ccgsim.run import replicate, simulate

        if several:
            seeds = tuple(range(order.seed, order.seed + order.replicates))
            result: Any = replicate(order.world, seeds, months=order.months, progress=progress)
        else:
            result = simulate(order.world, order.seed, months=order.months, progress=progress)
    return result


def document(order: Order, done: Done) -> dict[str, Any]:
    """The JSON document of a run."""
    final, mean = _values(order, done.result)
    return {
        "scenario": order.world.name,
        "title": order.world.title,
        "seed": order.seed,
        "months": order.months or order.world.months,
        "replicates": order.replicates,
        "final": final,
        "mean": mean,
        "files": {name: str(path) for name, path in done.files.items()},
        "notes": order.notes(),
    }


def show(order: Order, done: Done) -> None:
    """Print the headline measures and where the results are."""
    final, mean = _values(order, done.result)
    months = order.months or order.world.months
    columns: dict[str, Mapping[str, Any]] = {f"month {months}": final, "mean": mean}
    if order.replicates > 1:
        last = order.seed + order.replicates - 1
        what = f"average of {order.replicates} worlds, seeds {order.seed} to {last} [95% interval of the average]"
        notes = [f"Single worlds: {edges(order.replicates)}, where a single CCG may lie."]
    else:
        what, notes = f"seed {order.seed}", []
        first = done.result.series.iloc[0]
        columns = {"month 0": {name: terminal.number(first[name]) for name in first.index}} | columns
    terminal.print_measures(columns, f"{order.world.title or order.world.name}: {what}", notes)
    if order.place is not None:
        terminal.print_line(f"Results in {order.place.folder}")
        if order.replicates > 1:
            more = "as Parquet and CSV" if order.csv else "as Parquet, with --csv as CSV too"
            terminal.print_line(f"Its people, ties, projects and network are those of seed {order.seed} alone, {more}.")


def _values(order: Order, result: Any) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The measures of the last month, and their means over the months."""
    if order.replicates > 1:
        return result.summary_final, result.summary_mean
    return result.final, result.mean
