"""A report is one file that asks for nothing, can be read without seeing it, and says how to repeat its results."""

from __future__ import annotations

import html
import json
import re
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise

import pytest

from ccgsim.report.pages import repeat
from ccgsim.report.pages.formats.docx import docx_bytes
from ccgsim.report.pages.formats.html import html_bytes
from ccgsim.report.pages.kinds import page_of
from ccgsim.report.pages.page import Section, Table
from ccgsim.scenario.scenario import load

from . import kept_folders as folders

MOST = 2_000_000  # bytes of a page
VOID = {"meta", "link", "br", "hr", "img", "input"}


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
