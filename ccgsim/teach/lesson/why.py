"""Why two worlds of a run differ: what GPs weigh when they choose how much to give, in B against A."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ccgsim.foundation import vocabulary as v
from ccgsim.processes.engagement import parts_of_choice
from ccgsim.teach.lesson.past import SAME, Past, Said
from ccgsim.teach.lesson.verdicts import GIVEN
from ccgsim.teach.lesson.words import text
from ccgsim.teach.worlds.run import LessonRun
from ccgsim.world.state import World


def weighed(world: World) -> dict[str, float]:
    """The mean over GPs of each part of the worth of taking part [hundredths of utility]."""
    rows = np.flatnonzero((world.actors.kind == v.GP) & (world.actors.active == 1))
    parts = [parts_of_choice(world, int(row)) for row in rows]
    return {name: 100 * float(np.mean([each[name] for each in parts])) for name in parts[0]}


def reasons(run: LessonRun, past: Past) -> Iterator[Said]:
    """What makes GPs give more or less in B than in A at the end; nothing where they give about the same."""
    given = [past.fact(world, GIVEN, past.end).percent for world in range(len(past.series))]
    if len(given) < 2 or abs(given[1] - given[0]) < SAME:
        return
    here, there = (weighed(lane.world) for lane in run.lanes)
    way = 1 if given[1] > given[0] else -1
    name = max(here, key=lambda part: way * (there[part] - here[part]))
    moved = round(there[name]) - round(here[name])
    if way * moved > 0:
        words = "why.for" if way > 0 else "why.against"
        yield Said(text(words, name=name, a=round(here[name]), b=round(there[name])))
