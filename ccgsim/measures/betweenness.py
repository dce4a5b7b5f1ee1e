"""Betweenness: how often an actor lies on the shortest ways along which knowledge can flow to and from the board.

Brandes (2001, doi:10.1080/0022250X.2001.9990249), directed from adviser to seeker, unweighted, on a CCG's board and
its direct outside contacts: the ties that have at least one end on the board and both ends in the CCG.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccgsim.foundation.compiled import njit

if TYPE_CHECKING:
    from ccgsim.world.state import World

EXACT_UP_TO = 1000
PIVOTS = 256


@njit
def pivots_for(nodes):
    """Number of sources to search from: every node up to 1,000 of them, 256 in larger graphs."""
    return nodes if nodes <= EXACT_UP_TO else PIVOTS


@njit
def _search(first, targets, source, distance, ways, order):
    """Breadth-first search from one node: distances, numbers of shortest ways, nodes in order; how many were met."""
    for v in range(distance.shape[0]):
        distance[v] = -1
        ways[v] = 0.0
    distance[source] = 0
    ways[source] = 1.0
    order[0] = source
    head, met = 0, 1
    while head < met:
        v = order[head]
        head += 1
        for e in range(first[v], first[v + 1]):
            w = targets[e]
            if distance[w] < 0:
                distance[w] = distance[v] + 1
                order[met] = w
                met += 1
            if distance[w] == distance[v] + 1:
                ways[w] += ways[v]
    return met


@njit
def _add_dependencies(first, targets, distance, ways, order, share, total):
    """Add to total what each node carries of the shortest ways of one search, the farthest first."""
    for place in range(order.shape[0] - 1, -1, -1):
        v = order[place]
        carried = 0.0
        for e in range(first[v], first[v + 1]):
            w = targets[e]
            if distance[w] == distance[v] + 1:
                carried += ways[v] / ways[w] * (1.0 + share[w])
        share[v] = carried
        if place > 0:
            total[v] += carried


@njit
def add_searches(first, targets, start, end, searches, total):
    """Add to total, shape (n,), what the searches from number `start` to before `end` find, of so many in all."""
    nodes = first.shape[0] - 1
    share, ways = np.zeros(nodes), np.zeros(nodes)
    distance, order = np.zeros(nodes, np.int64), np.zeros(nodes, np.int64)
    for p in range(start, end):
        met = _search(first, targets, p * nodes // searches, distance, ways, order)
        _add_dependencies(first, targets, distance, ways, order[:met], share, total)


@njit
def scale(total, searches):
    """Make betweenness of what so many searches have found."""
    nodes = total.shape[0]
    if nodes > 2:
        by = nodes / (searches * (nodes - 1.0) * (nodes - 2.0))
        for v in range(nodes):
            total[v] *= by


@njit
def betweenness(first, targets, pivots):
    """Betweenness of each node of a directed graph in compressed rows, in [0, 1], shape (n,).

    Normalised by (n - 1)(n - 2), as networkx does for directed graphs. Exact where `pivots` is at least n; else
    estimated from that many evenly spaced sources (Brandes and Pich 2007, doi:10.1142/S0218127407018403).
    """
    nodes = first.shape[0] - 1
    searches, total = min(max(pivots, 1), nodes), np.zeros(nodes)
    add_searches(first, targets, 0, searches, searches, total)
    scale(total, searches)
    return total


@njit
def _nodes(actors, ties, contacts, first, last):
    """Rows of a CCG's board and of its direct contacts inside the CCG, ascending."""
    wanted = np.zeros(last - first, np.int64)
    for i in range(first, last):
        if actors[i].board == 0:
            continue
        wanted[i - first] = 1
        for k in range(contacts.first[i], contacts.first[i + 1]):
            j = contacts.other[k]
            if first <= j and j < last:
                wanted[j - first] = 1
    rows = np.zeros(last - first, np.int64)
    n = 0
    for i in range(first, last):
        if wanted[i - first] == 1:
            rows[n] = i
            n += 1
    return rows[:n]


@njit
def board_graph(actors, ties, contacts, first, last):
    """Graph of a CCG's board along the flow of knowledge: rows of its nodes, and compressed rows (first, targets)."""
    rows = _nodes(actors, ties, contacts, first, last)
    place = np.zeros(last - first, np.int64)
    most = 0
    for n in range(rows.shape[0]):
        place[rows[n] - first] = n
        most += contacts.in_first[rows[n] + 1] - contacts.in_first[rows[n]]
    starts, targets = np.zeros(rows.shape[0] + 1, np.int64), np.zeros(most, np.int64)
    m = 0
    for n in range(rows.shape[0]):
        i = rows[n]
        for a in range(contacts.in_first[i], contacts.in_first[i + 1]):
            j = ties[contacts.in_ties[a]].source
            if first <= j and j < last and (actors[i].board == 1 or actors[j].board == 1):
                targets[m] = place[j - first]
                m += 1
        starts[n + 1] = m
    return rows, starts, targets[:m]


@njit
def boards(actors, ties, contacts, ccgs):
    """Betweenness of every actor on the graph of its CCG's board, shape (N,); 0 for those outside these graphs."""
    out = np.zeros(actors.shape[0])
    for g in range(ccgs.shape[0]):
        rows, starts, targets = board_graph(actors, ties, contacts, ccgs[g].first, ccgs[g].last)
        found = betweenness(starts, targets, pivots_for(rows.shape[0]))
        for n in range(rows.shape[0]):
            out[rows[n]] = found[n]
    return out


def board_betweenness(world: World) -> np.ndarray:
    """Betweenness of every actor on the board and direct outside contacts of its CCG, in [0, 1], shape (N,).

    0 for actors without a tie to or from the board.
    """
    w = world.plain
    found: np.ndarray = boards(w.actors, w.ties, w.contacts, w.ccgs)
    return found


def most_central_board_member(world: World, ccg: int) -> int:
    """Key of the seat-holder of a CCG with most betweenness, the smaller key of equals; -1 on an empty board."""
    first, last = int(world.ccgs.first[ccg]), int(world.ccgs.last[ccg])
    members = np.flatnonzero(world.actors.board[first:last] == 1) + first
    if len(members) == 0:
        return -1
    found = boards(world.actors, world.ties, world.contacts, world.ccgs[ccg : ccg + 1])
    return int(world.actors.key[members[np.argmax(found[members])]])
