"""How to repeat results: the command, the versions, the seeds, and the checksum of every file."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ccgsim.foundation.problems import Problems
from ccgsim.report.pages.page import Block, Command, Section, Table
from ccgsim.scenario.files import names
from ccgsim.scenario.scenario import load
from ccgsim.scenario.sections import SECTIONS

Facts = Mapping[str, Any]
TOLD = {
    "version": "version of ccgsim",
    "commit": "commit",
    "python": "Python",
    "started": "computed",
    "seeds": "seeds",
    "months": "months",
}


def repeating(facts: Facts, command: Sequence[str] | None, otherwise: str = "") -> Section:
    """The section on repeating: the command, or what to do where no short one gives the same numbers."""
    lines: tuple[Block, ...] = (Command((shlex.join(command),)),) if command else ()
    known = tuple((words, _value(facts[key])) for key, words in TOLD.items() if facts.get(key) is not None)
    libraries = facts.get("libraries") or {}
    known += (
        (("libraries", ", ".join(f"{name} {version}" for name, version in libraries.items())),) if libraries else ()
    )
    files = tuple((name, str(print_)) for name, print_ in (facts.get("files") or {}).items())
    blocks = [
        *lines,
        *((otherwise,) if otherwise else ()),
        Table("Where the numbers come from", ("what", "value"), known),
    ]
    if files:
        blocks.append(Table("Checksums of the files in the folder", ("file", "SHA-256"), files))
    return Section("How to repeat it", tuple(blocks))


def _value(value: Any) -> str:
    if isinstance(value, list):
        return str(value[0]) if len(value) == 1 else f"{value[0]} to {value[-1]} ({len(value):,})"
    return str(value)


def run_command(facts: Facts) -> list[str] | None:
    """The `ccgsim run` that gives these results again; None if the scenario is no shipped one with other values."""
    settings = settings_of(str(facts["name"]), facts["scenario"])
    if settings is None:
        return None
    return ["ccgsim", "run", str(facts["name"]), *_how(facts, 1), *settings]


def compare_command(facts: Facts) -> list[str] | None:
    """The `ccgsim compare` that gives these results again; None if it takes more than names and common settings."""
    found = [settings_of(name, values) for name, values in facts["scenarios"].items()]
    if any(each is None or each != found[0] for each in found):
        return None
    return ["ccgsim", "compare", *facts["scenarios"], *_how(facts, 30), *(found[0] or ())]


def _how(facts: Facts, usual: int) -> Iterator[str]:
    seeds = facts["seeds"]
    yield from ("--seed", str(seeds[0]), "--months", str(facts["months"]))
    if len(seeds) != usual:
        yield from ("--replicates", str(len(seeds)))


def settings_of(name: str, stated: Facts) -> list[str] | None:
    """The --set of each value that differs from the shipped scenario; None if they do not lead to what is stated."""
    if name not in names():
        return None
    try:
        world = load(name)
        found = dict(_differing(world.resolved(), stated))
        again = world.overridden(found).resolved()
    except Problems:
        return None
    numbers = {key: value for key, value in again.items() if key != "title"}
    if numbers != {key: value for key, value in stated.items() if key != "title"}:
        return None
    return [word for key, value in found.items() for word in ("--set", f"{key}={_written(value)}")]


def _differing(shipped: Facts, stated: Facts) -> Iterator[tuple[str, Any]]:
    if stated.get("months") != shipped["months"]:
        yield "months", stated.get("months")
    for section in SECTIONS:
        here, there = stated.get(section, {}), shipped.get(section, {})
        yield from ((f"{section}.{key}", value) for key, value in here.items() if there.get(key) != value)


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
