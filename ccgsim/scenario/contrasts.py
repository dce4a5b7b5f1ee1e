"""Differences of two scenarios: parameters, dated events, calendar and bases; also used to name what-ifs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ccgsim.foundation.quantity import quantities
from ccgsim.foundation.vocabulary import CATEGORIES
from ccgsim.scenario.events import Event
from ccgsim.scenario.sections import SECTIONS
from ccgsim.scenario.values import Values

# What a site says of its board and of the board's ties: without effect where a survey says it.
SURVEYED = ("board", "ties", "density", *(f"ties_{name}" for name in CATEGORIES if name != "board"))
SURVEYED += ("top_brokerage", "lead_brokerage")
PARAMETER, EVENT, CALENDAR, BASE, NETWORK = "parameter", "event", "calendar", "based_on", "network"


@dataclass(frozen=True, slots=True)
class Contrast:
    """One difference of two scenarios: its kind, its name, and the value in each.

    The value of an event that only one of them has is None in the other.
    """

    kind: str
    name: str
    one: Any
    other: Any


def contrasts(one: Values, other: Values, months: int) -> list[Contrast]:
    """All differences of two scenarios over `months`; bases come first, and only explain the rest."""
    found = [Contrast(BASE, "based_on", one.bases, other.bases)] if one.bases != other.bases else []
    if one.calendar != other.calendar:
        found.append(Contrast(CALENDAR, "calendar", one.calendar, other.calendar))
    if one.network != other.network:
        files = (None if each.network is None else str(each.network.file) for each in (one, other))
        found.append(Contrast(NETWORK, "network", *files))
    return [*found, *parameters(one, other), *_events(one, other, months)]


def set_in_all(worlds: Iterable[Values]) -> dict[str, Any]:
    """The parameters that were changed to the same value in all scenarios since they were loaded."""
    worlds = list(worlds)
    changed = {each.name for world in worlds if world.origin for each in parameters(world.origin, world)}
    values = {name: [_value_of(world, name) for world in worlds] for name in sorted(changed)}
    return {name: found[0] for name, found in values.items() if all(value == found[0] for value in found)}


def _value_of(world: Values, name: str) -> Any:
    section, key = name.split(".")
    return getattr(getattr(world, section), key)


def parameters(one: Values, other: Values) -> Iterator[Contrast]:
    """The parameters that differ and have an effect, by dotted name; None if unset in a scenario."""
    for section, kind in SECTIONS.items():
        here, there = getattr(one, section), getattr(other, section)
        for name, _ in quantities(kind):
            idle = section == "site" and name in SURVEYED and one.network is not None and other.network is not None
            if not idle and getattr(here, name) != getattr(there, name):
                yield Contrast(PARAMETER, f"{section}.{name}", getattr(here, name), getattr(there, name))


def _events(one: Values, other: Values, months: int) -> Iterator[Contrast]:
    """The events before `months` that only one of the two scenarios has."""
    here, there = ([e for e in world.events if e.month < months] for world in (one, other))
    for event in _beyond(here, there):
        yield Contrast(EVENT, f"month {event.month}", event.as_table(), None)
    for event in _beyond(there, here):
        yield Contrast(EVENT, f"month {event.month}", None, event.as_table())


def _beyond(some: list[Event], others: list[Event]) -> Iterator[Event]:
    """The events of `some` that are not in `others`, counting repetitions."""
    left = list(others)
    for event in some:
        if event in left:
            left.remove(event)
        else:
            yield event


def what_if(origin: Values, changed: Values) -> str:
    """The title of a changed scenario: the original title, or the surveyed board in its place, and the changes."""
    said = [f"{each.name} = {value_words(each.other)}" for each in parameters(origin, changed)]
    title, name = origin.title, origin.name
    if changed.network is not None and origin.network != changed.network:
        title = f"The board of {changed.network.file.name}, all else as {name}"
    if origin.calendar != changed.calendar:
        said.append(f"calendar = {changed.dates.name if changed.dates else changed.calendar}")
    words = [f"with {', '.join(said)}"] if said else []
    if origin.events and not changed.events:
        words.append("without its dated events")
    return ", ".join([title or name, *words]) if words else title


def value_words(value: Any) -> str:
    """A parameter's value as in a scenario file, without quotes; 'left open' for None."""
    if value is None:
        return "left open"
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)
