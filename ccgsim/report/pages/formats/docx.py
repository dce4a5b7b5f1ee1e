"""A report as a document for a board paper; the same page gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from ccgsim.foundation.inputs.texts import visible
from ccgsim.report.pages.page import Block, Command, Figure, Items, Page, Section, Table, kind_of
from ccgsim.report.words.terms import Terms

DOTS_PER_INCH, WIDE, NARROW = 110, 6.3, 4.3  # inches on A4
EPOCH, STAMP = datetime(2010, 12, 1), (2010, 12, 1, 0, 0, 0)  # month 0: a file without the date of its writing
SMALL, MANY = 8, 6  # points; columns beyond which type is a point smaller
LETTERS, PADDING = 86, 3  # letters of a line across the page, and what a cell's borders take
LONGEST, WRAPPED = 40, 60  # letters of a word that is not broken, and of a text from which on it is wrapped


def docx_bytes(page: Page) -> bytes:
    """The page as a Word document: headings, tables with heads, figures with alternative texts."""
    from docx import Document
    from docx.shared import Mm

    paper = Document()
    side = paper.sections[0]
    side.page_width, side.page_height = Mm(210), Mm(297)
    side.left_margin = side.right_margin = Mm(24)
    side.top_margin = side.bottom_margin = Mm(20)
    _facts(paper, page)
    terms = Terms(page.words)
    _first(paper, page, terms.new_in(page.first.texts, parameters=True))
    for section in page.sections:
        _section(paper, section, terms.new_in(section.texts))
    return _same_bytes(paper)


def _facts(paper: Any, page: Page) -> None:
    facts = paper.core_properties
    facts.title, facts.author, facts.comments = visible(page.title)[:250], "ccgsim", ""
    facts.created = facts.modified = EPOCH
    facts.revision = 1


def _first(paper: Any, page: Page, words: Mapping[str, str]) -> None:
    paper.add_heading(_plain(page.title), 0)
    _words(paper, page.about)
    for heading, texts in (
        ("The question", (page.question,)),
        ("The answer", page.answer),
        ("How sure this is", page.sure),
    ):
        paper.add_heading(heading, 1)
        for text in texts:
            _words(paper, text)
    _figure(paper, page.figure)
    _terms(paper, words)
    paper.add_page_break()


def _section(paper: Any, section: Section, words: Mapping[str, str]) -> None:
    paper.add_heading(_plain(section.heading), 1)
    for block in section.blocks:
        WRITERS[kind_of(block)](paper, block)
    _terms(paper, words)


def _words(paper: Any, text: Block) -> None:
    paper.add_paragraph(_plain(str(text)))


def _items(paper: Any, block: Items) -> None:
    for item in block.items:
        paper.add_paragraph(_plain(item), style="List Bullet")


def _command(paper: Any, block: Command) -> None:
    for line in block.lines:
        run = paper.add_paragraph().add_run(visible(line))
        run.font.name = "Consolas"


def _terms(paper: Any, words: Mapping[str, str]) -> None:
    from docx.shared import Pt

    for term, meaning in words.items():
        line = paper.add_paragraph(style="No Spacing")
        line.add_run(f"{term}: ").bold = True
        line.add_run(_plain(meaning))
        for run in line.runs:
            run.font.size = Pt(SMALL + 1)


def _figure(paper: Any, block: Figure) -> None:
    from docx.shared import Inches

    _title(paper, block.title)
    stream = io.BytesIO(block.sheet.png(DOTS_PER_INCH))
    picture = paper.add_picture(stream, width=Inches(WIDE if block.wide else NARROW))
    about = picture._inline.docPr  # the only place for an alternative text
    about.set("descr", visible(f"{block.title}. {block.shows}"))
    if block.twin is not None:
        _table(paper, block.twin)


def _table(paper: Any, block: Table) -> None:
    _title(paper, block.caption)
    table = paper.add_table(rows=1, cols=len(block.head), style="Table Grid")
    table.autofit = False
    size = SMALL if len(block.head) <= MANY else SMALL - 1
    _row(table.rows[0], block.head, len(block.head), size)
    _repeats(table.rows[0])
    for cells in block.rows:
        _row(table.add_row(), cells, 1, size)
    for column, share in zip(table.columns, _shares(block), strict=True):
        _set_width(column, share)
    if block.note:
        _words(paper, block.note)


def _title(paper: Any, text: str) -> None:
    """A title that stays on the page of what it stands above."""
    line = paper.add_paragraph()
    line.paragraph_format.keep_with_next = True
    line.add_run(_plain(text)).bold = True


def _shares(block: Table) -> list[float]:
    """What part of the width each column gets: its longest word first, what is left to those of longer texts."""
    columns = list(zip(block.head, *block.rows, strict=True))
    words = [max((len(part) for text in column for part in text.split()), default=1) for column in columns]
    least = [min(word, LONGEST) + PADDING for word in words]
    more = [max(0, min(max(map(len, column)), WRAPPED) + PADDING - least[n]) for n, column in enumerate(columns)]
    spare = max(0, LETTERS - sum(least))
    wide = [least[n] + spare * more[n] / max(1, sum(more)) for n in range(len(columns))]
    return [each / sum(wide) for each in wide]


def _set_width(column: Any, share: float) -> None:
    from docx.shared import Inches

    column.width = Inches(WIDE * share)
    for cell in column.cells:
        cell.width = Inches(WIDE * share)


def _row(row: Any, texts: tuple[str, ...], bold: int, size: int) -> None:
    """Write the texts of a row, the first `bold` of them as heads."""
    from docx.shared import Pt

    for number, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        line = cell.paragraphs[0]
        line.paragraph_format.space_after = 0
        run = line.add_run(_plain(text))
        run.font.size, run.bold = Pt(size), number < bold


def _repeats(row: Any) -> None:
    """Mark a row as the head of its table, which is read and printed again on each page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _plain(text: str) -> str:
    """A text without back quotes, control characters escaped."""
    return visible(text.replace("`", ""), keep="\n")


def _same_bytes(paper: Any) -> bytes:
    """The document with one stamp on every part, whenever it is written."""
    raw, out = io.BytesIO(), io.BytesIO()
    paper.save(raw)
    with zipfile.ZipFile(raw) as written, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as same:
        for name in sorted(written.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            same.writestr(info, written.read(name))
    return out.getvalue()


WRITERS: Mapping[str, Callable[[Any, Any], None]] = {
    "words": _words,
    "items": _items,
    "command": _command,
    "figure": _figure,
    "table": _table,
}
