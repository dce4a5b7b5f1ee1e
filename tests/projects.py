"""Worlds made by hand with one project in them."""

from __future__ import annotations

import numpy as np
from worlds import made

from ccgsim.foundation import tables
from ccgsim.foundation import vocabulary as v
from ccgsim.processes.projects.redesign import address

DERMATOLOGY = 0
STUCK = {"advance": 0.0, "fail": 0.0, "override": 0.0, "decay": 0.0, "wear": 0.0, "birth": 0.0}


def with_project(people, network=(), arena=v.LIVE, live=-1, champion=0, locality=0, **sections):
    """A world of these people with one project on dermatology."""
    sections["redesign"] = {**STUCK, **sections.get("redesign", {})}
    course = made(people, network, **sections)
    w = course.world
    w.projects = tables.new(tables.PROJECTS, 1)
    w.projects.champion, w.projects.champion_row = w.actors.key[champion], champion
    w.projects.arena, w.projects.live, w.projects.locality = arena, live, locality
    w.projects.address = address(0, v.FRONTLINE, DERMATOLOGY)
    w.adoption = np.zeros(int(w.ccgs.last_gp[0]), np.int64)
    return course
