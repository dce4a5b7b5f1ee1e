"""The reference workload as idiomatic Mesa: one Agent class, cached neighbours, two-phase months, a DataCollector.

It reads the luck that workload.luck lays out beforehand, and so gives the same numbers as the kernel: it is the
benchmark's oracle. Whoever does not learn this month touches no vector, the ends of ties are kept as rows, and the
collector's reporters work on one matrix, as a Mesa user who cares for speed would write them.
"""

from __future__ import annotations

import mesa
import numpy as np

from benchmarks.workload import STEP, TOPICS, Graph, luck


class Member(mesa.Agent):
    """Someone who knows of several topics and learns from neighbours."""

    def __init__(self, model: Circle, row: int, knowledge: np.ndarray) -> None:
        super().__init__(model)
        self.row = row
        self.knowledge = knowledge
        self.learned: np.ndarray | None = None
        self.neighbours: dict[int, Member] = {}

    def look(self) -> None:
        """Note what this month's neighbour teaches, as everyone stood at its beginning."""
        if self.model.learns[self.row]:
            mine = self.knowledge
            other = self.neighbours[self.model.partner[self.row]]
            self.learned = mine + STEP * (np.maximum(mine, other.knowledge) - mine)

    def move(self) -> None:
        """Take over what was noted."""
        if self.learned is not None:
            self.knowledge = self.learned
            self.learned = None


class Circle(mesa.Model):
    """The members, their ties and the luck of every month."""

    def __init__(self, world: Graph, months: int, seed: int) -> None:
        super().__init__(seed=seed)
        members = [Member(self, row, world.start[row].copy()) for row in range(world.agents)]
        for member in members:
            rows = world.other[world.first[member.row] : world.first[member.row + 1]].tolist()
            member.neighbours = {row: members[row] for row in rows}
        self.ends = world.ends()
        partner, learns = luck(world, months, seed)
        self.partners, self.learners = partner.tolist(), learns.tolist()
        self.month = 0
        self.known = world.start
        self.datacollector = mesa.DataCollector(model_reporters={"knowledge": mean_knowledge, "cosine": mean_cosine})

    def step(self) -> None:
        """One month: all look, then all move, then the collector reads."""
        self.partner, self.learns = self.partners[self.month], self.learners[self.month]
        self.agents.do("look")
        self.agents.do("move")
        self.known = np.array(self.agents.get("knowledge"))
        self.datacollector.collect(self)
        self.month += 1


def mean_knowledge(model: Circle) -> float:
    """Mean knowledge over members and topics."""
    return float(model.known.sum()) / (len(model.known) * TOPICS)


def mean_cosine(model: Circle) -> float:
    """Mean cosine over ties."""
    direction = model.known / np.linalg.norm(model.known, axis=1, keepdims=True)
    one, other = model.ends
    return float(np.einsum("ij,ij->", direction[one], direction[other])) / len(one)


def simulate(model: Circle, months: int) -> tuple[np.ndarray, np.ndarray]:
    """Mean knowledge and mean cosine over ties after each month, two arrays of shape (months,)."""
    for _ in range(months):
        model.step()
    seen = model.datacollector.model_vars
    return np.array(seen["knowledge"]), np.array(seen["cosine"])
