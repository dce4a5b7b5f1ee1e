"""A filled template is described in the words of the template, without notes on the template itself."""

from __future__ import annotations

import pytest
from matplotlib.text import Text

from ccgsim.foundation.problems import Problems
from ccgsim.report.network.drawn_survey import survey_figure
from ccgsim.report.survey.words import lines
from ccgsim.survey.describe import describe
from ccgsim.survey.sheets import KINDS, template_bytes
from ccgsim.survey.source import survey
from tests.report.builders import a_run

PEOPLE = [
    ["Ann Lee", "GP", "chair", "", "yes", "", "yes"],
    ["Bob Ray", "manager", "", "", "yes", "", "no"],
    ["Cat Fox", "nurse", "", "", "yes", "", "yes"],
    ["Public health", "policy body", "", "", "no", "", ""],
]
TIES = [["Ann Lee", "Bob Ray", "weekly"], ["Cat Fox", "Ann Lee", "yearly"], ["Cat Fox", "Public health", "monthly"]]


def filled(folder, people=PEOPLE):
    (folder / "network.xlsx").write_bytes(template_bytes(people, TIES))
    return survey(folder / "network.xlsx")


def test_kinds_and_frequencies_have_the_words_of_the_template(tmp_path):
    said = "\n".join(lines("network.xlsx", describe(filled(tmp_path), 5)))
    assert "Kinds: GP 1, nurse 1, manager 1, policy body 1" in said and "PCTStaff" not in said
    assert all(f"from {word}: " in said for word in ("yearly (0.25)", "monthly (1)", "weekly (2)"))
    assert "Read me" not in said


def test_a_strange_kind_is_refused_with_the_kinds_that_the_template_offers(tmp_path):
    with pytest.raises(Problems) as refused:
        filled(tmp_path, [["Ann Lee", "manger", *PEOPLE[0][2:]], *PEOPLE[1:]])
    assert ", ".join(KINDS) in str(refused.value) and "did you mean manager?" in str(refused.value)


def test_contacts_outside_have_names_in_the_drawing_and_none_is_cut_off(tmp_path):
    sheet = survey_figure(filled(tmp_path), "The network")
    named = [text for text in sheet.figure.findobj(Text) if text.get_gid() == "role"]
    assert [text.get_text() for text in named].count("Public health") == 2
    whole = sheet.figure.bbox
    for text in named:
        box = text.get_window_extent(sheet.renderer())
        assert box.x0 >= whole.x0 and box.x1 <= whole.x1


def test_words_of_the_key_do_not_run_into_one_another():
    from ccgsim.report.drawing.wording import in_words_of
    from ccgsim.report.network.figure import network_figure
    from ccgsim.scenario.wording import Words

    sheet = in_words_of(network_figure(a_run(1, 12)), Words({"pct": "support unit"}))
    texts = {text.get_text(): text.get_window_extent(sheet.renderer()) for text in sheet.figure.findobj(Text)}
    staff = next(box for words, box in texts.items() if words.casefold() == "support unit staff, manager")
    assert not staff.overlaps(texts["policy body"])
