"""The figure of claims: for each pattern the share of the plausible space in which it holds, and what breaks it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.transforms import blended_transform_factory

from ccgsim.report.drawing.canvas import Sheet, new_sheet, style, title_of
from ccgsim.report.drawing.palette import BLUE, FAINT, INK, MUTED, PAPER, VERMILION

_WIDTH, _ROW, _HEAD, _FOOT = 12.5, 0.62, 1.0, 1.15  # inches
_LEFT, _RIGHT, _BREAKS = 0.3, 0.62, 0.73  # shares of the width: ends of the axis, start of what breaks a claim
_APART = 0.16  # share of a row
Row = Mapping[str, Any]


def claims_figure(document: Row) -> Sheet:
    """One row per claim: the share with its 95% interval, beside it the share without the mechanism.

    `document`: as `ccgsim claim --json` prints it, with at least one claim.
    """
    claims = document["claims"]
    height = _HEAD + _FOOT + _ROW * len(claims)
    with style():
        sheet = new_sheet(_WIDTH, height)
        ax = sheet.figure.add_axes((_LEFT, _FOOT / height, _RIGHT - _LEFT, _ROW * len(claims) / height))
        _frame(ax, len(claims))
        for place, claim in enumerate(claims):
            _draw_claim(ax, claim, place)
        _words(sheet, document, height)
        _legend(ax, height)
    return sheet


def _frame(ax: Axes, rows: int) -> None:
    ax.set(xlim=(0, 1), ylim=(rows - 0.5, -0.5), yticks=[], xlabel="share of draws in which the pattern holds")
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x", color=FAINT, lw=0.8)
    ax.set_axisbelow(True)


def _draw_claim(ax: Axes, claim: Row, place: int) -> None:
    ax.axhline(place - 0.5, color=FAINT, lw=0.6, zorder=0)
    _write(ax, 0.015, place - 0.17, f"{claim['id']}  {_cut(claim['claim'], 44)}", fontsize=10.5)
    fate = {True: "holds", False: "fails", None: "unknown"}[claim["at_defaults"]]
    _write(ax, 0.015, place + 0.2, f"{fate} at the defaults", fontsize=8.5, color=MUTED)
    _mark(ax, claim, place - _APART, BLUE, "o")
    if claim["without"] is not None:
        _mark(ax, claim["without"], place + _APART, VERMILION, "X")
    _write(ax, _RIGHT + 0.012, place - _APART, _share(claim), fontsize=9)
    if claim["without"] is not None:
        _write(ax, _RIGHT + 0.012, place + _APART, _share(claim["without"]), fontsize=9, color=VERMILION)
    for line, found in enumerate(claim["breaks"]):
        words = f"{found['direction']} {_cut(found['parameter'], 34)}  {found['strength']:.2f}"
        _write(ax, _BREAKS, place + 0.29 * (line - 1), words, fontsize=8.5, color=INK if found["sure"] else MUTED)


def _mark(ax: Axes, share: Row, y: float, colour: str, shape: str) -> None:
    if share["share"] is None:
        return
    ax.plot([share["low"], share["high"]], [y, y], color=colour, lw=2, solid_capstyle="butt", clip_on=False)
    ax.plot([share["share"]], [y], shape, color=colour, ms=7, mec=PAPER, clip_on=False, zorder=4)


def _share(share: Row) -> str:
    if share["share"] is None:
        return "no draw"
    return f"{share['share']:.2f} [{share['low']:.2f}, {share['high']:.2f}]"


def _write(ax: Axes, x: float, place: float, words: str, **look: Any) -> None:
    """Write text at a share of the sheet's width, in a row of the axis."""
    across = blended_transform_factory(ax.figure.transFigure, ax.transData)
    ax.text(x, place, words, transform=across, va="center", **look)


def _words(sheet: Sheet, document: Row, height: float) -> None:
    """Title, headings of the columns, and how to read the figure."""
    half = sum((claim["low"] or 0) > 0.5 for claim in document["claims"])
    title = f"{half} of {len(document['claims'])} patterns hold in more than half of the plausible space"
    title_of(title, sheet, 0.015, 1 - 0.28 / height)
    about = f"{document['draws']} draws of all assumed and fitted parameters, {document['seeds']} seeds each"
    heads = ((0.015, about), (_RIGHT + 0.012, "share [95%]"), (_BREAKS, "what breaks it, rank correlation"))
    for x, words in heads:
        sheet.figure.text(x, 1 - 0.72 / height, words, fontsize=9.5, color=MUTED, va="center")
    note = (
        "A pattern holds in a draw if every statistic lies on the right side of its bound. Strength: rank correlation "
        "of the parameter with the margin; grey: no more than chance gives among so many."
    )
    sheet.figure.text(0.015, 0.12 / height, note, fontsize=8.5, color=MUTED, va="bottom")


def _legend(ax: Axes, height: float) -> None:
    for colour, shape, words in ((BLUE, "o", "as the model stands"), (VERMILION, "X", "without the mechanism")):
        ax.plot([], [], color=colour, marker=shape, ms=7, mec=PAPER, lw=2, label=words)
    figure = ax.figure
    figure.legend(frameon=False, fontsize=9, loc="lower left", bbox_to_anchor=(0.008, 0.36 / height))


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"
