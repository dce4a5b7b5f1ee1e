"""Actor: what every kind of person or body has in common. A handle keeps a key and reads its row; it holds no state."""

from __future__ import annotations

import itertools
import weakref
from typing import TYPE_CHECKING, Any, Protocol, overload

import mesa
import numpy as np

from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.inputs.arguments import as_plain
from ccgsim.foundation.problems import refuse
from ccgsim.foundation.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccgsim.world.state import World


class Inhabited(Protocol):
    """A Mesa model with a world in it."""

    world: World

    def actor(self, key: int) -> Actor:
        """The handle of the actor with this key."""
        ...


class State:
    """A number of the actor's row, readable and, within 0 and 1 or the stated bounds, writable."""

    def __init__(self, unit: str, meaning: str, low: float = 0.0, high: float = 1.0) -> None:
        self.unit, self.__doc__ = unit, f"{meaning} [{unit}]"
        self.bounds = Quantity(low, low, high, unit, meaning, "", float)

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, actor: None, owner: type) -> State: ...
    @overload
    def __get__(self, actor: Actor, owner: type) -> float: ...
    def __get__(self, actor: Actor | None, owner: type) -> State | float:
        return self if actor is None else float(actor.row[self.name])

    def __set__(self, actor: Actor, value: float) -> None:
        name = f"{type(actor).__name__}.{self.name}"
        number = as_plain(value, name)
        if rule := self.bounds.fault(number):
            raise refuse(name, value, rule)
        actor.row[self.name] = float(number)


class Word:
    """A word about the actor, such as the role of the seat held."""

    def __init__(self, words: tuple[str, ...], meaning: str) -> None:
        self.words, self.__doc__ = words, meaning

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, actor: None, owner: type) -> Word: ...
    @overload
    def __get__(self, actor: Actor, owner: type) -> str: ...
    def __get__(self, actor: Actor | None, owner: type) -> Word | str:
        return self if actor is None else self.words[int(actor.row[self.name])]

    def __set__(self, actor: Actor, value: object) -> None:
        raise AttributeError(f"{self.name} of an actor cannot be set")


class _CountersByModel:
    """Counts of identifiers that let go of a model when nobody else holds it (Mesa's own keeps every model alive)."""

    def __init__(self) -> None:
        self._counters: weakref.WeakKeyDictionary[mesa.Model, Iterator[int]] = weakref.WeakKeyDictionary()

    def __getitem__(self, model: mesa.Model) -> Iterator[int]:
        if model not in self._counters:
            taken = [agent.unique_id for agent in mesa.Model.agents.fget(model)]  # by a model that comes from a copy
            self._counters[model] = itertools.count(1 + max(taken, default=0))
        return self._counters[model]


class Actor(mesa.Agent):  # type: ignore[misc]
    """A person or body of a world. `key` is permanent; everything else is read from the table of actors."""

    _ids: Any = _CountersByModel()
    participation = State("share", "Part of the time for commissioning that the actor gives")
    capability = State("share", "Skill for leading change")
    brokerage = State("ratio", "Reach in holding ties, 1 for an ordinary member", 0.01, 100.0)
    role = Word(v.ROLES, "The role of the seat held, or 'none'")

    def __init__(self, model: Inhabited, key: int) -> None:
        super().__init__(model)
        self.key = key

    @property
    def row(self) -> np.record:
        """This actor's row in the table, as it stands now (a view: writing to it changes the world)."""
        world = self.model.world
        found: np.record = world.actors[world.row_of(self.key)]
        return found

    @property
    def board(self) -> bool:
        """Whether the actor holds a seat on the board."""
        return bool(self.row.board == 1)

    @property
    def ccg(self) -> int:
        """Number of the CCG that the actor belongs to."""
        return int(self.model.world.ccgs.number[self.row.ccg])

    @property
    def knowledge(self) -> dict[str, float]:
        """Knowledge of each domain, in [0, 1]."""
        return dict(zip(v.DOMAINS, self.row.knowledge.tolist(), strict=True))

    @property
    def priorities(self) -> dict[str, float]:
        """Weight given to each need; they sum to 1."""
        return dict(zip(v.PRIORITIES, self.row.priorities.tolist(), strict=True))

    @property
    def advisers(self) -> list[Actor]:
        """Those whose advice this actor seeks."""
        ties = self.model.world.ties
        return [self.model.actor(int(key)) for key in ties.target_key[ties.source_key == self.key]]

    @property
    def seekers(self) -> list[Actor]:
        """Those who seek this actor's advice."""
        ties = self.model.world.ties
        return [self.model.actor(int(key)) for key in ties.source_key[ties.target_key == self.key]]

    def __repr__(self) -> str:
        seat = f", {self.role}" if self.board else ""
        return f"<{type(self).__name__} {self.key}{seat}>"
