"""Decisions: the course of a board is set by those who decide, not by the mean of its members (E20, Z13).

Managers decide as far as they are in control. What they leave is the other members', each as far as they take part,
and the frontline's, as far as it is engaged and a dense board carries what it says.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ccgsim.foundation.compiled import njit
from ccgsim.foundation.kinds import manages
from ccgsim.foundation.quantity import share
from ccgsim.foundation.vocabulary import AIMS, GP


@dataclass(frozen=True, kw_only=True, slots=True)
class Decisions:
    """Parameters of decisions: the rating and the measures of alignment read the course."""

    course: float = share(
        1.0, "Part of a board's course that follows who decides; the rest is its members' mean", source="assumed, E20"
    )


REFERENCE_DENSITY = 0.6  # of a board that carries the frontline's voice as loud as the frontline takes part
MANAGERS, OTHERS, FRONTLINE = 0, 1, 2  # those who decide


# Equations
@njit
def frontline_voice(participation, density):
    """Weight of the frontline in what managers do not decide, in [0, 1]: its participation, as the board carries it."""
    return min(1.0, participation * math.sqrt(density / REFERENCE_DENSITY))


@njit
def decided(sums, weights, control, heard, plain, course):
    """What a board decides, from weighted sums over each side: managers by their control, the others, the frontline.

    A side that is absent leaves its part to those present; without any, as with no course, the plain mean stands.
    """
    shares = (control, (1.0 - control) * (1.0 - heard), (1.0 - control) * heard)
    total, present = 0.0, 0.0
    for side in range(3):
        if weights[side] > 0.0:
            total += shares[side] * sums[side] / weights[side]
            present += shares[side]
    return (1.0 - course) * plain + course * (total / present if present > 0.0 else plain)


# Acts
@njit
def side_and_weight(me):
    """Which side a board member or a GP without a seat decides with, and one's weight in it; managers count alike."""
    if me.board == 0:
        return FRONTLINE, 1.0
    return (MANAGERS, 1.0) if manages(me) else (OTHERS, me.participation)


@njit
def course_of(actors, here, course, out):
    """Put the priorities that a board follows into `out` (6,); returns how many members it has."""
    sums, weights, members, engaged = np.zeros((3, AIMS)), np.zeros(3), 0, 0.0
    for c in range(AIMS):
        out[c] = 0.0
    for i in range(here.first, here.last):
        me = actors[i]
        if me.board == 0 and (me.kind != GP or me.active == 0):
            continue
        side, weight = side_and_weight(me)
        members += me.board
        engaged += me.participation if side == FRONTLINE else 0.0
        weights[side] += weight
        for c in range(AIMS):
            sums[side, c] += weight * me.priorities[c]
            out[c] += me.board * me.priorities[c]
    if members == 0:
        return 0
    heard = frontline_voice(engaged / weights[FRONTLINE], here.density) if weights[FRONTLINE] > 0.0 else 0.0
    for c in range(AIMS):
        out[c] = decided(sums[:, c], weights, here.manager_control, heard, out[c] / members, course)
    return members


@njit
def courses(actors, ccgs, rules):
    """The priorities that each board follows, shape (CCGs, 6); 0 without a board."""
    out = np.zeros((ccgs.shape[0], AIMS))
    for g in range(ccgs.shape[0]):
        course_of(actors, ccgs[g], rules[0].decisions.course, out[g])
    return out
