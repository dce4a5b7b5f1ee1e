"""The advice network as the source study draws it (Z13): one CCG in two months, or two CCGs, side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.patches import Wedge

from ccgsim.foundation.kinds import TABLE
from ccgsim.report.drawing.canvas import HEIGHT, WIDTH, Sheet, new_sheet, style, title_of
from ccgsim.report.drawing.inputs import Run, people_called
from ccgsim.report.drawing.labels import Box, first_free
from ccgsim.report.drawing.marks import FORMER_STAFF, abolition, begins_of
from ccgsim.report.drawing.palette import FAINT, INK, MUTED, PAPER, TIE_BOARD, TIE_FAR, TIE_INWARD, TIE_OUTSIDE
from ccgsim.report.drawing.time_axis import in_words
from ccgsim.report.network.layout import INNER, OUTER, Band, Layout, layout, point
from ccgsim.report.network.legend import draw_legend
from ccgsim.report.network.nodes import colours, draw_actors, radii
from ccgsim.report.network.picture import Picture, Scales, drawn_ccg, locality_numbers, picture, scales
from ccgsim.report.network.ties import TieLook, draw_ties

_REACH = 3.12  # half the side of a panel, in units of the board's radius
_SIDE = 5.68  # inches
_LOOKS = {
    "far": TieLook(TIE_FAR, 0.32, heads=False, order=1.0, width=0.55),
    "inward": TieLook(TIE_INWARD, 0.75, heads=True, order=1.2),
    "outside": TieLook(TIE_OUTSIDE, 0.8, heads=True, order=1.6),
    "board": TieLook(TIE_BOARD, 0.62, heads=True, order=1.4),
}
_NOTES = (
    "Advice network, seed {seed}. The board in the middle, all others around it by kind and locality. "
    "Pale dots: no tie to the board. Open rings: seats without a holder.",
    "AO: accountable officer; FO: finance officer; PM: practice manager; lead 1: GP who leads locality 1",
)
OF_THE_SURVEY = "Names are those of the survey, whoever came later goes by her seat. "
_BELOW = -math.pi / 2


@dataclass(frozen=True, slots=True)
class _View:
    """One panel: its picture, layout, numbers of localities, and heading."""

    picture: Picture
    places: Layout
    localities: dict[int, int]
    words: str


def network_figure(run: Run, arrows: str = "flow") -> Sheet:
    """Two panels, month 0 and the last month, with one layout and one key; `arrows` is 'flow' or 'advice'."""
    ccg = drawn_ccg(run.agents)
    agents = run.agents[run.agents["ccg"] == ccg]
    months = sorted({int(run.agents["month"].min()), int(run.agents["month"].max())})
    places, begins = layout(agents[agents["month"].isin(months)]), begins_of(run.scenario.resolved())
    views = [
        _View(
            picture(agents, run.ties, m, places, people_called(run)),
            places,
            locality_numbers(agents),
            _month_words(m, begins),
        )
        for m in months
    ]
    return _drawn(views, _title(run, ccg), _notes([run], months[-1]), arrows)


def networks_figure(runs: Sequence[Run], arrows: str = "flow") -> Sheet:
    """Two CCGs in their last months, side by side at one scale, with one key; the title compares their brokers."""
    agents = [run.agents[run.agents["ccg"] == drawn_ccg(run.agents)] for run in runs]
    agents = [people[people["month"] == people["month"].max()] for people in agents]
    layouts = [layout(people) for people in agents]
    pitch, gap = min(each.pitch for each in layouts), min(each.board_gap for each in layouts)
    views = []
    for run, people, apart in zip(runs, agents, layouts, strict=True):
        places, month = replace(apart, pitch=pitch, board_gap=gap), int(people["month"].max())
        words = f"{_short(run)}: {_month_words(month, begins_of(run.scenario.resolved()))}"
        drawn = picture(people, run.ties, month, places, people_called(run))
        views.append(_View(drawn, places, locality_numbers(people), words))
    last = min(int(people["month"].max()) for people in agents)
    return _drawn(views, _compared(runs, agents), _notes(runs, last), arrows)


def pictures_figure(pictures: Sequence[tuple[Picture, str]], places: Layout, title: str, note: str) -> Sheet:
    """Pictures of one network, each with its heading, in one layout at one scale; without numbered localities."""
    views = [_View(each, places, {}, words) for each, words in pictures]
    return _drawn(views, title, [note], "flow")


def _short(run: Run) -> str:
    """The scenario's title up to its colon."""
    return (run.scenario.title or run.scenario.name).partition(":")[0]


def _compared(runs: Sequence[Run], agents: Sequence[pd.DataFrame]) -> str:
    """The share of each board's betweenness held by its top member."""
    found = []
    for run, people in zip(runs, agents, strict=True):
        between = people.loc[people["board"].astype(bool), "betweenness"].fillna(0)
        found.append(f"{100 * between.max() / max(between.sum(), 1e-12):.0f}% in {_short(run)}")
    return f"How much of the board's betweenness one member holds: {', '.join(found)}"


def _notes(runs: Sequence[Run], last: int) -> list[str]:
    """Notes: what is drawn, the abbreviations, and who 'PCT staff' are after the abolition of PCTs."""
    closed = [abolition(run.scenario.resolved()) for run in runs]
    later = f"; {FORMER_STAFF}" if any(month is not None and month < last for month in closed) else ""
    surveyed = OF_THE_SURVEY if any(map(people_called, runs)) else ""
    return [_NOTES[0].format(seed=runs[0].seed), f"{surveyed}{_NOTES[1]}{later}"]


def _drawn(views: Sequence[_View], title: str, notes: Sequence[str], arrows: str) -> Sheet:
    """The panels on one sheet at one scale, with title, notes and key."""
    scale = scales([view.picture for view in views])
    with style():
        sheet = new_sheet()
        for n, view in enumerate(views):
            ax = _panel(sheet, n if len(views) > 1 else 0.5, view.words)
            _draw(sheet, ax, view.picture, scale, view.places, arrows)
            _name_bands(ax, view.places, view.localities)
        _headings(sheet, title, notes)
        low, high = (_points_per_unit() * edge for edge in _extremes(views[0].places))
        draw_legend(sheet.figure.add_axes((0.02, 0.01, 0.96, 0.135)), scale, (low, high), arrows)
    return sheet


def _points_per_unit() -> float:
    return _SIDE * 72 / (2 * _REACH)


def _extremes(places: Layout) -> tuple[float, float]:
    ends = pd.DataFrame({"board": [True, True], "near": [True, True], "betweenness": [0.0, 1.0]})
    low, high = radii(ends, Scales(1, 1, 1.0), places)
    return float(low), float(high)


def _panel(sheet: Sheet, n: float, words: str) -> Axes:
    left = (0.06 + n * 0.5) * WIDTH
    ax = sheet.figure.add_axes((left / WIDTH, 1.08 / HEIGHT, _SIDE / WIDTH, _SIDE / HEIGHT))
    ax.set_xlim(-_REACH, _REACH)
    ax.set_ylim(-_REACH, _REACH)
    ax.set_axis_off()
    for row, line in enumerate(words.split("\n")):
        ax.text(-_REACH - 0.5, _REACH - 0.4 - 0.25 * row, line, fontsize=12, fontweight="bold", va="baseline")
    return ax


def _month_words(month: int, begins: int | None) -> str:
    return f"Month {month}\n{in_words(begins + month)}" if begins is not None else f"Month {month}"


def _draw(sheet: Sheet, ax: Axes, each: Picture, scale: Scales, places: Layout, arrows: str) -> None:
    """Draw bands, empty seats, ties, actors and roles of seat-holders, from back to front."""
    for band in places.bands:
        start, end = 90 - math.degrees(band.end), 90 - math.degrees(band.start)
        wedge = Wedge((0, 0), OUTER + 0.16, start, end, width=OUTER - INNER + 0.32, color="#F6F7F9", zorder=0.5)
        ax.add_patch(wedge)
    for x, y in places.empty.get(each.month, ()):
        ax.scatter([x], [y], s=26, facecolors=PAPER, edgecolors=FAINT, linewidths=1.2, zorder=2)
    radius = radii(each.actors, scale, places)
    for layer, look in _LOOKS.items():
        _draw_layer(ax, each, radius, layer, look, arrows)
    draw_actors(ax, each.actors, radius, colours(each.actors, scale), _points_per_unit())
    _name_people(sheet, ax, each.actors, radius)


def _draw_layer(ax: Axes, each: Picture, radius: np.ndarray, layer: str, look: TieLook, arrows: str) -> None:
    ties = each.ties[each.ties["layer"] == layer]
    first, last = ("adviser", "seeker") if arrows == "flow" else ("seeker", "adviser")
    rows = ties[[first, last]].to_numpy()
    spots = each.actors[["x", "y"]].to_numpy()
    draw_ties(ax, spots[rows], radius[rows] + 0.012, ties["strength"].to_numpy(), look)


def _name_people(sheet: Sheet, ax: Axes, actors: pd.DataFrame, radius: np.ndarray) -> None:
    """The name of everybody who has one beside the mark, without overlap: members outwards, then contacts below."""
    board = actors["board"].to_numpy(bool)
    named = board | (actors["name"] != "").to_numpy()
    order = [*np.flatnonzero(board), *np.flatnonzero(named & ~board)]
    x, y = actors["x"].to_numpy(), actors["y"].to_numpy()
    taken: list[Box] = [(x[n] - radius[n], y[n] - radius[n], x[n] + radius[n], y[n] + radius[n]) for n in order]
    sizes = (10.5 if board.sum() <= 20 else 8.0 if board.sum() <= 32 else 5.5), 8.0  # on paper half of it
    for n in order:
        size, colour = (sizes[0], INK) if board[n] else (sizes[1], MUTED)
        look: dict[str, Any] = {"ha": "center", "va": "center", "zorder": 7, "gid": "role"}
        text = ax.text(0, 0, actors["name"].iloc[n], fontsize=size, color=colour, **look)
        text.set_path_effects([patheffects.withStroke(linewidth=2.6, foreground=PAPER, alpha=0.85)])
        extent = text.get_window_extent(sheet.renderer()).transformed(ax.transData.inverted())
        way = math.atan2(y[n], x[n]) if board[n] else _BELOW
        places = _beside((float(x[n]), float(y[n])), float(radius[n]), way, extent.width + 0.05, extent.height + 0.03)
        best = places[first_free(places, taken)]
        text.set_position(((best[0] + best[2]) / 2, (best[1] + best[3]) / 2))
        taken.append(best)


def _beside(at: tuple[float, float], radius: float, first: float, width: float, height: float) -> list[Box]:
    """Candidate boxes around a mark: the first way (an angle), then further out, then turned aside."""
    (x, y), found = at, []
    for further in (0.03, 0.12, 0.21, 0.3):
        for turn in (0, 0.35, -0.35, 0.7, -0.7, 1.1, -1.1):
            way = first + turn
            reach = radius + further + _to_edge(way, width, height)
            cx, cy = x + reach * math.cos(way), y + reach * math.sin(way)
            found.append((cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2))
    return found


def _to_edge(way: float, width: float, height: float) -> float:
    """Distance of a box's centre from a point in that direction at which the box does not cover the point."""
    return min(
        width / 2 / max(abs(math.cos(way)), 1e-9), height / 2 / max(abs(math.sin(way)), 1e-9), math.hypot(width, height)
    )


def _name_bands(ax: Axes, places: Layout, numbers: dict[int, int]) -> None:
    """Each band's name along its outer edge, shortened or left out if the arc is too short."""
    for band in places.bands:
        room = (band.end - band.start + 0.1) * (OUTER + 0.28) * _points_per_unit()
        words = next((each for each in _band_names(band, numbers) if 0.58 * 9 * len(each) <= room), "")
        x, y = point(band.middle, OUTER + 0.27)
        turn = -math.degrees(band.middle) % 360
        upright = turn if turn <= 90 or turn >= 270 else turn - 180
        ax.text(
            x, y, words, rotation=upright, fontsize=9, color=MUTED, ha="center", va="center", rotation_mode="anchor"
        )


def _band_names(band: Band, numbers: dict[int, int]) -> list[str]:
    if band.kind == "GP" and band.locality is not None:
        number = numbers.get(band.locality, 0)
        return [f"locality {number}", f"loc. {number}", str(number)]
    return list(TABLE[band.kind].band)


def _title(run: Run, ccg: int) -> str:
    several = run.agents["ccg"].nunique()
    which = f", CCG {ccg} (one of {several})" if several > 1 else ""
    return f"{run.scenario.title or run.scenario.name}{which}"


def _headings(sheet: Sheet, title: str, notes: Sequence[str]) -> None:
    title_of(title, sheet, 0.022, 0.97)
    for n, note in enumerate(notes):
        sheet.figure.text(0.022, 0.936 - 0.024 * n, note, fontsize=9.5, va="center", color=MUTED)
