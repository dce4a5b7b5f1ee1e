"""Stock: what the arenas read of every CCG, taken once a month."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ccgsim.foundation.compiled import njit
from ccgsim.foundation.kinds import manages
from ccgsim.foundation.vocabulary import GP, PROVIDER

SECTORS = 6


class Stock(NamedTuple):
    """What the arenas read of G CCGs; means are 0 where there is nobody to average."""

    gps: np.ndarray  # (G,) GPs on the board
    drive: np.ndarray  # (G,) their mean participation x capability
    managers: np.ndarray  # (G,) managers on the board
    logic: np.ndarray  # (G, 3) their mean logic
    priorities: np.ndarray  # (G, 6) their mean priorities
    tied: np.ndarray  # (G, sectors) strength of the board's ties to providers of each sector
    providers: np.ndarray  # (G, sectors) providers at work in each sector
    participation: np.ndarray  # (G, sectors) their mean participation
    providers_logic: np.ndarray  # (G, sectors, 3) their mean logic


@njit
def empty_stock(n):
    """The stock of n CCGs before anybody is counted."""
    gps, drive, managers, logic, priorities = np.zeros(n), np.zeros(n), np.zeros(n), np.zeros((n, 3)), np.zeros((n, 6))
    tied, providers, participation = np.zeros((n, SECTORS)), np.zeros((n, SECTORS)), np.zeros((n, SECTORS))
    return Stock(gps, drive, managers, logic, priorities, tied, providers, participation, np.zeros((n, SECTORS, 3)))


@njit
def take_stock(actors, ties, ccgs):
    """What the arenas read of every CCG. Sets each board's density too."""
    stock = empty_stock(ccgs.shape[0])
    members, between = np.zeros(ccgs.shape[0]), np.zeros(ccgs.shape[0])
    for i in range(actors.shape[0]):
        me = actors[i]
        members[me.ccg] += me.board
        if manages(me):
            add_manager(me, stock)
        if me.board == 1 and me.kind == GP:
            stock.drive[me.ccg] += me.participation * me.capability
            stock.gps[me.ccg] += 1.0
        elif me.kind == PROVIDER and me.board == 0 and me.active == 1:
            add_provider(me, stock)
    for t in range(ties.shape[0]):
        me, other = actors[ties[t].source], actors[ties[t].target]
        if me.board == 1 and other.board == 1:
            between[me.ccg] += 1.0
        elif me.board == 1 and other.kind == PROVIDER:
            stock.tied[me.ccg, other.sector] += ties[t].strength
    for g in range(ccgs.shape[0]):
        finish_means(g, stock)
        pairs = members[g] * (members[g] - 1.0)
        ccgs[g].density = between[g] / pairs if pairs > 0.0 else 0.0
    return stock


@njit
def add_manager(me, stock):
    """Add a board manager's logic and priorities to those of the CCG."""
    stock.managers[me.ccg] += 1.0
    for c in range(3):
        stock.logic[me.ccg, c] += me.logic[c]
    for c in range(6):
        stock.priorities[me.ccg, c] += me.priorities[c]


@njit
def add_provider(me, stock):
    """Add a provider's participation and logic to those of its sector."""
    stock.participation[me.ccg, me.sector] += me.participation
    stock.providers[me.ccg, me.sector] += 1.0
    for c in range(3):
        stock.providers_logic[me.ccg, me.sector, c] += me.logic[c]


@njit
def finish_means(g, stock):
    """Turn the sums of CCG g into means where there is anybody to average."""
    if stock.gps[g] > 0.0:
        stock.drive[g] /= stock.gps[g]
    if stock.managers[g] > 0.0:
        for c in range(3):
            stock.logic[g, c] /= stock.managers[g]
        for c in range(6):
            stock.priorities[g, c] /= stock.managers[g]
    for s in range(SECTORS):
        if stock.providers[g, s] > 0.0:
            stock.participation[g, s] /= stock.providers[g, s]
            for c in range(3):
                stock.providers_logic[g, s, c] /= stock.providers[g, s]
