"""Pages to print or save, in plain HTML: common style, embedded pictures, no external files."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

_LOOK = """
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, "DejaVu Sans", sans-serif; color: #1a1f26; background: #fff; max-width: 46rem;
  margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7rem; line-height: 1.2; } h2 { font-size: 1.2rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #dde1e6; }
svg { width: 100%; height: auto; } .quiet { color: #5f6873; }
.question p { margin-bottom: 0; } .lines { margin-bottom: 1rem; }
hr { height: 1.5rem; margin: 0; border: 0; border-bottom: 1px solid #98a2ae; }
blockquote { margin: .4rem 0 1rem; padding-left: .8rem; border-left: 3px solid #98a2ae; white-space: pre-wrap;
  overflow-wrap: anywhere; }
code { font-size: .85rem; overflow-wrap: anywhere; } .formula { display: block; margin: .3rem 0; }
.break { break-before: page; } h2, h3, .keep { break-after: avoid; } tr, .question { break-inside: avoid; }
@page { size: A4; margin: 16mm 15mm; }
@media print { table { font-size: 9pt; } body { margin: 0; max-width: none; font-size: 11pt; } }
"""


def page(title: str, body: Iterable[str]) -> bytes:
    """A complete page; `body` is HTML."""
    words = html.escape(title)
    head = (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{words}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        'img-src data:">'
        f"<style>{_LOOK}</style></head><body><main><h1>{words}</h1>"
    )
    return (head + "\n".join(body) + "</main></body></html>\n").encode("utf-8")


def text(words: object) -> str:
    """Text escaped for HTML."""
    return html.escape(str(words))


def paragraph(words: str, kind: str = "") -> str:
    """A paragraph of plain text."""
    return f'<p class="{kind}">{text(words)}</p>' if kind else f"<p>{text(words)}</p>"


def quotation(words: str) -> str:
    """A user's text, with its line breaks."""
    return f"<blockquote>{text(words)}</blockquote>"


def heading(words: str, breaks: bool = False) -> str:
    """A heading, in print optionally on a new page."""
    return f'<h2 class="break">{text(words)}</h2>' if breaks else f"<h2>{text(words)}</h2>"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table of plain texts."""
    top = "".join(f'<th scope="col">{text(cell)}</th>' for cell in head)
    lines = "".join("<tr>" + "".join(f"<td>{_breakable(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{lines}</tbody></table>"


def _breakable(cell: object) -> str:
    """A cell whose long names may break across lines."""
    return text(cell).replace("_", "_<wbr>")


def drawing(svg: bytes, words: str) -> str:
    """A drawing within the page, with alternative text."""
    inside = svg.decode("utf-8")
    return f'<div role="img" aria-label="{text(words)}">{inside[inside.index("<svg") :]}</div>'
