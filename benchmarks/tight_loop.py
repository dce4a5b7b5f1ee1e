"""The reference workload as one tight Numba loop on plain arrays: as fast as plain Numba gets.

It gives up what the engine keeps: fastmath reorders sums, and a sequential generator (SplitMix64 of Steele, Lea and
Flood 2014, doi:10.1145/2660193.2660195, one word an agent and month) hangs all luck on the order of the agents. So
its numbers agree with the kernel's in distribution only. It shares the kernel's savings: norms once an agent and
month, and only for those who learned.
"""

from __future__ import annotations

import math

import numba
import numpy as np

from benchmarks.workload import CHANCE_TO_LEARN, STEP, TOPICS, Graph

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_SHIFT_30, _SHIFT_27, _SHIFT_31, _SHIFT_32 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_TO_LEARN = np.uint64(CHANCE_TO_LEARN * 2**32)

tight = numba.njit(nogil=True, error_model="numpy", fastmath=True, cache=False)


@tight
def mixed(state):
    """The word that SplitMix64 gives for this state."""
    word = (state ^ (state >> _SHIFT_30)) * _MIX_1
    word = (word ^ (word >> _SHIFT_27)) * _MIX_2
    return word ^ (word >> _SHIFT_31)


@tight
def directed(knowledge, direction, i):
    """Write the direction of row i and give the sum of its knowledge."""
    total, squares = 0.0, 0.0
    for topic in range(TOPICS):
        total += knowledge[i, topic]
        squares += knowledge[i, topic] * knowledge[i, topic]
    scale = 1.0 / math.sqrt(squares)
    for topic in range(TOPICS):
        direction[i, topic] = knowledge[i, topic] * scale
    return total


@tight
def alike(direction, one, two):
    """Sum of cosines over ties."""
    total = 0.0
    for tie in range(one.shape[0]):
        i, j = one[tie], two[tie]
        for topic in range(TOPICS):
            total += direction[i, topic] * direction[j, topic]
    return total


@tight
def simulate(first, other, one, two, knowledge, months, seed):
    """Mean knowledge and mean cosine over ties after each month, two arrays of shape (months,)."""
    agents, ties, state = knowledge.shape[0], one.shape[0], np.uint64(seed)
    learned, direction = knowledge.copy(), np.empty_like(knowledge)
    totals, partner, learners = np.empty(agents), np.empty(agents, np.int64), np.empty(agents + 1, np.int64)
    means, cosines = np.empty(months), np.empty(months)
    for i in range(agents):
        totals[i] = directed(knowledge, direction, i)
    for month in range(months):
        n = 0
        for i in range(agents):
            state += _GOLDEN
            word = mixed(state)
            degree = first[i + 1] - first[i]
            learners[n] = i
            partner[i] = first[i] + np.int64(((word >> _SHIFT_32) * np.uint64(degree)) >> _SHIFT_32)
            n += np.int64((word & _LOW) < _TO_LEARN) & np.int64(degree > 0)
        for i in learners[:n]:
            j = other[partner[i]]
            for topic in range(TOPICS):
                mine = knowledge[i, topic]
                learned[i, topic] = mine + STEP * max(0.0, knowledge[j, topic] - mine)
        for i in learners[:n]:
            knowledge[i] = learned[i]
            totals[i] = directed(knowledge, direction, i)
        means[month], cosines[month] = totals.sum() / (agents * TOPICS), alike(direction, one, two) / ties
    return means, cosines


def run(world: Graph, months: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Mean knowledge and mean cosine over ties after each month."""
    one, two = world.ends()
    return simulate(world.first, world.other, one, two, world.start.copy(), months, seed)
