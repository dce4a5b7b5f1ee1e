"""A report as one HTML file that asks for nothing else: styles and figures are inside, no script is needed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from ccgsim.foundation.inputs.texts import visible
from ccgsim.report.pages.formats.svg import inline
from ccgsim.report.pages.page import Block, Figure, Page, kind_of
from ccgsim.report.words.terms import Terms

TEMPLATES = Path(__file__).parent
MOST = 2_000_000  # bytes
CROWDS = 500, 50  # drawings of more marks of a kind become an image within a figure: the second if a page is too large


def html_bytes(page: Page) -> bytes:
    """The page as HTML, under MOST bytes if that is possible at all; the same page gives the same bytes."""
    whole = b""
    for crowd in CROWDS:
        whole = _rendered(page, crowd)
        if len(whole) < MOST:
            break
    return whole


def _rendered(page: Page, crowd: int) -> bytes:
    terms = Terms(page.words)
    first_words = terms.new_in(page.first.texts, parameters=True)
    sections = [(each, terms.new_in(each.texts)) for each in page.sections]
    names = {id(figure): f"f{n}" for n, figure in enumerate(figures_of(page), start=1)}
    text = (
        _environment()
        .get_template("page.html.j2")
        .render(
            page=page,
            first_words=first_words,
            sections=sections,
            drawn=lambda figure: _drawn(figure, names[id(figure)], crowd),
        )
    )
    return str(text).encode("utf-8")


def part_of_html(blocks: tuple[Block, ...], name: str) -> str:
    """A few blocks as a part of somebody else's page, such as a notebook; `name` begins every id."""
    names = {id(block): f"{name}-{n}" for n, block in enumerate(blocks)}
    return str(
        _environment()
        .get_template("part.html.j2")
        .render(blocks=blocks, drawn=lambda figure: _drawn(figure, names[id(figure)], CROWDS[0]))
    )


def figures_of(page: Page) -> Iterator[Figure]:
    """Every figure of a page, in its order."""
    for section in (page.first, *page.sections):
        yield from (block for block in section.blocks if isinstance(block, Figure))


def _drawn(figure: Figure, name: str, crowd: int) -> Any:
    from markupsafe import Markup

    return Markup(inline(figure.sheet, name, visible(figure.title), visible(figure.shows), crowd))


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    found.filters |= {"kind": kind_of, "coded": _coded}
    return found


def _shown(value: Any) -> Any:
    """Texts with control characters escaped; what is markup already stays."""
    return visible(value, keep="\n") if type(value) is str else value


def _coded(text: str) -> Any:
    """A text in which what stands between back quotes is set as code."""
    from markupsafe import Markup, escape

    parts = [escape(_shown(part)) for part in text.split("`")]
    if len(parts) % 2 == 0:  # a lone back quote is one
        return escape(_shown(text))
    return Markup("").join(Markup("<code>{}</code>").format(part) if n % 2 else part for n, part in enumerate(parts))
