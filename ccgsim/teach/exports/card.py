"""The model card: assumptions, equations, limits, glossary and citation of the lesson's model."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.metadata import version

from markdown_it import MarkdownIt

from ccgsim.foundation.quantity import Quantity, plain, quantities
from ccgsim.scenario.sections import SECTIONS
from ccgsim.teach.exports import pages
from ccgsim.teach.exports.cite import cite
from ccgsim.teach.exports.guide import document
from ccgsim.teach.sliders import SLIDERS, quantity_of

CIRCLE = ("stepping_in", "engagement")  # the processes of the circle
GLOSSARY = {
    "participation": "The part of the time for commissioning that a GP gives: 0 nothing, 1 all.",
    "efficacy, belief": "How far a GP believes that taking part changes decisions.",
    "being heard": "The share of a GP's views that decisions follow, in expectation.",
    "managers' control": "The share of decisions that managers take themselves.",
    "pressure": "What makes managers step in earlier: it adds to the participation below which they do.",
    "uncertainty": "How unclear national policy is. Dialogue dims what a district sees of it.",
    "tie": "One person takes advice from another. Knowledge flows the other way.",
    "broker": "The board member through whom most advice passes (highest betweenness).",
    "coherence": "How near board, frontline, patients' needs and good practice stand to one another.",
    "stability": "How far ties and members last, and how well the board would do without its top broker.",
    "seed": "The number that fixes all chance. The same seed gives the same history.",
    "board": "The governing body of the clinical commissioning group: GPs, managers, others.",
    "PCT": "Primary care trust: the authority before, closed in April 2013.",
}


def card_html() -> bytes:
    """The model card as one page."""
    odd = document("odd")
    body = [
        pages.paragraph(f"ccgsim {version('ccgsim')}. This page goes with the lesson of the vicious circle."),
        pages.heading("What the model is for"),
        _html(_paragraph(odd, "**Purpose.**")),
        pages.heading("What it assumes"),
        _html(_section(odd, "## 3 Process overview and scheduling")),
        pages.heading("The equations of the circle"),
        pages.paragraph(
            "m is managers' control, E and e participation, q belief (efficacy), u uncertainty as perceived."
        ),
        *(_html(_section(odd, f"### {name}")) for name in CIRCLE),
        pages.heading("The numbers behind the sliders"),
        pages.table(("parameter", "default", "range", "unit", "meaning", "source"), _rows(_sliders())),
        pages.heading("The other numbers behind the circle"),
        pages.table(("parameter", "default", "range", "unit", "meaning", "source"), _rows(_circle())),
        pages.heading("What it does not show"),
        pages.paragraph("In the words of docs/odd.md, whose tables are not repeated here.", "quiet"),
        _html(_section(odd, "## 8 Limits")),
        pages.heading("Words"),
        pages.table(("word", "meaning"), GLOSSARY.items()),
        pages.heading("How to cite"),
        pages.paragraph(cite() + ". The model is described after the ODD protocol (Grimm et al. 2020) in docs/odd.md."),
    ]
    return pages.page("Model card: the vicious circle", body)


def _section(text: str, heading: str) -> str:
    """The text under a heading, up to the next one, without generated tables."""
    found = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^#{{2,3}} |\Z)", text, re.MULTILINE | re.DOTALL)
    body = found.group(1) if found else ""
    return re.sub(r"<!--.*?-->", "", body, flags=re.DOTALL).strip()


def _paragraph(text: str, start: str) -> str:
    """The paragraph that starts with these words."""
    at = text.find(start)
    return text[at:].split("\n\n", 1)[0] if at >= 0 else ""


def _html(markdown: str) -> str:
    """Markdown as HTML; raw HTML is escaped."""
    return str(MarkdownIt("commonmark", {"html": False}).render(markdown))


def _sliders() -> Iterable[tuple[str, Quantity]]:
    return ((name, quantity_of(name)) for name in SLIDERS)


def _circle() -> Iterable[tuple[str, Quantity]]:
    """The parameters of the circle without a slider."""
    named = ((f"{section}.{name}", q) for section in CIRCLE for name, q in quantities(SECTIONS[section]))
    return ((name, q) for name, q in named if name not in SLIDERS)


def _rows(declared: Iterable[tuple[str, Quantity]]) -> list[tuple[str, str, str, str, str, str]]:
    """Each parameter with its default, range, unit, meaning and source."""
    return [
        (
            name,
            "left open" if q.default is None else plain(q.default),
            f"{plain(q.low)}\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}{plain(q.high)}",
            q.unit,
            q.meaning,
            q.source,
        )
        for name, q in declared
    ]
