"""Words of today stand where readers look, and nowhere else."""

from __future__ import annotations

import io

import pytest

import ccgsim
from ccgsim.foundation.problems import Problems
from ccgsim.report.drawing.canvas import new_sheet
from ccgsim.report.drawing.wording import in_words_of
from ccgsim.report.pages.page import Command, Figure, Items, Page, Section, Table
from ccgsim.report.pages.worded import worded, words_of
from ccgsim.scenario.wording import Words, plural

TODAY = Words({"ccg": "integrated care board", "locality": "place", "pct": "support unit"})


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("A CCG and its localities", "An integrated care board and its places"),
        ("it is a CCG", "it is an integrated care board"),
        ("CCGs merge. Localities stay", "Integrated care boards merge. Places stay"),
        ("a locality's lead", "a place's lead"),
        ("PCT staff, manager", "Support unit staff, manager"),
        ("the PCTs' staff", "the support units' staff"),
        ("set `site.localities`, or site.localities, or pct_abolition", None),
        ("`ccgsim run --set england.ccgs=3` for CCGLIKE names", None),
        ("nothing of the kind", None),
    ],
)
def test_words_take_the_place_of_the_models_with_their_article_and_number(written, read):
    assert TODAY(written) == (written if read is None else read)
    assert Words()(written) == written


def test_a_new_word_that_holds_an_old_one_stays():
    told = Words({"ccg": "locality board", "locality": "CCG"})
    assert told("a CCG of three localities") == "a locality board of three CCGs"


@pytest.mark.parametrize(
    ("one", "many"), [("board", "boards"), ("body", "bodies"), ("trust", "trusts"), ("bus", "buses")]
)
def test_plurals(one, many):
    assert plural(one) == many


def test_of_several_scenarios_the_first_ones_words_hold():
    assert Words.of({}, {"words": {"ccg": "board"}}, {"words": {"ccg": "x", "pct": "unit"}}).table == {
        "ccg": "board",
        "pct": "unit",
    }


def test_a_scenario_keeps_its_words_and_its_bases(tmp_path):
    (tmp_path / "base.toml").write_text('schema = 1\nbased_on = "site_f"\n[words]\nccg = "board"\npct = "unit"\n')
    (tmp_path / "mine.toml").write_text('schema = 1\nbased_on = "base.toml"\n[words]\npct = "support unit"\n')
    world = ccgsim.load(tmp_path / "mine.toml")
    assert world.words == world.resolved()["words"] == {"ccg": "board", "pct": "support unit"}
    assert "words" not in ccgsim.load("site_f").resolved()
    assert world.with_(words={"locality": "place"}).words == {**world.words, "locality": "place"}
    assert words_of({"scenarios": {"a": {}, "b": world.resolved()}}).table == world.words


def test_faults_of_words_come_all_at_once():
    with pytest.raises(Problems) as refused:
        ccgsim.load("site_f").with_(words={"cgc": "x", "pct": "", "locality": "a\nb", "ccg": "w" * 61})
    found = {problem.key: problem.suggestion for problem in refused.value.problems}
    assert found == {"words.cgc": "ccg", "words.pct": "", "words.locality": "", "words.ccg": ""}


def sheet():
    drawn = new_sheet(4, 3)
    ax = drawn.figure.add_axes((0.2, 0.2, 0.7, 0.7))
    ax.set_title("A CCG")
    ax.set_yticks([0, 1], ["PCT staff", "localities"])
    return drawn


def test_every_text_of_a_figure_is_in_these_words():
    drawn = in_words_of(sheet(), TODAY)
    drawn.figure.savefig(io.BytesIO())
    [ax] = drawn.figure.axes
    assert ax.get_title() == "An integrated care board"
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Support unit staff", "places"]


def test_a_page_is_in_these_words_but_for_what_is_typed():
    table = Table("CCGs", ("CCG",), (("PCT",),), "a locality")
    figure = Figure("CCG", "a PCT", sheet(), table)
    blocks = ("A CCG.", Items(("PCTs",)), table, Command(("ccgsim run CCG",)), figure)
    page = Page("CCG", "about a CCG", "a CCG?", ("a CCG",), ("a PCT",), figure, (Section("PCT", blocks),))
    told = worded(page, TODAY)
    texts = [text for section in (told.first, *told.sections) for text in section.texts]
    assert told.sections[0].blocks[3] == Command(("ccgsim run CCG",))
    meaning = "integrated care board stands for the model's CCG; place stands for the model's locality"
    assert meaning in told.sure[-1]
    assert not any("CCG" in text or "PCT" in text for text in texts if not text.startswith("Words:"))
    assert worded(page, Words()) is page


def test_messages_and_files_of_a_run_are_in_the_words_of_its_scenario(ccgsim_says, tmp_path):
    (tmp_path / "mine.toml").write_text(
        'schema = 1\nbased_on = "site_f"\ntitle = "A CCG"\n[words]\nccg = "board of care"\nlocality = "place"\n'
    )
    code, out, _ = ccgsim_says("run", "mine.toml", "--months", "2", "--replicates", "2", "--out", "r")
    assert code == 0 and "A board of care" in out and "CCG" not in out
    assert ccgsim_says("report", "r")[0] == 0
    page = (tmp_path / "r" / "report.html").read_text(encoding="utf-8")
    assert "<title>A board of care</title>" in page and "place 1" not in (tmp_path / "r" / "series.csv").read_text()


def test_names_that_hold_a_word_of_the_model_stay_as_they_are():
    told = Words({"ccg": "integrated care board", "locality": "place"}).keeping(["Leeds CCG", "Ann Locality", "Bob"])
    assert told.kept == ("Ann Locality", "Leeds CCG")
    assert told("Leeds CCG asks a CCG, Ann Locality leads a locality, the CCG's") == (
        "Leeds CCG asks an integrated care board, Ann Locality leads a place, the integrated care board's"
    )
    assert told("Leeds C…") == "Leeds C…" and told("`CCG` and Leeds CCGs") == "`CCG` and Leeds integrated care boards"
