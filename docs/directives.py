"""What the site needs of Sphinx: the blocks of followed.py, pages at the top of the checkout, accessible pages."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from docs.accessible import mend
from docs.followed import Block, done

ROOT = Path(__file__).parents[1]
FROM_THE_TOP = {"changelog": "CHANGELOG.md", "code_of_conduct": "CODE_OF_CONDUCT.md", "contributing": "CONTRIBUTING.md"}
LANGUAGES = {"shell": "sh", "python": "python", "file": "toml"}


class Followed(SphinxDirective):
    """A block that is done while its page is read."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """The block as the reader types it, then what it prints."""
        self.env.note_reread()  # the program may have changed where the page has not
        block = Block(self.name, (self.arguments or [""])[0], "\n".join(self.content) + "\n")
        try:
            told = done(block, self.folder())
        except (RuntimeError, OSError) as failed:
            raise self.error(str(failed)) from failed
        if block.kind == "picture":
            return [nodes.raw("", told, format="html")]
        return [self.typed(block), *self.printed(told)]

    def folder(self) -> Path:
        """The folder of this page, empty when the page begins."""
        known: Any = self.env.temp_data
        if "folder of this page" not in known:
            known["folder of this page"] = tempfile.TemporaryDirectory(prefix="ccgsim-page-")
        return Path(known["folder of this page"].name)

    def typed(self, block: Block) -> nodes.Node:
        """The block with its own colours and, where it is a file, its name."""
        text = block.text.rstrip("\n")
        code = nodes.literal_block(text, text, language=LANGUAGES[block.kind])
        if block.kind != "file":
            return code
        caption = nodes.caption("", "", nodes.literal(block.beside, block.beside))
        return nodes.container("", caption, code, literal_block=True, classes=["literal-block-wrapper"])

    @staticmethod
    def printed(text: str) -> list[nodes.Node]:
        """What was printed, set apart."""
        text = text.rstrip("\n")
        return [nodes.literal_block(text, text, language="text", classes=["printed"])] if text else []


def from_the_top(app: Sphinx, name: str, source: list[str]) -> None:
    """Put the text of a file at the top of the checkout in the place of a page, with links as seen from docs/."""
    if name in FROM_THE_TOP:
        text = (ROOT / FROM_THE_TOP[name]).read_text(encoding="utf-8")
        source[0] = re.sub(r"\]\((?!https?:|#)([^)]+)\)", lambda link: f"]({seen_from_docs(link[1])})", text)


def seen_from_docs(link: str) -> str:
    """A link of a file at the top, as a page of docs/ writes it."""
    pages = {file: f"{name}.md" for name, file in FROM_THE_TOP.items()}
    return pages.get(link) or (link.removeprefix("docs/") if link.startswith("docs/") else f"path:../{link}")


def as_meant(app: Sphinx, what: str, name: str, about: object, options: object, lines: list[str]) -> None:
    """Docstrings mark code with one back quote and nothing else; in reStructuredText code wants two."""
    lines[:] = [line_as_meant(line) for line in lines]


def line_as_meant(line: str) -> str:
    """A line of a docstring in reStructuredText."""
    words = re.split(r"(`[^`]+`)", line)
    return "".join(f"`{part}`" if part.startswith("`") else re.sub(r"([*|]|_(?!\w))", r"\\\1", part) for part in words)


def mend_pages(app: Sphinx, failed: Exception | None) -> None:
    """Make the written pages accessible."""
    if failed is None and app.builder.format == "html":
        mend(Path(app.outdir))


def setup(app: Sphinx) -> dict[str, bool]:
    """Make all this known."""
    for name in (*LANGUAGES, "picture"):
        app.add_directive(name, Followed)
    app.connect("source-read", from_the_top)
    app.connect("autodoc-process-docstring", as_meant)
    app.connect("build-finished", mend_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
