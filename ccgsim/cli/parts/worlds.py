"""What commands share that run worlds: numbers and settings, checked and told; rules compiled before they begin."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from ccgsim.cli.options.shared import Worlds
from ccgsim.cli.parts.answers import range_faults
from ccgsim.cli.parts.streams import say
from ccgsim.foundation.chance import MAX_SEED
from ccgsim.foundation.inputs.texts import visible
from ccgsim.foundation.problems import Problem, Problems, shown
from ccgsim.foundation.work.progress import Progress
from ccgsim.report.words import terminal
from ccgsim.scenario.changes import setting_faults
from ccgsim.scenario.events import LAST_MONTH
from ccgsim.scenario.scenario import Scenario

MOST_REPLICATES = 100_000
SET = "--set"


def left_out(world: Scenario, months: int | None) -> list[str]:
    """One line that lists the events later than the last month of the run; no line if there are none."""
    late = world.left_out(months) if months is not None else ()
    what = ", ".join(f"{event.act} at month {event.month}" for event in late)
    return [f"a run of {months} months leaves out {what}"] if late else []


def with_settings(world: Scenario | None, given: Mapping[str, Any]) -> Scenario | None:
    """The world with the values of --set, which are checked even if there is no world. Raises Problems."""
    if world is not None:
        return world.overridden(given)
    if found := setting_faults(given):
        raise Problems(found)
    return None


def last_first_seed(worlds: int, fewest: int, most: int) -> int:
    """The largest seed with which so many worlds may begin; a faulty number counts as the nearest allowed."""
    return MAX_SEED + 1 - min(max(worlds, fewest), most)


def number_faults(asked: Worlds) -> list[Problem]:
    """Faults of --seed, --replicates (the last seed is checked too) and --months."""
    most = min(MOST_REPLICATES, MAX_SEED - asked.seed + 1) if 0 <= asked.seed <= MAX_SEED else MOST_REPLICATES
    return range_faults(
        ("--seed", asked.seed, 0, MAX_SEED),
        ("--replicates", asked.replicates, 1, most),
        ("--months", asked.months, 1, LAST_MONTH),
    )


def settings_of(asked: Worlds, found: list[Problem]) -> dict[str, Any]:
    """The values of `--set KEY=VALUE`, read as TOML, else as text; of a repeated key the last wins.

    A text of another form, or a length that differs from --months, is added to the faults in `found`.
    """
    settings: dict[str, Any] = {}
    for pair in asked.settings or ():
        key, sign, text = pair.partition("=")
        if sign and key.strip():
            settings.pop(key.strip(), None)
            settings[key.strip()] = value_of(text)
        else:
            found.append(Problem("", SET, shown(pair), "must be KEY=VALUE"))
    if asked.months is not None and settings.get("months", asked.months) != asked.months:
        rule = f"must not differ from --months {asked.months}: give one of the two"
        found.append(Problem(SET, "months", shown(settings["months"]), rule))
    return settings


def repeated(asked: Worlds) -> list[str]:
    """A line for each key that --set gives several values: which of them is used."""
    given: dict[str, list[str]] = {}
    for key, _, text in (pair.partition("=") for pair in asked.settings or ()):
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


def compile_rules(talk: bool, report: Progress = lambda done, planned: None) -> None:
    """Compile the rules if necessary, showing progress; `report` is told of it too."""
    from ccgsim.foundation import compiled

    if not compiled.is_compiled():
        from ccgsim.lab import warming

        say(["compiling the rules, once after an installation"], talk)
        with terminal.Meter("rules", shown=talk) as progress:

            def both(done: int, planned: int) -> None:
                progress(done, planned)
                report(done, planned)

            warming.warm(both)
