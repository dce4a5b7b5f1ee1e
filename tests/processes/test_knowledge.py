"""Knowledge flows from adviser to seeker along ties, fades without them, and never exceeds what there is."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import made, person

from ccgsim.foundation import vocabulary as v
from ccgsim.processes.knowledge import attention, kept

share = st.floats(0, 1)
LASTING = {"forgetting": 0.0}
KEEN = {"participation": 1.0}


def knowing(amount: float, kind: int = v.GP, **columns):
    """Someone who takes part fully and knows so much of everything."""
    return person(kind, knowledge=np.full(9, amount), **KEEN | columns)


def after(months: int, course) -> np.ndarray:
    for _ in range(months):
        course.knowledge()
    return course.world.actors.knowledge


def test_attention_by_hand():
    assert attention(0.5, 0.64, 0.25, 0.9) == pytest.approx(0.5 * 0.4 * 0.9)


@given(share, share, share, share, share)
def test_attention_is_a_share_and_grows_with_tie_participation_and_openness(strength, seeker, adviser, openness, more):
    weight = attention(strength, seeker, adviser, openness)
    assert 0 <= weight <= strength
    assert attention(max(strength, more), seeker, adviser, openness) >= weight
    assert attention(strength, max(seeker, more), adviser, openness) >= weight
    assert attention(strength, seeker, max(adviser, more), openness) >= weight
    assert attention(strength, seeker, adviser, max(openness, more)) >= weight


@given(share, st.floats(0, 2), st.floats(0, 0.05))
def test_knowledge_after_a_month_lies_in_0_to_1(known, gained, forgetting):
    assert 0 <= kept(known, gained, forgetting) <= 1


def test_forgetting_alone_decays_geometrically():
    course = made([knowing(0.8)], knowledge={"forgetting": 0.03})
    for month in range(1, 60):
        assert after(1, course)[0] == pytest.approx(np.full(9, 0.8 * 0.97**month), rel=1e-12)


def test_one_tie_by_hand():
    course = made([person(participation=0.64), person(participation=0.25)], ((0, 1, 0.5),), knowledge=LASTING)
    course.world.actors.knowledge[:] = [[0.1] * 9, [0.7] * 9]
    learned = 0.08 / (1 + 0.5 / 3) * 0.5 * math.sqrt(0.64 * 0.25) * 0.6
    found = after(1, course)
    assert found[0] == pytest.approx(np.full(9, 0.1 + learned))
    assert (found[1] == 0.7).all()  # knowledge flows to the seeker only


def test_a_seeker_closes_the_gap_to_one_adviser_geometrically():
    course = made([knowing(0.0), knowing(1.0)], ((0, 1, 0.6),), knowledge=LASTING)
    rate = 0.08 / (1 + 0.6 / 3) * 0.6
    for month in range(1, 40):
        assert 1 - after(1, course)[0, 0] == pytest.approx((1 - rate) ** month, rel=1e-12)


def test_a_complete_network_without_forgetting_tends_to_the_best_that_anyone_knows():
    people = [person(knowledge=np.eye(9)[i] * (0.5 + 0.05 * i), **KEEN) for i in range(9)]
    everyone = tuple((i, j, 1.0) for i in range(9) for j in range(9) if i != j)
    found = after(2000, made(people, everyone, knowledge=LASTING))
    best = 0.5 + 0.05 * np.arange(9)
    assert np.abs(found - best).max() < 1e-3
    assert (found <= best + 1e-12).all()


def test_without_ties_nobody_learns():
    people = [knowing(0.2), knowing(0.9), knowing(0.5, v.PROVIDER)]
    assert after(10, made(people, knowledge=LASTING))[:, 0].tolist() == [0.2, 0.9, 0.5]


def test_everyone_reads_what_was_known_at_the_beginning_of_the_month():
    chain = ((0, 1, 0.5), (1, 2, 0.5))
    found = after(1, made([knowing(0.0), knowing(0.0), knowing(1.0)], chain, knowledge=LASTING))
    assert (found[0] == 0).all() and (found[1] > 0).all()


def test_what_comes_with_the_job_does_not_fade():
    native = np.eye(9)[v.COMMISSIONING]
    found = after(50, made([person(v.PCT_STAFF, knowledge=native, native=native)]))
    assert found[0].tolist() == native.tolist()


def test_what_staff_withhold_does_not_flow():
    ties = ((0, 3, 0.5), (1, 4, 0.5), (2, 5, 0.5))
    staff = [knowing(1.0, v.PCT_STAFF, withheld=h) for h in (0.0, 0.25, 1.0)]
    learned = after(1, made([knowing(0.0)] * 3 + staff, ties, knowledge=LASTING))[:3, 0]
    assert learned == pytest.approx(learned[0] * np.array([1, 0.75, 0]))


def test_only_gps_and_nurses_weigh_what_the_pct_says_by_trust():
    people = [knowing(0.0), knowing(0.0, v.PCT_STAFF), knowing(1.0, v.PCT_STAFF), knowing(1.0, v.PROVIDER)]
    people.append(knowing(0.0, v.NURSE))
    for trust in (1.0, 0.5):
        course = made(people, ((0, 2, 0.5), (1, 2, 0.5), (4, 2, 0.5)), knowledge=LASTING)
        course.world.ccgs.trust = trust
        found = after(1, course)[:, 0]
        assert found[[0, 4]] == pytest.approx(trust * found[1])
    course = made(people, ((0, 3, 0.5),), knowledge=LASTING)
    course.world.ccgs.trust = 0.0
    assert after(1, course)[0, 0] > 0  # a provider's word is not weighed


def test_attention_is_shared_among_advisers():
    many = tuple((0, j, 1.0) for j in range(1, 7))
    alone = after(1, made([knowing(0.0), knowing(1.0)], ((0, 1, 1.0),), knowledge=LASTING))[0, 0]
    crowd = after(1, made([knowing(0.0)] + [knowing(1.0)] * 6, many, knowledge=LASTING))[0, 0]
    assert alone == pytest.approx(0.08 / (1 + 1 / 3))
    assert crowd == pytest.approx(6 * 0.08 / (1 + 6 / 3))


def test_a_depository_brings_the_best_to_those_who_take_part_without_a_tie():
    course = made([knowing(0.2), knowing(1.0), knowing(0.2, participation=0.2)], knowledge=LASTING)
    course.world.ccgs.depository = 0.5
    found = after(1, course)[:, 0]
    assert found == pytest.approx([0.2 + 0.5 * 0.03 * 0.8, 1.0, 0.2])


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.floats(0, 0.2), st.floats(0, 0.05))
def test_knowledge_stays_a_share_and_below_the_best_on_any_network(seed, absorption, forgetting):
    draw = np.random.default_rng(seed)
    people = [person(participation=p, knowledge=draw.random(9)) for p in draw.random(8)]
    ties = tuple(
        (i, j, float(draw.uniform(0.05, 1))) for i in range(8) for j in range(8) if draw.random() < 0.5 and i != j
    )
    course = made(people, ties, knowledge={"absorption": absorption, "forgetting": forgetting})
    best = course.world.actors.knowledge.max(axis=0)
    found = after(5, course)
    assert (found >= 0).all() and (found <= best + 1e-12).all()


@pytest.mark.parametrize(("power", "crowding"), [(0.0, 3.0), (0.5, 6.0), (1.0, 12.0)])
def test_brokers_can_attend_to_more(power, crowding):
    """Of brokerage 4 at strength 1: attention is halved at 3 × 4^power; one of brokerage 1 at 3 whatever the power."""
    people = [knowing(0.0, brokerage=4.0), knowing(0.0, brokerage=1.0), knowing(1.0, brokerage=4.0)]
    course = made(people, ((0, 2, 1.0), (1, 2, 1.0)), knowledge={**LASTING, "crowding_power": power})
    assert after(1, course)[:2, 0] == pytest.approx([0.08 / (1 + 1 / crowding), 0.08 / (1 + 1 / 3)])
