"""Rules of ties, and the rate at which one forms."""

from __future__ import annotations

from hypothesis import strategies as st

from ccgsim.processes.ties import seeking
from ccgsim.processes.ties.meeting import local_reach

share = st.floats(0, 1)


def rate(course, i: int, j: int) -> float:
    """Monthly rate at which row i takes up advice from row j, common contacts and returned ties left out."""
    w = course.world
    seeking.loads_and_activity(w.actors, w.ties, w.contacts.out_first, w.rules[0].ties)
    seeking.boards_search(w.actors, w.ties, w.ccgs, w.rules[0].ties)
    me, other, here = w.actors[i], w.actors[j], w.ccgs[w.actors.ccg[i]]
    reach = local_reach(me, w.localities, w.rules[0].engagement.span)
    return seeking.forming_rate(me, other, seeking.Between(0, 0), here, reach, w.rules[0].ties, w.month)
