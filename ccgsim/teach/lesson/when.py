"""When would you act? What a district gives after ten years, by the month in which somebody begins to help."""

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

EVERY = 12  # months between two months in which help may begin
OFFERED = ("open_dialogue", "motivate")
DISTRICTS = 30
TOLD_EVERY = 2  # districts
# Options of the bet: the last month in which it is not too late, from below.
WINDOWS = (("no_month", -1), ("by_24", 24), ("by_60", 60), ("later", 10_000))


@dataclass(frozen=True, slots=True)
class Curve:
    """Participation at the end of one district: where nobody helps, and by the month in which help begins."""

    end: int
    never: float
    months: tuple[int, ...]
    given: tuple[float, ...]

    @property
    def fact_never(self) -> Fact:
        """What GPs give at the end where nobody helps."""
        return Fact(0, GIVEN, self.end, self.never)

    def fact(self, place: int) -> Fact:
        """What GPs give at the end where help begins in the month at that place."""
        return Fact(1, GIVEN, self.end, self.given[place])

    @property
    def half(self) -> float:
        """The line above which a district has come back: half of the way from no help to the best there is."""
        return (self.never + max(self.given)) / 2

    @property
    def differs(self) -> bool:
        """Whether help changes anything here: a district that never fell cannot come back."""
        return percent(max(self.given)) - percent(self.never) >= 2 * SAME

    @property
    def brought_back(self) -> tuple[bool, ...]:
        """Whether the district comes back, by the month in which help begins."""
        return tuple(self.differs and given >= self.half for given in self.given)

    @property
    def last(self) -> int | None:
        """Place of the last month in which help still brings the district back."""
        return max((n for n, back in enumerate(self.brought_back) if back), default=None)

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
    course, months, given = Course(configs.scenario_of(config, 0), seed), range(0, config.months, EVERY), []
    for month in months:
        _go_on(course, month)
        given.append(_end(_helped(course, config, action, month), config.months))
    return Curve(config.months, _end(course, config.months), tuple(months), tuple(given))


def _helped(course: Course, config: Config, action: str, month: int) -> Course:
    """A copy of a district in which help begins in the month that comes."""
    copy = deepcopy(course)
    helped = configs.scenario_of(config.with_action(0, Action(month, action)), 0)
    copy.events[month] = [event for event in helped.timeline() if event.month == month]
    return copy


def _go_on(course: Course, month: int) -> None:
    while course.world.month < month:
        course.step()


def _end(course: Course, month: int) -> float:
    """Participation in that month, by the rule of the measure."""
    _go_on(course, month)
    world, w = course.world, course.world.plain
    row = catalogue.rows(1, len(world.ccgs))[0].view(np.ndarray)
    people(w.actors, w.ccgs, w.seats, w.projects, float(w.nation["uncertainty"][0]), month, row)
    return float(row[GIVEN][0])


def says(found: Curve) -> Iterator[Said]:
    """What the curve of one district says."""
    ends = found.fact_never, found.fact(int(np.argmax(found.given)))
    if not found.differs:
        yield say(f"Here help hardly matters: {{}} in month {found.end} without it, at best {{}}.", *ends)
        return
    yield say(f"Without help GPs give {{}} in month {found.end}; with help in time up to {{}}.", *ends)
    last = found.last
    assert last is not None  # the best month brings the district back
    yield say(f"Begun in month {found.months[last]} it still brings them to {{}}.", found.fact(last))
    if last + 1 < len(found.months):
        yield say(f"Begun in month {found.months[last + 1]}, to {{}}: less than half of the way.", found.fact(last + 1))
    else:
        yield Said("No month that was tried is too late.")


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
    fell = [each for each in found if each.differs]
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
        "back": [sum(each.brought_back[n] for each in fell) for n in range(len(own.months))],
        "fell": len(fell),
        "counts": {name: sum(each.outcome == name for each in found) for name, _ in WINDOWS},
        "seeds": len(found),
        "of": of,
        "done": len(found) == of,
        "cancelled": False,
    }
