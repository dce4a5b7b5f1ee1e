"""CommissioningModel: a world as Mesa users expect one, with agents by class, a data collector and batch runs."""

from __future__ import annotations

import copy
import secrets
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import mesa
from mesa.agent import AgentSet

from ccgsim.additions import Measure, measures_read, steps_read
from ccgsim.agents import CLASSES, Actor
from ccgsim.course import Course, Step
from ccgsim.foundation.chance import MAX_SEED
from ccgsim.foundation.inputs.arguments import as_plain, reads, unknown_argument, whole
from ccgsim.foundation.problems import Problem, Problems, gathering, shown
from ccgsim.measures.catalogue import MEASURES
from ccgsim.measures.observer import Observer
from ccgsim.scenario.checks import setting_faults
from ccgsim.scenario.scenario import Scenario, any_scenario
from ccgsim.scenario.sections import HEADLINES, SECTIONS
from ccgsim.world.state import World


class CommissioningModel(mesa.Model):  # type: ignore[misc]
    """One world of a scenario, month by month.

    `world` is a shipped scenario's name, a path or a Scenario. The four headline parameters network_size, density,
    broker_exits and policy_uncertainty override it, and so do `network` (the file of a survey with which the world
    begins) and any section (`policy={"dialogue": 0.2}`). `rng` is the
    seed: an integer from 0 to 2^53 - 1, or None for one from the operating system, kept in `model.seed`. Raises
    Problems with every value that is not allowed. A model can be copied and pickled: both go on to the same numbers.
    `steps` and `measures` are your own, as in `ccgsim.simulate`.
    """

    @reads(steps=steps_read, measures=measures_read)
    def __init__(
        self,
        world: str | Path | Scenario = "site_a",
        *,
        rng: int | None = None,
        steps: Iterable[Step] = (),
        measures: Mapping[str, Measure] = MappingProxyType({}),
        **given: Any,
    ) -> None:
        found: list[Problem] = []
        with gathering(found):
            seed = secrets.randbelow(MAX_SEED + 1) if rng is None else whole(0, MAX_SEED)("rng", rng)
        with gathering(found):
            recipe = scenario_for(world, given)
        if found:
            raise Problems(found)
        super().__init__(rng=seed)
        self.seed, self.recipe = seed, recipe
        self._course = Course(self.recipe, self.seed, tuple(steps))
        self._observer = Observer(self.world, self.recipe.months, measures)
        self._observer.observe(self.world)
        self._handles: dict[int, Actor] = {}
        self._seen: tuple[int, int] | None = None
        self.datacollector = mesa.DataCollector(
            model_reporters=_REPORTERS | {name: partial(_measured, name) for name in measures}
        )
        self.datacollector.collect(self)

    @property
    def world(self) -> World:
        """The tables of the world."""
        return self._course.world

    @property
    def month(self) -> int:
        """Months simulated so far."""
        return self.world.month

    @property
    def measures(self) -> dict[str, float]:
        """Every measure as it stands, NaN where undefined."""
        return self._observer.latest()

    def step(self) -> None:
        """Simulate one month and collect every measure."""
        self._course.step()
        self._observer.observe(self.world)
        self.datacollector.collect(self)

    # Agents are raised when somebody looks, since thousands of objects cost more than a run.
    @property
    def agents(self) -> AgentSet[Actor]:
        """Everyone who takes part in the world now, as an AgentSet."""
        self._raise_handles()
        return super().agents

    @agents.setter
    def agents(self, agents: Any) -> None:
        mesa.Model.agents.fset(self, agents)

    @property
    def agents_by_type(self) -> dict[type[Actor], AgentSet[Actor]]:
        """AgentSets by class: `model.agents_by_type[ccgsim.GP]`."""
        self._raise_handles()
        found: dict[type[Actor], AgentSet[Actor]] = super().agents_by_type
        return found

    @property
    def agent_types(self) -> list[type]:
        """The classes of agents in the world."""
        self._raise_handles()
        return list(super().agent_types)

    def actor(self, key: int) -> Actor:
        """The agent with this key (an integer); KeyError where nobody has it."""
        key = whole(0, 2**62)("key", key)
        self._raise_handles()
        return self._handles[key]

    def __copy__(self) -> CommissioningModel:
        """A model of its own: two that share a world would each move it on."""
        return copy.deepcopy(self)

    def __repr__(self) -> str:
        return f"<CommissioningModel {self.recipe.name}, seed {self.seed}, month {self.month}>"

    def _raise_handles(self) -> None:
        """Raise a handle for everyone who has come, and let go of those who have left."""
        if self._seen == (self.month, len(self.world.actors)):
            return
        self._seen = (self.month, len(self.world.actors))
        for me in self.world.actors:
            key = int(me.key)
            if me.active == 1 and key not in self._handles:
                self._handles[key] = CLASSES[int(me.kind)](self, key)
            elif me.active == 0 and key in self._handles:
                self._handles.pop(key).remove()


def scenario_for(world: str | Path | Scenario, given: Mapping[str, Any]) -> Scenario:
    """The scenario with headline parameters and sections put in place; Problems with every fault."""
    found = [_unknown(name, value) for name, value in given.items() if name not in (*HEADLINES, *SECTIONS, "network")]
    scenario = None
    with gathering(found):
        scenario = any_scenario("world", world)
    changed = _by_section(given, found)
    if given.get("network") is not None:
        changed["network"] = given["network"]
    with gathering(found):
        if scenario is None:
            found += setting_faults(changed, "")
        elif changed:
            scenario = scenario.with_(**changed)
    if found or scenario is None:
        raise Problems(found)
    return scenario


def _by_section(given: Mapping[str, Any], found: list[Problem]) -> dict[str, Any]:
    """Sections with the headline parameters put in; what is given both ways joins the faults found."""
    changed: dict[str, Any] = {}
    with gathering(found):
        changed |= {name: as_plain(value, name) for name, value in given.items() if name in SECTIONS}
    for name in (name for name in HEADLINES if given.get(name) is not None):
        section, key = HEADLINES[name].split(".")
        values = changed.setdefault(section, {})
        if isinstance(values, dict) and key in values:
            found.append(Problem("", name, shown(given[name]), f"is given a second time in {section}"))
        elif isinstance(values, dict):
            values[key] = given[name]
    return changed


def _unknown(name: str, value: object) -> Problem:
    """The fault of an argument that is neither a parameter nor a section."""
    if name in ("months", "calendar", "events"):
        rule = f"belongs to the scenario: world=ccgsim.load(NAME).with_({name}=...)"
        return Problem("", name, shown(value), rule)
    return unknown_argument(name, value, ("world", "rng", "network", *HEADLINES, *SECTIONS))


def _measured(name: str, model: CommissioningModel) -> float:
    return model.measures[name]


# Functions that can be named from outside: a model with lambdas in it could not be pickled.
_REPORTERS: dict[str, Any] = {"month": "month", "seed": "seed"} | {m.name: partial(_measured, m.name) for m in MEASURES}
