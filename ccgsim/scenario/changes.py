"""Changed copies of a scenario: values set by the user, and what a change of network size implies."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from ccgsim.foundation.inputs.arguments import as_plain, listed
from ccgsim.foundation.problems import Problem, Problems, gathering, nearest_dotted, refuse, shown
from ccgsim.foundation.quantity import Quantity, quantities
from ccgsim.scenario import checks
from ccgsim.scenario.brought import network as brought
from ccgsim.scenario.brought import own_calendar
from ccgsim.scenario.contrasts import what_if
from ccgsim.scenario.events import Event, read
from ccgsim.scenario.parameters import all_parameters
from ccgsim.scenario.sections import HEADLINES, SECTIONS, Site
from ccgsim.scenario.values import Values
from ccgsim.scenario.wording import word_faults

Changed = TypeVar("Changed", bound=Values)  # a scenario


def section(before: Any, values: Mapping[str, Any]) -> Any:
    """A section with other values, converted to the types that the rules use."""
    declared = dict(quantities(type(before)))
    return dataclasses.replace(before, **{name: declared[name].read(value) for name, value in values.items()})


def changed(
    scenario: Changed, given: Mapping[str, Any], events: Iterable[Event | Mapping[str, Any]] | None = None
) -> tuple[Changed, list[Problem]]:
    """A copy with the valid ones of `months`, `calendar` and sections, merged key by key, and all faults."""
    known = ("months", "calendar", "network", "words", *SECTIONS)
    given, dated = as_plain(given), scenario.events
    found = [checks.unknown_section(k, v) for k, v in given.items() if k not in known]
    found += checks.setting_faults(given, "")
    found += brought.network_faults(given["network"]) if "network" in given else []
    found += word_faults(given["words"]) if "words" in given else []
    found += checks.idle_faults(given, scenario.england.file is not None)
    with gathering(found):
        if events is not None:
            dated, event_faults = read(listed("events", events, "[{'month': 12, 'broker_exit': 1}], or [] for none"))
            found += event_faults
    if own_calendar.is_file(given.get("calendar")):
        found += own_calendar.read(Path(given["calendar"]))[1]
    sound = checks.sound(given, found)
    values = {k: section(getattr(scenario, k), v) for k, v in sound.items() if k in SECTIONS}
    if "practices" in sound.get("site", {}):
        with gathering(found):
            values["site"] = _resized(scenario.site, values["site"], sound["site"])
    values |= {k: int(v) for k, v in sound.items() if k == "months"}
    values |= {k: {**scenario.words, **v} for k, v in sound.items() if k == "words"}
    values |= {k: brought.read(v) for k, v in sound.items() if k == "network"}
    if "calendar" in sound:
        values |= calendar_of(sound["calendar"], [event for event in dated if event.file != str(scenario.dates)])
    return _named(scenario, dataclasses.replace(scenario, **{"events": dated} | values)), found


def calendar_of(given: str, own: Iterable[Event]) -> dict[str, Any]:
    """The fields of a scenario with this calendar and its `own` events, which follow those of a calendar's file."""
    if not own_calendar.is_file(given):
        return {"calendar": given, "dates": None, "begins": None, "events": tuple(own)}
    path = Path(given)
    dates = {"dates": path, "begins": own_calendar.begins(path)}
    return {"calendar": own_calendar.NONE, **dates, "events": (*own_calendar.read(path)[0], *own)}


def _named(before: Values, after: Changed) -> Changed:
    """The scenario with a title that states what was changed since it was loaded."""
    origin = before.origin or before
    other = after.network is not None and after.network != origin.network
    question = f"How does the board of {after.network.file.name} fare?" if other and after.network else after.question
    return dataclasses.replace(after, origin=origin, title=what_if(origin, after), question=question)


def _resized(before: Site, after: Site, given: Mapping[str, Any]) -> Site:
    """The site with another number of practices: list size and practices per locality are kept."""
    growth = after.practices / before.practices
    follows: dict[str, Any] = {}
    if "population" not in given:
        follows["population"] = round(before.population * growth)
    if "localities" not in given and after.hold == "size":
        follows["localities"] = max(1, round(before.localities * growth))
    declared = dict(quantities(Site))
    found = [
        Problem("", "site.practices", shown(after.practices), f"makes site.{name} {value:,}, which {rule}")
        for name, value in follows.items()
        if (rule := declared[name].fault(value))
    ]
    if found:
        raise Problems(found)
    return dataclasses.replace(after, **follows)


def plain_settings(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings in plain Python; raises Problems if they are not a table."""
    if not isinstance(settings, Mapping):
        raise refuse("settings", settings, "must be a table of values by name, such as {'policy.dialogue': 0.8}")
    plain: dict[str, Any] = as_plain(settings)
    return plain


def overridden(scenario: Changed, settings: Mapping[str, Any]) -> tuple[Changed, list[Problem]]:
    """A copy with the valid values by dotted name, headline name or `months`, and all faults."""
    found = setting_faults(settings)
    bad = {problem.key for problem in found}
    given: dict[str, Any] = {}
    for key, value in settings.items():
        name = HEADLINES.get(key, key)
        if key in bad:
            continue
        if name == "months":
            given["months"] = value
        else:
            part, _, parameter = name.partition(".")
            given.setdefault(part, {})[parameter] = value
    made, more = changed(scenario, given)
    return made, [*found, *more]


def setting_faults(settings: Mapping[str, Any]) -> list[Problem]:
    """Faults of values by dotted name, headline name or `months` that do not depend on the scenario."""
    parameters = all_parameters()
    problems = (_setting_fault(key, HEADLINES.get(key, key), value, parameters) for key, value in settings.items())
    return [*_given_twice(settings), *(problem for problem in problems if problem is not None)]


def _given_twice(settings: Mapping[str, Any]) -> Iterator[Problem]:
    """A fault for each parameter with different values under its headline and its dotted name."""
    for short, dotted in HEADLINES.items():
        if short in settings and dotted in settings and settings[short] != settings[dotted]:
            rule = f"is {shown(settings[short])} under its other name {short}: give it one value"
            yield Problem("", dotted, shown(settings[dotted]), rule)


@contextmanager
def as_given(keys: Iterable[str]) -> Iterator[None]:
    """In faults raised by the block, name parameters by the keys that the user wrote."""
    written = {HEADLINES.get(key, key): key for key in keys}
    try:
        yield
    except Problems as refused:
        raise Problems(dataclasses.replace(p, key=written.get(p.key, p.key)) for p in refused.problems) from None


def _setting_fault(key: str, name: str, value: object, parameters: Mapping[str, Quantity]) -> Problem | None:
    if name.partition(".")[0] == "ablation":
        return Problem("", key, shown(value), "ablations are set in a scenario file only, under [ablation]")
    quantity = checks.MONTHS if name == "months" else parameters.get(name)
    if quantity is None:
        allowed = [n for n in parameters if not n.startswith("ablation.")] + [*HEADLINES, "months"]
        rule = "unknown parameter; `ccgsim parameters` lists them"
        return Problem("", key, shown(value), rule, nearest_dotted(key, allowed))
    return next(iter(quantity.problems(value, key)), None)
