"""Two waves of one survey: who left and came, and which ties were kept, where both answers are known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ccgsim.foundation.problems import Problems
from ccgsim.report.pages.kinds import page_of
from ccgsim.report.pages.page import Figure
from ccgsim.report.survey.waves import against_model
from ccgsim.survey.choices import Asked
from ccgsim.survey.source import survey
from ccgsim.survey.waves import change

FIRST = (
    "id,kind,board,answered\nAnn,GP,yes,yes\nBob,manager,yes,yes\nCat,nurse,yes,yes\nDan,GP,yes,no\nEve,provider,no,\n"
)
LATER = (
    "id,kind,board,answered\nAnn,GP,yes,yes\nBob,manager,yes,yes\nDan,GP,yes,yes\nFay,GP,yes,yes\nEve,provider,no,\n"
)


@pytest.fixture
def waves(tmp_path, monkeypatch):
    """Two surveys in the current folder: Ann keeps one tie of two, ends one and has a new one; Dan answers later."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p1.csv").write_text(FIRST, "utf-8")
    (tmp_path / "p2.csv").write_text(LATER, "utf-8")
    (tmp_path / "one.csv").write_text("from,to\nAnn,Bob\nAnn,Eve\nAnn,Cat\nBob,Ann\nCat,Ann\n", "utf-8")
    (tmp_path / "two.csv").write_text("from,to\nAnn,Bob\nAnn,Dan\nAnn,Fay\nBob,Ann\nDan,Ann\nFay,Ann\n", "utf-8")
    return tmp_path


def read(name: str, people: str):
    return survey(Path(name), Asked(people=Path(people)))


def test_who_left_who_came_and_which_ties_were_kept(waves):
    found = change(read("one.csv", "p1.csv"), read("two.csv", "p2.csv"), "two.csv")
    assert (found["left"], found["came"], found["stayed"]) == (["Cat"], ["Fay"], ["Ann", "Bob", "Dan"])
    assert (found["kept"], found["ended"], found["new"]) == (2, 1, 1) and found["jaccard"] == pytest.approx(0.5)
    assert found["pairs"] == 6 and found["unheard"] == 3  # Dan asks nobody knows whom in the first wave
    ann, bob, dan = found["people"]
    assert (ann["kept"], ann["ended"], ann["new"]) == (1, 1, 1) and bob["jaccard"] == 1.0
    assert not dan["answered_both"] and dan["jaccard"] is None


def test_a_wave_against_itself_keeps_everything_that_is_known(waves):
    one = read("one.csv", "p1.csv")
    found = change(one, one, "one.csv")
    assert found["jaccard"] == 1.0 and found["left"] == found["came"] == [] and found["ended"] == found["new"] == 0


def test_the_command_prints_the_change_and_writes_it(waves, ccgsim_says):
    words = ("network", "one.csv", "--people", "p1.csv", "--against", "two.csv", "--against-people", "p2.csv")
    code, out, err = ccgsim_says(*words, "--out", "kept")
    assert code == 0, err
    assert "Left the board: Cat" in out and "Came to the board: Fay" in out
    assert "Ties: 2 kept, 1 ended, 1 new; 2 of 4 in either survey (Jaccard 0.500)" in out
    kept = json.loads((waves / "kept" / "network.json").read_text("utf-8"))
    code, out, _ = ccgsim_says(*words, "--json")
    assert code == 0 and json.loads(out)["change"] == kept["change"]


def test_codes_stand_for_the_same_people_in_both_waves(waves, ccgsim_says):
    words = ("network", "one.csv", "--people", "p1.csv", "--against", "two.csv", "--against-people", "p2.csv")
    code, out, err = ccgsim_says(*words, "--anonymise", "--json")
    assert code == 0, err
    found = json.loads(out)["change"]
    assert found["kept"] == 2 and not {"Ann", "Cat", "Fay"} & set(json.dumps(found).replace('"', " ").split())


def test_faults_of_a_later_wave_are_told(waves, ccgsim_says):
    code, out, err = ccgsim_says("network", "one.csv", "--people", "p1.csv", "--against-wave", "2")
    assert code == 3 and out == "" and "--against: is missing" in err
    (waves / "strange.csv").write_text("from,to\nX,Y\nY,X\n", "utf-8")
    with pytest.raises(Problems, match="nobody of the first survey"):
        change(survey(waves / "one.csv"), survey(waves / "strange.csv"), "strange.csv")


def test_what_the_model_expects_is_told_beside_what_was_kept(waves, ccgsim_says):
    words = ("network", "one.csv", "--people", "p1.csv", "--against", "two.csv", "--against-people", "p2.csv")
    code, out, err = ccgsim_says(*words, "--months", "3", "--out", "kept")
    assert code == 0, err
    assert "The model expects a Jaccard index of" in out and "after 3 months" in out and "of 40 worlds" in out
    _, page = page_of(waves / "kept")
    section = next(each for each in page.sections if each.heading == "What changed up to two.csv")
    figure = next(block for block in section.blocks if isinstance(block, Figure))
    assert [row[0] for row in figure.twin.rows] == ["everybody", "the model expects", "Ann", "Bob", "Dan"]
    assert figure.twin.rows[0] == ("everybody", "3", "3", "2", "1", "1", "0.500")
    assert figure.twin.rows[-1][1:] == ("?",) * 6


def test_without_months_the_page_says_how_to_ask_the_model(waves, ccgsim_says):
    words = ("network", "one.csv", "--people", "p1.csv", "--against", "two.csv", "--against-people", "p2.csv")
    assert ccgsim_says(*words, "--out", "kept")[0] == 0
    _, page = page_of(waves / "kept")
    texts = [text for section in page.sections for text in section.texts]
    assert "Left the board: Cat." in texts and any(
        "--months says how many months lie between" in text for text in texts
    )
    assert ccgsim_says("network", "one.csv", "--months", "3")[0] == 3


@pytest.mark.parametrize(("jaccard", "place"), [(0.5, "below them"), (0.7, "among them"), (0.9, "above them")])
def test_the_sentence_says_where_the_survey_lies(jaccard, place):
    expected = {"months": 12, "worlds": 40, "jaccard": 0.7, "low": 0.6, "high": 0.8}
    assert against_model(jaccard, expected).endswith(f"lies {place}")


def test_a_later_survey_that_is_not_there_is_named_by_its_option(waves, ccgsim_says):
    code, _, err = ccgsim_says("network", "one.csv", "--people", "p1.csv", "--against", "none.csv")
    assert code != 0 and "--against = 'none.csv': there is no such file" in err
