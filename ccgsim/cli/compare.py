"""The command `compare`: checks the options, runs each scenario, prints the comparison as text or JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ccgsim.cli.options.worlds import Compare
from ccgsim.cli.parts.answers import DONE, opening, place_faults, print_json
from ccgsim.cli.parts.streams import say
from ccgsim.cli.parts.surveyed import beginning, brought_faults
from ccgsim.cli.parts.worlds import SET, compile_rules, left_out, number_faults, repeated, settings_of, with_settings
from ccgsim.foundation.files.writing import plain
from ccgsim.foundation.inputs.texts import visible
from ccgsim.foundation.problems import Problem, Problems, gathering, naming, shown
from ccgsim.lab.comparison import Comparison, compare
from ccgsim.report import folders
from ccgsim.report.findings import comparing
from ccgsim.report.words import terminal
from ccgsim.report.words.contrast_lines import contrast_rows
from ccgsim.scenario.files import is_path, shipped_folder
from ccgsim.scenario.scenario import Scenario, load


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """A comparison to carry out, every value checked."""

    asked: Compare
    worlds: dict[str, Scenario]
    place: folders.Place | None


@dataclass(frozen=True, slots=True)
class Done:
    """A finished comparison and its files by name."""

    found: Comparison
    files: dict[str, Path] = field(default_factory=dict)


def answer(asked: Compare) -> int:
    """Compare the scenarios, print the differences and write them; returns the exit code."""
    order = checked(asked)
    done = carry_out(order)
    if asked.as_json:
        print_json(opening("compare") | document(done))
    else:
        show(order, done)
    return DONE


def checked(asked: Compare) -> Order:
    """The checked order for these options; raises Problems with every fault."""
    faults = number_faults(asked) + place_faults(asked.out)
    if len(asked.scenarios) < 2:
        faults.append(Problem("", "scenarios", ", ".join(asked.scenarios), "needs at least two scenarios to compare"))
    faults += brought_faults(asked, asked.network)
    given = settings_of(asked, faults)
    worlds, where = _worlds(asked.scenarios, given, faults), None
    with gathering(faults):
        if not faults:
            worlds = {name: world.with_(**beginning(asked, asked.network)) for name, world in worlds.items()}
    with gathering(faults):
        if asked.writes:
            named = given | ({"network": asked.network.stem} if asked.network else {})
            default = folders.default_folder("-".join(["compare", *list(worlds)[:3]]), asked.seed, named)
            where = folders.target(asked.out, default, asked.force, folders.COMPARISON)
    if faults:
        raise Problems(dict.fromkeys(faults))  # several scenarios may refuse the same --set
    return Order(asked=asked, worlds=worlds, place=where)


def _worlds(places: Sequence[str], given: Mapping[str, Any], faults: list[Problem]) -> dict[str, Scenario]:
    """The scenarios by short name, with the values of --set; what is wrong with them joins the faults."""
    worlds: dict[str, Scenario] = {}
    files = [_file_of(place) for place in places]
    for again in (n for n, file in enumerate(files) if file in files[:n]):
        rule = "is named twice; copy the file to compare it with itself"
        faults.append(Problem("", "scenarios", shown(places[again]), rule))
    for name, place in zip(short_names(places), places, strict=True):
        world: Scenario | None = None
        with gathering(faults):
            world = load(place)
        with gathering(faults), naming(SET):
            world = with_settings(world, given)
        if world is not None:
            worlds[name] = world
    return worlds


def _file_of(place: str) -> Path:
    """The resolved path of a scenario file, however it was typed."""
    return (Path(place) if is_path(place) else shipped_folder() / f"{place}.toml").resolve()


def short_names(places: Sequence[str]) -> list[str]:
    """Names of scenarios: a shipped one's own, else the file name with as many folders as make the names differ."""
    files = [Path(place).resolve() if is_path(place) else Path(place) for place in places]
    names = [file.stem if is_path(place) else place for file, place in zip(files, places, strict=True)]
    for depth in range(2, max((len(file.parts) for file in files), default=0) + 1):
        alike = {name for name in names if names.count(name) > 1}
        longer = [Path(*file.parts[-depth:]).with_suffix("").as_posix() for file in files]
        names = [more if name in alike else name for name, more in zip(names, longer, strict=True)]
    alike = {name for name in names if names.count(name) > 1}  # names that differ only in the suffix
    return [visible(file.as_posix() if name in alike else name) for name, file in zip(names, files, strict=True)]


def carry_out(order: Order) -> Done:
    """Run the worlds, and write them if a folder is wanted. If that fails, the folder is removed."""
    asked = order.asked
    late = (f"{name}: {note}" for name, world in order.worlds.items() for note in left_out(world, asked.months))
    say([*repeated(asked), *late], asked.talks)
    if order.place is None:
        return Done(_found(order))
    with order.place.taken():
        found = _found(order)
        with order.place.written() as part:
            files = comparing.write_comparison(found, part)
    return Done(found, {name: order.place.folder / path.relative_to(part) for name, path in files.items()})


def _found(order: Order) -> Comparison:
    asked = order.asked
    compile_rules(asked.talks)
    with terminal.Meter("worlds", shown=asked.talks) as progress:
        return compare(order.worlds, asked.replicates, asked.seed, asked.months, progress)


def document(done: Done) -> dict[str, Any]:
    """The JSON document of a comparison."""
    found = done.found
    rows = [{key: _whole(key, value) for key, value in row.items()} for row in found.table.to_dict("records")]
    return {
        "seeds": list(found.seeds),
        "months": found.months,
        "base": found.base,
        "scenarios": list(found.scenarios),
        "differs": plain(contrast_rows(found.scenarios, found.months)),
        "sentences": comparing.sentences(found),
        "differences": plain(rows),
        "on_the_way": plain(comparing.on_the_way_rows(found)),
        "files": {name: str(path) for name, path in done.files.items()},
    }


def _whole(key: Any, value: Any) -> Any:
    return int(value) if key in ("n", "replicates_needed") and value == value and value is not None else value


def show(order: Order, done: Done) -> None:
    """Print the headline differences and where the results are."""
    comparing.print_comparison(done.found)
    if order.place is not None:
        terminal.print_line(f"Results in {order.place.folder}: table.csv holds the tables above, for every measure.")
        terminal.print_line(
            f"For the people and ties of one world: `ccgsim run SCENARIO --seed {order.asked.seed} --csv`."
        )
