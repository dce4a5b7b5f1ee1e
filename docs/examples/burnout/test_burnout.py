"""Burnout: who gives much for months on end may give out (an example: docs/extend.md)."""

from __future__ import annotations

import numpy as np
import pytest
from worlds import made, person

from ccgsim.processes.burnout import busy_after


def participation(course) -> list[float]:
    return course.world.actors.participation.tolist()


def test_months_on_end_are_counted_and_begin_anew():
    assert (busy_after(2, 0.6, 0.5), busy_after(2, 0.5, 0.5)) == (3, 0)


def test_only_who_has_given_much_for_long_burns_out_and_as_often_as_the_rate_says():
    people = [person(participation=0.8)] * 200 + [person(participation=0.4)]
    course = made(people, burnout={"rate": 0.5, "long": 2, "left": 0.25})
    course.burnout()
    assert participation(course) == [0.8] * 200 + [0.4]  # one month is not long
    course.burnout()
    found = np.array(participation(course))
    assert set(found[:200]) == {0.8, 0.2} and found[200] == 0.4
    assert (found[:200] == 0.2).mean() == pytest.approx(1 - np.exp(-0.5), abs=0.1)


def test_at_a_rate_of_0_nobody_burns_out():
    course = made([person(participation=0.9)], burnout={"rate": 0.0, "long": 1})
    course.burnout()
    assert participation(course) == [0.9]
