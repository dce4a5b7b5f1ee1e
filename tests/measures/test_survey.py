"""Seat-holders answer from what they can see."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from ccgsim.foundation.vocabulary import ACCOUNTABLE_OFFICER, LIVE, PCT_STAFF, PROGRAMME, PROVIDER
from ccgsim.measures.survey import QUESTIONS, survey

from .builders import Plan, Row, made_up, person, project

INFLUENCE, VISION, PLANS, OBSTACLE = QUESTIONS
STANDARD_ERRORS = 4.5


def answers(plan: Plan, question: str) -> list[str]:
    """What the seat-holders answer, in the order of keys, at month 42."""
    plan.month = 42
    table = survey(plan.world())
    return table.loc[table["question"] == question, "answer"].tolist()


def test_every_seat_holder_answers_every_question_with_one_of_its_options() -> None:
    world = made_up(ccgs=2, month=66)
    table = survey(world)
    assert list(table.columns) == ["month", "ccg", "agent", "role", "question", "answer"]
    assert set(table["month"]) == {66}
    members = world.actors[world.actors.board == 1]
    assert table["agent"].tolist() == np.repeat(members.key, len(QUESTIONS)).tolist()
    assert table["ccg"].tolist() == np.repeat(members.ccg, len(QUESTIONS)).tolist()
    assert table["question"].tolist() == list(QUESTIONS) * len(members)
    answered = zip(table["question"], table["answer"], strict=True)
    assert all(answer in QUESTIONS[question] for question, answer in answered)


def test_nobody_asked_gives_an_empty_table() -> None:
    assert survey(Plan([person()]).world()).empty


def test_the_same_world_gives_the_same_answers() -> None:
    pd.testing.assert_frame_equal(survey(made_up(month=42)), survey(made_up(month=42)))


PLANNED: list[Row] = [
    project(arena=PROGRAMME, approved=1, locality=0),
    project(arena=PROGRAMME, approved=1, locality=0),
    project(arena=LIVE, approved=1, live=9, locality=1),
]


CROWD = 600  # three standard errors of a share are .06


def agreeing(plan: Plan, champion: int = -1) -> float:
    """Share of the crowd who agree, the last project led by the person in that row."""
    world = plan.world()
    if champion >= 0:
        world.projects.champion[-1] = world.actors.key[champion]
    table = survey(world)
    return float((table.loc[table["question"] == PLANS, "answer"] == "agree").mean())


@pytest.mark.parametrize(
    ("respondent", "share"),
    [
        (person(PCT_STAFF, board=1, role=ACCOUNTABLE_OFFICER), 3 / 5),  # sees all three, one of them live
        (person(board=1, locality=0), 3 / 4),
        (person(board=1, locality=1), 1 / 3),
    ],
)
def test_plans_are_judged_by_the_projects_in_view(respondent: Row, share: float) -> None:
    plan = Plan([respondent] * CROWD, localities=[{}, {}], projects=PLANNED)
    assert agreeing(plan) == pytest.approx(share, abs=0.06)


def test_an_adviser_brings_a_project_into_view() -> None:
    people = [*[person(board=1) for _ in range(CROWD)], person()]
    ties = [(n, CROWD, 0.5) for n in range(CROWD)]
    assert agreeing(Plan(people, ties, projects=PLANNED), CROWD) == pytest.approx(1 / 3, abs=0.06)
    assert agreeing(Plan(people, projects=PLANNED), CROWD) == pytest.approx(3 / 5, abs=0.06)


@pytest.mark.parametrize(("planned", "share"), [(PLANNED[2:], 1 / 3), (PLANNED[:2], 3 / 4), ([], 1 / 2)])
def test_with_nothing_in_view_the_ccg_is_judged_by_the_rule_of_succession(planned: list[Row], share: float) -> None:
    assert agreeing(Plan([person(board=1) for _ in range(CROWD)], projects=planned)) == pytest.approx(share, abs=0.06)


GP_ON_BOARD = person(board=1, participation=0.6, efficacy=0.2)


@pytest.mark.parametrize(
    ("ccg", "ties", "member", "answer"),
    [
        ({"uncertainty_seen": 0.3}, [], {**GP_ON_BOARD, "efficacy": 0.8}, "own CCG"),
        ({"uncertainty_seen": 0.8, "strain": 0.6}, [], GP_ON_BOARD, "NHS England"),
        ({"uncertainty_seen": 0.3}, [(0, 1, 0.9), (0, 2, 0.9)], GP_ON_BOARD, "collaborations"),
    ],
)
def test_influence_is_where_belief_ties_or_pressure_are(
    ccg: Row, ties: list[tuple[int, int, float]], member: Row, answer: str
) -> None:
    people = [member, person(PROVIDER), person(PROVIDER)]
    assert answers(Plan(people, ties, ccgs=[ccg]), INFLUENCE) == [answer]


@pytest.mark.parametrize(("control", "answer"), [(0.1, "clinicians"), (0.5, "both equally"), (0.9, "managers")])
def test_the_vision_is_theirs_who_take_part_and_decide(control: float, answer: str) -> None:
    people = [person(board=1, participation=0.9), person(PCT_STAFF, board=1, participation=0.9)]
    assert answers(Plan(people, [(0, 1, 0.5)], ccgs=[{"manager_control": control}]), VISION) == [answer] * 2


def test_each_side_names_the_other_and_all_name_what_weighs_on_all() -> None:
    def obstacles(ccg: Row, **gp: Any) -> list[str]:
        people = [person(board=1, **gp), person(PCT_STAFF, board=1, participation=0.9)]
        return answers(Plan(people, [(0, 1, 0.5)], ccgs=[ccg]), OBSTACLE)

    controlled = {"uncertainty_seen": 0.5, "manager_control": 0.8}
    assert obstacles(controlled, participation=0.2) == ["bigger forces", "lack of will and skill"]
    assert obstacles({"strain": 0.9}, participation=0.9) == ["funding"] * 2
    assert obstacles({}, participation=0.9, hours_used=60.0)[0] == "time"


@pytest.mark.parametrize(("control", "answer"), [(0.9, "bigger forces"), (0.1, "funding")])
def test_control_is_a_bigger_force_to_those_it_is_held_over(control: float, answer: str) -> None:
    """Forces .5 × (.2 + control), .55 or .15, to a GP and .2 to a manager; funding .4; chance adds less than .1."""
    people = [person(board=1, participation=0.9), person(PCT_STAFF, board=1, participation=0.9)]
    ccg = {"uncertainty_seen": 0.2, "strain": 0.4, "manager_control": control}
    assert answers(Plan(people, [(0, 1, 0.5)], ccgs=[ccg]), OBSTACLE) == [answer, "funding"]


def test_answers_at_random_are_uniform() -> None:
    world = made_up(ccgs=20, month=42)
    world.rules.ablation.random_answers = 1
    table = survey(world)
    for question, options in QUESTIONS.items():
        given = table.loc[table["question"] == question, "answer"]
        p = 1 / len(options)
        tolerance = STANDARD_ERRORS * (p * (1 - p) / len(given)) ** 0.5
        for option in options:
            assert abs((given == option).mean() - p) < tolerance
