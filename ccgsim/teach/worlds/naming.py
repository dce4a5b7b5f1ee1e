"""What a world of the lesson is called: its scenario, and what is set and done in it but not in the other world."""

from __future__ import annotations

from ccgsim.foundation.quantity import plain
from ccgsim.scenario.scenario import load
from ccgsim.teach import actions
from ccgsim.teach.config import Config, WorldConfig
from ccgsim.teach.sliders import SLIDERS, values_of


def name_of(config: Config, world: int) -> str:
    """The title of a world with what is done in it alone: 'The vicious circle, open dialogue (0.8) in month 12'."""
    return ", ".join([set_up(config, world), *_actions(config.worlds[world], _others(config, world))])


def set_up(config: Config, world: int) -> str:
    """The title of a world as it begins: 'The vicious circle, two-way dialogue with policy bodies 0.8'."""
    here = config.worlds[world]
    scenario = load(here.scenario)
    return ", ".join([scenario.title or scenario.name, *_settings(here, _others(config, world))])


def _others(config: Config, world: int) -> list[WorldConfig]:
    return [other for place, other in enumerate(config.worlds) if place != world]


def _settings(here: WorldConfig, others: list[WorldConfig]) -> list[str]:
    """Settings that tell a world from another one of its scenario; beside another scenario, all that are set."""
    mine = _values(here)
    if others and others[0].scenario == here.scenario:
        shown = [name for name in SLIDERS if _values(others[0])[name] != mine[name]]
    else:
        shown = [name for name in SLIDERS if name in here.settings]
    return [f"{_lower(SLIDERS[name].label)} {plain(mine[name] or 0.0)}" for name in shown]


def _values(world: WorldConfig) -> dict[str, float | None]:
    return values_of(load(world.scenario)) | dict(world.settings)


def _actions(here: WorldConfig, others: list[WorldConfig]) -> list[str]:
    """Actions that are not taken in the other world too."""
    return [
        f"{_lower(actions.said(action.action, action.value))} in month {action.month}"
        for action in here.actions
        if not any(action in other.actions for other in others)
    ]


def _lower(words: str) -> str:
    """Words within a sentence; PCT and GP stay capitals."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]
