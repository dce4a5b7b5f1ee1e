"""A report says what its results carry and no more, in one file that asks for nothing."""

from __future__ import annotations

import html
import json
import re
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.text import Text

import ccgsim
from ccgsim.foundation.files import lock
from ccgsim.foundation.files.reports import REPORTS
from ccgsim.foundation.problems import Problems
from ccgsim.lab.calibration import folder as calibration_folder
from ccgsim.lab.sensitivity import study
from ccgsim.report.figures.departures import departures_figure
from ccgsim.report.findings.departures import LABELS, print_departures, write_departures
from ccgsim.report.folders import DEPARTURES, Place
from ccgsim.report.pages import effects, patterns, repeat
from ccgsim.report.pages.formats.docx import docx_bytes
from ccgsim.report.pages.formats.html import html_bytes
from ccgsim.report.pages.kinds import MAKERS as KINDS
from ccgsim.report.pages.kinds import page_of
from ccgsim.report.pages.page import Section, Table
from ccgsim.report.pages.reports import comparison
from ccgsim.report.pages.reports.departures import amount
from ccgsim.report.results import write_run
from ccgsim.report.words.terms import Terms
from ccgsim.scenario.scenario import load
from ccgsim.survey.describe import describe
from tests.survey.boards import board

from . import builders
from . import kept_folders as folders
from .test_comparing import compared

MOST = 2_000_000  # bytes of a page
VOID = {"meta", "link", "br", "hr", "img", "input"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The report on a folder of each kind, made once."""
    place = tmp_path_factory.mktemp("kept")
    return {kind: page_of(maker(place / kind)) for kind, maker in folders.MAKERS.items()}


def words_of(page) -> str:
    """All that a page says, as one text."""
    parts = [text for section in (page.first, *page.sections) for text in section.texts]
    return "\n".join(parts)


class Read(HTMLParser):
    """What a test needs of a page: tags, attributes, ids, and whether every tag is closed."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


# What is said


@pytest.mark.parametrize(
    ("pairs", "verdict"),
    [
        ([0.10, 0.12, 0.11, 0.09], effects.HIGHER),
        ([-0.10, -0.12, -0.11, -0.09], effects.LOWER),
        ([0.0, 0.0, 0.0, 0.0], effects.NONE),
        ([0.002, -0.002, 0.001, -0.001], effects.NO_MATTER),
        ([0.2, -0.2, 0.1, -0.1], effects.UNTOLD),
        ([0.010, 0.011, 0.012, 0.011], "higher, by too little to matter"),
        ([0.010, 0.028, 0.015, 0.020], "higher, perhaps by too little to matter"),
        ([0.5], effects.UNTOLD),
    ],
)
def test_a_verdict_follows_the_interval_and_what_matters(pairs, verdict):
    found = effects.effect("participation", np.full(len(pairs), 0.5), 0.5 + np.array(pairs))
    assert found.verdict == verdict


def test_the_amount_and_the_number_of_worlds_are_those_of_the_pairs():
    found = effects.effect("participation", np.full(4, 0.5), np.array([0.56, 0.62, 0.6, 0.58]))
    assert effects.amount(found) == "4.9 to 13 points" and (found.same, found.worlds) == (4, 4)
    assert effects.in_points("participation", 0.008) == "+0.8" and effects.in_points("ties_outside", -2.0) == "-2.0"


def test_a_measure_undefined_in_every_pair_has_no_effect():
    assert effects.effect("participation", np.array([np.nan]), np.array([0.5])) is None


def told(**how) -> str:
    found = compared(**how)
    name = list(found.scenarios)[1]
    return " ".join(comparison.answer(found, name, effects.effects_at_the_end(found, name, comparison.ASKED)))


def test_a_clear_difference_is_told_with_its_interval_and_the_number_of_worlds():
    said = told(effect=0.2)
    assert re.search(r"participation is on average higher by 18 to 21 points \(higher in 30 of 30 pairs", said)
    assert "lower" not in said


def test_the_sign_is_that_of_the_data():
    assert "participation is on average lower by" in told(effect=-0.2)


def test_what_the_worlds_do_not_tell_is_said_to_be_untold():
    said = told(effect=0.0, seeds=4)
    assert "no headline measure differs clearly" in said
    assert "For participation these worlds do not tell whether the average is higher, lower or the same." in said


def test_one_pair_of_worlds_says_nothing_about_averages():
    assert "says nothing about averages" in told(seeds=1)


def test_two_pairs_of_worlds_are_told_without_the_intervals_that_they_cannot_give(tmp_path):
    _, page = page_of(folders.compared_folder(tmp_path / "two", seeds=2))
    ways = next(section for section in page.sections if section.heading == "Month by month").blocks[-1].twin
    assert ways.rows and {row[-1] for row in ways.rows} == {"–"}


def test_one_world_is_never_called_an_average(made):
    kind, page = made["run"]
    said = " ".join(page.answer)
    assert kind == "run" and "in this one world" in said and "average" not in said and "95%" not in said
    assert "One world shows what may happen" in " ".join(page.sure)


def test_several_worlds_are_told_with_intervals(tmp_path):
    _, page = page_of(folders.run_folder(tmp_path / "several", seeds=5))
    table = page.figure.twin
    assert table is not None and "95% interval" in table.head
    assert all(row[5] in words_of(page) for row in table.rows)
    assert "People and ties are those of seed 0 alone, one of 5 worlds." in words_of(page)


def test_the_lever_that_moves_a_measure_is_told_and_the_other_is_not(made):
    _, page = made["sweep"]
    assert re.fullmatch(
        r"Participation in the last month is higher by 4\.\d to 5\.\d points with site.density = 0.8 than with 0.4\.",
        page.answer[0],
    )


def test_a_sweep_without_effect_says_so(tmp_path):
    _, page = page_of(folders.sweep_folder(tmp_path / "flat", effect=0.0))
    assert page.answer == (
        "None of site.density and turnover.broker_exits changes participation clearly and by enough to matter.",
    )


def test_sampled_settings_are_told_by_rank_correlation_over_them(tmp_path):
    _, page = page_of(folders.sweep_folder(tmp_path / "sampled", effect=0.2, method="lhs"))
    assert page.answer == ("Participation in the last month is higher where site.density is high.",)


def test_of_overlapping_indices_none_is_said_to_matter_most(tmp_path, made):
    assert "matters most" in made["sensitivity"][1].answer[0]
    _, page = page_of(folders.sensitivity_folder(tmp_path / "close", second=0.55))
    assert "matters most" not in page.answer[0] and "cannot be told" in page.answer[0]


def test_a_calibration_tells_what_is_known_what_is_not_and_which_target_is_missed(made):
    said = " ".join(made["calibration"][1].answer)
    assert "The targets tell: site.density is about 0.6 (95% interval 0.55 to 0.65)." in said
    assert "Of turnover.broker_exits the targets tell hardly anything" in said
    assert "0 of 1 targets lie within what these values predict on new seeds; not participation at 12." in said


def test_a_judgement_counts_and_names_what_does_not_hold(made):
    _, page = made["validate"]
    assert page.answer[0].startswith("1 of 2 emergent patterns shown")
    assert any("P32" in text for text in page.sections[0].texts) and "P9" not in " ".join(page.sections[0].texts)


def test_patterns_are_found_by_the_measures_that_they_name():
    rows = patterns.baseline.shipped()["patterns"]
    about = {row["id"] for row in patterns.naming(rows, ["participation"])}
    assert {"P9", "P10", "P36"} <= about and "P15" not in about
    assert "P15" not in {row["id"] for row in patterns.naming(rows, ["ties_outside"])}  # 'localities' are no ties
    assert patterns.naming(rows, []) == []


def test_a_term_is_explained_once_where_it_first_stands():
    terms = Terms()
    assert "GP" in terms.new_in(["Lead GPs decide."]) and terms.new_in(["A GP"]) == {}
    assert "locality" in terms.new_in(["two localities"]) and "tie" not in Terms().new_in(["localities"])
    assert "point" not in Terms().new_in(["at this point"]) and "point" in Terms().new_in(["by 6 points"])
    assert Terms().new_in(["policy.dialogue"], parameters=True).keys() == {"policy.dialogue"}


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["+9.6", "-0.3 to +1.2", "–", "36.0 ties", "12%", "6 of 6", ".84 [.69, .92]"], True),
        (["+9.6", "higher"], False),
        (["+1.4 [+0.7 to +2.2]: higher"], False),
        (["2026-11-29T10:13:52Z"], False),
    ],
)
def test_columns_of_numbers_are_known(cells, numbers):
    assert Table("", ("",), tuple((cell,) for cell in cells)).numeric == (numbers,)


# How to repeat it


def test_the_command_of_a_shipped_scenario_with_other_values_gives_it_again():
    world = load("site_b").with_(policy={"dialogue": 0.8}, months=24)
    facts = {"name": "site_b", "scenario": json.loads(json.dumps(world.resolved())), "seeds": [3, 4], "months": 24}
    assert repeat.run_command(facts) == [
        *("ccgsim", "run", "site_b", "--seed", "3", "--months", "24", "--replicates", "2"),
        *("--set", "months=24", "--set", "policy.dialogue=0.8"),
    ]


@pytest.mark.parametrize("change", [{"name": "mine"}, {"events": [{"month": 3, "broker_exit": 1}]}])
def test_no_command_is_given_that_would_not_give_the_same_numbers(change):
    stated = {**load("site_b").resolved(), **change}
    assert repeat.settings_of(stated["name"], stated) is None


# The page


@pytest.mark.parametrize("kind", folders.MAKERS)
def test_a_page_is_one_small_file_that_asks_for_nothing(made, kind):
    page = html_bytes(made[kind][1])
    read = Read(page)
    assert len(page) < MOST and read.open == [] and b"<script" not in page and b"@import" not in page
    asked = [attrs.get(key) for _, attrs in read.tags for key in ("src", "href", "xlink:href") if attrs.get(key)]
    assert [address for address in asked if not str(address).startswith(("#", "data:"))] == []
    assert html_bytes(made[kind][1]) == page


@pytest.mark.parametrize("kind", folders.MAKERS)
def test_a_page_can_be_read_without_seeing_it(made, kind):
    read = Read(html_bytes(made[kind][1]))
    levels = [int(tag[1]) for tag, _ in read.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1 and all(b - a <= 1 for a, b in pairwise(levels))
    ids = [str(attrs["id"]) for _, attrs in read.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    drawn = [attrs for attrs in read.all("svg") if attrs.get("role") == "img"]
    assert drawn and all(set(str(attrs["aria-labelledby"]).split()) <= set(ids) for attrs in drawn)
    assert all(attrs.get("scope") in ("col", "row") for attrs in read.all("th"))
    assert len(read.all("caption")) == len(read.all("table")) > 0
    labels = [attrs["aria-label"] for _, attrs in read.tags if attrs.get("role") == "region"]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("kind", folders.MAKERS)
def test_every_reference_within_a_page_leads_somewhere(made, kind):
    page = html_bytes(made[kind][1]).decode("utf-8")
    ids = set(re.findall(r' id="([^"]*)"', page))
    assert set(re.findall(r'href="#([^"]*)"', page)) | set(re.findall(r"url\(#([^)]*)\)", page)) <= ids


@pytest.mark.parametrize("kind", folders.MAKERS)
def test_every_figure_has_its_numbers_in_a_table(made, kind):
    for section in (made[kind][1].first, *made[kind][1].sections):
        for block in section.blocks:
            if not isinstance(block, str | Table) and hasattr(block, "sheet") and block.title != "The posterior":
                assert block.twin is not None and block.twin.rows, block.title


@pytest.mark.parametrize("kind", folders.MAKERS)
def test_every_page_says_question_answer_assumptions_and_how_to_repeat_it(made, kind):
    found, page = made[kind]
    headings = [section.heading for section in page.sections]
    assert found == kind and page.question and 1 <= len(page.answer) <= 5 and page.sure
    assert "What is assumed, and what it does not show" in headings and headings[-1] == "How to repeat it"


def test_texts_of_a_scenario_are_never_markup(tmp_path):
    place = folders.sweep_folder(tmp_path / "evil")
    manifest = json.loads((place / "manifest.json").read_text())
    manifest |= {"title": "<img src=x onerror=alert(1)>", "question": "a\u202eb `<b>` \ud800"}
    (place / "manifest.json").write_text(json.dumps(manifest))
    page = html_bytes(page_of(place)[1]).decode("utf-8")
    assert "<img" not in page and html.escape("<img src=x onerror=alert(1)>") in page
    assert "\u202e" not in page and "<code>&lt;b&gt;</code>" in page


# Folders


def test_the_command_writes_the_page_and_prints_its_path(ccgsim_says, tmp_path):
    place = folders.sweep_folder(tmp_path / "kept")
    code, out, _ = ccgsim_says("report", str(place))
    assert code == 0 and out.strip() == str(place / "report.html") and (place / "report.html").is_file()
    code, out, _ = ccgsim_says("report", str(place), "--json")
    assert json.loads(out)["kind"] == "sweep" and json.loads(out)["files"] == {
        "report.html": str(place / "report.html")
    }


def test_a_run_and_its_report_end_to_end(ccgsim_says, tmp_path):
    assert ccgsim_says("run", "site_a", "--months", "3", "--no-figures", "--out", "kept", "--quiet")[0] == 0
    assert ccgsim_says("report", "kept", "--docx")[:2] == (0, "kept/report.html\nkept/report.docx\n")
    said = (tmp_path / "kept" / "report.html").read_text(encoding="utf-8")
    assert "How does a dense, centrally coordinated board" in said and "ccgsim run site_a --seed 0 --months 3" in said


def changed(place):
    (place / "table.parquet").write_bytes(b"PAR1")


def without_table(place):
    (place / "table.parquet").unlink()


def without_facts(place):
    (place / "manifest.json").write_text('{"schema": 1, "kind": "sweep", "files": {}}')


def unfinished(place):
    (place / "manifest.json").write_text('{"schema": 1, "kind": "calibration", "facts": {}}')


def other_kind(place):
    (place / "manifest.json").write_text('{"schema": 1, "kind": "reproduce"}')


def no_manifest(place):
    (place / "manifest.json").write_text("[")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (changed, "table.parquet: has changed since it was written"),
        (without_table, "table.parquet: there is no such file"),
        (without_facts, "manifest.json facts: is missing"),
        (unfinished, "is not among the files of manifest.json: the results are not finished"),
        (other_kind, "holds results of `reproduce`; there are reports on run, compare"),
        (no_manifest, "holds no results of ccgsim that can be read"),
    ],
)
def test_a_damaged_or_other_folder_is_refused_in_words_and_nothing_is_written(ccgsim_says, tmp_path, damage, words):
    place = folders.sweep_folder(tmp_path / "kept")
    damage(place)
    before = sorted(path.name for path in place.iterdir())
    code, out, err = ccgsim_says("report", str(place))
    assert code == 3 and out == "" and words in err and "Traceback" not in err
    assert sorted(path.name for path in place.iterdir()) == before


@pytest.mark.parametrize("name", ["nowhere", "file", ""])
def test_what_is_no_folder_is_refused(ccgsim_says, tmp_path, name):
    (tmp_path / "file").write_text("x")
    code, _, err = ccgsim_says("report", name)
    assert code == 3 and "DIR" in err


def test_values_that_no_command_writes_are_a_fault_of_the_manifest(tmp_path):
    place = folders.run_folder(tmp_path / "kept")
    manifest = json.loads((place / "manifest.json").read_text())
    manifest["scenario"]["events"] = [{"month": "x"}]
    (place / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(Problems, match=r"manifest\.json: holds values that ccgsim does not write"):
        page_of(place)
    place = folders.judged_folder(tmp_path / "judged")
    (place / "judged.json").write_text('{"command": "validate", "seeds": 4, "patterns": [1]}')
    with pytest.raises(Problems, match=r"judged\.json: holds values"):
        page_of(place)


def test_a_folder_that_is_being_written_is_in_use(ccgsim_says, tmp_path):
    place = folders.sweep_folder(tmp_path / "kept")
    with lock.locked(place):
        code, _, err = ccgsim_says("report", str(place))
    assert code == 5 and "is in use" in err and not (place / "report.html").exists()


def test_a_crowd_in_a_network_keeps_the_page_small(tmp_path):
    place = tmp_path / "kept"
    write_run(builders.a_run(0, 12, practices=600, localities=40), folders.made(place), figures=False)
    assert len(html_bytes(page_of(place)[1])) < MOST


def test_two_judgements_in_a_folder_are_refused(tmp_path):
    place = folders.judged_folder(tmp_path / "kept")
    (place / "more.json").write_bytes((place / "judged.json").read_bytes())
    with pytest.raises(Problems, match="several judgements"):
        page_of(place)


def test_a_report_beside_results_is_no_stranger_to_the_commands_that_resume_them(tmp_path):
    for name in REPORTS:
        (tmp_path / name).write_text("x")
    calibration_folder.check_folder(tmp_path)
    study.check_folder(tmp_path)


def test_every_kind_with_a_report_is_tested_here():
    assert {*KINDS, "validate"} == set(folders.MAKERS)


# The document


def test_the_document_says_what_the_page_says(made):
    docx = pytest.importorskip("docx")
    page = made["compare"][1]
    paper = docx.Document(BytesIO(docx_bytes(page)))
    said = [paragraph.text for paragraph in paper.paragraphs]
    assert said[0] == page.title and all(words in said for words in (*page.answer, *page.sure))
    assert [p.text for p in paper.paragraphs if p.style.name == "Heading 1"][3:] == [s.heading for s in page.sections]
    assert len(paper.tables) == len(tables_of(page)) and len(paper.inline_shapes) == 2
    alternative = [shape._inline.docPr.get("descr") for shape in paper.inline_shapes]
    assert all(alternative) and page.figure.title in alternative[0]


def tables_of(page) -> list[Table]:
    blocks = [block for section in (Section("", (page.figure,)), *page.sections) for block in section.blocks]
    return [block if isinstance(block, Table) else block.twin for block in blocks if holds_table(block)]


def holds_table(block) -> bool:
    return isinstance(block, Table) or getattr(block, "twin", None) is not None


def test_the_document_has_the_same_bytes_each_time(made):
    pytest.importorskip("docx")
    assert docx_bytes(made["sweep"][1]) == docx_bytes(made["sweep"][1])


def test_without_the_library_the_line_that_installs_it_is_told(ccgsim_says, tmp_path, monkeypatch):
    from ccgsim.foundation import extras

    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    code, _, err = ccgsim_says("report", str(folders.sweep_folder(tmp_path / "kept")), "--docx")
    assert code == 3 and "ccgsim[docx]" in err and not (tmp_path / "kept" / "report.html").exists()


# Notebooks


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
    drawn = departures_figure(found | {"people": early, "ccgsim": "0.1.0"}, LABELS).figure
    assert any("stability: -0.08 12 months later" in text.get_text() for text in drawn.findobj(Text))
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
