"""A figure as SVG within a page: named for screen readers, ids of its own, no more digits than can be seen."""

from __future__ import annotations

import re
from html import escape

import numpy as np

from ccgsim.report.drawing.canvas import Sheet

DOTS_PER_INCH = 100  # of images within figures
_ID = re.compile(r' id="([^"]*)"')
_USED = re.compile(r'(href="#|url\(#)([^")]*)')
_VIEW = re.compile(r'viewBox="([^"]*)"')
_PLACES = re.compile(r'((?: d|points| x|y)="[^"]*"|translate\([^)]*\))')
_LONG = re.compile(r"-?\d+\.\d{3,}")


def inline(sheet: Sheet, name: str, title: str, shows: str, crowd: int) -> str:
    """The figure as one `svg` element with role, title and description; `name` begins every id in it.

    Collections of more than `crowd` marks, such as ten thousand far ties, become one image within it.
    """
    _flatten(sheet, crowd)
    whole = sheet.svg(DOTS_PER_INCH).decode("utf-8")
    body = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->", "", _inside(whole), flags=re.DOTALL)
    view = _VIEW.search(whole)
    width = sheet.figure.get_size_inches()[0]
    head = (
        f'<svg xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="{view[1] if view else ""}" '
        f'style="--inches: {width:g}" role="img" aria-labelledby="{name}-title {name}-shows">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-shows">{escape(shows)}</desc>'
    )
    return f"{head}{_short(_named(body, name))}</svg>"


def _flatten(sheet: Sheet, crowd: int) -> None:
    for ax in sheet.figure.axes:
        for marks in ax.collections:
            if max(len(marks.get_paths()), np.size(marks.get_offsets()) // 2) > crowd:
                marks.set_rasterized(True)


def _inside(svg: str) -> str:
    """What stands between the tags of the whole."""
    start = svg.index(">", svg.index("<svg")) + 1
    return svg[start : svg.rindex("</svg>")]


def _named(body: str, name: str) -> str:
    """Ids that are referred to begin with the name of the figure; all others are left out."""
    used = {found[1] for found in _USED.findall(body)}
    body = _ID.sub(lambda found: f' id="{name}-{found[1]}"' if found[1] in used else "", body)
    return _USED.sub(rf"\g<1>{name}-\g<2>", body)


def _short(body: str) -> str:
    """Places with two digits after the point: a hundredth of a point on paper."""
    body = _PLACES.sub(lambda place: _LONG.sub(lambda number: f"{float(number[0]):.2f}", place[0]), body)
    return re.sub(r"\n\s*", "\n", body)
