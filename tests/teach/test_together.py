"""A class on its own devices: each sees her own role, the lecturer steers, and no decision is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest

from ccgsim.teach import limits
from ccgsim.teach.lesson.play.board import HALF_YEAR, OFFICER, OFFICER_SEES, SEEN, opened
from ccgsim.teach.lesson.scenes import SCENE
from ccgsim.teach.server.gate import Entry
from teach.serving import Page, device, line_from, page, served

MONTHS = 18
ANNA, BEN = "127.0.0.2", "127.0.0.3"


@pytest.fixture
def entry() -> Entry:
    return Entry("http://192.0.2.7:8321/")


@pytest.fixture
def server(entry):
    with served(entry=entry) as running:
        yield running


def seen(here: Page, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The next state of the class that is as wanted."""
    while True:
        told, _ = here.until("class")
        assert told["type"] == "class", told
        if wanted(told):
            return told


def sit(here: Page, name: str, seat: str = "") -> str:
    here.say(type="sit", name=name, seat=seat)
    return seen(here, lambda told: told["seat"] != "")["seat"]


def at_turn(turn: int) -> Callable[[dict[str, Any]], bool]:
    return lambda told: bool(
        (board := (told.get("student") or told.get("lecturer"))["board"]) and board["turn"] == turn
    )


def at_month(month: int) -> Callable[[dict[str, Any]], bool]:
    return lambda told: (told["lecturer"]["board"] or {}).get("month") == month


def bets_from(people: int) -> Callable[[dict[str, Any]], bool]:
    return lambda told: sum(((told["lecturer"]["poll"] or {}).get("counts") or {}).values()) == people


def decided(told: dict[str, Any]) -> bool:
    return told["student"]["board"]["decided"] is not None


def test_students_see_their_own_role_and_nothing_else(server, entry):
    with page(server) as lecturer, device(server, ANNA, entry) as anna, device(server, BEN, entry) as ben:
        sit(anna, "Anna")
        sit(ben, "Ben")
        lecturer.say(type="convene", months=MONTHS)
        hers, his = seen(anna, at_turn(0)), seen(ben, at_turn(0))
        assert hers.keys() == {"type", "steers", "seat", "student"}
        board = hers["student"]["board"]
        assert [each["name"] for each in board["view"]] == list(SEEN)
        assert board["plays"] != his["student"]["board"]["plays"]
        assert "Ben" not in json.dumps(hers)
        assert entry.code not in json.dumps(hers)
        whole = seen(lecturer, at_turn(0))
        assert whole["steers"]
        assert [each["name"] for each in whole["lecturer"]["students"]] == ["Anna", "Ben"]


def test_one_student_plays_the_accountable_officer_and_sees_the_officers_view_alone(server, entry):
    with page(server) as lecturer, device(server, ANNA, entry) as anna, device(server, BEN, entry) as ben:
        sit(anna, "Anna")
        sit(ben, "Ben")
        lecturer.say(type="convene", months=MONTHS, officer=True)
        hers, his = (seen(each, at_turn(0))["student"]["board"] for each in (anna, ben))
        assert (hers["role"], his["role"]) == ("officer", "gp")
        assert [each["name"] for each in hers["view"]] == list(OFFICER_SEES)
        assert [each["name"] for each in his["view"]] == list(SEEN)
        told, _ = anna.ask("error", type="decide", turn=0, give=1.0)
        assert "lies outside 0.2 to 0.85" in told["problems"][0]["rule"]
        anna.say(type="decide", turn=0, give=0.7)
        seen(anna, decided)
        lecturer.say(type="advance", turn=0)
        assert seen(anna, at_turn(1))["student"]["board"]["view"][0]["values"][-1] == 0.7
        whole = seen(lecturer, at_turn(1))["lecturer"]
        assert [each["plays"] for each in whole["students"]] == ["the accountable officer", his["plays"]]


@pytest.mark.parametrize(
    "message",
    [
        {"type": "convene"},
        {"type": "advance", "turn": 0},
        {"type": "poll", "scene": "pressure"},
        {"type": "reveal"},
        {"type": "dismiss"},
        {"type": "reopen", "file": "{}"},
        {"type": "debrief", "job": "d"},
    ],
)
def test_only_the_lecturers_page_steers(server, entry, message):
    with device(server, ANNA, entry) as anna:
        sit(anna, "Anna")
        told, _ = anna.ask("error", **message)
        assert "only the lecturer's page" in told["problems"][0]["rule"]


def test_without_a_class_there_is_none_to_join():
    with served() as alone, page(alone) as here:
        told, _ = here.ask("class", type="sit", name="Anna")
        assert "ccgsim teach --class" in told["problems"][0]["rule"]


def test_a_decision_outlives_the_line_and_can_be_changed_until_the_half_year_is_played(server, entry):
    with page(server) as lecturer:
        with device(server, ANNA, entry) as anna:
            seat = sit(anna, "Anna")
            lecturer.say(type="convene", months=MONTHS)
            seen(anna, at_turn(0))
            anna.say(type="decide", turn=0, give=0.25)
            seen(anna, decided)
        seen(lecturer, lambda told: not any(each["here"] for each in told["lecturer"]["students"]))
        with device(server, ANNA, entry) as anna:
            assert sit(anna, "Anna", seat) == seat
            anna.say(type="decide", turn=0, give=0.75)
            seen(anna, lambda told: told["student"]["board"]["decided"] == 0.75)
            lecturer.say(type="advance", turn=0)
            board = seen(anna, at_turn(1))["student"]["board"]
            assert board["view"][0]["values"][-1] == 0.75
            assert board["decided"] is None
            late, _ = anna.ask("error", type="decide", turn=0, give=0.1)
            assert "is over" in late["problems"][0]["rule"]


def test_who_comes_late_gets_a_gp_and_who_asks_too_early_is_told(server, entry):
    with page(server) as lecturer, device(server, ANNA, entry) as anna:
        told, _ = anna.ask("error", type="decide", turn=0, give=0.5)
        assert "tell your name first" in told["problems"][0]["rule"]
        lecturer.say(type="convene", months=MONTHS)
        seen(lecturer, at_turn(0))
        lecturer.say(type="advance", turn=0)
        seen(lecturer, at_turn(1))
        sit(anna, "Anna")
        anna.say(type="decide", turn=1, give=0.5)
        assert seen(anna, decided)["student"]["board"]["plays"]


def test_who_sits_down_twice_has_one_seat_under_the_later_name(server, entry):
    with page(server) as lecturer, device(server, ANNA, entry) as anna:
        seat = sit(anna, "Ana")
        anna.say(type="sit", name="Anna")
        assert seen(anna, lambda told: told["student"]["name"] == "Anna")["seat"] == seat
        whole = seen(lecturer, lambda told: [each["name"] for each in told["lecturer"]["students"]] == ["Anna"])
        assert whole["lecturer"]["students"][0]["here"]


def test_a_half_year_is_played_once_however_often_it_is_asked_for(server):
    with page(server) as lecturer:
        lecturer.say(type="convene", months=MONTHS)
        seen(lecturer, at_turn(0))
        lecturer.say(type="advance", turn=0)
        seen(lecturer, at_turn(1))
        told, _ = lecturer.ask("error", type="advance", turn=0)
        assert "is over" in told["problems"][0]["rule"]


def test_bets_are_counted_and_the_run_says_who_was_right(server, entry):
    config = SCENE["pressure"].config
    options = SCENE["pressure"].bet
    with ExitStack() as leaving:
        lecturer = leaving.enter_context(page(server))
        class_ = [leaving.enter_context(device(server, f"127.0.0.{9 + n}", entry)) for n in range(len(options))]
        lecturer.say(type="poll", scene="pressure")
        for n, (student, option) in enumerate(zip(class_, options, strict=True)):
            sit(student, f"Student {n}")
            student.say(type="guess", scene="pressure", option=option)
        counted = seen(lecturer, bets_from(len(options)))["lecturer"]["poll"]
        assert counted["counts"] == dict.fromkeys(options, 1)
        assert counted["outcome"] is None
        lecturer.start(config)
        early, _ = lecturer.ask("error", type="reveal")
        assert "has not ended" in early["problems"][0]["rule"]
        lecturer.ask("at", type="goto", month=config.months)
        outcome = lecturer.ask("told", type="tell")[0]["outcome"]
        lecturer.say(type="reveal")
        poll = seen(lecturer, lambda told: told["lecturer"]["poll"]["outcome"] is not None)["lecturer"]["poll"]
        assert poll["outcome"] == outcome
        assert poll["right"] == [f"Student {options.index(outcome)}"]
        assert len(poll["wrong"]) == len(options) - 1
        hers = seen(class_[0], lambda told: told["student"]["poll"]["outcome"] is not None)["student"]["poll"]
        assert (hers["outcome"], hers["says"]) == (outcome, poll["says"])
        closed, _ = class_[0].ask("error", type="guess", scene="pressure", option=options[0])
        assert "are closed" in closed["problems"][0]["rule"]


def test_a_scene_without_a_bet_is_refused_with_those_that_have_one(server):
    with page(server) as lecturer:
        told, _ = lecturer.ask("error", type="poll", scene="network")
        assert "pressure" in told["problems"][0]["rule"]


def test_the_forty_first_device_is_told_that_the_class_is_full_and_the_lecturer_still_joins(server, entry):
    with ExitStack() as leaving:
        for n in range(limits.CONNECTIONS):
            leaving.enter_context(device(server, f"127.0.1.{1 + n}", entry))
        with line_from("127.0.2.1", server, entry) as late:
            assert "The class is full (40)" in late.recv(timeout=30)
        with page(server) as lecturer:
            assert lecturer.welcome["type"] == "welcome"


@pytest.mark.slow
def test_thirty_students_play_a_district_through_and_no_decision_is_lost(server, entry):
    students, months = 30, 140
    turns = -(-months // HALF_YEAR)
    sent: list[list[float]] = [
        [round(((7 * n + 13 * turn) % 21) / 20, 2) for n in range(students)] for turn in range(turns)
    ]
    for turn, decisions in enumerate(sent):
        decisions[0] = round(0.2 + 0.05 * (turn % 14), 2)  # the officer: what managers may take
    with ExitStack() as leaving:
        lecturer = leaving.enter_context(page(server))
        class_ = [leaving.enter_context(device(server, f"127.0.3.{1 + n}", entry)) for n in range(students)]
        seats = [sit(student, f"Student {n}") for n, student in enumerate(class_)]
        lecturer.say(type="convene", months=months, seed=2, officer=True)
        for turn in range(turns):
            for n, student in enumerate(class_):
                seen(student, at_turn(turn))
                student.say(type="decide", turn=turn, give=sent[turn][n])
                seen(student, decided)
            dropped = turn % students  # her line breaks after she decided, and she comes back
            class_[dropped].socket.close()
            class_[dropped] = leaving.enter_context(device(server, f"127.0.3.{1 + dropped}", entry))
            assert sit(class_[dropped], f"Student {dropped}", seats[dropped]) == seats[dropped]
            lecturer.say(type="advance", turn=turn)
            seen(lecturer, at_month(min(months, (turn + 1) * HALF_YEAR)))
        told, _ = lecturer.ask("debrief", type="debrief", job="d")
    saved = json.loads(told["file"])
    assert [sorted(given.values()) for given in saved["given"]] == [sorted(turn) for turn in sent]
    assert [given[str(OFFICER)] for given in saved["given"]] == [turn[0] for turn in sent]
    again = opened(told["file"])
    assert again.saved().decode() == told["file"]
    assert [round(value, 4) for value in again.path(again.played)] == told["given"]
