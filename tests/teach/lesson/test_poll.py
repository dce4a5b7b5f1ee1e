"""Who was right, and why: read from the run that was played, and never against its charts."""

from __future__ import annotations

import re

import numpy as np
import pytest

from ccgsim import Problems
from ccgsim.course import Course
from ccgsim.foundation import vocabulary as v
from ccgsim.processes.engagement import parts_of_choice
from ccgsim.run import under_way
from ccgsim.teach.config import Config, WorldConfig, scenarios_of
from ccgsim.teach.lesson import scenes, why
from ccgsim.teach.lesson.past import SAME, Past, percent
from ccgsim.teach.lesson.play import poll
from ccgsim.teach.lesson.scenes import SCENE
from ccgsim.teach.worlds.run import LessonRun
from teach.lesson.test_telling import MANY, SEARCHED, charted, contradictions, on, played

WHY = re.compile(r"Why: of all that GPs weigh, '(.*)' shifts most (towards|away from) .*: (-?\d+) in A, (-?\d+) in B")


def weighed_anew(name: str, seed: int) -> list[dict[str, float]]:
    """What GPs weigh at the end, from worlds of their own."""
    config, found = on(name, seed), []
    for scenario in scenarios_of(config):
        course = Course(scenario, seed)
        for _ in under_way(course, config.months):
            pass
        people = course.world.actors
        rows = [row for row in range(len(people)) if people.kind[row] == v.GP and people.active[row] == 1]
        parts = [parts_of_choice(course.world, row) for row in rows]
        found.append({part: 100 * float(np.mean([each[part] for each in parts])) for part in parts[0]})
    return found


def check_why(name: str, seed: int) -> None:
    given = [percent(series["participation"].iloc[-1]) for series in charted(name, seed).series]
    said = [sentence.text for sentence in why.reasons(played(name, seed), charted(name, seed))]
    if abs(given[1] - given[0]) < SAME:
        assert said == []
        return
    a, b = weighed_anew(name, seed)
    way = 1 if given[1] > given[0] else -1
    for text in said:
        part, weight, here, there = WHY.search(text).groups()
        assert (int(here), int(there)) == (round(a[part]), round(b[part]))
        assert way * (int(there) - int(here)) > 0
        assert weight == ("towards" if way > 0 else "away from")
        assert way * (b[part] - a[part]) == max(way * (b[each] - a[each]) for each in a)


@pytest.mark.parametrize("seed", MANY)
def test_the_reason_told_is_what_differs_most_in_what_gps_weigh(seed):
    check_why("pressure", seed)


@pytest.mark.parametrize("seed", MANY)
@pytest.mark.parametrize("name", ["pressure", "broker"])
def test_the_outcome_is_the_scenes_own_and_nothing_said_contradicts_it(name, seed):
    outcome, said = poll.judged(played(name, seed))
    assert outcome in SCENE[name].bet
    assert said
    assert [fault for sentence in said for fault in contradictions(sentence)] == []


@pytest.mark.parametrize("seed", SEARCHED)
def test_when_it_is_too_late_is_told_by_the_curve_of_the_help_that_was_shown(seed):
    outcome, said = poll.judged(played("when", seed))
    assert outcome in SCENE["when"].bet
    assert any(str(on("when", seed).months) in sentence.text for sentence in said)
    check_why("when", seed)


def test_worlds_that_give_the_same_have_no_reason():
    calm = WorldConfig(scenes.CALM)
    run = LessonRun(Config(seed=1, months=12, worlds=(calm, calm)))
    for _ in range(12):
        run.step()
    past = Past(run.config, tuple(lane.series for lane in run.lanes))
    assert list(why.reasons(run, past)) == []


def test_bets_close_when_the_run_has_told():
    bets = poll.Poll("pressure")
    bets.bet("anna", "pressure", "same")
    bets.bet("anna", "pressure", "b_lower")
    assert bets.counts["b_lower"] == sum(bets.counts.values()) == 1
    with pytest.raises(Problems, match="must be one of"):
        bets.bet("ben", "pressure", "rain")
    with pytest.raises(Problems, match="play that scene"):
        bets.reveal(played("broker", 1))
    bets.reveal(played("pressure", 1))
    with pytest.raises(Problems, match="are closed"):
        bets.bet("ben", "pressure", "same")
