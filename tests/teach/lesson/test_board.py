"""The class is the board: what it decides is what its GPs give, the model plays the rest, and a file tells it all."""

from __future__ import annotations

import json

import msgspec
import numpy as np
import pytest

from ccgsim import Problems
from ccgsim.run import series_of
from ccgsim.teach.config import scenario_of
from ccgsim.teach.lesson.past import percent
from ccgsim.teach.lesson.play import debrief, response
from ccgsim.teach.lesson.play.board import (
    HALF_YEAR,
    OFFICER,
    OFFICER_SEES,
    SEEN,
    Board,
    again,
    district,
    opened,
    seen_by_officer,
)

MONTHS = 27  # the last half year is a short one
SHORT = district(3, MONTHS, dialogue=False)


def rule_of(view: dict[str, float], key: int) -> float:
    """How a made-up class answers: more when heard, less while policy is unclear; each student in her own way."""
    own = 0.1 * ((key * 7919) % 11 - 5) / 5
    return float(np.clip(0.3 + 0.5 * view["heard"] - 0.6 * view["waiting"] + 0.2 * view["peers"] + own, 0, 1))


def played(students: int = 12, config=SHORT, held: float | None = None) -> Board:
    board = Board(config)
    while not board.over:
        if held is not None:
            board.decide(OFFICER, board.turn, held)
        for key in list(board.gps)[:students]:
            board.decide(key, board.turn, rule_of(board.saw[-1][key], key))
        board.play()
    return board


@pytest.fixture(scope="module")
def board() -> Board:
    return played()


def test_a_board_without_decisions_is_the_models_own_district():
    alone = Board(SHORT).to_the_end()
    series = series_of(scenario_of(SHORT, 0), SHORT.seed, MONTHS)
    assert alone.control == series["manager_control"].to_list()
    assert alone.path(alone.gps) == pytest.approx(series["participation"].to_list(), abs=1e-9)


def test_a_gp_gives_what_was_decided_in_every_month_of_its_half_year(board):
    places = {key: place for place, key in enumerate(board.gps)}
    for turn, given in enumerate(board.given):
        for month in range(turn * HALF_YEAR + 1, min((turn + 1) * HALF_YEAR, MONTHS) + 1):
            for key, give in given.items():
                assert board.participation[month][places[key]] == give


def test_who_does_not_decide_is_played_by_the_model_and_decisions_change_the_others():
    alone, one = Board(SHORT).to_the_end(), Board(SHORT)
    first, *others = one.gps
    one.decide(first, 0, 0.0)
    one.to_the_end()
    assert one.path([first])[HALF_YEAR] == 0.0
    assert one.path([first])[-1] > 0.0, "from the second half year on the model plays her again"
    assert one.path(others) != alone.path(others), "her peers meet her as she was"


def test_students_see_four_shares_and_the_first_is_what_they_gave(board):
    for turn, given in enumerate(board.given):
        for key, give in given.items():
            assert board.saw[turn][key].keys() == SEEN.keys()
            assert all(0 <= share <= 1 for share in board.saw[turn][key].values())
            assert board.saw[turn + 1][key]["given"] == give


# The accountable officer
def test_managers_take_what_the_officer_decides_and_gps_meet_it():
    alone, tight = Board(SHORT).to_the_end(), played(0, held=0.85)
    assert tight.control[0] == alone.control[0]
    assert set(tight.control[1:]) == {0.85}
    heard = [np.mean([board.saw[-1][key]["heard"] for key in board.gps]) for board in (alone, tight)]
    assert heard[1] < heard[0], "GPs are heard less under a tight hold"


def test_the_officer_sees_the_system_and_what_she_is_pressed_to_take_is_where_the_models_managers_go():
    board = Board(SHORT).to_the_end()
    for saw in board.saw:
        assert saw[OFFICER].keys() == OFFICER_SEES.keys()
        assert all(0 <= share <= 1 for share in saw[OFFICER].values())
    course = Board(SHORT).course
    for _ in range(MONTHS):
        before, strain = (float(course.world.ccgs[name][0]) for name in ("manager_control", "strain"))
        course.step()
        now = seen_by_officer(course.world)
        went = (now["called"] - before) / float(course.world.rules[0].stepping_in.response)
        if course.world.ccgs.strain[0] == strain:  # it moves later in the month than managers do
            assert now["held"] == pytest.approx(before + went, abs=1e-9)


def test_the_officer_holds_no_more_and_no_less_than_managers_may_by_the_models_rule():
    board = Board(SHORT)
    low, high = board.bounds(OFFICER)
    for share in (low - 0.01, high + 0.01):
        with pytest.raises(Problems, match=r"lies outside 0\.2 to 0\.85"):
            board.decide(OFFICER, 0, share)


def test_the_officers_decisions_are_no_part_of_the_gps_response_and_are_told():
    tight = played(held=0.6)
    assert OFFICER not in tight.played
    assert response.response_of(tight).decisions == response.response_of(played()).decisions
    said = " ".join(each.text for each in debrief.office(tight))
    assert f"let managers take 60% of decisions on average, over {tight.turns} half years" in said
    assert list(debrief.office(Board(SHORT))) == []


@pytest.mark.parametrize("held", [None, 0.5])
def test_a_run_is_played_again_to_the_byte_from_its_file(held):
    board = played(held=held)
    again = opened(board.saved().decode())
    assert again.saved() == board.saved()
    assert again.course.world.actors.tobytes() == board.course.world.actors.tobytes()
    assert again.course.world.ties.tobytes() == board.course.world.ties.tobytes()
    told = [list(debrief.debriefed(each, districts=2))[-1] for each in (board, again)]
    assert json.dumps(told[0]) == json.dumps(told[1])


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"game": "circle"}, "no class that this lesson saved"),
        ({"given": [{"999999999": 0.5}]}, "does not fit its own district"),
        ({"given": [{"0": 1.5}]}, "no class that this lesson saved"),
        ({"given": [{"-2": 0.5}]}, "no class that this lesson saved"),
        ({"given": [{"-1": 0.1}]}, "managers may take 0.2 to 0.85"),
        ({"given": [{}] * 6}, "does not fit its own district"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_reason(board, change, why):
    with pytest.raises(Problems, match=why):
        opened(json.dumps(json.loads(board.saved()) | change))
    for text in ("", "null", "[" * 9000):
        with pytest.raises(Problems, match="no class"):
            opened(text)


def test_only_the_half_year_that_comes_can_be_decided_about():
    board = Board(SHORT)
    key = next(iter(board.gps))
    with pytest.raises(Problems, match="lies ahead"):
        board.decide(key, 1, 0.5)
    board.play()
    with pytest.raises(Problems, match="is over"):
        board.decide(key, 0, 0.5)
    with pytest.raises(Problems, match="no GP"):
        board.decide(-2, 1, 0.5)
    with pytest.raises(Problems, match="played to the end"):
        board.to_the_end().decide(key, board.turn - 1, 0.5)


# What participation follows from
def test_the_estimate_finds_what_made_the_decisions():
    rows = np.linspace(0, 1, 200)
    seen = np.column_stack([rows, (rows * 7) % 1, (rows * 13) % 1])
    wobble = 0.05 * np.sin(1000 * rows)
    found = response.estimated(seen, 0.2 + seen @ [0.4, -0.3, 0.0] + wobble, people=10)
    heard, waiting, peers = found.terms
    assert heard.low < 4.0 < heard.high
    assert heard.sure
    assert waiting.low < -3.0 < waiting.high
    assert waiting.sure
    assert not peers.sure
    told = " ".join(said.text for said in response.says(found))
    assert "being heard: 4.0 points more given" in told
    assert "unclear policy: 3.0 points less given" in told
    assert "peers giving: it cannot be told" in told


def test_its_intervals_hold_the_truth_as_often_as_they_say():
    from ccgsim.foundation.statistics import luck

    times, n = 400, 40
    draws = luck(times, 3 * n + 12 * n, use=77)
    held = 0
    for row in draws:
        seen, noise = row[: 3 * n].reshape(n, 3), row[3 * n :].reshape(n, 12).sum(axis=1) - 6
        term = response.estimated(seen, seen @ [0.5, 0.0, 0.0] + 0.1 * noise, people=5).terms[0]
        held += term.low <= response.STEP * 0.5 <= term.high
    spread = (times * 0.95 * 0.05) ** 0.5
    assert abs(held - 0.95 * times) < 4.5 * spread


@pytest.mark.parametrize("decisions", [0, 1, response.FEWEST - 1])
def test_too_few_decisions_are_said_to_be_too_few(decisions):
    seen = np.column_stack([np.linspace(0, 1, decisions)] * 3) * [1.0, 0.5, 0.2]
    found = response.estimated(seen, np.zeros(decisions), people=3)
    assert found.coefficients is None
    assert "too few" in " ".join(said.text for said in response.says(found))


def test_what_never_differed_cannot_be_told():
    seen = np.column_stack([np.linspace(0, 1, 60), np.full(60, 0.3), np.linspace(0, 1, 60) ** 2])
    found = response.estimated(seen, np.linspace(0, 1, 60), people=3)
    assert found.coefficients is None
    assert "hardly differed" in " ".join(said.text for said in response.says(found))


def test_the_debrief_says_what_its_own_numbers_show(board):
    *_, told = debrief.debriefed(board, districts=3)
    assert told["done"]
    keys = board.played
    ends = [Board(msgspec.structs.replace(SHORT, seed=SHORT.seed + n)).to_the_end().path(keys)[-1] for n in range(3)]
    end = percent(board.path(keys)[-1])
    below = sum(percent(other) < end for other in ends)
    said = " ".join(told["says"])
    assert f"{end}% in month {MONTHS}: more than in {below} of 3 districts" in said
    assert told["bands"]["given"]["middle"][-1] == pytest.approx(np.median(ends), abs=1e-4)
    if told["again"]:
        shut, opened_ = (percent(told["again"][name][-1]) for name in ("shut", "open"))
        assert f"{shut}% without" in said
        assert f"{opened_}% with it" in said


def test_two_rounds_in_one_district_stand_beside_each_other(board):
    second = played(config=again(SHORT))
    assert again(second.config) == SHORT
    *_, told = debrief.debriefed(second, board, districts=1)
    ends = [percent(each.path(each.played)[-1]) for each in (board, second)]
    assert told["first"] == [round(value, 4) for value in board.path(board.played)]
    assert f"twice: {ends[0]}% at the end without dialogue, {ends[1]}% with it." in told["says"][-1]


def test_in_the_same_world_again_only_dialogue_differs(board):
    found = response.response_of(board)
    assert found.coefficients is not None
    fresh = [Board(district(SHORT.seed, MONTHS, dialogue)) for dialogue in (False, True)]
    shut, open_ = (response.answered(each, board.played, found) for each in fresh)
    assert shut.gps == open_.gps
    assert (shut.dialogue, open_.dialogue) == (False, True)
    gives = found.gives(shut.saw[0][board.played[0]])
    assert shut.given[0][board.played[0]] == gives
