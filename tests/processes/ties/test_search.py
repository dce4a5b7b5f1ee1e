"""How much a board looks for advisers: enough to make good its expected losses, more for kinds that it has lost."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import EAGER, made, person

from ccgsim.foundation import tables
from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.chance import chance_of
from ccgsim.processes.ties import seeking
from ccgsim.processes.ties.balance import balance_flows
from ccgsim.processes.ties.renewal import renew
from ccgsim.processes.ties.seeking import search_for
from tests.processes.ties.rates import rate, share


def test_flow_balance_scales_what_a_board_member_seeks():
    course = made([person(board=True, **EAGER), person(board=True, **EAGER)], ties={"board_board": 0.1})
    course.world.ccgs.flow_balance[0, v.TO_BOARD] = 2.5
    assert rate(course, 0, 1) == pytest.approx(0.25)


def test_new_ties_are_listed_among_the_old_by_seeker_and_adviser():
    people = [person() for _ in range(5)]
    w = made(people, ((0, 3, 0.5), (1, 0, 0.6))).world
    out = tables.new(tables.TIES, 5)
    found = np.array([(0, 4), (0, 2), (0, 1), (4, 0)])
    renew(w.ties, np.array([0, 1]), found, w.actors, 0.3, out)
    assert list(zip(out.source, out.target, strict=True)) == [(0, 1), (0, 2), (0, 3), (0, 4), (4, 0)]
    assert out.strength.tolist() == [0.3, 0.3, 0.5, 0.3, 0.3]


def balanced(exit_of_board, exit_of_staff, letting_go=0.0, **of_members):
    """Factors of the board, PCT staff and others after the flow balance of a board with one tie to each of them."""
    people = [person(), *(person(board=True, **EAGER | of_members) for _ in range(2))]
    people += [person(kind) for kind in (v.PCT_STAFF, v.PATIENT_GROUP) for _ in range(2)]
    w = made(people, ((1, 2, 0.5), (1, 3, 0.5), (1, 5, 0.5)), ties={"board_board": 0.1, "letting_go": letting_go}).world
    exits = (exit_of_board, exit_of_staff)
    balance_flows(np.array([0]), w.plain, *exits)
    return w.ccgs.flow_balance[0, [v.TO_BOARD, v.TO_PCT, v.TO_OTHER]]


def test_flow_balance_sets_expected_losses_against_expected_formations():
    """One tie of two is held: it is lost at rate .0498; the other forms at .1 × (1 + 1.5), as advice is returned."""
    expected = chance_of(0.015 * math.exp(1.2)) / chance_of(0.25)
    assert balanced(0.0, 0.0)[0] == pytest.approx(expected) == pytest.approx(0.2196, abs=1e-4)


def test_flow_balance_knows_who_holds_back():
    """Members give .4, and keep .6: the loss of a tie that they seek is exp(1.5 × .6) of what it was."""
    loss = 0.015 * math.exp(1.2)
    more = chance_of(loss * math.exp(0.9)) / chance_of(loss)
    held, let_go = (balanced(0.0, 0.0, letting_go, participation=0.4) for letting_go in (0.0, 1.5))
    assert (let_go / held)[:2] == pytest.approx([more] * 2)  # the third stands at its bound
    assert balanced(0.0, 0.0, 1.5).tolist() == balanced(0.0, 0.0).tolist()  # all give 1


def test_flow_balance_counts_the_exits_of_both_ends():
    """Losses .015 exp(1.7 - .5) = .0498; exits of the board .02, of PCT staff .03: .04, .05 and .02 more."""
    loss = 0.015 * math.exp(1.2)
    more = [chance_of(loss + exits) / chance_of(loss) for exits in (0.04, 0.05, 0.02)]
    assert balanced(0.02, 0.03) / balanced(0.0, 0.0) == pytest.approx(more)


def test_a_board_that_has_lost_advisers_of_a_kind_looks_harder_for_others():
    people = [person(board=True, **EAGER), person(v.PCT_STAFF), person(v.PCT_STAFF), person(v.PATIENT_GROUP)]
    course = made(people, ((0, 1, 0.5),), ties={"search": 2.0})
    course.world.ccgs.usual_ties[0, v.TO_PCT] = 3
    seeking.boards_search(*(course.world.actors, course.world.ties, course.world.ccgs), course.world.rules[0].ties)
    assert course.world.ccgs.search[0, v.TO_PCT] == pytest.approx((4 / 2) ** 2)
    assert course.world.ccgs.search[0, v.TO_OTHER] == 1.0  # as many as usual: none


@given(st.floats(0, 500), st.floats(0, 500), st.floats(0, 3), share, share)
def test_a_board_with_its_usual_advisers_looks_as_usual(usual, held, power, engagement, needs):
    assert search_for(usual, usual, power, engagement, needs) == 1.0
    assert (search_for(usual, held, power, engagement, needs) >= 1.0) or held > usual


def test_a_board_that_is_not_engaged_looks_less_for_what_it_lost():
    """(4/2)^p: p is 2 where engagement is .6 or more, 2 (1 - .5 + .5 × .5) = 1.5 at .3, half of 2 at none."""
    for engagement, power in ((0.6, 2.0), (0.9, 2.0), (0.3, 1.5), (0.0, 1.0)):
        assert search_for(3.0, 1.0, 2.0, engagement, 0.5) == pytest.approx(2.0**power)
    assert search_for(3.0, 1.0, 2.0, 0.0, 1.0) == 1.0
    assert search_for(3.0, 1.0, 2.0, 0.0, 0.0) == 4.0


@given(share, share, st.floats(0.1, 3))
def test_above_its_usual_number_a_board_is_held_back_as_much_engaged_or_not(engagement, needs, power):
    assert search_for(1.0, 3.0, power, engagement, needs) == search_for(1.0, 3.0, power, 1.0, 0.0) < 1.0


def test_the_board_searches_with_the_engagement_of_its_ccg():
    people = [person(board=True, **EAGER), *(person(v.PCT_STAFF) for _ in range(3)), person(v.PATIENT_GROUP)]
    w = made(people, ((0, 1, 0.5), (0, 4, 0.5)), ties={"search": 2.0, "search_engaged": 0.7}).world
    w.ccgs.usual_ties[0, v.TO_PCT], w.ccgs.engagement = 3, 0.15
    seeking.boards_search(w.actors, w.ties, w.ccgs, w.rules[0].ties)
    assert w.ccgs.search[0, v.TO_PCT] == pytest.approx(2.0 ** (2 * (0.3 + 0.7 * 0.25)))
    assert w.ccgs.search[0, v.TO_OTHER] == pytest.approx(0.25)  # one more than usual
