"""What screen readers and keys need and theme and libraries leave out, put into the pages once they are written."""

from __future__ import annotations

from pathlib import Path

MENDED = {  # what is put in keeps its place from being found again
    'class="caption" role="heading">': 'class="caption" role="heading" aria-level="2">',  # captions in the sidebar
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="All pages">',
    '<aside class="toc-drawer">': '<aside class="toc-drawer" aria-label="This page">',
    '<aside class="toc-drawer no-toc">': '<aside class="toc-drawer no-toc" aria-label="This page">',
    '<div class="highlight"><pre>': '<div class="highlight"><pre tabindex="0">',  # so do wide blocks
    '<div class="table-wrapper': '<div tabindex="0" class="table-wrapper',  # wide tables scroll: by keys too
    "<th></th>": "<td></td>",  # the corner of a frame of pandas
}


def mended(page: str) -> str:
    """The HTML of a page with what it lacked."""
    for lacking, whole in MENDED.items():
        page = page.replace(lacking, whole)
    return page


def mend(site: Path) -> None:
    """Mend every page of a site where it stands."""
    for path in site.rglob("*.html"):
        path.write_text(mended(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
