"""Reports on departures and surveyed networks, and results shown in a notebook."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from matplotlib.text import Text

import ccgsim
from ccgsim.foundation.problems import Problems
from ccgsim.report.figures.departures import departures_figure
from ccgsim.report.findings.departures import FIGURES, LABELS, print_departures, write_departures
from ccgsim.report.folders import DEPARTURES, Place
from ccgsim.report.pages.kinds import page_of
from ccgsim.report.pages.reports.departures import amount
from ccgsim.report.pages.two_waves import two_waves
from ccgsim.survey.describe import describe
from ccgsim.survey.waves import change
from tests.survey.boards import board

from . import kept_folders as folders


def test_a_departure_is_told_with_its_interval_and_who_cannot_be_told_is_left_open(tmp_path):
    for effect, way in ((-0.08, "lower"), (0.08, "higher")):
        _, page = page_of(folders.departures_folder(tmp_path / way, effect))
        start = f"If Ann leaves, network stability is {way} by 6.0 to 10 points 12 months later"
        assert page.answer[0].startswith(start)
        assert "can be told for 1 of 2 members" in page.answer[0]
        assert page.figure.twin.rows[1] == ("Bob", *["?"] * len(LABELS))
        assert page.figure.twin.rows[0][1] == f"{100 * effect:+.1f} [{100 * effect - 2:+.1f}, {100 * effect + 2:+.1f}]"
    untold = page.answer[1]
    assert "cannot be told from this survey" in untold and "stability" not in untold and "coherence" in untold
    assert "handover most often makes a difference for the better: 1 of 2 departures" in page.answer[2]


def test_a_departure_is_told_at_the_same_time_by_page_figure_and_terminal(tmp_path, capsys):
    found = folders.departures_of_two().document
    early = [{**row, "effect": -0.5, "told": True} if row["after"] == 6 else row for row in found["people"]]
    drawn = departures_figure(found | {"people": early, "ccgsim": "0.1.0"}, {"stability": "stability"}).figure
    assert any("lowers stability most: -0.08 12 months later" in text.get_text() for text in drawn.findobj(Text))
    print_departures(found)
    said = capsys.readouterr().out
    assert "12 months later" in said and "handover: eases 1 of 2 departures, most P1: participation +.030" in said
    assert "dialogue: no difference for the better that could be told" in said and "she" not in said.split()


def test_outside_reach_is_told_against_what_it_was(tmp_path):
    row = {"measure": "outside_reach", "effect": 0.6, "low": 0.3, "high": 0.9}
    assert amount(row) == "30 to 90 points of what it was at the start"
    assert amount({**row, "measure": "stability"}) == "30 to 90 points"


def test_a_page_on_departures_has_the_words_of_its_scenario(tmp_path):
    found = folders.departures_of_two()
    found.document["notes"], found.document["words"] = ["30 practices in 2 localities"], {"locality": "place"}
    target = Place(folders.made(tmp_path / "kept"), DEPARTURES, chosen=True, force=True)
    write_departures({"ccgsim": "0.1.0", "command": "depart"}, found, target, ("ccgsim", "depart", "board.xlsx"))
    _, page = page_of(tmp_path / "kept")
    texts = [text for section in page.sections for text in section.texts]
    assert any("30 practices in 2 places" in text for text in texts)
    assert any("place stands for the model's locality" in text for text in page.sure)


def test_people_are_called_as_the_workbook_calls_them_and_nobody_unasked_has_a_number(tmp_path):
    _, page = page_of(folders.network_folder(tmp_path / "silent"))
    rows = page.sections[1].blocks[0].rows
    assert {row[1] for row in rows} & {"manager", "manager, outside"}
    assert not any("PCT" in row[1] for row in rows)
    contacts = [row for row in rows if row[1].endswith(", outside")]
    assert contacts and all((row[2], row[6], row[7]) == ("not asked", "–", "–") for row in contacts)


def test_where_no_departure_can_be_told_none_is_named(tmp_path):
    _, page = page_of(folders.departures_folder(tmp_path / "kept", 0.0))
    said = " ".join(page.answer)
    assert "Ann" not in said and all(label in said for label in LABELS.values())


def test_a_network_is_told_with_what_its_silent_members_leave_open(tmp_path):
    _, page = page_of(folders.network_folder(tmp_path / "silent"))
    assert re.search(r"between \d+ and \d+ are there, likely \d+ to \d+", page.answer[-1])
    assert "3 of 13 members did not answer" in page.sure[0]
    assert all("likely" not in text for text in (page_of(folders.network_folder(tmp_path / "all", False))[1].answer))


def test_the_network_in_a_folder_is_drawn_as_it_was_read(tmp_path):
    place = folders.network_folder(tmp_path / "kept", silent=False)
    _, page = page_of(place)
    between = {row[0]: float(row[6]) for row in page.sections[1].blocks[0].rows if row[6] != "–"}
    ids = [name for name, asked in zip(board(1).people.ids, board(1).people.asked, strict=True) if asked]
    assert set(between) == set(ids)
    told = {row["id"]: row["betweenness"] for row in describe(board(1))["people"]}
    assert all(between[name] == pytest.approx(told[name], abs=0.0006) for name in ids)
    assert all("With one draw" not in text for text in page.sections[0].texts)


def test_the_document_on_reports_names_every_section_of_departures_and_networks(tmp_path):
    text = (Path(__file__).parents[2] / "docs" / "reports.md").read_text(encoding="utf-8")
    named = {part for line in text.splitlines() for part in line.partition(" | ")[0].removeprefix("| ").split("; ")}
    pages = (
        page_of(folders.network_folder(tmp_path / "network"))[1],
        page_of(folders.departures_folder(tmp_path / "d"))[1],
    )
    later = two_waves(change(board(1), board(1), "later.csv") | {"file": "the second survey"})
    titles = {section.heading.lower() for section in (later, *(each for page in pages for each in page.sections))}
    assert titles <= named
    assert all(label in text for label in FIGURES["departures_contacts"].values())


@pytest.mark.parametrize(
    ("low", "high", "unknown", "said"),
    [
        (0.6, 0.9, False, "60 to 90 are there one year after the survey in nine worlds of ten; today 50 are"),
        (0.6, 0.9, False, "the board becomes denser."),
        (0.1, 0.4, False, "the board becomes less dense."),
        (0.2, 0.8, False, "whether it becomes denser or less dense cannot be told"),
        (0.6, 0.9, True, "today between 50 and 100 are: whether it becomes denser or less dense cannot be told"),
    ],
)
def test_a_denser_board_is_forecast_only_if_the_unknown_ties_of_today_allow_it(tmp_path, low, high, unknown, said):
    _, page = page_of(folders.forecast_folder(tmp_path / "kept", low, high, unknown))
    assert len(page.answer) == 2 and said in page.answer[0]


def test_known_ties_and_pairs_without_one_are_told_apart_from_unknown_ties(tmp_path):
    _, page = page_of(folders.forecast_folder(tmp_path / "part"))
    assert page.answer[1].endswith(
        "ties known today (2) are there again in 75 of 100 cases and pairs without a tie (1) have one in 10 of 100."
    )
    assert "1 tie is unknown today" in page.sure[1] and "Bob" in page.figure.twin.note
    blocks = page.sections[0].blocks
    assert blocks[0] == "Least likely to be there again: Ann asks Bob (60 in 100) and Ann asks X (90 in 100)."
    assert blocks[-1].rows == (("Bob", "Ann", "30.0"),)
    _, page = page_of(folders.forecast_folder(tmp_path / "all", unknown=False))
    assert "pairs without a tie (2) have one in 20 of 100" in page.answer[1]
    assert page.sure[1].startswith("Nothing") and "Unknown" not in page.figure.twin.note
    assert page.figure.twin.rows == (("Ann", "2.0", "1.5", "0.0"), ("Bob", "0.0", "0.4", "30.0"))


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (0, "Nobody has left the board in any of 20 worlds."),
        (2, "Nobody's interval lies above the board's mean of 5.0 in 100: who leaves cannot be told."),
        (16, "More often than the board's mean of 40 in 100: Bob."),
    ],
)
def test_who_leaves_is_named_only_if_it_can_be_told(tmp_path, left, said):
    _, page = page_of(folders.forecast_folder(tmp_path / "kept", left=left))
    assert page.sections[1].blocks[0] == said


def test_a_forecast_that_was_changed_has_no_page(tmp_path):
    place = folders.forecast_folder(tmp_path / "kept")
    file = place / "forecast.json"
    file.write_text(file.read_text("utf-8").replace('"high": 0.8', '"high": 0.9'), "utf-8")
    with pytest.raises(Problems, match=r"forecast\.json: has changed since it was written"):
        page_of(place)


def test_departures_and_networks_show_in_a_notebook(tmp_path):
    path = tmp_path / "ties.csv"
    path.write_text("from,to\nAnn,Bob\nBob,Cy\nCy,Ann\nAnn,Cy\n")
    network = ccgsim.network(path)
    leaving = ccgsim.depart(path, "Ann", horizon=2, draws=2, scenario="site_f")
    assert repr(network) == "Network(3 people, 4 ties, 3 on the board, 3 of them answered)"
    assert repr(leaving) == "Departures(1 members, 2 draws, month=6)"
    for found in (network, leaving):
        assert "<svg" in found._repr_html_() and "<table" in found._repr_html_()
    assert set(leaving.table["id"]) == {"Ann"} and set(leaving.table["after"]) == {2}


def test_faults_of_departures_and_networks_from_python_come_all_at_once(tmp_path):
    with pytest.raises(Problems) as refused:
        ccgsim.network(tmp_path / "none.csv", peple="x", reversed="yes")
    assert [problem.key for problem in refused.value.problems] == ["network.peple", "network.reversed"]
    with pytest.raises(Problems) as refused:
        ccgsim.depart("none.csv", month=-1, draws=1)
    assert [problem.key for problem in refused.value.problems] == ["month", "draws"]


def test_results_show_as_a_figure_and_a_table_in_a_notebook():
    run = ccgsim.simulate("site_a", seed=1, months=2)
    both = ccgsim.compare({"a": "site_b", "b": ccgsim.load("site_b").with_(policy={"dialogue": 0.8})}, 2, months=2)
    for found in (run, both):
        shown = found._repr_html_()
        assert "<svg" in shown and "<table" in shown and len(repr(found)) < 200
    ids = [set(re.findall(r' id="([^"]*)"', found._repr_html_())) for found in (run, both)]
    assert ids[0] and not ids[0] & ids[1]
