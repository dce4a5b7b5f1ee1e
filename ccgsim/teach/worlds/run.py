"""One run of the lesson: one or two worlds with the same seed and clock, and actions during the run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ccgsim.foundation.problems import Problem, Problems, refuse
from ccgsim.report.drawing.marks import Mark
from ccgsim.teach import config as configs
from ccgsim.teach.config import Action, Config
from ccgsim.teach.worlds.lane import Lane
from ccgsim.teach.worlds.marks import marks_of, own_marks
from ccgsim.teach.worlds.naming import name_of


class LessonRun:
    """Worlds A and B side by side. `number` grows with each start; raises Problems for a faulty configuration."""

    def __init__(self, config: Config, number: int = 1) -> None:
        self.config, self.number = config, number
        self.lanes = self._lanes(config)

    @property
    def month(self) -> int:
        """The last month simulated."""
        return self.lanes[0].month

    @property
    def size(self) -> int:
        """Size of the past of both worlds in bytes."""
        return sum(lane.size for lane in self.lanes)

    def lane(self, world: int) -> Lane:
        """World A (0) or B (1); raises Problems if there is no B."""
        if world >= len(self.lanes):
            raise refuse("world", world, "this run has one world only")
        return self.lanes[world]

    @property
    def titles(self) -> list[str]:
        """What each world is called, with what differs between the two."""
        return [name_of(self.config, world) for world in range(len(self.lanes))]

    def marks(self, world: int) -> list[Mark]:
        """The dated events of a world, the lesson's actions among them."""
        return marks_of(self.lanes[world], self.config.worlds[world].actions)

    def step(self) -> None:
        """Simulate one month in both worlds."""
        for lane in self.lanes:
            lane.step()

    def frames(self, first: int, last: int) -> Iterator[bytes]:
        """Frames of these months, as far as simulated: A, then B of each month."""
        for month in range(first, min(last, self.month) + 1):
            yield from (lane.frame(month) for lane in self.lanes)

    def act(self, worlds: tuple[int, ...], action: Action) -> None:
        """Apply an action to worlds in this month, or in an earlier month, to which both worlds are then reset."""
        if action.month > self.month:
            raise refuse("month", action.month, f"lies ahead: the run stands at month {self.month}")
        changed = self.config
        for world in sorted(set(worlds)):
            self.lane(world)
            changed = changed.with_action(world, action)
        if action.month < self.month:
            self.lanes = self._lanes(changed)
            for lane in self.lanes:
                lane.advance(action.month)
        else:
            for lane, scenario in zip(self.lanes, configs.scenarios_of(changed), strict=True):
                lane.amend(scenario)
        self.config = changed

    def started(self, notes: tuple[str, ...] = ()) -> dict[str, Any]:
        """The message for a started or resumed run."""
        return {
            "type": "started",
            "run": self.number,
            "month": self.month,
            "config": configs.plain(self.config),
            "notes": list(notes),
            "titles": self.titles,
            "marks": [own_marks(lane, self.config.worlds[world].actions) for world, lane in enumerate(self.lanes)],
        }

    def people(self) -> list[dict[str, Any]]:
        """Everyone's name, one message per world."""
        return [
            {
                "type": "people",
                "run": self.number,
                "world": lane.number,
                "month": lane.month,
                "people": [[key, name] for key, name in lane.names.items()],
            }
            for lane in self.lanes
        ]

    def _lanes(self, config: Config) -> tuple[Lane, ...]:
        scenarios = configs.scenarios_of(config)
        found: list[Problem] = []
        lanes = []
        for number, scenario in enumerate(scenarios):
            try:
                lanes.append(Lane(scenario, config.seed, number, self.number))
            except Problems as refused:
                found.extend(refused.problems)
        if found:
            raise Problems(found)
        return tuple(lanes)
