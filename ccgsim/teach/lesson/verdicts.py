"""What a scene says of its run: judged and told from the worlds shown, never known beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ccgsim.run import series_of
from ccgsim.teach.config import Action, scenario_of
from ccgsim.teach.lesson.past import HEARD, SAME, Past, Said, course_of, say
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
    yield say(f"In {past.end} months the time that GPs give {course_of(*given)}.", *given)
    yield say(f"The share of decisions that managers take {course_of(*control)}.", *control)
    fell, rose = given[0].percent - given[1].percent, control[1].percent - control[0].percent
    if fell >= SAME and rose >= SAME:
        yield Said("Discs shrink, squares grow. Nobody planned it. How does it happen?")


def _circle(past: Past) -> Iterator[Said]:
    given = past.ends(0, GIVEN)
    yield say(f"The time that GPs give {course_of(*given)}.", *given)
    names = [str(arrow["to"]) for arrow in loop.ARROWS]
    at_work = [name for name, level in zip(names, past.loops[0][past.end], strict=False) if level > loop.QUIET]
    if len(at_work) == len(names):
        yield Said("All four arrows are at work. Each step is sensible for whoever takes it; together they feed on it.")
    elif at_work:
        yield Said(f"At work in the end: {', '.join(at_work)}. The circle is not closed.")
    else:
        yield Said("No arrow is at work in the end: here the circle did not close.")


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
    yield say(f"In month {past.end} GPs give {{}} of their time in A and {{}} in B.", *ends)
    controls = [past.fact(world, CONTROL, past.end) for world in (0, 1)]
    yield say("Managers take {} of decisions in A and {} in B.", *controls)
    if abs(ends[0].percent - ends[1].percent) >= SAME:
        yield Said("The same people in both. The difference is what they met with.")


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
    yield say("At the start two members of the board hold {} of its ties to the outside in A, and {} in B.", *held)
    yield Said(f"In month {EXIT} the best-connected member of each board leaves.")


def _broker(past: Past) -> Iterator[Said]:
    for world in (0, 1):
        month = [past.fact(world, REACH, at) for at in (EXIT, EXIT + 1, EXIT + 1 + YEAR)]
        yield say(
            f"{'AB'[world]} has {{}} of its first outside advisers before the exit and {{}} after it; "
            f"a year later {{}}.",
            *month,
        )
    yield _saved(past)


def _saved(past: Past) -> Said:
    """What A would have kept with a second broker built up in time: the same world with that alone changed."""
    prepared = past.config.with_action(0, Action(EXIT - PREPARED, "second_broker"))
    other = Past(prepared, (series_of(scenario_of(prepared, 0), past.config.seed, EXIT + 1),))
    before, after = (other.fact(0, REACH, month) for month in (EXIT, EXIT + 1))
    saved = _lost(past, 0) - (before.percent - after.percent)
    words = f"{saved} points less lost" if saved > 0 else "no less lost"
    return say(f"With a second broker from month {EXIT - PREPARED}, A goes from {{}} to {{}}: {words}.", before, after)


# Your words
def ideas(past: Past) -> Iterator[Said]:
    """What an explanation of this run may hold: only what the run shows."""
    given, control, heard = past.ends(0, GIVEN), past.ends(0, CONTROL), past.ends(0, HEARD)
    fell = given[0].percent - given[1].percent >= SAME
    if fell and heard[0].percent - heard[1].percent >= SAME:
        yield say("Of what GPs say, {} was followed at the start and {} in the end.", *heard)
        yield say("The time that they give falls from {} to {}.", *given)
    if control[1].percent - control[0].percent >= SAME:
        yield say("Somebody had to answer for results: managers took {} of decisions, and then {}.", *control)
    if all(level > loop.QUIET for level in past.loops[0][past.end][: len(loop.ARROWS)]):
        yield Said("Each step made the next one more likely: a circle.")
    unclear = past.ends(0, "uncertainty")
    if fell and unclear[1].percent - unclear[0].percent < SAME:
        yield say("Policy settled again ({} unclear at the start, {} in the end), yet GPs did not come back.", *unclear)
    apart = [past.fact(world, GIVEN, past.end) for world in range(len(past.series))]
    if len(apart) == 2 and apart[1].percent - apart[0].percent >= SAME:
        yield say("What was done in B acts on the circle early: GPs give {} in A and {} in B.", *apart)


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
