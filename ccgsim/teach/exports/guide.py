"""The teacher's guide as a page, from docs/teaching.md; and where documents of the project are found."""

from __future__ import annotations

from markdown_it import MarkdownIt

from ccgsim.foundation.meaning import PACKAGE
from ccgsim.teach.exports import pages


def document(name: str) -> str:
    """The text of docs/NAME.md, from the package or the checkout."""
    inside = PACKAGE / "docs" / f"{name}.md"
    place = inside if inside.is_file() else PACKAGE.parent / "docs" / f"{name}.md"
    return place.read_text(encoding="utf-8")


def guide_html() -> bytes:
    """The guide as one page; raw HTML is escaped, links within the project become words."""
    title, _, body = document("teaching").partition("\n")
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("link")
    return pages.page(title.lstrip("# "), [str(parser.render(body))])
