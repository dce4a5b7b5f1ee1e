"""Whom an actor may meet: the board, other kinds, the locality and contacts of contacts, each found once.

A search for row i stamps the rows that it has met with i, so that no list needs to be cleared.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ccgsim.foundation.compiled import njit
from ccgsim.foundation.vocabulary import GP, PCT_STAFF, PROVIDER


class Members(NamedTuple):
    """Rows of each board and of each locality's GPs, in compressed rows."""

    board_first: np.ndarray  # (CCGs + 1,) first place of each board in board_rows
    board_rows: np.ndarray
    local_first: np.ndarray  # (localities + 1,) first place of each locality in local_rows
    local_rows: np.ndarray


@njit
def mark_neighbourhood(i, contacts, ties, marks, stamp, reached):
    """Note for every row near i its common contacts with i and whether it seeks i's advice; stamp advisers and self.

    Puts the contacts of contacts into `reached`, each once, and returns how many there are.
    """
    first, other, in_first, in_ties, n = contacts.first, contacts.other, contacts.in_first, contacts.in_ties, 0
    for a in range(first[i], first[i + 1]):
        k = other[a]
        for b in range(first[k], first[k + 1]):
            reached[n] = other[b]
            n += 1 if marks[other[b], 0] == 0 else 0
            marks[other[b], 0] += 1
    for a in range(in_first[i], in_first[i + 1]):
        marks[ties[in_ties[a]].source, 1] = 1
    stamp[i] = i
    for t in range(contacts.out_first[i], contacts.out_first[i + 1]):
        stamp[ties[t].target] = i
    return n


@njit
def clear_neighbourhood(i, contacts, ties, marks, reached):
    """Undo the marks that `mark_neighbourhood` made for row i and those that it reached."""
    in_first, in_ties = contacts.in_first, contacts.in_ties
    for j in reached:
        marks[j, 0] = 0
    for a in range(in_first[i], in_first[i + 1]):
        marks[ties[in_ties[a]].source, 1] = 0


@njit
def add(i, j, stamp, out, n):
    """Put row j among those met by row i, once; returns how many there are now."""
    if stamp[j] == i:
        return n
    stamp[j] = i
    out[n] = j
    return n + 1


@njit
def nearby(i, actors, here, members, stamp, out, n):
    """Add those whom someone without a seat meets by trade: staff and providers each other, GPs their locality."""
    me = actors[i]
    if me.kind == PCT_STAFF or me.kind == PROVIDER:
        for j in range(here.last_gp, here.last):
            if actors[j].kind == PCT_STAFF or actors[j].kind == PROVIDER:
                n = add(i, j, stamp, out, n)
        n = interested(i, actors, here, stamp, out, n)
    elif me.kind == GP:
        if me.locality >= 0:
            rows = members.local_rows
            for a in range(members.local_first[me.locality], members.local_first[me.locality + 1]):
                n = add(i, rows[a], stamp, out, n)
        for j in range(here.last_gp, here.last):
            if actors[j].key == me.specialist:
                n = add(i, j, stamp, out, n)
    return n


@njit
def interested(i, actors, here, stamp, out, n):
    """Put the GPs whose special interest ties them to row i among those met; returns how many there are now."""
    for j in range(here.first, here.last_gp):
        if actors[j].specialist == actors[i].key:
            n = add(i, j, stamp, out, n)
    return n


@njit
def candidates(i, actors, here, members, reached, stamp, out):
    """Rows that i meets surely: board, own or other trades, locality, contacts of contacts. Returns how many."""
    me, rows, n = actors[i], members.board_rows, 0
    for b in range(members.board_first[me.ccg], members.board_first[me.ccg + 1]):
        n = add(i, rows[b], stamp, out, n)
    if me.board == 1:  # the board meets everyone
        for j in range(here.first, here.last):
            n = add(i, j, stamp, out, n)
    else:
        n = nearby(i, actors, here, members, stamp, out, n)
    for j in reached:
        n = add(i, j, stamp, out, n)
    return n


@njit
def members_of(actors, ccgs, localities):
    """Who sits on each board and works in each locality."""
    board_first = np.zeros(ccgs.shape[0] + 1, np.int64)
    local_first = np.zeros(localities.shape[0] + 1, np.int64)
    for i in range(actors.shape[0]):
        if actors[i].board == 1:
            board_first[actors[i].ccg + 1] += 1
        if actors[i].locality >= 0:
            local_first[actors[i].locality + 1] += 1
    for g in range(ccgs.shape[0]):
        board_first[g + 1] += board_first[g]
    for v in range(localities.shape[0]):
        local_first[v + 1] += local_first[v]
    board_rows = np.zeros(board_first[-1], np.int64)
    local_rows = np.zeros(local_first[-1], np.int64)
    board_next, local_next = board_first.copy(), local_first.copy()
    for i in range(actors.shape[0]):
        me = actors[i]
        if me.board == 1:
            board_rows[board_next[me.ccg]] = i
            board_next[me.ccg] += 1
        if me.locality >= 0:
            local_rows[local_next[me.locality]] = i
            local_next[me.locality] += 1
    return Members(board_first, board_rows, local_first, local_rows)
