"""A configuration: everything that defines a run of the lesson, and the resulting scenarios."""

from __future__ import annotations

import base64
from functools import cache
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from ccgsim.foundation.chance import MAX_SEED
from ccgsim.foundation.problems import Problem, Problems, fault_at, gathering, nearest, shown
from ccgsim.scenario.scenario import Scenario, load, names
from ccgsim.teach import limits
from ccgsim.teach.actions import ACTIONS, event_of
from ccgsim.teach.sliders import SLIDERS, setting_fault

Seed = Annotated[int, Meta(ge=0, le=MAX_SEED)]
Month = Annotated[int, Meta(ge=0, le=limits.MONTHS)]
Word = Annotated[str, Meta(max_length=40)]
Name = Annotated[str, Meta(min_length=1, max_length=40)]
Share = Annotated[float, Meta(ge=0, le=1)]
SEED = 0  # the district where nothing else is said, near the middle of many: tests/teach/lesson/test_contrasts.py


class Action(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An action of the lesson in a world; it acts before the processes of its month."""

    month: Month
    action: Word
    value: float | None = None


class WorldConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """One world: a shipped scenario, values set at the start, and actions during the run."""

    scenario: Word
    settings: Annotated[dict[Word, float], Meta(max_length=40)] = {}
    actions: Annotated[tuple[Action, ...], Meta(max_length=limits.ACTIONS)] = ()


class Config(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A whole run: one or two worlds on one seed."""

    schema: Annotated[int, Meta(ge=1, le=1)] = 1
    scene: Word = "sandbox"
    seed: Seed
    months: Annotated[int, Meta(ge=limits.FEWEST_MONTHS, le=limits.MONTHS)]
    worlds: Annotated[tuple[WorldConfig, ...], Meta(min_length=1, max_length=2)]

    def with_action(self, world: int, action: Action) -> Config:
        """The configuration with one more action in that world."""
        changed = list(self.worlds)
        here = changed[world]
        if len(here.actions) >= limits.ACTIONS:
            raise fault_at("", "actions", str(limits.ACTIONS + 1), f"at most {limits.ACTIONS} a world")
        changed[world] = msgspec.structs.replace(here, actions=(*here.actions, action))
        return msgspec.structs.replace(self, worlds=tuple(changed))


def plain(config: Config) -> dict[str, Any]:
    """The configuration in JSON types."""
    table: dict[str, Any] = msgspec.to_builtins(config)
    return table


def link(config: Config) -> str:
    """The fragment of the page's address that encodes the whole configuration."""
    text = base64.urlsafe_b64encode(msgspec.json.encode(config)).decode("ascii")
    return f"#c={text.rstrip('=')}"


@cache
def lesson_scenarios() -> tuple[str, ...]:
    """Names of the shipped scenarios with a single CCG; scenarios with many do not suit two panels."""
    found = {name: load(name).england for name in names()}
    return tuple(name for name, england in found.items() if england.ccgs == 1 and england.file is None)


def scenario_of(config: Config, world: int) -> Scenario:
    """The scenario of a world of the configuration; raises Problems with every fault."""
    asked, place = config.worlds[world], f"worlds[{world}]"
    known = lesson_scenarios()
    if asked.scenario not in known:
        rule = "the lesson has no scenario of this name"
        raise fault_at("", f"{place}.scenario", shown(asked.scenario), rule, nearest(asked.scenario, known))
    base = load(asked.scenario)
    found = _setting_faults(asked, place) + _action_faults(asked, config.months, place)
    if found:
        raise Problems(found)
    late = [event.as_table() for event in base.events if event.month >= config.months]
    kept = [event.as_table() for event in base.events if event.month < config.months]
    events = [*kept, *(event_of(a.action, a.month, a.value) for a in asked.actions)]
    started = base if not late else base.with_(events=kept)
    return started.with_(months=config.months).overridden(dict(asked.settings)).with_(events=events)


def scenarios_of(config: Config) -> tuple[Scenario, ...]:
    """The scenario of each world; raises Problems with the faults of all."""
    found: list[Problem] = []
    made: list[Scenario] = []
    for world in range(len(config.worlds)):
        with gathering(found):
            made.append(scenario_of(config, world))
    if found:
        raise Problems(found)
    return tuple(made)


def _setting_faults(asked: WorldConfig, place: str) -> list[Problem]:
    found = []
    for name, value in asked.settings.items():
        rule = setting_fault(name, value)
        if rule:
            found.append(Problem("", f"{place}.settings.{name}", shown(value), rule, nearest(name, list(SLIDERS))))
    return found


def _action_faults(asked: WorldConfig, months: int, place: str) -> list[Problem]:
    found = []
    for n, action in enumerate(asked.actions):
        key = f"{place}.actions[{n}]"
        if action.action not in ACTIONS:
            rule, near = f"must be one of {', '.join(ACTIONS)}", nearest(action.action, list(ACTIONS))
            found.append(Problem("", f"{key}.action", shown(action.action), rule, near))
        elif rule := ACTIONS[action.action].fault(action.value):
            found.append(Problem("", f"{key}.value", shown(action.value), rule))
        if action.month >= months:
            found.append(Problem("", f"{key}.month", str(action.month), f"must lie before the end, month {months}"))
    return found
