"""The reference workload in the style of this engine: one fused kernel on a table of records, chance addressed.

One Philox call an agent and month gives both draws. The cosine over ties costs most, so each record carries its
direction (knowledge over its norm), found once an agent and month; the sum of cosines is then, for each agent, her
direction times the sum of her lower neighbours' directions.
"""

from __future__ import annotations

import math

import numpy as np

from benchmarks.workload import CHANCE_TO_LEARN, LUCK, STEP, TOPICS, Graph
from ccgsim.chance import pair
from ccgsim.compiled import njit

ACTOR = np.dtype(
    [
        ("key", np.int64),
        ("first", np.int64),  # place of the first neighbour
        ("degree", np.int64),
        ("lower", np.int64),  # neighbours in lower rows, which come first
        ("knowledge", np.float64, (TOPICS,)),
        ("learned", np.float64, (TOPICS,)),
        ("direction", np.float64, (TOPICS,)),
    ]
)


def table(world: Graph) -> np.recarray:
    """One record an agent at month 0."""
    actors = np.zeros(world.agents, dtype=ACTOR).view(np.recarray)
    actors["key"] = np.arange(world.agents)
    actors["first"] = world.first[:-1]
    actors["degree"] = np.diff(world.first)
    above, _ = world.ends()
    actors["lower"] = np.bincount(above, minlength=world.agents)
    actors["knowledge"] = world.start
    return actors


@njit
def learn(me, other):
    """Move a tenth of the way up to what either knows, into `learned`."""
    for topic in range(TOPICS):
        mine, theirs = me.knowledge[topic], other.knowledge[topic]
        me.learned[topic] = mine + STEP * (theirs - mine) if theirs > mine else mine


@njit
def settle(me):
    """Take over what was learned; sum of knowledge over topics."""
    total, squares = 0.0, 0.0
    for topic in range(TOPICS):
        known = me.learned[topic]
        me.knowledge[topic] = known
        total += known
        squares += known * known
    if squares > 0.0:
        scale = 1.0 / math.sqrt(squares)
        for topic in range(TOPICS):
            me.direction[topic] = me.knowledge[topic] * scale
    return total


@njit
def likeness(me, actors, other, nearby):
    """Sum of cosines of one agent with her neighbours in lower rows."""
    for topic in range(TOPICS):
        nearby[topic] = 0.0
    for place in range(me.first, me.first + me.lower):
        direction = actors[other[place]].direction
        for topic in range(TOPICS):
            nearby[topic] += direction[topic]
    total = 0.0
    for topic in range(TOPICS):
        total += me.direction[topic] * nearby[topic]
    return total


@njit
def simulate(actors, other, months, seed):
    """Mean knowledge and mean cosine over ties after each month, two arrays of shape (months,)."""
    agents, ties = actors.shape[0], max(1, other.shape[0] // 2)
    knowledge, cosine, nearby = np.zeros(months), np.zeros(months), np.zeros(TOPICS)
    for i in range(agents):
        actors[i].learned[:] = actors[i].knowledge
    for month in range(months):
        for i in range(agents):
            me = actors[i]
            which, whether = pair(seed, LUCK, month, me.key, 0)
            if whether < CHANCE_TO_LEARN and me.degree > 0:
                learn(me, actors[other[me.first + int(which * me.degree)]])
        total, alike = 0.0, 0.0
        for i in range(agents):
            total += settle(actors[i])
            alike += likeness(actors[i], actors, other, nearby)
        knowledge[month] = total / (agents * TOPICS)
        cosine[month] = alike / ties
    return knowledge, cosine


def run(world: Graph, months: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Mean knowledge and mean cosine over ties after each month."""
    return simulate(table(world), world.other, months, seed)
