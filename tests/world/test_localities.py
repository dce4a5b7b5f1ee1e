"""Localities formed anew: in each CCG its own, and projects stay in one of theirs."""

from __future__ import annotations

from englands import little_england

from ccgsim.course import Course
from ccgsim.foundation import tables
from ccgsim.world.localities import form_localities


def test_projects_stay_in_a_locality_of_their_ccg_by_its_number():
    """Of three localities a CCG, rows 0 to 5, projects are in numbers 1 and 2; of two, 1 stays 1 and 2 becomes 0."""
    w = Course(little_england(2, start={"burn_in": 0}), 2).world
    form_localities(w, 3)
    assert w.localities.ccg.tolist() == [0, 0, 0, 1, 1, 1]
    w.projects = tables.new(tables.PROJECTS, 2)
    w.projects.ccg, w.projects.locality = [0, 1], [1, 5]
    form_localities(w, 2)
    assert w.localities.ccg.tolist() == [0, 0, 1, 1]
    assert w.projects.locality.tolist() == [1, 2]
    gps = w.actors.locality >= 0
    assert (w.localities.ccg[w.actors.locality[gps]] == w.actors.ccg[gps]).all()
