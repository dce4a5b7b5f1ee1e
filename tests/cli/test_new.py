"""`ccgsim new`: answers become a scenario that runs, whatever is answered; faults are told as everywhere."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pytest

from ccgsim.cli.new import typed
from ccgsim.scenario.questions import BODIES, BUILDING, LISTENS, OFFICER, POLICY, QUESTIONS, fault_of
from ccgsim.scenario.scenario import load

INPUTS = (Path(__file__).parents[2] / "docs" / "inputs.md").read_text(encoding="utf-8")
EXAMPLE = re.search(r"```toml\n(name = .*?)```", INPUTS, re.DOTALL)[1]


def answered(folder: Path, **answers) -> None:
    """A file of answers in this folder."""
    lines = [f"{key} = {json.dumps(value)}" for key, value in ({"name": "Ambermere"} | answers).items()]
    (folder / "answers.toml").write_text("\n".join(lines), encoding="utf-8")


def test_the_example_of_the_page_has_every_answer_and_becomes_two_scenarios(ccgsim_says, tmp_path):
    ccgsim_says("network", "--examples", "there")
    (tmp_path / "answers.toml").write_text(EXAMPLE.replace("board.xlsx", "there/board.xlsx"), encoding="utf-8")
    code, out, err = ccgsim_says("new", "--answers", "answers.toml")
    assert code == 0, err
    board, change = load(tmp_path / "ambermere.toml"), load(tmp_path / "ambermere_reorganised.toml")
    assert set(re.findall(r"^(\w+) =", EXAMPLE, re.M)) == set(QUESTIONS)
    assert (board.site.population, board.site.practices, board.site.localities, board.site.board) == (
        1_200_000,
        150,
        5,
        16,
    )
    assert board.site.nurse and board.site.secondary_care and board.site.patient
    assert (board.site.colocation, board.policy.dialogue, board.policy.uncertainty) == (0.5, 0.2, 0.6)
    assert (board.people.pct_least, board.people.pct_most) == (60, 60) and board.calendar == "none"
    assert board.words["locality"] == "place" and board.network.file == tmp_path / "there" / "board.xlsx"
    assert [event.act for event in change.events] == ["cut_staff", "cluster"] and not board.events
    assert change.events[0].value["share"] == 0.5 and change.events[1].value["officer"] == "neighbour"
    assert "ccgsim compare ambermere.toml ambermere_reorganised.toml" in out
    assert "ccgsim depart there/board.xlsx --scenario ambermere.toml" in out


@pytest.mark.parametrize("body", BODIES)
def test_what_is_left_out_is_typical_and_the_world_runs(ccgsim_says, tmp_path, body):
    answered(tmp_path, body=body)
    assert ccgsim_says("new", "--answers", "answers.toml", "--out", "mine.toml")[0] == 0
    world = load(tmp_path / "mine.toml")
    assert world.site.practices == BODIES[body].typical["practices"] and dict(world.words) == dict(BODIES[body].words)
    assert not (tmp_path / "mine_reorganised.toml").exists()
    code, _, err = ccgsim_says("run", "mine.toml", "--months", "1", "--no-figures", "--quiet")
    assert code == 0, err


def test_every_value_stands_with_its_question(ccgsim_says, tmp_path):
    answered(tmp_path, cut=0.2)
    ccgsim_says("new", "--answers", "answers.toml")
    board = (tmp_path / "ambermere.toml").read_text(encoding="utf-8")
    for key in ("building", "listens", "policy"):
        assert QUESTIONS[key].meaning in board
    assert board.count("assumed") == 3 and "assumed" in (tmp_path / "ambermere_reorganised.toml").read_text()


def test_every_fault_of_the_answers_is_told_at_once_and_nothing_is_written(ccgsim_says, tmp_path):
    answered(tmp_path, body="integrated care bord", population="many", staf=3, cut="50%", besides=["nurse", "vicar"],
             network=7, officer="mine")  # fmt: skip
    code, out, _ = ccgsim_says("new", "--answers", "answers.toml", "--json")
    found = {problem["key"]: problem for problem in json.loads(out)["error"]["problems"]}
    assert code == 3 and set(found) == {"body", "population", "staf", "cut", "besides", "network", "officer"}
    assert found["body"]["suggestion"] == "integrated care board" and found["staf"]["suggestion"] == "staff"
    assert found["cut"]["suggestion"] == "0.5" and all(each["file"] == "answers.toml" for each in found.values())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.toml"]


def test_a_fault_that_only_the_whole_shows_is_that_of_the_answer(ccgsim_says, tmp_path):
    answered(tmp_path, practices=4, parts=9)
    code, _, err = ccgsim_says("new", "--answers", "answers.toml")
    assert code == 3 and "answers.toml parts = 9: must not exceed the practices (4)" in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.toml"]


def test_a_board_without_room_for_a_gp_is_refused(ccgsim_says, tmp_path):
    answered(tmp_path, members=3, besides=["nurse", "hospital doctor", "lay member"])
    code, _, err = ccgsim_says("new", "--answers", "answers.toml")
    assert code == 3 and "answers.toml members = 3" in err and "leaves no seat for a GP" in err


@pytest.mark.parametrize("there", ["ambermere.toml", "ambermere_reorganised.toml"])
def test_nothing_is_written_over(ccgsim_says, tmp_path, there):
    answered(tmp_path, cut=0.5)
    (tmp_path / there).write_text("mine")
    code, _, err = ccgsim_says("new", "--answers", "answers.toml")
    assert code == 3 and "is there already" in err and (tmp_path / there).read_text() == "mine"


def type_in(monkeypatch, *lines: str) -> None:
    """What is typed at the prompt, a line each."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(lines) + "\n"))


def test_at_the_prompt_a_wrong_answer_is_asked_again_and_return_takes_what_is_usual(ccgsim_says, tmp_path, monkeypatch):
    usual = [""] * 7
    type_in(monkeypatch, "", "Ambermere", "place", "many", "250,000", "30", "", "", "nurse, lay member", *usual)
    code, out, err = ccgsim_says("new")
    assert code == 0 and "Written: ambermere.toml" in out
    assert "is empty: a board has a name" in err and "population = 'many': must be a whole number" in err
    world = load(tmp_path / "ambermere.toml")
    assert (world.site.population, world.site.practices) == (250_000, 30) and world.site.nurse and world.site.patient
    assert (world.site.localities, world.site.board, world.people.pct_most) == (6, 13, 20)
    assert not world.site.secondary_care and world.network is None


def test_whoever_stops_in_the_middle_has_written_nothing(ccgsim_says, tmp_path, monkeypatch):
    type_in(monkeypatch, "Ambermere")
    code, out, _ = ccgsim_says("new")
    assert code == 130 and out == "" and not list(tmp_path.iterdir())


def test_a_typed_answer_is_read_as_one_types(tmp_path):
    assert typed("population", "1,200,000") == 1_200_000 and typed("cut", "0.5") == 0.5
    assert typed("besides", "nurse, lay member") == ["nurse", "lay member"] and typed("besides", "none") == []
    assert typed("network", "none") == "" and fault_of("cut", typed("cut", "2"))


def test_every_word_of_a_scale_is_an_answer():
    for key, words in (("building", BUILDING), ("listens", LISTENS), ("policy", POLICY), ("officer", OFFICER)):
        assert QUESTIONS[key].options == tuple(words)
