"""The circle read off the people, the reasons of one GP, and what is left of a fall when an arrow is cut."""

from __future__ import annotations

import numpy as np
import pytest

from ccgsim.course import Course
from ccgsim.foundation.vocabulary import GP
from ccgsim.processes.engagement import parts_of_choice
from ccgsim.teach.config import Config, WorldConfig, scenario_of
from ccgsim.teach.lesson import looking, stories
from ccgsim.teach.worlds import frames, loop
from ccgsim.teach.worlds.lane import Lane
from ccgsim.teach.worlds.run import LessonRun

SHOCKED = Config(seed=1, months=48, worlds=(WorldConfig("vicious_circle"),))


@pytest.fixture(scope="module")
def lane():
    made = Lane(scenario_of(SHOCKED, 0), 1)
    made.advance(48)
    return made


def test_levels_are_nothing_at_the_start_and_all_four_are_there_once_the_circle_holds(lane):
    assert np.abs(lane.loops[0][:4]).max() < 1e-12
    assert (lane.loops[36][:4] > 0.05).all()


def test_the_arrows_light_up_after_the_trigger_and_not_before_the_first_announcement(lane):
    lit = [next(month for month, found in enumerate(lane.loops) if found[n] > 0.05) for n in range(4)]
    waiting = next(month for month, found in enumerate(lane.loops) if found[12] > 0.05)
    assert 12 <= waiting <= min(lit)
    assert max(lit) < 36, "a year after the last announcement"


def test_reading_is_the_rules_own_next_month(lane):
    """What the read-out says GPs would give next month is what they give, where nothing else moves control."""
    course = Course(scenario_of(SHOCKED, 0), 1)
    course.step()
    said = loop.next_month(course.world)
    before = course.world.actors.copy()
    course.engagement()
    np.testing.assert_array_equal(said.participation, course.world.actors.participation)
    np.testing.assert_array_equal(said.heard, course.world.actors.heard)
    assert not np.array_equal(before["participation"], course.world.actors["participation"])


def test_reading_changes_nothing():
    course = Course(scenario_of(SHOCKED, 0), 1)
    start, before = loop.start_of(course.world), course.world.actors.tobytes()
    loop.read(course.world, start, 0.5)
    assert course.world.actors.tobytes() == before
    assert course.world.ccgs.tobytes() == Course(scenario_of(SHOCKED, 0), 1).world.ccgs.tobytes()


def test_a_pull_is_positive_while_the_circle_closes(lane):
    closing = np.array([found[4:8] for found in lane.loops[14:24]])
    assert (closing.mean(axis=0) > 0).all()


def test_the_reasons_of_a_gp_are_the_models_own_parts():
    run = LessonRun(SHOCKED)
    for _ in range(30):
        run.step()
    world = run.lanes[0].world
    key = int(world.actors.key[(world.actors.kind == GP) & (world.actors.board == 0)][3])
    told = looking.about(run, 0, key)
    expected = parts_of_choice(world, world.row_of(key))
    assert {name: values[-1] for name, values in told["why"]["parts"].items()} == pytest.approx(expected, abs=1e-5)
    assert told["history"]["participation"][-1] == pytest.approx(
        float(world.actors.participation[world.row_of(key)]), abs=0.5 / frames.SCALE
    )
    assert set(told["why"]["parts"]) == set(looking.PARTS)


def test_who_pulled_back_is_told_which_parts_fell_most_first():
    run = LessonRun(SHOCKED)
    while run.month < 30:
        run.step()
    falls = [looking.about(run, 0, key)["why"]["fell"] for key in range(13, 23)]
    fell = [each for each in falls if each is not None]
    assert len(fell) >= 5
    for each in fell:
        changes = [change for _, change in each["parts"]]
        assert changes == sorted(changes)
        assert changes[0] < 0
        assert each["participation"][0] - each["participation"][1] >= looking.LEAST_FALL


def test_managers_and_others_have_a_history_but_no_reasons():
    run = LessonRun(SHOCKED)
    run.step()
    manager = next(key for key, name in run.lanes[0].names.items() if name.startswith("Manager"))
    assert looking.about(run, 0, manager)["why"] is None


def test_each_arrow_cut_alone_leaves_less_of_the_fall():
    told = stories.cuts(scenario_of(SHOCKED, 0), 1, 0, 1)
    assert told["from"] == 12
    assert told["fall"] > 0.2
    for cut in told["cuts"]:
        assert cut["fall"] < told["fall"], cut
        assert cut["share"] == pytest.approx(1 - cut["fall"] / told["fall"], abs=0.01)


def test_a_small_fall_is_not_taken_apart(monkeypatch):
    calm = scenario_of(Config(seed=1, months=24, worlds=(WorldConfig("vicious_circle_no_shock"),)), 0)
    found = stories.cuts(calm, 1, 0, 1)
    monkeypatch.setattr(stories, "LEAST_FALL", found["fall"] + 0.01)
    assert stories.cuts(calm, 1, 0, 1)["cuts"] == []
