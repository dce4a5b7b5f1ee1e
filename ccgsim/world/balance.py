"""Flow balance: the surveyed ties of a board are made the resting point of its tie dynamics."""

from __future__ import annotations

import numpy as np

from ccgsim.chance import chance_of
from ccgsim.compiled import njit
from ccgsim.contacts import embeddedness
from ccgsim.neighbourhood import clear_neighbourhood, mark_neighbourhood, members_of
from ccgsim.numbers import clip
from ccgsim.processes.ties import REFERENCE_UNCERTAINTY, forming_rate, loads_and_activity, rate_of_loss, ties_held
from ccgsim.vocabulary import PCT, TO_BOARD

EMPTY, LEAST, MOST = 0.025, 0.05, 20.0  # monthly losses stood in for an empty category; bounds of a factor
LEAST_ON_BOARD = 0.01  # a sparse board needs fewer new ties than LEAST leaves it


@njit
def balance_flows(actors, ties, contacts, ccgs, localities, rules, clock, exit_of_board, exit_of_staff):
    """Scale each category's formation so that a board's ties at the start are its resting point (flow balance)."""
    p = rules[0].ties
    loads_and_activity(actors, ties, contacts[0], p)
    board_first, board_rows, _, _ = members_of(actors, ccgs, localities)
    held = ties_held(actors, ties, ccgs)
    marks = np.zeros((actors.shape[0], 2), np.int64)
    around = np.zeros(actors.shape[0] + 1, np.int64)
    stamp = np.full(actors.shape[0], -1)
    for g in range(ccgs.shape[0]):
        leaving, forming = np.zeros(8), np.zeros(8)
        ccgs[g].search[:] = 1.0
        ccgs[g].usual_ties[:] = held[g]
        for b in range(board_first[g], board_first[g + 1]):
            i = board_rows[b]
            reached = around[: mark_neighbourhood(i, contacts, ties, marks, stamp, around)]
            for j in range(ccgs[g].first, ccgs[g].last):
                if stamp[j] != i:
                    c = TO_BOARD if actors[j].board == 1 else actors[j].category
                    forming[c] += chance_of(forming_rate(i, j, marks, actors, ccgs, localities, rules[0], clock[0]))
            clear_neighbourhood(i, contacts, ties, marks, reached)
            for t in range(contacts[0][i], contacts[0][i + 1]):
                other = actors[ties[t].target]
                c = TO_BOARD if other.board == 1 else other.category
                ends = exit_of_board if other.board == 1 else exit_of_staff if other.employer == PCT else 0.0
                embedded = embeddedness(i, ties[t].target, contacts[3], contacts[4])
                loss = rate_of_loss(embedded, ties[t].strength, REFERENCE_UNCERTAINTY, 0.0, p)
                leaving[c] += chance_of(loss + exit_of_board + ends)
        for c in range(8):
            if leaving[c] == 0.0:
                leaving[c] = EMPTY
            least = LEAST_ON_BOARD if c == TO_BOARD else LEAST
            ccgs[g].flow_balance[c] = MOST if forming[c] < 1e-9 else clip(leaving[c] / forming[c], least, MOST)
