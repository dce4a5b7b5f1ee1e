"""The run's series as CSV, and its chart of both worlds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from ccgsim.foundation.files.writing import csv_bytes
from ccgsim.teach.worlds.naming import set_up
from ccgsim.teach.worlds.run import LessonRun

if TYPE_CHECKING:  # a lesson starts without matplotlib
    from ccgsim.report.figures.two_worlds import Strand


def series_csv(run: LessonRun) -> bytes:
    """Every measure of each world by month so far: columns world, seed, month, measures."""
    parts = []
    for lane in run.lanes:
        frame = lane.series.reset_index()
        frame.insert(0, "seed", run.config.seed)
        frame.insert(0, "world", "AB"[lane.number])
        parts.append(frame)
    return csv_bytes(pd.concat(parts, ignore_index=True))


def strands(run: LessonRun) -> list[Strand]:
    """Each world's series, title and marks, for the report's chart."""
    from ccgsim.report.figures.two_worlds import Strand

    return [Strand(title_of(run, world), lane.series, run.marks(world)) for world, lane in enumerate(run.lanes)]


def title_of(run: LessonRun, world: int) -> str:
    """World A or B, its scenario, and what is set in it alone; what is done stands in lists of marks."""
    return f"{'AB'[world]}: {set_up(run.config, world)}"


def chart(run: LessonRun, suffix: str) -> bytes:
    """The chart of both worlds as PNG or SVG ('png', 'svg')."""
    from ccgsim.report.figures.two_worlds import two_worlds_figure

    sheet = two_worlds_figure(strands(run), _subtitle(run))
    files: Sequence[tuple[str, bytes]] = list(sheet.files("chart"))
    return next(data for name, data in files if name.endswith(suffix))


def _subtitle(run: LessonRun) -> str:
    return f"One seed ({run.config.seed}), {run.month} of {run.config.months} months"
