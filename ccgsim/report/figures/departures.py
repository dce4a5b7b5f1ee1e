"""The figure of departures: for each member and measure, the cost after a half, one and two years with its interval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from ccgsim.lab.depart.departures import a_year
from ccgsim.report.drawing.canvas import Sheet, new_sheet, style, title_of
from ccgsim.report.drawing.palette import BLUE, FAINT, INK, MUTED, ORANGE, PAPER, PURPLE

_WIDTH, _ROW, _HEAD, _FOOT = 15.0, 0.42, 1.3, 0.95  # inches
_LEFT, _RIGHT, _GAP = 0.13, 0.99, 0.022  # shares of the width
_APART = 0.22  # share of a row between times
_COLOURS = (BLUE, PURPLE, ORANGE, INK)
Row = Mapping[str, Any]


def departures_figure(document: Row, labels: Mapping[str, str]) -> Sheet:
    """A panel a measure (`labels`: its words), a row a member. `document`: as `ccgsim depart --json` prints it."""
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
                ax.set_yticks(range(len(members)), [_cut(one["name"]) for one in members], fontsize=9)
        _words(sheet, document, height)
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
    ax.set_title(label, fontsize=10, color=INK, pad=6)
    ax.xaxis.set_major_locator(MaxNLocator(3))
    ax.tick_params(axis="x", labelsize=8)
    ax.margins(x=0.08)
    ax.spines["left"].set_visible(False)


def _mark(ax: Axes, row: Row, y: float, turn: int) -> None:
    """An interval and its mean, filled where it can be told that there is an effect."""
    if row["effect"] is None:
        return
    colour = _COLOURS[turn % len(_COLOURS)]
    ax.plot([row["low"], row["high"]], [y, y], color=colour, lw=1.4, alpha=1.0 if row["told"] else 0.45, zorder=2)
    face = colour if row["told"] else PAPER
    ax.plot([row["effect"]], [y], "o", color=colour, markerfacecolor=face, ms=4.5, mew=1.0, zorder=3)


def _words(sheet: Sheet, document: Row, height: float) -> None:
    title_of(_finding(document), sheet, 0.012, 1 - 0.28 / height)
    about = (
        f"Mean difference from the same worlds in which the member stays, with 90% intervals over {document['draws']} "
        f"draws of what the survey does not know; departure in month {document['month']}, ccgsim {document['ccgsim']}"
    )
    sheet.figure.text(0.012, 1 - 0.66 / height, about, fontsize=9.5, color=MUTED, va="center")
    for turn, after in enumerate(document["after"]):
        x, colour = 0.14 + 0.13 * turn, _COLOURS[turn % len(_COLOURS)]
        sheet.figure.text(x, 0.42 / height, f"● {after} months after", color=colour, fontsize=9.5, va="center")
    note = (
        "Filled: an effect can be told. Open: it cannot be told from this survey. Contacts kept: of the outside "
        "advisers whom the board had at the start; outside reach counts those found since too."
    )
    sheet.figure.text(0.14, 0.16 / height, note, fontsize=8.5, color=MUTED, va="center")


def _finding(document: Row) -> str:
    """Whose departure costs most stability, if any can be told."""
    after = a_year(document["after"])
    rows = [row for row in document["people"] if (row["measure"], row["after"]) == ("stability", after) and row["told"]]
    rows = [row for row in rows if row["effect"] < 0]
    if not rows:
        return f"Whose departure costs the board stability, {after} months later, cannot be told from this survey"
    worst = min(rows, key=lambda row: row["effect"])
    name = next(one["name"] for one in document["members"] if one["id"] == worst["id"])
    return f"The departure of {_cut(name)} costs most stability: {worst['effect']:+.2f} {after} months later"


def _cut(words: str, most: int = 24) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"
