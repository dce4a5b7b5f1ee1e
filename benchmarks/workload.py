"""The reference workload: a random graph, starting knowledge and luck, all addressed by one seed.

N agents of mean degree 8 hold 8 topics. Each month every agent draws one random neighbour and with chance .3 moves a
tenth of the way up to the elementwise maximum of both, everyone reading the state at the month's beginning; the mean
knowledge and the mean cosine over ties are recorded after each of the months.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ccgsim.foundation.chance import BURN_IN_MONTH, pair, stream, uniforms
from ccgsim.foundation.compiled import njit

TOPICS = 8
MEAN_DEGREE = 8
CHANCE_TO_LEARN = 0.3
STEP = 0.1
MONTHS = 200
LUCK = stream("reference")
_START, _ONE_END, _OTHER_END = BURN_IN_MONTH, BURN_IN_MONTH + 1, BURN_IN_MONTH + 2


@dataclass(frozen=True, slots=True)
class Graph:
    """An undirected graph in compressed rows: neighbours of i are other[first[i]:first[i + 1]], in rising order."""

    first: np.ndarray  # (N + 1,) int64
    other: np.ndarray  # (2 M,) int64
    start: np.ndarray  # (N, TOPICS) knowledge in [0, 1)

    @property
    def agents(self) -> int:
        """Number of agents N."""
        return len(self.first) - 1

    @property
    def ties(self) -> int:
        """Number of undirected ties M."""
        return len(self.other) // 2

    def ends(self) -> tuple[np.ndarray, np.ndarray]:
        """Both ends of each tie once, the lower row second."""
        one = np.repeat(np.arange(self.agents), np.diff(self.first))
        once = self.other < one
        return one[once], self.other[once]


def graph(agents: int, seed: int) -> Graph:
    """A random graph of mean degree 8 with starting knowledge; raises ValueError below 20 agents."""
    if agents < 20:
        raise ValueError(f"agents = {agents}: the reference workload needs at least 20")
    wanted = agents * MEAN_DEGREE // 2
    keys = np.arange(3 * wanted)
    one = (uniforms(seed, LUCK, keys, month=_ONE_END) * agents).astype(np.int64)
    two = (uniforms(seed, LUCK, keys, month=_OTHER_END) * agents).astype(np.int64)
    code = (np.minimum(one, two) * agents + np.maximum(one, two))[one != two]
    _, earliest = np.unique(code, return_index=True)
    low, high = np.divmod(code[np.sort(earliest)[:wanted]], agents)
    source, target = np.concatenate([low, high]), np.concatenate([high, low])
    order = np.lexsort((target, source))
    first = np.concatenate([[0], np.cumsum(np.bincount(source, minlength=agents))])
    start = np.stack([uniforms(seed, LUCK, np.arange(agents), topic, _START) for topic in range(TOPICS)], axis=1)
    return Graph(first, target[order], start)


@njit
def _fill(seed, first, other, partner, learns):
    for month in range(partner.shape[0]):
        for i in range(first.shape[0] - 1):
            which, whether = pair(seed, LUCK, month, i, 0)
            degree = first[i + 1] - first[i]
            learns[month, i] = whether < CHANCE_TO_LEARN and degree > 0
            partner[month, i] = other[first[i] + int(which * degree)] if degree > 0 else i


def luck(world: Graph, months: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The same luck as arrays (months, N): row of the neighbour drawn, and whether to learn."""
    partner = np.empty((months, world.agents), np.int64)
    learns = np.empty((months, world.agents), np.bool_)
    _fill(seed, world.first, world.other, partner, learns)
    return partner, learns
