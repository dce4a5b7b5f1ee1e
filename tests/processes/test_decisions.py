"""Decisions: managers decide as far as they are in control, the others as far as they take part."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import made, person

from ccgsim.foundation import vocabulary as v
from ccgsim.processes.decisions import courses, decided, frontline_voice

share = st.floats(0, 1)
weight = st.just(0.0) | st.floats(1e-9, 1)  # with less a weighted sum keeps too few digits
AIM = np.eye(6)


def test_the_frontlines_voice_by_hand():
    assert frontline_voice(0.5, 0.6) == pytest.approx(0.5)
    assert frontline_voice(0.4, 0.15) == pytest.approx(0.2)  # a quarter of the density, half the voice
    assert frontline_voice(0.9, 0.95) == 1.0
    assert frontline_voice(0.9, 0.0) == 0.0


@given(share, share, share)
def test_the_voice_is_a_share_and_grows_with_participation_and_density(participation, density, more):
    voice = frontline_voice(participation, density)
    assert 0 <= voice <= 1
    assert frontline_voice(max(participation, more), density) >= voice
    assert frontline_voice(participation, max(density, more)) >= voice


def decided_of(values, weights, control=0.6, heard=0.25, plain=0.4, course=1.0):
    """What is decided where each side's mean is so."""
    weights = np.array(weights)
    return decided(np.array(values) * weights, weights, control, heard, plain, course)


def test_what_is_decided_by_hand():
    """Shares .6, .4 × .75 and .4 × .25 of managers at 1, others at .5 and a frontline at 0: .75; half of it and .4."""
    values = [1.0, 0.5, 0.0]
    assert decided_of(values, [2.0, 1.3, 9.0]) == pytest.approx(0.75)
    assert decided_of(values, [2.0, 1.3, 9.0], course=0.5) == pytest.approx(0.575)
    assert decided_of(values, [2.0, 1.3, 9.0], course=0.0) == 0.4


def test_a_side_that_is_absent_leaves_its_part_to_those_present():
    values = [1.0, 0.5, 0.0]
    assert decided_of(values, [0.0, 1.3, 9.0]) == pytest.approx(0.3 * 0.5 / 0.4)  # no manager
    assert decided_of(values, [2.0, 0.0, 9.0]) == pytest.approx(0.6 / 0.7)  # nobody else on the board
    assert decided_of(values, [2.0, 1.3, 0.0]) == pytest.approx(0.75 / 0.9)  # no frontline
    assert decided_of(values, [0.0, 0.0, 0.0]) == 0.4
    assert decided_of(values, [2.0, 0.0, 0.0], control=0.0) == 0.4  # those present have no say


@given(st.lists(share, min_size=3, max_size=3), st.lists(weight, min_size=3, max_size=3), share, share, share, share)
def test_what_is_decided_lies_between_what_the_sides_and_the_members_want(
    values, weights, control, heard, plain, course
):
    found = decided_of(values, weights, control, heard, plain, course)
    assert min(*values, plain) - 1e-9 <= found <= max(*values, plain) + 1e-9


def followed(people, course=1.0, control=0.6, density=0.15):
    """Aims that the board of these people follows."""
    w = made(people, decisions={"course": course}).world
    w.ccgs.manager_control, w.ccgs.density = control, density
    return courses(w.actors, w.ccgs, w.rules)[0]


def board(*frontline):
    """Two GPs who give .8 and .2, a manager, each with an aim of one's own; GPs without a seat before the manager."""
    seated = [person(board=True, priorities=AIM[place], participation=p) for place, p in ((1, 0.8), (2, 0.2))]
    return [*seated, *frontline, person(v.PCT_STAFF, board=True, priorities=AIM[0], participation=0.9)]


FRONTLINE = (person(priorities=AIM[3], participation=0.3), person(priorities=AIM[4], participation=0.7))


def test_who_decides_in_a_world_by_hand():
    """The manager .6; the frontline gives .5 and a board of density .15 carries half of it: .25 of what is left.

    The other .3 are the two GPs' by what they give, .8 and .2 of it; in the frontline all count alike.
    """
    assert followed(board(*FRONTLINE)) == pytest.approx([0.6, 0.24, 0.06, 0.05, 0.05, 0])
    assert followed(board(*FRONTLINE), course=0.5) == pytest.approx(
        np.array([14 / 15, 43 / 75, 59 / 150, 0.05, 0.05, 0]) / 2
    )


def test_without_a_course_the_mean_of_the_members_stands():
    found = followed(board(*FRONTLINE), course=0.0)
    assert found.tolist() == [1 / 3, 1 / 3, 1 / 3, 0, 0, 0]


def test_managers_count_alike_and_are_no_more_in_control_for_being_many():
    more = [*board(), person(v.PCT_STAFF, board=True, priorities=AIM[5], participation=0.1)]
    assert followed(board(), density=0.0) == pytest.approx([0.6, 0.32, 0.08, 0, 0, 0])
    assert followed(more, density=0.0) == pytest.approx([0.3, 0.32, 0.08, 0, 0, 0.3])


def test_a_gp_who_is_an_officer_decides_with_the_managers_and_as_much_as_they():
    """Managers' .6 in halves, hers and the career manager's; she takes no part in what they leave."""
    officer = person(board=True, role=v.ACCOUNTABLE_OFFICER, priorities=AIM[5], participation=0.1)
    assert followed([officer, *board()], density=0.0) == pytest.approx([0.3, 0.32, 0.08, 0, 0, 0.3])
    member = {**officer, "role": v.GP_MEMBER}
    assert followed([member, *board()], density=0.0)[[0, 5]] == pytest.approx([0.6, 0.4 * 0.1 / 1.1])


def test_nurses_and_lay_members_decide_with_the_clinicians_by_what_they_give():
    people = [person(board=True, priorities=AIM[1], participation=0.5)]
    people += [person(v.PATIENT_GROUP, board=True, priorities=AIM[2], participation=0.2)]
    people += [person(v.NURSE, board=True, priorities=AIM[3], participation=0.3)]
    assert followed(people) == pytest.approx([0, 0.5, 0.2, 0.3, 0, 0])


def test_a_board_that_gives_nothing_leaves_what_managers_do_not_decide_to_the_frontline():
    people = [person(board=True, priorities=AIM[1], participation=0.0), *FRONTLINE]
    people.append(person(v.PCT_STAFF, board=True, priorities=AIM[0]))
    assert followed(people) == pytest.approx(np.array([0.6, 0, 0, 0.05, 0.05, 0]) / 0.7)


@pytest.mark.parametrize(
    "other",
    [person(active=0, priorities=AIM[5], participation=1.0), person(v.PROVIDER, priorities=AIM[5], participation=1.0)],
)
def test_who_has_left_or_is_no_gp_has_no_voice_from_outside(other):
    people = sorted([*board(*FRONTLINE), other], key=lambda each: each["kind"])
    assert followed(people) == pytest.approx(followed(board(*FRONTLINE)))


def test_without_a_board_nothing_is_decided():
    assert followed(FRONTLINE[:]).tolist() == [0] * 6
