"""One running world of a lesson: simulated month by month, its past kept as compressed frames."""

from __future__ import annotations

import zlib

import numpy as np
import pandas as pd

from ccgsim.course import Course
from ccgsim.foundation.problems import refuse
from ccgsim.measures import catalogue
from ccgsim.measures.betweenness import board_betweenness
from ccgsim.measures.observer import Observer
from ccgsim.scenario.scenario import Scenario
from ccgsim.teach import limits
from ccgsim.teach.worlds import frames, loop
from ccgsim.teach.worlds.people import Places, names_of
from ccgsim.world.state import World

_EFFORT = 1  # compression level: a frame takes well under a millisecond


class Lane:
    """A world and its frames so far. `number` is 0 for A and 1 for B; `run` identifies the frames of one start."""

    def __init__(self, scenario: Scenario, seed: int, number: int = 0, run: int = 0) -> None:
        self.scenario, self.seed, self.number, self.run = scenario, seed, number, run
        self.course = Course(scenario, seed)
        people = int((self.world.actors.active == 1).sum())
        if people > limits.AGENTS:
            rule = f"makes a world of {people} people; the lesson shows at most {limits.AGENTS}"
            raise refuse("site.practices", scenario.site.practices, rule)
        self.observer = Observer(self.world, scenario.months)
        self.names = names_of(self.world)
        self.loops: list[np.ndarray] = []
        self._places = Places(self.world)
        self._start = loop.start_of(self.world)
        self._packed: list[bytes] = []
        self._ties = np.zeros(0, np.int64)
        self._look()

    @property
    def world(self) -> World:
        """The current tables of the world."""
        return self.course.world

    @property
    def month(self) -> int:
        """Months simulated so far."""
        return self.world.month

    @property
    def over(self) -> bool:
        """Whether the last month has been simulated."""
        return self.month >= self.scenario.months

    @property
    def series(self) -> pd.DataFrame:
        """The measures by month so far."""
        return self.observer.frame()

    @property
    def size(self) -> int:
        """Size of the past in bytes."""
        return sum(len(packed) for packed in self._packed)

    def step(self) -> None:
        """Simulate one month and record it; does nothing after the last."""
        if self.over:
            return
        self.course.step()
        if len(self.world.actors) > len(self.names):
            self.names = names_of(self.world)
        self._look()

    def advance(self, month: int) -> None:
        """Simulate up to that month."""
        while self.month < month and not self.over:
            self.step()

    def amend(self, scenario: Scenario) -> None:
        """Apply the events of this month from a changed scenario, which may differ only in events of this month."""
        self.scenario = scenario
        self.course.events[self.month] = [event for event in scenario.timeline() if event.month == self.month]

    def frame(self, month: int) -> bytes:
        """The frame of a simulated month."""
        return zlib.decompress(self._packed[month])

    def _look(self) -> None:
        """Record this month: measures, arrows of the circle, people, ties."""
        world = self.world
        self.observer.observe(world)
        rows = np.flatnonzero(world.actors.active == 1)
        heard_before = float(self.loops[-1][10]) if self.loops else float("nan")
        self.loops.append(loop.read(world, self._start, heard_before))
        frame = frames.Frame(
            world=self.number,
            run=self.run,
            month=self.month,
            measures=self.observer.values[-1, 0],
            loop=self.loops[-1],
            people=frames.look(world, self._places.now(world, rows), rows, board_betweenness(world)),
            ties=frames.ties_of(world, rows, self._ties),
        )
        self._ties = np.sort(frames.codes(world))
        self._packed.append(zlib.compress(frames.encode(frame), _EFFORT))


MEASURES = [{"name": m.name, "label": m.label, "unit": m.unit, "meaning": m.meaning} for m in catalogue.MEASURES]
