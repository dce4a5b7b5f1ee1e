"""The game of the classroom: the moves alone make the outcome, and each role sees its own view only."""

from __future__ import annotations

import json

import pytest

from ccgsim import Problems, load
from ccgsim.teach.lesson.play import classroom
from ccgsim.teach.lesson.play.game import Game
from ccgsim.teach.lesson.play.moves import BUDGET, MONTHS, MOVES, ROLES, TURNS, WORLD, scenario_of
from ccgsim.teach.messages import Classroom


def played(role: str, *moves: str, seed: int = 3, pair: str = "Anna") -> Game:
    made = Game(role, seed, pair)
    for move in (*moves, *["wait"] * (TURNS - len(moves))):
        made.move(move)
    return made


@pytest.fixture
def few_seeds(monkeypatch):
    monkeypatch.setattr(classroom, "SEEDS", 3)


def test_each_role_sees_its_own_view_and_not_the_others():
    chair, officer = (Game(role, 3, "").turn() for role in ROLES)
    seen = [{shown["name"] for shown in turn["view"]} for turn in (chair, officer)]
    assert not seen[0] & seen[1]
    assert not set(chair["series"]) & set(officer["series"])
    assert all(shown["value"] is not None for shown in (*chair["view"], *officer["view"]))


def test_a_game_has_ten_turns_and_leaves_a_small_file():
    made = played("chair", "vision", "locums")
    told = made.turn()
    assert (told["over"], told["month"], told["left"], told["moves"]) == (True, 60, BUDGET - 4, [])
    assert len(told["file"]) < 1000
    assert json.loads(told["file"])["moves"][:3] == ["vision", "locums", "wait"]
    with pytest.raises(Problems, match="over"):
        made.move("wait")


def test_moves_change_what_comes_after_them_and_nothing_before():
    waits, acts = Game("chair", 3, ""), Game("chair", 3, "")
    for each, moves in ((waits, ["wait"] * 3), (acts, ["wait", "vision", "wait"])):
        for move in moves:
            each.move(move)
    one, other = (each.turn()["series"]["participation_frontline"] for each in (waits, acts))
    assert one[:7] == other[:7]
    assert one[7:] != other[7:]


def test_what_is_too_dear_or_unknown_is_refused_and_the_turn_is_still_to_play():
    made = Game("officer", 1, "")
    for _ in range(BUDGET // 2):
        made.move("dialogue")
    with pytest.raises(Problems, match="cost more"):
        made.move("dialogue")
    with pytest.raises(Problems, match="step_back"):
        made.move("vision")
    assert len(made.moves) == BUDGET // 2
    assert {move["name"] for move in made.turn()["moves"]} == {"wait", "step_in", "reorganise"}


@pytest.mark.parametrize(("role", "move"), [(role, move) for role, moves in MOVES.items() for move in moves])
def test_every_move_can_be_made_every_time_it_can_be_paid(role, move):
    times = TURNS if MOVES[role][move].cost == 0 else BUDGET // MOVES[role][move].cost
    scenario = scenario_of({role: [move] * min(times, TURNS)})
    assert all(event.month < MONTHS for event in scenario.events)


def test_a_move_goes_on_from_where_the_world_stands():
    """Whatever the world's own tolerance, stepping in is never a step back."""
    own = load(WORLD).stepping_in.tolerance
    for move, change in (("step_in", 0.03), ("step_back", -0.03)):
        dated = [event.as_table() for event in scenario_of({"officer": [move, move]}).events]
        set_to = [event["set"]["stepping_in.tolerance"] for event in dated if "set" in event]
        assert set_to == pytest.approx([own + change, own + 2 * change])


def test_the_class_is_computed_anew_from_its_files(few_seeds):
    chair, officer = played("chair", "vision", "vision", "locums"), played("officer", "dialogue", "dialogue")
    texts = [each.moves_json().decode() for each in (chair, officer)]
    told = list(classroom.merged(Classroom("c", tuple(texts))))[-1]
    by_role = {row["role"]: row for row in told["pairs"]}
    assert set(by_role) == {"chair", "officer", "both"}
    assert by_role["chair"]["participation"] == classroom.outcome({"chair": chair.moves}, 3)["participation"]
    assert by_role["both"]["participation"] != by_role["chair"]["participation"]
    assert by_role["chair"]["moves"] == {"chair": ["Offer a vision", "Offer a vision", "Pay for locums"]}
    assert (told["done"], len(told["seeds"]["values"])) == (True, 3)


BAD = {
    "not JSON": "hello",
    "another game": '{"game": "chess", "role": "chair", "seed": 1, "moves": []}',
    "an unknown move": '{"role": "chair", "seed": 1, "moves": ["win"]}',
    "the other role's move": '{"role": "chair", "seed": 1, "moves": ["dialogue"]}',
    "too many moves": json.dumps({"role": "chair", "seed": 1, "moves": ["wait"] * 11}),
    "more than there is to spend": json.dumps({"role": "chair", "seed": 1, "moves": ["vision"] * 10}),
    "a seed that is none": '{"role": "chair", "seed": -1, "moves": []}',
    "something hidden": '{"role": "chair", "seed": 1, "moves": [], "participation": 1.0}',
}


def test_each_faulty_file_is_named_and_the_others_count(few_seeds):
    good = played("chair").moves_json().decode()
    told = list(classroom.merged(Classroom("c", (*BAD.values(), good))))[-1]
    *faulty, sound = told["pairs"]
    for place, (kind, row) in enumerate(zip(BAD, faulty, strict=True), start=1):
        assert row["name"] == f"file {place}", kind
        assert row["fault"], kind
        assert row["participation"] is None, kind
    assert sound["fault"] == ""
    assert sound["participation"] > 0
