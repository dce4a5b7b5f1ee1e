"""A world of the lesson as a scenario file: its differences from the shipped scenario it is based on."""

from __future__ import annotations

from typing import Any

import tomli_w

from ccgsim.scenario.scenario import Scenario, load
from ccgsim.scenario.sections import SECTIONS
from ccgsim.teach import config as configs
from ccgsim.teach.config import Config


def scenario_toml(config: Config, world: int) -> bytes:
    """The scenario file of a world: `ccgsim run FILE --seed SEED` gives the same run to the bit."""
    scenario, shipped = configs.scenario_of(config, world), load(config.worlds[world].scenario)
    # A file can only add events to its base: without some of the base's events it must be self-contained.
    stands_alone = any(event.month >= scenario.months for event in shipped.events)
    base = Scenario(name="") if stands_alone else shipped
    head = {
        "schema": 1,
        "title": f"Lesson: {shipped.title or shipped.name}",
        "question": shipped.question,
        "source": "lesson; what if",
        **({} if stands_alone else {"based_on": shipped.name}),
        "months": scenario.months,
        "calendar": scenario.calendar,
    }
    note = f"# From the lesson of ccgsim: ccgsim run FILE.toml --seed {config.seed}\n"
    return (note + tomli_w.dumps(head | _differences(scenario, base))).encode("utf-8")


def _differences(scenario: Scenario, base: Scenario) -> dict[str, Any]:
    """Sections and events of a scenario that are not in its base."""
    before, after = base.resolved(), scenario.resolved()
    found: dict[str, Any] = {}
    for name in SECTIONS:
        changed = {key: value for key, value in after[name].items() if before[name].get(key) != value}
        if changed:
            found[name] = changed
    events = after["events"][len(before["events"]) :]
    return found | ({"events": events} if events else {})
