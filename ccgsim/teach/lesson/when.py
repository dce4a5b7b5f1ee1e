"""When would you act? What the GPs of a district give over ten years, by the month in which somebody begins to help.

Counted is all the time given, not what is given at the end: most districts recover when help comes late, but what was
not given meanwhile is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec
import numpy as np

from ccgsim.course import Course
from ccgsim.measures import catalogue
from ccgsim.measures.people import people
from ccgsim.teach import config as configs
from ccgsim.teach.config import Action, Config
from ccgsim.teach.lesson.bands import band_of
from ccgsim.teach.lesson.past import SAME, Fact, Said, percent, say
from ccgsim.teach.lesson.verdicts import GIVEN
from ccgsim.teach.lesson.words import text

EVERY = 12  # months between two months in which help may begin
OFFERED = ("open_dialogue", "motivate")
DISTRICTS = 30
TOLD_EVERY = 2  # districts
# Options of the bet: the last month in which help still saves half of what it can, from below.
WINDOWS = (("no_month", -1), ("by_12", 12), ("by_24", 24), ("later", 10_000))


OVER_ALL = "given_over_all_months"


@dataclass(frozen=True, slots=True)
class Curve:
    """Mean participation over all months: where nobody helps, and by the month in which help begins."""

    end: int
    never: float
    months: tuple[int, ...]
    given: tuple[float, ...]

    @property
    def fact_never(self) -> Fact:
        """What GPs give where nobody helps."""
        return Fact(0, OVER_ALL, self.end, self.never)

    def fact(self, place: int) -> Fact:
        """What GPs give where help begins in the month at that place."""
        return Fact(1, OVER_ALL, self.end, self.given[place])

    @property
    def half(self) -> float:
        """Half of the way from no help to the best there is."""
        return (self.never + max(self.given)) / 2

    @property
    def differs(self) -> bool:
        """Whether help changes anything here: where hardly any time is lost, none can be saved."""
        return percent(max(self.given)) - percent(self.never) >= 2 * SAME

    @property
    def last(self) -> int | None:
        """Place of the last month in which help still saves half of what it can; None where it saves nothing."""
        saving = [n for n, given in enumerate(self.given) if given >= self.half]
        return saving[-1] if self.differs else None

    @property
    def outcome(self) -> str:
        """The option of the bet that came true."""
        month = -1 if self.last is None else self.months[self.last]
        return next(name for name, latest in WINDOWS if month <= latest)


def curve(config: Config, action: str, seed: int) -> Curve:
    """The curve of world A of a configuration on a seed; its own actions are left out."""
    untouched = msgspec.structs.replace(config, worlds=(msgspec.structs.replace(config.worlds[0], actions=()),))
    return _curve(msgspec.json.encode(untouched), action, seed)


@lru_cache(maxsize=4 * DISTRICTS)  # a class asks for the same districts
def _curve(encoded: bytes, action: str, seed: int) -> Curve:
    """The district goes on without help; from each month that is tried, a copy of it goes on with help."""
    config = msgspec.json.decode(encoded, type=Config)
    course, months, given, so_far = (
        Course(configs.scenario_of(config, 0), seed),
        range(0, config.months, EVERY),
        [],
        0.0,
    )
    for month in months:
        so_far += _given_until(course, month)
        helped = _helped(course, config, action, month)
        given.append((so_far + _given_until(helped, config.months)) / config.months)
    never = (so_far + _given_until(course, config.months)) / config.months
    return Curve(config.months, never, tuple(months), tuple(given))


def _helped(course: Course, config: Config, action: str, month: int) -> Course:
    """A copy of a district in which help begins in the month that comes."""
    copy = deepcopy(course)
    helped = configs.scenario_of(config.with_action(0, Action(month, action)), 0)
    copy.events[month] = [event for event in helped.timeline() if event.month == month]
    return copy


def _given_until(course: Course, month: int) -> float:
    """Go on to that month; the sum of participation over the months on the way."""
    total = 0.0
    while course.world.month < month:
        course.step()
        total += _given(course)
    return total


def _given(course: Course) -> float:
    """Participation now, by the rule of the measure."""
    world, w = course.world, course.world.plain
    row = catalogue.rows(1, len(world.ccgs))[0].view(np.ndarray)
    people(w.actors, w.ccgs, w.seats, w.projects, float(w.nation["uncertainty"][0]), world.month, row)
    return float(row[GIVEN][0])


def says(found: Curve) -> Iterator[Said]:
    """What the curve of one district says."""
    ends = found.fact_never, found.fact(int(np.argmax(found.given)))
    last = found.last
    if last is None:
        yield say(text("when.nothing", month=found.end), *ends)
        return
    yield say(text("when.ends", month=found.end), *ends)
    yield say(text("when.half", month=found.months[last]), found.fact(last))
    if last + 1 < len(found.months):
        yield say(text("when.late", month=found.months[last + 1]), found.fact(last + 1))
    else:
        yield Said(text("when.never_late"))


def curves(config: Config, action: str, districts: int = DISTRICTS) -> Iterator[dict[str, Any]]:
    """`when` messages: the run's own district first, then more and more beside it."""
    own = curve(config, action, config.seed)
    found = [own]
    yield _message(own, found, districts)
    for n in range(1, districts):
        found.append(curve(config, action, config.seed + n))
        if (n + 1) % TOLD_EVERY == 0 or n + 1 == districts:
            yield _message(own, found, districts)


def _message(own: Curve, found: list[Curve], of: int) -> dict[str, Any]:
    band = band_of(np.array([each.given for each in found]))
    return {
        "type": "when",
        "month": own.end,
        "never": own.never,
        "months": list(own.months),
        "given": list(own.given),
        "half": own.half if own.differs else None,
        "outcome": own.outcome,
        "says": [said.text for said in says(own)],
        "low": band["low"],
        "middle": band["middle"],
        "high": band["high"],
        "counts": {name: sum(each.outcome == name for each in found) for name, _ in WINDOWS},
        "seeds": len(found),
        "of": of,
        "done": len(found) == of,
        "cancelled": False,
    }
