"""Coherence, knowledge mobility and vision on worlds that can be worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from ccgsim.foundation.vocabulary import (
    ACUTE,
    COMMISSIONING,
    ELSEWHERE,
    GP,
    NURSE,
    NURSE_SEAT,
    PATIENT_GROUP,
    PCT_STAFF,
    POLICY_BODY,
    PROVIDER,
    SECONDARY_CARE_DOCTOR,
)
from ccgsim.measures.composite import of_parts
from ccgsim.processes.priorities import Priorities

from .builders import Plan, measured, person, project

RULES = Priorities()
ACCESS, URGENT = np.eye(6)[0], np.eye(6)[1]
HALF = (ACCESS + URGENT) / 2


def aims(*priorities: np.ndarray, needs: np.ndarray = HALF, **ccg: float) -> Plan:
    """A board of GPs with these priorities; the last of them has no seat."""
    *board, frontline = priorities
    people = [person(board=1, priorities=x) for x in board] + [person(priorities=frontline)]
    return Plan(people, ccgs=[{"needs": needs, **ccg}])


def test_internal_coherence_is_1_less_the_mean_distance_of_pairs() -> None:
    """Distances .5, .5 and 1 among a member between two extremes."""
    assert measured(aims(ACCESS, HALF, URGENT, HALF))["coherence_internal"] == pytest.approx(1 - 2 / 3)


def test_frontline_coherence_compares_the_board_with_gps_without_a_seat() -> None:
    assert measured(aims(ACCESS, URGENT, HALF))["coherence_frontline"] == pytest.approx(1)
    assert measured(aims(ACCESS, ACCESS, URGENT))["coherence_frontline"] == pytest.approx(0)
    assert math.isnan(measured(Plan([person(board=1, priorities=HALF), person(PCT_STAFF)]))["coherence_frontline"])


def test_external_coherence_is_the_mean_of_needs_evidence_and_practice() -> None:
    plan = aims(ACCESS, ACCESS, HALF, benchmark=0.2)
    for member, knows in zip(plan.people, (0.2, 0.6, 1.0), strict=True):
        member["knowledge"] = knows * np.eye(9)[ELSEWHERE]
    live = [project(live=3, pathway=2), project(live=1, pathway=2), project(live=1, ended=2, pathway=4)]
    found = measured(replace(plan, projects=live))["coherence_external"]
    assert found == pytest.approx((0.5 * 0.4 * (1 - 0.8 * 7 / 8)) ** (1 / 3))


def test_coherence_is_the_geometric_mean_of_the_parts_there_are() -> None:
    found = measured(aims(ACCESS, HALF, HALF, benchmark=0.5))
    parts = [found[f"coherence_{part}"] for part in ("internal", "frontline", "external")]
    assert parts[2] == 0  # nobody knows how it is done elsewhere
    assert found["coherence"] == 0
    assert of_parts(0.5, math.nan, 0.125) == pytest.approx(0.25)
    assert of_parts(0.5, 0.25, 1.0) == pytest.approx(0.5)
    assert math.isnan(of_parts(math.nan, math.nan, math.nan))


@pytest.mark.parametrize(("reach", "worth"), [(0.0, 1.0), (1.0, 0.5), (0.6, 0.7)])
def test_practice_on_a_pathway_counts_by_the_practices_that_use_its_widest_project(reach: float, worth: float) -> None:
    plan = aims(ACCESS, ACCESS, needs=ACCESS, practices=4)
    for member in plan.people:
        member["knowledge"] = np.eye(9)[ELSEWHERE]
    live = [project(live=3, pathway=2, adopters=n) for n in (1, 2)]
    found = measured(replace(plan, projects=live, rules={"rating": {"reach": reach}}))["coherence_external"]
    assert found == pytest.approx((worth / 8) ** (1 / 3))


def decides(course: float, control: float, **ccg: float) -> dict[str, float]:
    """Measures of a board of a GP who wants what the frontline wants and a manager who does not, if managers have so
    much control.
    """
    people = [person(board=1, priorities=ACCESS, participation=0.5), person(priorities=ACCESS, participation=0.5)]
    people.append(person(PCT_STAFF, board=1, priorities=URGENT, participation=0.9))
    for each in people:
        each["knowledge"] = np.eye(9)[ELSEWHERE]
    where = {"needs": ACCESS, "benchmark": 1.0, "manager_control": control, **ccg}
    return measured(Plan(people, ccgs=[where], rules={"decisions": {"course": course}}))


def test_a_board_is_as_near_to_its_frontline_and_to_needs_as_those_are_who_decide() -> None:
    """The mean of two members is half way; with the course managers' part is their control."""
    for control in (0.0, 0.2, 1.0):
        plain, followed, half = (decides(course, control) for course in (0.0, 1.0, 0.5))
        for measure, power in (("coherence_frontline", 1), ("coherence_external", 3)):
            assert plain[measure] ** power == pytest.approx(0.5)
            assert followed[measure] ** power == pytest.approx(1 - control)
            assert half[measure] ** power == pytest.approx(0.75 - control / 2)


def voiced(course: float, participations: tuple[float, float], control: float = 0.0, managers: int = 0) -> float:
    """Clinicians' part in the vision of a board of a GP and a lay member who take part so much, and managers."""
    gp, lay = participations
    people = [person(GP, board=1, participation=gp), *[person(PCT_STAFF, board=1, participation=0.9)] * managers]
    people.append(person(PATIENT_GROUP, board=1, participation=lay))
    plan = Plan(people, ccgs=[{"manager_control": control}], rules={"decisions": {"course": course}})
    return measured(plan)["vision_clinical"]


def test_the_vision_follows_who_takes_part() -> None:
    assert voiced(0.0, (0.9, 0.1)) == voiced(0.0, (0.2, 0.6)) == pytest.approx(0.5)
    assert voiced(1.0, (0.9, 0.1)) == pytest.approx(0.9)
    assert voiced(1.0, (0.2, 0.6)) == pytest.approx(0.25)
    assert voiced(0.5, (0.2, 0.6)) == pytest.approx(0.375)
    assert voiced(1.0, (0.0, 0.0)) == pytest.approx(0.5)  # nobody decides: the mean stands


def test_the_vision_is_the_managers_as_far_as_they_are_in_control_however_many_they_are() -> None:
    for managers in (1, 3):
        assert voiced(1.0, (0.9, 0.1), 0.4, managers) == pytest.approx(0.6 * 0.9)
        assert voiced(0.0, (0.9, 0.1), 0.4, managers) == pytest.approx(1 / (2 + managers))


def test_a_seat_for_the_frontline_is_not_needed_for_a_vision() -> None:
    """GPs without a seat have a voice in the course but none in the vision, which is the board's."""
    people = [person(GP, participation=0.9), person(PATIENT_GROUP, board=1, participation=0.5)]
    assert measured(Plan(people, ccgs=[{"density": 0.6}], rules={"decisions": {"course": 1.0}}))["vision_clinical"] == 0


def knowing(*levels: tuple[float, float]) -> Plan:
    """A board that knows two domains to these levels; in the first, those at 1 brought it with the job."""
    first, second = np.eye(9)[COMMISSIONING], np.eye(9)[ELSEWHERE]
    people = [
        person(board=1, knowledge=a * first + b * second, native=first if a == 1 else 0 * first) for a, b in levels
    ]
    return Plan(people)


def test_reach_is_what_those_know_who_did_not_bring_it() -> None:
    found = measured(knowing((1.0, 0.1), (0.2, 0.2), (0.4, 0.6)))
    assert found["mobility_reach"] == pytest.approx((0.3 + 0.3) / 9)
    assert found["board_commissioning"] == pytest.approx(1.6 / 3)


def test_circulation_falls_with_the_lead_of_the_best() -> None:
    found = measured(knowing((1.0, 0.1), (0.2, 0.2), (0.4, 0.6)))
    assert found["mobility_circulation"] == pytest.approx(1 - ((1 - 1.6 / 3) + (0.6 - 0.3)) / 9)


def test_a_domain_that_all_brought_with_the_job_has_no_reach() -> None:
    assert measured(knowing((1.0, 0.4), (1.0, 0.4)))["mobility_reach"] == pytest.approx(0.4 / 8)


def test_knowledge_mobility_is_the_geometric_mean_of_its_parts() -> None:
    plan = knowing((1.0, 0.1), (0.2, 0.2))
    plan.people.append(person(PCT_STAFF))
    found = measured(replace(plan, ties=[(0, 2, 0.8)]))
    parts = [found[f"mobility_{part}"] for part in ("reach", "circulation", "openness")]
    assert parts[2] == pytest.approx(1 - math.exp(-0.4))
    assert found["knowledge_mobility"] == pytest.approx(math.prod(parts) ** (1 / 3))


@pytest.mark.parametrize(
    ("member", "share"),
    [
        (person(GP, board=1), 1.0),
        (person(NURSE, board=1, role=NURSE_SEAT), 1.0),
        (person(PROVIDER, board=1, role=SECONDARY_CARE_DOCTOR, sector=ACUTE), 1.0),
        (person(PCT_STAFF, board=1), 0.0),
        (person(PATIENT_GROUP, board=1), 0.0),
    ],
)
def test_the_vision_of_a_lone_member_is_that_of_the_profession(member: dict[str, object], share: float) -> None:
    assert measured(Plan([member]))["vision_clinical"] == pytest.approx(share, abs=1e-15)


def by_hand(months: int = 12, lead: float = 1.0) -> tuple[float, float]:
    """Clinical shares of a GP and a manager, whom national aims pull `lead` times as hard, who talk to each other."""
    gp, manager = 1.0, 0.0
    for _ in range(months):
        gp, manager = (
            gp + RULES.step * (manager - gp) + RULES.pull * (1 - gp),
            manager + RULES.step * (gp - manager) - lead * RULES.pull * manager,
        )
    return gp, manager


@pytest.mark.parametrize("other", [PCT_STAFF, POLICY_BODY])
def test_talk_carries_the_vision_both_ways(other: int) -> None:
    gp, manager = by_hand()
    people = [person(GP, board=1, priorities=HALF), person(other, priorities=HALF)]
    assert measured(Plan(people, [(1, 0, 0.3)]))["vision_clinical"] == pytest.approx(gp)
    people = [person(GP, priorities=HALF), person(other, board=1, priorities=HALF)]
    assert measured(Plan(people, [(1, 0, 0.3)]))["vision_clinical"] == pytest.approx(manager)


@pytest.mark.parametrize(("other", "lead"), [(PCT_STAFF, 1.6), (POLICY_BODY, 1.0)])
def test_national_aims_lead_managers_in_control_the_more(other: int, lead: float) -> None:
    people = [person(GP, priorities=HALF), person(other, board=1, priorities=HALF)]
    plan = Plan(people, [(1, 0, 0.3)], ccgs=[{"manager_control": 0.5}], rules={"priorities": {"control_pull": 1.2}})
    assert measured(plan)["vision_clinical"] == pytest.approx(by_hand(lead=lead)[1])


def test_those_too_far_apart_in_mind_do_not_shape_each_others_vision() -> None:
    people = [person(GP, priorities=ACCESS), person(PCT_STAFF, board=1, priorities=URGENT)]
    assert measured(Plan(people, [(1, 0, 0.9)]))["vision_clinical"] == 0


def test_stronger_ties_weigh_more() -> None:
    people = [person(GP, priorities=HALF), person(PATIENT_GROUP, board=1, priorities=HALF)]
    people.append(person(POLICY_BODY, priorities=HALF))
    near_gp = measured(Plan(people, [(1, 0, 0.9), (1, 2, 0.1)]))["vision_clinical"]
    near_policy = measured(Plan(people, [(1, 0, 0.1), (1, 2, 0.9)]))["vision_clinical"]
    assert near_gp > 0.3 > 0.1 > near_policy > 0


def test_a_tie_without_strength_carries_no_vision() -> None:
    people = [person(GP, board=1, priorities=HALF), person(PCT_STAFF, priorities=HALF)]
    assert measured(Plan(people, [(0, 1, 0.0)]))["vision_clinical"] == 1.0
