"""The reference workload in the style of this engine: sweeps fused into one kernel on a table of records.

One addressed Philox call an agent and month gives both draws; drawn in a plain loop they run four at a time. The
cosine over ties costs most, so each record carries its direction (knowledge over its norm), found anew only for those
who learned; the sum of cosines is then, for each agent, her direction times the sum of her lower neighbours'.
"""

from __future__ import annotations

import math

import numpy as np

from benchmarks.workload import CHANCE_TO_LEARN, LUCK, STEP, TOPICS, Graph
from ccgsim.chance import pair
from ccgsim.compiled import inlined, njit
from ccgsim.tables import Table, as_table

ACTOR = np.dtype(
    [
        ("key", np.int64),
        ("first", np.int64),  # place of the first neighbour
        ("degree", np.int64),
        ("lower", np.int64),  # neighbours in lower rows, which come first
        ("total", np.float64),  # sum of knowledge over topics
        ("direction", np.float64, (TOPICS,)),
        ("knowledge", np.float64, (TOPICS,)),
    ]
)


def table(world: Graph) -> Table:
    """One record an agent at month 0."""
    actors = as_table(np.zeros(world.agents, dtype=ACTOR))
    above, _ = world.ends()
    actors["key"] = np.arange(world.agents)
    actors["first"] = world.first[:-1]
    actors["degree"] = np.diff(world.first)
    actors["lower"] = np.bincount(above, minlength=world.agents)
    actors["knowledge"] = world.start
    return actors


@inlined
def learn(me, other, note):
    """Note a tenth of the way up to what either knows."""
    for topic in range(TOPICS):
        mine, theirs = me.knowledge[topic], other.knowledge[topic]
        note[topic] = mine + STEP * (theirs - mine) if theirs > mine else mine


@inlined
def settle(me, note):
    """Take over what was noted: knowledge, its sum and its direction."""
    total, squares = 0.0, 0.0
    for topic in range(TOPICS):
        known = note[topic]
        total += known
        squares += known * known
    scale = 1.0 / math.sqrt(squares) if squares > 0.0 else 0.0
    for topic in range(TOPICS):
        me.knowledge[topic] = note[topic]
        me.direction[topic] = note[topic] * scale
    me.total = total


@inlined
def likeness(me, actors, other):
    """Sum of cosines of one agent with her neighbours in lower rows; eight sums apart can run side by side."""
    a = b = c = d = e = f = g = h = 0.0
    for place in range(me.first, me.first + me.lower):
        near = actors[other[place]].direction
        a, b, c, d = a + near[0], b + near[1], c + near[2], d + near[3]
        e, f, g, h = e + near[4], f + near[5], g + near[6], h + near[7]
    mine = me.direction
    left = (mine[0] * a + mine[1] * b) + (mine[2] * c + mine[3] * d)
    return left + ((mine[4] * e + mine[5] * f) + (mine[6] * g + mine[7] * h))


@inlined
def draw(actors, learners, which, whether, month, seed):
    """Luck of the month for everybody; rows of those who will learn come first in `learners`, their number back."""
    for i in range(actors.shape[0]):
        which[i], whether[i] = pair(seed, LUCK, month, actors[i].key, 0)
    n = 0
    for i in range(actors.shape[0]):
        learners[n] = i
        n += int(whether[i] < CHANCE_TO_LEARN) & int(actors[i].degree > 0)
    return n


@inlined
def exchange(actors, other, learners, notes, which):
    """The learners note what the neighbours drawn teach, and only then do all of them take it over."""
    for k in range(learners.shape[0]):
        me = actors[learners[k]]
        learn(me, actors[other[me.first + int(which[learners[k]] * me.degree)]], notes[k])
    for k in range(learners.shape[0]):
        settle(actors[learners[k]], notes[k])


@inlined
def observe(actors, other):
    """Sums of knowledge and of cosines over ties."""
    known, alike = 0.0, 0.0
    for i in range(actors.shape[0]):
        known += actors[i].total
        alike += likeness(actors[i], actors, other)
    return known, alike


@njit
def simulate(actors, other, months, seed):
    """Mean knowledge and mean cosine over ties after each month, two arrays of shape (months,)."""
    agents, ties = actors.shape[0], max(1, other.shape[0] // 2)
    knowledge, cosine = np.zeros(months), np.zeros(months)
    learners = np.zeros(agents + 1, np.int64)
    which, whether = np.zeros(agents), np.zeros(agents)
    notes = np.zeros((agents, TOPICS))
    for i in range(agents):
        settle(actors[i], actors[i].knowledge)
    for month in range(months):
        n = draw(actors, learners, which, whether, month, seed)
        exchange(actors, other, learners[:n], notes, which)
        known, alike = observe(actors, other)
        knowledge[month] = known / (agents * TOPICS)
        cosine[month] = alike / ties
    return knowledge, cosine


def run(world: Graph, months: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Mean knowledge and mean cosine over ties after each month."""
    return simulate(table(world), world.other, months, seed)
