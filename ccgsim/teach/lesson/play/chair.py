"""You in a GP's chair: the same world, but for what this one GP gives, and what comes of it beside her own choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ccgsim.course import Course, Step
from ccgsim.processes.engagement import peers_of
from ccgsim.run import under_way
from ccgsim.scenario.scenario import Scenario
from ccgsim.world.state import World


@dataclass(slots=True)
class Sums:
    """What a GP gave and got so far: hours given, hours for what was followed; how she is heard and her peers give."""

    given: float = 0.0
    followed: float = 0.0
    heard: float = 0.0
    peers: float = 0.0

    def as_table(self) -> dict[str, float]:
        """For the page."""
        return {
            "hours": round(self.given, 1),
            "followed": round(self.followed, 1),
            "heard": round(self.heard, 4),
            "peers": round(self.peers, 4),
        }


def compared(scenario: Scenario, seed: int, key: int, given: Sequence[float]) -> dict[str, Any]:
    """The `chosen` message: what came of your choices (`given` by month, from month 0), and of hers."""
    months = len(given) - 1

    def by_month(month: int) -> dict[int, float]:
        return {key: given[min(month, months)]}

    return {
        "type": "chosen",
        "month": months,
        "you": lived(Course(scenario, seed, (sits(by_month),)), months, key).as_table(),
        "she": lived(Course(scenario, seed), months, key).as_table(),
    }


def sits(choices: Callable[[int], Mapping[int, float]]) -> Step:
    """A step of the month after which some GPs give what was chosen for it (by key): everyone else meets them so."""

    def act(world: World) -> None:
        for key, given in choices(world.month + 1).items():
            world.actors.participation[world.row_of(key)] = given

    return Step("you_choose", act, after="engagement")


def lived(course: Course, months: int, key: int) -> Sums:
    """What a GP gave and got in these months."""
    sums = Sums()
    for month in under_way(course, months):
        world, row = course.world, course.world.row_of(key)
        me, hours = world.actors[row], float(world.rules[0].engagement.hours)
        if month > 0:
            sums.given += hours * float(me.participation)
            sums.followed += hours * float(me.participation) * float(me.heard)
        sums.heard = float(me.heard)
        sums.peers = float(peers_of(row, world.actors, world.contacts, world.localities))
    return sums
