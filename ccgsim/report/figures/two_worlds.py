"""Two worlds of a lesson in one chart: four panels with A and B in each, and lines at events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from ccgsim.report.drawing.canvas import Sheet, new_sheet, style, title_of
from ccgsim.report.drawing.labels import spread
from ccgsim.report.drawing.marks import Mark
from ccgsim.report.drawing.palette import BLUE, FAINT, INK, MARK, MUTED, VERMILION

PANELS = (
    ("participation", "GPs give (participation)"),
    ("manager_control", "Managers decide (control)"),
    ("efficacy", "GPs believe (efficacy)"),
    ("coherence", "District pulls together (coherence)"),
)
COLOURS, DASHES = (BLUE, VERMILION), ("-", (0, (4, 1.6)))
_LEFT, _TOP, _LINE = 0.05, 0.972, 0.036
_WORDS = 96  # characters in a line of marks


@dataclass(frozen=True, slots=True)
class Strand:
    """One world: its title, its measures by month, and its events."""

    title: str
    series: pd.DataFrame
    marks: Sequence[Mark]


def two_worlds_figure(strands: Sequence[Strand], subtitle: str) -> Sheet:
    """Four panels with one time axis: the first world blue and solid, the second vermilion and dashed."""
    months = max(len(strand.series) - 1 for strand in strands)
    with style():
        sheet = new_sheet()
        grid = {"left": _LEFT, "right": 0.95, "top": 0.83, "bottom": 0.17, "hspace": 0.36, "wspace": 0.2}
        axes = sheet.figure.subplots(2, 2, sharex=True, gridspec_kw=grid)
        for ax, (measure, title) in zip(axes.flat, PANELS, strict=True):
            _panel(ax, title, months)
            _lines(ax, strands, measure, months)
        for ax in axes[1]:
            ax.set_xlabel("month", fontsize=9.5)
        for line, strand in enumerate(strands):  # one below the other: what differs may stand at their ends
            title_of(strand.title, sheet, _LEFT, _TOP - line * _LINE)
        sheet.figure.text(_LEFT, _TOP - len(strands) * _LINE, subtitle, fontsize=10.5, va="center", color=MUTED)
        _tell(sheet, strands)
    return sheet


def _panel(ax: Axes, title: str, months: int) -> None:
    ax.set_title(title, loc="left", fontsize=12, fontweight="bold", pad=8)
    ax.set_xlim(0, max(months, 1))
    ax.set_ylim(0, 1)
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "", ".5", "", "1"])
    ax.grid(axis="y", color=FAINT, linewidth=0.8)
    ax.set_axisbelow(True)
    ax.tick_params(labelsize=9, length=3)


def _lines(ax: Axes, strands: Sequence[Strand], measure: str, months: int) -> None:
    """One line per world, labelled A or B at its end, and a thin line at each mark."""
    ends = []
    for strand, colour, dash in zip(strands, COLOURS, DASHES, strict=False):
        values = strand.series[measure]
        ax.plot(values.index, values, color=colour, linewidth=2.4, linestyle=dash)
        for month, words in strand.marks:
            shared = all((month, words) in other.marks for other in strands)
            if month <= months:
                hue = MARK if shared else colour
                ax.axvline(month, color=hue, linewidth=1.0, linestyle=(0, (2, 3)), zorder=1.5)
        known = values.dropna()
        ends.append(float(known.iloc[-1]) if len(known) else 0.0)
    for letter, colour, place in zip("AB", COLOURS, spread(ends, 0.08, 0.0, 1.0), strict=False):
        ax.text(1.015, place, letter, transform=ax.transAxes, va="center", color=colour, fontweight="bold", fontsize=11)


def _tell(sheet: Sheet, strands: Sequence[Strand]) -> None:
    """The events, one line per world, under the panels."""
    for n, (strand, colour) in enumerate(zip(strands, COLOURS, strict=False)):
        events = "; ".join(f"month {month}: {words}" for month, words in strand.marks) or "nothing is done"
        text = f"{'AB'[n]}  {events}"
        kept = text if len(text) <= 2 * _WORDS else f"{text[: 2 * _WORDS - 1]}…"
        sheet.figure.text(_LEFT, 0.085 - 0.03 * n, kept, fontsize=9.5, va="center", color=colour)
    note = "One run on one seed shows one history. The many-seeds view tells what is usual."
    sheet.figure.text(_LEFT, 0.022, note, fontsize=9, va="center", color=INK)
