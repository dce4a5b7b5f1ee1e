"""Runs wait for dropped connections, but neither for ever nor in any number."""

from __future__ import annotations

from ccgsim.teach import limits
from ccgsim.teach.config import Config, WorldConfig
from ccgsim.teach.server.sessions import Sessions
from ccgsim.teach.worlds.run import LessonRun


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_run_waits_for_some_minutes_and_no_longer():
    clock = Clock()
    sessions = Sessions(clock)
    session, resumed, _ = sessions.take("", 1)
    assert not resumed
    sessions.leave(session, 1)
    clock.now = limits.KEPT_SECONDS - 1
    assert sessions.take(session.token, 2)[0] is session
    sessions.leave(session, 2)
    clock.now += limits.KEPT_SECONDS + 1
    found, resumed, _ = sessions.take(session.token, 3)
    assert found is not session
    assert not resumed


def test_an_open_connection_keeps_its_run_however_long():
    clock = Clock()
    sessions = Sessions(clock)
    session, _, _ = sessions.take("", 1)
    clock.now = 100 * limits.KEPT_SECONDS
    sessions.take("", 2)
    assert sessions.take(session.token, 3)[1:] == (True, 1)


def test_there_are_never_more_runs_than_allowed():
    clock = Clock()
    sessions = Sessions(clock)
    for n in range(3 * limits.RUNS):
        clock.now += 1
        session, _, _ = sessions.take("", n)
        sessions.leave(session, n)
        assert len(sessions.kept) <= limits.RUNS
    assert session.token in sessions.kept


def test_who_left_does_not_set_free_the_run_that_another_has_taken_over():
    sessions = Sessions(Clock())
    session, _, _ = sessions.take("", 1)
    sessions.take(session.token, 2)
    sessions.leave(session, 1)
    assert sessions.kept[session.token].holder == 2


def test_guessed_tokens_give_new_runs():
    sessions = Sessions(Clock())
    sessions.take("", 1)
    for token in ("", "x", "0", "None", "../x"):
        assert not sessions.take(token, 2)[1]


def test_the_past_of_the_longest_and_largest_run_is_bounded():
    world = WorldConfig("vicious_circle", {"site.practices": 100})
    run = LessonRun(Config(seed=1, months=36, worlds=(world,)))
    for _ in range(36):
        run.step()
    a_month = run.size / 37
    people = len(run.lanes[0].names)
    assert a_month * (limits.AGENTS / people) ** 1.5 * limits.MONTHS * 2 < 16e6, (
        "bytes of two worlds of the largest kind"
    )
