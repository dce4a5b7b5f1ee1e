"""The figure of departures: for each member and measure, the cost after a half, one and two years with its interval."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from ccgsim.lab.depart.departures import a_year
from ccgsim.report.drawing.canvas import Sheet, new_sheet, style, title_of
from ccgsim.report.drawing.palette import BLUE, FAINT, INK, MUTED, ORANGE, PAPER, PURPLE

_WIDTH, _ROW, _HEAD, _FOOT = 9.6, 0.45, 1.6, 1.5  # inches: on paper type shrinks by a quarter
_LEFT, _RIGHT, _GAP = 0.22, 0.985, 0.03  # shares of the width
_APART = 0.24  # share of a row between times
_SMALL, _LINE, _LETTERS = 10.5, 0.21, 112  # type in points, a line in inches, letters of a line
_COLOURS = (BLUE, PURPLE, ORANGE, INK)
NOTE = "Filled: an effect can be told. Open: it cannot be told from this survey."
OF_CONTACTS = (
    "Contacts kept: of the outside advisers whom the board had at the start; "
    "outside reach counts those found since too."
)
Row = Mapping[str, Any]


def departures_figure(document: Row, labels: Mapping[str, str]) -> Sheet:
    """A panel a measure (`labels`: its words), a row a member; the title tells of the first measure.

    `document`: as `ccgsim depart --json` prints it.
    """
    members = document["members"]
    height = _HEAD + _FOOT + _ROW * len(members)
    with style():
        sheet = new_sheet(_WIDTH, height)
        wide = (_RIGHT - _LEFT) / len(labels)
        for place, (measure, label) in enumerate(labels.items()):
            box = (_LEFT + place * wide, _FOOT / height, wide - _GAP, _ROW * len(members) / height)
            ax = sheet.figure.add_axes(box)
            _panel(ax, document, measure, label)
            if place == 0:
                ax.set_yticks(range(len(members)), [_cut(one["name"]) for one in members], fontsize=11)
        _words(sheet, document, labels, height)
    return sheet


def _panel(ax: Axes, document: Row, measure: str, label: str) -> None:
    rows = {(row["id"], row["after"]): row for row in document["people"] if row["measure"] == measure}
    ax.axvline(0, color=MUTED, lw=0.9, zorder=1)
    for place, one in enumerate(document["members"]):
        ax.axhline(place - 0.5, color=FAINT, lw=0.6, zorder=0)
        for turn, after in enumerate(document["after"]):
            _mark(ax, rows[one["id"], after], place + _APART * (turn - (len(document["after"]) - 1) / 2), turn)
    ax.set_ylim(len(document["members"]) - 0.5, -0.5)
    ax.set_yticks([])
    ax.set_title(label, fontsize=11.5, color=INK, pad=6)
    ax.xaxis.set_major_locator(MaxNLocator(3))
    ax.tick_params(axis="x", labelsize=10)
    ax.margins(x=0.08)
    ax.spines["left"].set_visible(False)


def _mark(ax: Axes, row: Row, y: float, turn: int) -> None:
    """An interval and its mean, filled where it can be told that there is an effect."""
    if row["effect"] is None:
        return
    colour = _COLOURS[turn % len(_COLOURS)]
    ax.plot([row["low"], row["high"]], [y, y], color=colour, lw=1.7, alpha=1.0 if row["told"] else 0.45, zorder=2)
    face = colour if row["told"] else PAPER
    ax.plot([row["effect"]], [y], "o", color=colour, markerfacecolor=face, ms=5.5, mew=1.2, zorder=3)


def _words(sheet: Sheet, document: Row, labels: Mapping[str, str], height: float) -> None:
    title_of(_finding(document, *next(iter(labels.items()))), sheet, 0.015, 1 - 0.28 / height)
    about = (
        f"Mean difference from the same worlds in which the member stays, with 90% intervals over {document['draws']} "
        f"draws of what the survey does not know; departure in month {document['month']}, ccgsim {document['ccgsim']}"
    )
    _lines(sheet, about, 1 - 0.64 / height, height)
    for turn, after in enumerate(document["after"]):
        x, colour = _LEFT + 0.2 * turn, _COLOURS[turn % len(_COLOURS)]
        words = f"● {after} months after"
        sheet.figure.text(x, 0.95 / height, words, color=colour, fontsize=_SMALL, va="center")
    note = f"{NOTE} {OF_CONTACTS}" if "contacts_kept" in labels else NOTE
    _lines(sheet, note, 0.6 / height, height)


def _lines(sheet: Sheet, words: str, top: float, height: float) -> None:
    for place, line in enumerate(textwrap.wrap(words, _LETTERS)):
        y = top - place * _LINE / height
        sheet.figure.text(0.015, y, line, fontsize=_SMALL, color=MUTED, va="center")


def _finding(document: Row, measure: str, label: str) -> str:
    """Whose departure lowers a measure most, if any can be told."""
    after = a_year(document["after"])
    rows = [row for row in document["people"] if (row["measure"], row["after"]) == (measure, after) and row["told"]]
    rows = [row for row in rows if row["effect"] < 0]
    if not rows:
        return f"Whose departure lowers {label}, {after} months later, cannot be told from this survey"
    worst = min(rows, key=lambda row: row["effect"])
    name = next(one["name"] for one in document["members"] if one["id"] == worst["id"])
    return f"The departure of {_cut(name)} lowers {label} most: {worst['effect']:+.2f} {after} months later"


def _cut(words: str, most: int = 22) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"
