"""The first message to a page: all choices, so that the page itself contains no numbers of the model."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import Any

from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.files.writing import plain
from ccgsim.scenario.scenario import load
from ccgsim.teach import actions, config, limits
from ccgsim.teach.lesson import scenes
from ccgsim.teach.lesson.looking import PARTS
from ccgsim.teach.lesson.play import moves
from ccgsim.teach.sliders import SLIDERS, values_of
from ccgsim.teach.worlds import loop
from ccgsim.teach.worlds.lane import MEASURES


def document(token: str, resumed: bool) -> dict[str, Any]:
    """The whole `welcome` message."""
    return {"type": "welcome", "protocol": limits.PROTOCOL, "token": token, "resumed": resumed, **_offer()}


@cache
def _offer() -> dict[str, Any]:
    """The part that is the same for every page."""
    offer: dict[str, Any] = plain(
        {
            "version": version("ccgsim"),
            "limits": limits.as_table(),
            "seed": config.SEED,
            "kinds": v.KINDS,
            "roles": v.ROLES,
            "measures": MEASURES,
            "parameters": [slider.as_table(name) for name, slider in SLIDERS.items()],
            "scenarios": [_scenario(name) for name in config.lesson_scenarios()],
            "presets": scenes.preset_tables(),
            "actions": actions.as_tables(),
            "scenes": scenes.scene_tables(),
            "loop": loop.ARROWS,
            "parts": [{"name": name, "meaning": meaning} for name, meaning in PARTS.items()],
            "moves": moves.move_tables(),
        }
    )
    return offer


def _scenario(name: str) -> dict[str, Any]:
    found = load(name)
    return {
        "name": name,
        "title": found.title,
        "question": found.question,
        "months": found.months,
        "values": values_of(found),
    }
