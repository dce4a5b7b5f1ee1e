"""The reference workload in the style of this engine: sweeps fused into one kernel on plain arrays, one row an agent.

One addressed Philox call an agent and month gives both draws; drawn in a plain loop they run side by side. The cosine
over ties costs most, and most of it stands from month to month: only who learned turns, so the sum is kept, and each
who learned adds what her turn makes of it, her neighbours' directions summed once (those who learned before her in
this sweep already turned, so a tie between two learners counts once for each turn).
"""

from __future__ import annotations

import math

import numpy as np

from benchmarks.workload import CHANCE_TO_LEARN, LUCK, STEP, TOPICS, Graph
from ccgsim.foundation.chance import pair
from ccgsim.foundation.compiled import inlined, njit

Start = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def start(world: Graph) -> Start:
    """Keys (N,), places of first neighbours (N + 1,), neighbours (2 M,) and knowledge (N, TOPICS) before month 0.

    Rows stand in order of degree, so that the loop over neighbours, the innermost, seldom changes its length; luck
    hangs on keys, not on rows. Narrow integers are half the memory to run through.
    """
    degree = np.diff(world.first)
    key = np.argsort(degree, kind="stable")
    row = np.empty_like(key)
    row[key] = np.arange(world.agents)
    first = np.concatenate([[0], np.cumsum(degree[key])])
    place = np.repeat(world.first[key] - first[:-1], degree[key]) + np.arange(first[-1])
    return key, first.astype(np.int32), row[world.other[place]].astype(np.int32), world.start[key]


@inlined
def dot(one, other):
    """Inner product over the eight topics, as a tree: its parts can run side by side."""
    low = (one[0] * other[0] + one[1] * other[1]) + (one[2] * other[2] + one[3] * other[3])
    return low + ((one[4] * other[4] + one[5] * other[5]) + (one[6] * other[6] + one[7] * other[7]))


@inlined
def add_up(row):
    """Sum over the eight topics, as a tree."""
    return ((row[0] + row[1]) + (row[2] + row[3])) + ((row[4] + row[5]) + (row[6] + row[7]))


@inlined
def surroundings(knowledge, scale, other, begin, end):
    """Sum of the directions (knowledge over its norm) of the neighbours in these places, eight numbers."""
    a = b = c = d = e = f = g = h = 0.0
    for place in range(begin, end):
        near, s = knowledge[other[place]], scale[other[place]]
        a, b, c, d = a + s * near[0], b + s * near[1], c + s * near[2], d + s * near[3]
        e, f, g, h = e + s * near[4], f + s * near[5], g + s * near[6], h + s * near[7]
    return a, b, c, d, e, f, g, h


@inlined
def draw(key, first, learners, which, whether, month, seed):
    """Luck of the month for everybody; rows of those who will learn come first in `learners`, their number back."""
    for i in range(key.shape[0]):
        which[i], whether[i] = pair(seed, LUCK, month, key[i], 0)
    n = 0
    for i in range(key.shape[0]):
        learners[n] = i
        n += int(whether[i] < CHANCE_TO_LEARN) & int(first[i + 1] > first[i])
    return n


@inlined
def exchange(knowledge, first, other, learners, notes, which):
    """The learners note a tenth of the way up to what the neighbours drawn know; nobody changes yet."""
    for k in range(learners.shape[0]):
        i = learners[k]
        j = other[first[i] + int(which[i] * (first[i + 1] - first[i]))]
        for topic in range(TOPICS):
            mine, theirs = knowledge[i, topic], knowledge[j, topic]
            notes[k, topic] = mine + STEP * max(theirs - mine, 0.0)


@inlined
def settle(knowledge, scale, first, other, learners, notes):
    """The learners take over what they noted; by how much the sums of knowledge and of cosines over ties grew."""
    known, alike = 0.0, 0.0
    for k in range(learners.shape[0]):
        i = learners[k]
        me, note = knowledge[i], notes[k]
        around = surroundings(knowledge, scale, other, first[i], first[i + 1])
        turned = 1.0 / math.sqrt(dot(note, note))
        known += add_up(note) - add_up(me)
        alike += turned * dot(note, around) - scale[i] * dot(me, around)
        for topic in range(TOPICS):
            me[topic] = note[topic]
        scale[i] = turned
    return known, alike


@inlined
def observe(knowledge, scale, first, other):
    """Fill the scales (one over the norm) and give the sums of knowledge and of cosines over ties, each tie once."""
    known, alike = 0.0, 0.0
    for i in range(knowledge.shape[0]):
        scale[i] = 1.0 / math.sqrt(dot(knowledge[i], knowledge[i]))
        known += add_up(knowledge[i])
    for i in range(knowledge.shape[0]):
        alike += 0.5 * scale[i] * dot(knowledge[i], surroundings(knowledge, scale, other, first[i], first[i + 1]))
    return known, alike


@njit
def simulate(key, first, other, knowledge, months, seed):
    """Mean knowledge and mean cosine over ties after each month, two arrays of shape (months,)."""
    agents, ties = key.shape[0], max(1, other.shape[0] // 2)
    means, cosines = np.zeros(months), np.zeros(months)
    learners = np.zeros(agents + 1, np.int64)
    which, whether, scale = np.zeros(agents), np.zeros(agents), np.zeros(agents)
    notes = np.zeros((agents, TOPICS))
    known, alike = observe(knowledge, scale, first, other)
    for month in range(months):
        n = draw(key, first, learners, which, whether, month, seed)
        exchange(knowledge, first, other, learners[:n], notes, which)
        more, closer = settle(knowledge, scale, first, other, learners[:n], notes)
        known, alike = known + more, alike + closer
        means[month] = known / (agents * TOPICS)
        cosines[month] = alike / ties
    return means, cosines


def run(world: Graph, months: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Mean knowledge and mean cosine over ties after each month."""
    return simulate(*start(world), months, seed)
