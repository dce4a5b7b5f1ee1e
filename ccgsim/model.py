"""CommissioningModel: a world as Mesa users expect one, with agents by class, a data collector and batch runs."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import mesa
from mesa.agent import AgentSet

from ccgsim.agents import CLASSES, Actor
from ccgsim.chance import MAX_SEED
from ccgsim.course import Course
from ccgsim.measures.catalogue import MEASURES
from ccgsim.measures.observer import Observer
from ccgsim.problems import refuse
from ccgsim.world.scenario import Scenario, load
from ccgsim.world.sections import HEADLINES
from ccgsim.world.state import World


class CommissioningModel(mesa.Model):  # type: ignore[misc]
    """One world of a scenario, month by month.

    `world` is a shipped scenario's name, a path or a Scenario. The four headline parameters override it, and so does
    any section (`policy={"dialogue": 0.2}`). `rng` is the seed: an integer from 0 to 2^53 - 1, or None for one from
    the operating system, kept in `model.seed`. Raises Problems with every value that is not allowed.
    """

    def __init__(
        self,
        world: str | Path | Scenario = "site_a",
        *,
        network_size: int | None = None,
        density: float | None = None,
        broker_exits: int | None = None,
        policy_uncertainty: float | None = None,
        rng: int | None = None,
        **sections: Mapping[str, Any],
    ) -> None:
        self.seed = _seed(rng)
        super().__init__(rng=self.seed)
        headline = dict(
            network_size=network_size, density=density, broker_exits=broker_exits, policy_uncertainty=policy_uncertainty
        )
        self.recipe = scenario_for(world, headline, sections)
        self._course = Course(self.recipe, self.seed)
        self._observer = Observer(self.world, self.recipe.months)
        self._observer.observe(self.world)
        self._handles: dict[int, Actor] = {}
        self._seen: tuple[int, int] | None = None
        self.datacollector = mesa.DataCollector(model_reporters=_REPORTERS)
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
        """The agent with this key; KeyError where nobody has it."""
        self._raise_handles()
        return self._handles[key]

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


def scenario_for(
    world: str | Path | Scenario, headline: Mapping[str, Any], sections: Mapping[str, Mapping[str, Any]]
) -> Scenario:
    """The scenario with headline parameters and sections put in place; Problems with every fault."""
    scenario = world if isinstance(world, Scenario) else load(world)
    changed: dict[str, Any] = {name: dict(values) for name, values in sections.items()}
    for name, value in headline.items():
        if value is not None:
            section, key = HEADLINES[name].split(".")
            changed.setdefault(section, {})[key] = value
    return scenario.with_(**changed) if changed else scenario


def _seed(rng: object) -> int:
    if rng is None:
        return secrets.randbelow(MAX_SEED + 1)
    if isinstance(rng, bool) or not hasattr(rng, "__index__"):
        raise refuse("rng", rng, f"must be None or an integer from 0 to {MAX_SEED}")
    seed = int(rng.__index__())
    if not 0 <= seed <= MAX_SEED:
        raise refuse("rng", rng, f"must be None or an integer from 0 to {MAX_SEED}")
    return seed


def _reporter(name: str) -> Any:
    return lambda model: model.measures[name]


_REPORTERS: dict[str, Any] = {"month": "month", "seed": "seed"} | {m.name: _reporter(m.name) for m in MEASURES}
