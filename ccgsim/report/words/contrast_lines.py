"""How the scenarios of a comparison differ; printed before the results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ccgsim.report.drawing.marks import begins_of, event_words
from ccgsim.report.drawing.time_axis import moment
from ccgsim.scenario.contrasts import BASE, EVENT, Contrast, contrasts, set_in_all, value_words

if TYPE_CHECKING:
    from ccgsim.scenario.scenario import Scenario

Worlds = Mapping[str, "Scenario"]


def contrast_rows(worlds: Worlds, months: int) -> list[dict[str, Any]]:
    """A row for each difference of a scenario from the first, in JSON types."""
    base, *others = worlds
    return [
        {"scenario": name, "kind": each.kind, "name": each.name, "base": each.one, "value": each.other}
        for name in others
        for each in contrasts(worlds[base], worlds[name], months)
    ]


def contrast_lines(worlds: Worlds, months: int) -> Iterator[str]:
    """A line for each difference of a scenario from the first, with a heading for each scenario."""
    base, *others = worlds
    common = set_in_all(worlds.values())
    if common:
        yield f"In every world: {', '.join(f'{name} = {value_words(value)}' for name, value in common.items())}"
    for name in others:
        yield from _about(base, name, worlds, contrasts(worlds[base], worlds[name], months))


def _about(base: str, name: str, worlds: Worlds, found: list[Contrast]) -> Iterator[str]:
    here, there = worlds[base], worlds[name]
    things = [each for each in found if each.kind != BASE]
    if not things:
        yield f"{_with_bases(name, there)} does not differ from {base}"
        return
    yield f"{_with_bases(name, there)} differs from {_with_bases(base, here)} in:"
    for each in things:
        yield f"  {_line(base, name, each, begins_of(there.resolved()))}"
    if here.root != there.root:
        yield f"They describe different CCGs ({there.root}, {here.root}): a difference may come from anything above."
    elif len(things) > 1:
        yield f"These are {len(things)} things: no difference below can be attributed to one of them alone."


def _with_bases(name: str, world: Scenario) -> str:
    return f"{name} (based on {', '.join(world.bases)})" if world.bases else name


def _line(base: str, name: str, each: Contrast, begins: int | None) -> str:
    if each.kind != EVENT:
        return f"{each.name}: {value_words(each.other)} instead of {value_words(each.one)}"
    event, only = (each.other, name) if each.one is None else (each.one, base)
    return f"{moment(event['month'], begins)}: {event_words(event)}, only in {only}"
