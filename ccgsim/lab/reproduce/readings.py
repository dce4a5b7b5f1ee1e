"""Features of a board's network as drawn in the source: readings of one world, one function each (E4)."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from ccgsim.foundation import vocabulary as v
from ccgsim.measures.betweenness import board_betweenness
from ccgsim.world.state import World

Reading = Callable[[World], float]
LEADS_SEEK = (v.TO_PCT, v.TO_PRACTICES, v.TO_ACUTE, v.TO_COMMUNITY, v.TO_LOCAL_AUTHORITIES)


def _members(world: World) -> np.ndarray:
    """1 for each actor with a board seat, else 0."""
    return np.asarray(world.actors.board == 1)


def _mean(values: np.ndarray) -> float:
    return float(values.mean()) if len(values) else math.nan


def evenness(world: World) -> float:
    """Spread of the members' board ties in both directions: standard deviation over mean; NaN without such ties."""
    board, ties = _members(world), world.ties
    inside = board[ties.source] & board[ties.target]
    ends = np.concatenate([ties.source[inside], ties.target[inside]])
    held = np.bincount(ends, minlength=len(board))[board]
    return float(held.std() / held.mean()) if held.sum() else math.nan


def top_is_one(world: World) -> float:
    """1 if the member with the largest betweenness also has the most contacts, else 0."""
    board, ties = _members(world), world.ties
    pairs = np.unique(np.sort(np.column_stack([ties.source, ties.target]), axis=1), axis=0)
    degree = np.bincount(pairs[board[pairs].any(axis=1)].ravel(), minlength=len(board))
    between = board_betweenness(world)
    top = int(np.flatnonzero(board)[np.argmax(between[board])])
    return float(degree[top] == degree[board].max())


def leads_over_others(world: World) -> float:
    """Mean betweenness of locality leads over that of the other members; NaN without either."""
    board, between = _members(world), board_betweenness(world)
    leads = board & (world.actors.role == v.LOCALITY_LEAD)
    leading, others = _mean(between[leads]), _mean(between[board & ~leads])
    return leading / others if others > 0 else math.nan


def kinds_asked(world: World, leads: bool) -> float:
    """Mean number of kinds asked (PCT, practices, acute, community, local authorities) by leads or by others."""
    board, ties = _members(world), world.ties
    asking = np.flatnonzero(board & ((world.actors.role == v.LOCALITY_LEAD) == leads))
    outside = ~board[ties.target] & np.isin(world.actors.category[ties.target], LEADS_SEEK)
    pairs = np.column_stack([ties.source, world.actors.category[ties.target]])[outside]
    kinds = np.unique(pairs, axis=0)[:, 0]
    return _mean(np.array([float((kinds == member).sum()) for member in asking]))


def leads_ask(world: World) -> float:
    """Mean number of kinds of outside adviser, of five, of a locality lead."""
    return kinds_asked(world, True)


def others_ask(world: World) -> float:
    """Mean number of kinds of outside adviser, of five, of any other member."""
    return kinds_asked(world, False)


def strength_to_practices(world: World) -> float:
    """Mean strength of the board's ties to practices; NaN without one."""
    board, ties = _members(world), world.ties
    there = board[ties.source] & ~board[ties.target] & (world.actors.category[ties.target] == v.TO_PRACTICES)
    return _mean(ties.strength[there])


def strength_elsewhere(world: World) -> float:
    """Mean strength of the board's other outside ties; NaN without one."""
    board, ties = _members(world), world.ties
    there = board[ties.source] & ~board[ties.target] & (world.actors.category[ties.target] != v.TO_PRACTICES)
    return _mean(ties.strength[there])
