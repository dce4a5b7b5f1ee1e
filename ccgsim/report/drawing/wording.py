"""A figure in a scenario's own words."""

from __future__ import annotations

from functools import partial

from matplotlib.axis import Axis
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter

from ccgsim.report.drawing.canvas import Sheet
from ccgsim.scenario.wording import Words


def in_words_of(sheet: Sheet, told: Words) -> Sheet:
    """The sheet, each of its texts in these words."""
    if not told.table:
        return sheet
    for text in sheet.figure.findobj(Text):
        text.set_text(told(text.get_text()))
    for ax in sheet.figure.axes:
        _named_ticks(ax.xaxis, told)
        _named_ticks(ax.yaxis, told)
    return sheet


def _named_ticks(axis: Axis, told: Words) -> None:
    """Labels that somebody gave to ticks: an axis writes them anew whenever it is drawn."""
    labels = axis.get_major_formatter()
    if isinstance(labels, FuncFormatter):
        axis.set_major_formatter(FuncFormatter(partial(_label, labels, told)))


def _label(labels: FuncFormatter, told: Words, at: float, place: int | None) -> str:
    return told(str(labels(at, place)))
