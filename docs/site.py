"""The site: built, its links looked up, put into one file that anybody can unpack and read without a network.

python -m docs.site site.zip       needs the group `docs`; tutorials and notebooks are run meanwhile (minutes)
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from docs.tables import DOCS
from docs.zipped import zipped

LEFT_OUT = {".doctrees", ".buildinfo", "objects.inv"}
MADE_BY_SCRIPT = {"genindex.html", "search.html"}  # hold places that their scripts fill


class Page(HTMLParser):
    """The links of a page, and the places in it that links may lead to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.places: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note what an element is called and where it leads."""
        for name, value in attributes:
            if name in ("id", "name") and value:
                self.places.add(value)
            if name in ("href", "src") and value:
                self.links.append(value)


@cache
def page_at(path: Path) -> Page:
    """A page, read once."""
    return Page(path)


def build(folder: Path) -> None:
    """Build the site into a folder; RuntimeError with what Sphinx says where it fails or warns."""
    words = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-E", "-q", "-b", "html", str(DOCS), str(folder)]
    built = subprocess.run(words, cwd=DOCS.parent, capture_output=True, text=True)
    if built.returncode:
        raise RuntimeError(built.stdout + built.stderr)


def links(site: Path) -> Iterator[tuple[Path, str]]:
    """Every link of every page, with the page."""
    for path in sorted(site.rglob("*.html")):
        for link in page_at(path).links:
            yield path, link


def external(site: Path) -> dict[str, str]:
    """Every address outside the site, with the first page that names it."""
    found: dict[str, str] = {}
    for path, link in links(site):
        if urlsplit(link).scheme in ("http", "https"):
            found.setdefault(link, path.relative_to(site).as_posix())
    return found


def broken(site: Path) -> list[str]:
    """Every link inside the site that leads nowhere."""
    return [f"{path.relative_to(site).as_posix()}: {link}" for path, link in links(site) if not leads(path, link)]


def leads(page: Path, link: str) -> bool:
    """Whether a link inside the site leads to a file and, where it names one, to a place on it."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return True
    target = page.parent / unquote(parts.path) if parts.path else page
    if target.is_dir():
        target = target / "index.html"
    if not target.is_file():
        return False
    anywhere = not parts.fragment or target.suffix != ".html" or target.name in MADE_BY_SCRIPT
    return anywhere or unquote(parts.fragment) in page_at(target.resolve()).places


def packed(site: Path, out: Path) -> None:
    """Put the pages and what they need into a zip with one folder at its top."""
    files = [path for path in site.rglob("*") if path.is_file() and not LEFT_OUT & set(path.relative_to(site).parts)]
    zipped(out, {f"ccgsim-site/{path.relative_to(site).as_posix()}": path.read_bytes() for path in files})


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, look up, pack; 1 where a link leads nowhere."""
    parser = argparse.ArgumentParser(prog="python -m docs.site", description="The site as one zip.")
    parser.add_argument("out", type=Path, metavar="OUT.zip", help="the file to write")
    parser.add_argument("--built", type=Path, metavar="FOLDER", help="a site that is built already")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        site = (asked.built or Path(folder)).resolve()
        if not asked.built:
            build(site)
        print(*(f"{page}: {address}" for address, page in external(site).items()), sep="\n")
        if faults := broken(site):
            print("Links that lead nowhere:", *faults, sep="\n", file=sys.stderr)
            return 1
        packed(site, asked.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
