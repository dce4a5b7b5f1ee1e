"""Ties of the start off the board, in a world made by hand."""

from __future__ import annotations

from worlds import made, person

from ccgsim.foundation import vocabulary as v
from ccgsim.world.networks import background


def test_off_the_board_gps_ask_their_locality_and_staff_ask_staff():
    """Two GPs and two of the staff have no seat, and each has only the other to ask."""
    people = [person(board=True), person(), person(), person(locality=1)]
    people += [person(v.PCT_STAFF, board=True), person(v.PCT_STAFF), person(v.PCT_STAFF), person(v.PROVIDER)]
    pairs = background(made(people).world.actors, 1)
    assert sorted(map(tuple, pairs.tolist())) == [(1, 2), (2, 1), (5, 6), (6, 5)]
