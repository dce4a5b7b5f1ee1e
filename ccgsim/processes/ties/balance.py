"""Flow balance: the surveyed ties of a board are made the resting point of its tie dynamics."""

from __future__ import annotations

import numpy as np

from ccgsim.foundation.chance import chance_of
from ccgsim.foundation.compiled import njit
from ccgsim.foundation.numbers import clip
from ccgsim.foundation.vocabulary import PCT, REFERENCE_UNCERTAINTY, TO_BOARD
from ccgsim.processes.ties.contacts import embeddedness
from ccgsim.processes.ties.fading import holding_back, rate_of_loss
from ccgsim.processes.ties.meeting import category_of, local_reach
from ccgsim.processes.ties.neighbourhood import clear_neighbourhood, mark_neighbourhood, members_of
from ccgsim.processes.ties.seeking import CATEGORIES, Between, forming_rate, loads_and_activity, ties_held

EMPTY, LEAST, MOST = 0.025, 0.05, 20.0  # monthly losses stood in for an empty category; bounds of a factor
LEAST_ON_BOARD = 0.01  # a sparse board needs fewer new ties than LEAST leaves it


@njit
def balance_flows(which, world, exit_of_board, exit_of_staff):
    """Scale each category's formation so that the boards' ties as they stand are their resting point (flow balance).

    `which` holds the rows of the CCGs whose boards are balanced.
    """
    actors, ties, contacts, ccgs, localities = world.actors, world.ties, world.contacts, world.ccgs, world.localities
    p = world.rules[0].ties
    loads_and_activity(actors, ties, contacts.out_first, p)
    members = members_of(actors, ccgs, localities)
    held = ties_held(actors, ties, ccgs)
    marks = np.zeros((actors.shape[0], 2), np.int64)
    around = np.zeros(actors.shape[0] + 1, np.int64)
    stamp = np.full(actors.shape[0], -1)
    for g in which:
        here = ccgs[g]
        leaving, forming = np.zeros(CATEGORIES), np.zeros(CATEGORIES)
        for c in range(CATEGORIES):
            here.search[c], here.usual_ties[c] = 1.0, held[g, c]
        for b in range(members.board_first[g], members.board_first[g + 1]):
            i = members.board_rows[b]
            reached = around[: mark_neighbourhood(i, contacts, ties, marks, stamp, around)]
            reach = local_reach(actors[i], localities, world.rules[0].engagement.span)
            for j in range(here.first, here.last):
                if stamp[j] != i:
                    between = Between(marks[j, 0], marks[j, 1])
                    rate = forming_rate(actors[i], actors[j], between, here, reach, p, world.clock[0].month)
                    forming[category_of(actors[j])] += chance_of(rate)
            clear_neighbourhood(i, contacts, ties, marks, reached)
            for t in range(contacts.out_first[i], contacts.out_first[i + 1]):
                other = actors[ties[t].target]
                ends = exit_of_board if other.board == 1 else exit_of_staff if other.employer == PCT else 0.0
                embedded, held_back = embeddedness(i, ties[t].target, contacts), holding_back(actors[i])
                loss = rate_of_loss(embedded, ties[t].strength, REFERENCE_UNCERTAINTY, 0.0, held_back, p)
                leaving[category_of(other)] += chance_of(loss + exit_of_board + ends)
        for c in range(CATEGORIES):
            here.flow_balance[c] = factor(leaving[c], forming[c], LEAST_ON_BOARD if c == TO_BOARD else LEAST)


@njit
def factor(leaving, forming, least):
    """Factor on formation at which as many ties form as are lost, within its bounds."""
    if forming < 1e-9:
        return MOST
    return clip((leaving if leaving > 0.0 else EMPTY) / forming, least, MOST)
