"""What a scene says of its run: judged and told from the worlds shown, never known beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ccgsim.run import series_of
from ccgsim.teach.config import Action, scenario_of
from ccgsim.teach.lesson.past import HEARD, SAME, Past, Said, course_of, say
from ccgsim.teach.lesson.words import text
from ccgsim.teach.worlds import loop

GIVEN, CONTROL, REACH, TOP2 = "participation", "manager_control", "outside_reach", "outside_share_top2"
EXIT = 12  # month in which the brokers of the scene leave
YEAR = 12
PREPARED = 6  # months before the exit in which a second broker would have been built up


@dataclass(frozen=True, slots=True)
class Telling:
    """What a scene says before it is played, after it, and which option of its bet came true."""

    before: Callable[[Past], Iterator[Said]] = lambda _: iter(())
    after: Callable[[Past], Iterator[Said]] = lambda _: iter(())
    outcome: Callable[[Past], str] | None = None
    worlds: int = 1  # that it needs


# Everyone, and the circle
def _everyone(past: Past) -> Iterator[Said]:
    given, control = past.ends(0, GIVEN), past.ends(0, CONTROL)
    yield say(text("everyone.given", month=past.end, course=course_of(*given)), *given)
    yield say(text("everyone.control", course=course_of(*control)), *control)
    fell, rose = given[0].percent - given[1].percent, control[1].percent - control[0].percent
    if fell >= SAME and rose >= SAME:
        yield Said(text("everyone.how"))


def _circle(past: Past) -> Iterator[Said]:
    given = past.ends(0, GIVEN)
    yield say(text("circle.given", course=course_of(*given)), *given)
    names = [str(arrow["to"]) for arrow in loop.ARROWS]
    at_work = [name for name, level in zip(names, past.loops[0][past.end], strict=False) if level > loop.QUIET]
    if len(at_work) == len(names):
        yield Said(text("circle.all"))
    elif at_work:
        yield Said(text("circle.some", names=", ".join(at_work)))
    else:
        yield Said(text("circle.none"))


# Pressure
def pressure_outcome(past: Past) -> str:
    """How much GPs give at the end in B against A, in tenths of what they give in A."""
    calm, pressed = (past.fact(world, GIVEN, past.end).percent for world in (0, 1))
    if 10 * pressed > 11 * calm:
        return "b_higher"
    if 10 * pressed >= 9 * calm:
        return "same"
    return "b_lower" if 2 * pressed >= calm else "b_much_lower"


def _pressure(past: Past) -> Iterator[Said]:
    ends = [past.fact(world, GIVEN, past.end) for world in (0, 1)]
    yield say(text("pressure.given", month=past.end), *ends)
    controls = [past.fact(world, CONTROL, past.end) for world in (0, 1)]
    yield say(text("pressure.control"), *controls)
    if abs(ends[0].percent - ends[1].percent) >= SAME:
        yield Said(text("pressure.people"))


# The broker
def _lost(past: Past, world: int) -> int:
    """Points of outside reach that a board loses in the month of the exit."""
    before, after = (past.fact(world, REACH, month).percent for month in (EXIT, EXIT + 1))
    return before - after


def broker_outcome(past: Past) -> str:
    """Which board loses more outside advisers as its broker leaves."""
    difference = _lost(past, 0) - _lost(past, 1)
    if abs(difference) < SAME:
        return "same"
    return "a_loses_more" if difference > 0 else "b_loses_more"


def _two_hold(past: Past) -> Iterator[Said]:
    held = [past.fact(world, TOP2, 0) for world in (0, 1)]
    yield say(text("broker.hold"), *held)
    yield Said(text("broker.leaves", month=EXIT))


def _broker(past: Past) -> Iterator[Said]:
    for world in (0, 1):
        month = [past.fact(world, REACH, at) for at in (EXIT, EXIT + 1, EXIT + 1 + YEAR)]
        yield say(text("broker.reach", world="AB"[world]), *month)
    yield _saved(past)


def _saved(past: Past) -> Said:
    """What A would have kept with a second broker built up in time: the same world with that alone changed."""
    prepared = past.config.with_action(0, Action(EXIT - PREPARED, "second_broker"))
    other = Past(prepared, (series_of(scenario_of(prepared, 0), past.config.seed, EXIT + 1),))
    before, after = (other.fact(0, REACH, month) for month in (EXIT, EXIT + 1))
    saved = _lost(past, 0) - (before.percent - after.percent)
    words = text("broker.saved" if saved > 0 else "broker.not_saved", month=EXIT - PREPARED, points=saved)
    return say(words, before, after)


# Your words
def ideas(past: Past) -> Iterator[Said]:
    """What an explanation of this run may hold: only what the run shows."""
    given, control, heard = past.ends(0, GIVEN), past.ends(0, CONTROL), past.ends(0, HEARD)
    fell = given[0].percent - given[1].percent >= SAME
    if fell and heard[0].percent - heard[1].percent >= SAME:
        yield say(text("ideas.heard"), *heard)
        yield say(text("ideas.given"), *given)
    if control[1].percent - control[0].percent >= SAME:
        yield say(text("ideas.control"), *control)
    if all(level > loop.QUIET for level in past.loops[0][past.end][: len(loop.ARROWS)]):
        yield Said(text("ideas.circle"))
    unclear = past.ends(0, "uncertainty")
    if fell and unclear[1].percent - unclear[0].percent < SAME:
        yield say(text("ideas.settled"), *unclear)
    apart = [past.fact(world, GIVEN, past.end) for world in range(len(past.series))]
    if len(apart) == 2 and apart[1].percent - apart[0].percent >= SAME:
        yield say(text("ideas.done"), *apart)


TELLINGS: dict[str, Telling] = {
    "network": Telling(after=_everyone),
    "loop": Telling(after=_circle),
    "pressure": Telling(after=_pressure, outcome=pressure_outcome, worlds=2),
    "broker": Telling(before=_two_hold, after=_broker, outcome=broker_outcome, worlds=2),
    "own_words": Telling(after=ideas),
}


def outcomes(scene: str, past: Past) -> str | None:
    """Which option of the scene's bet came true in these worlds; None where the scene has no bet of this kind."""
    telling = TELLINGS.get(scene, Telling())
    if telling.outcome is None or len(past.series) < telling.worlds:
        return None
    return telling.outcome(past)
