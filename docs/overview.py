"""The figure of what happens in a month, and what drives what: docs/figures/overview.png and .svg.

python -m docs.overview            draws the figure
python -m docs.overview --check    exits 1 where it is stale
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from ccgsim.course import in_words
from ccgsim.foundation.files.writing import put
from ccgsim.report.drawing.canvas import Sheet, style
from ccgsim.report.drawing.palette import INK, MUTED
from docs.tables import DOCS, only_checked


@dataclass(frozen=True)
class Group:
    """Steps of the month that stand in one box: its title, its place (left, bottom, width, height), the steps."""

    title: str
    place: tuple[float, float, float, float]
    steps: tuple[str, ...]


GROUPS = {
    "nation": Group("From outside", (3.2, 6.05, 6.9, 1.15), ("happenings", "policy", "insecurity")),
    "network": Group("Network of advice", (0.2, 2.9, 4.6, 1.7), ("ties", "knowledge", "priorities", "transparency")),
    "circle": Group(
        "Vicious circle",
        (8.5, 2.9, 4.6, 1.7),
        (
            "stepping_in",
            "engagement",
            "turnover",
        ),
    ),
    "results": Group("What comes of it", (3.2, 0.2, 6.9, 1.15), ("redesign", "finance", "collaboration", "rating")),
}
# from, to, what passes, shift of the line to one side, place of the words
ARROWS = (
    ("nation", "network", "insecure staff withhold;\nuncertainty breaks ties", 0.0, (2.65, 5.4)),
    ("nation", "circle", "uncertainty, the centre's grip,\ndialogue", 0.0, (10.75, 5.4)),
    ("network", "circle", "who is heard, by whom", 0.45, (6.65, 4.45)),
    ("circle", "network", "who holds back lets go of ties;\nwho decides sets the course", -0.45, (6.65, 2.95)),
    ("network", "results", "knowledge, brokers,\na dense board", 0.0, (2.85, 2.05)),
    ("circle", "results", "participation, champions,\nmanagers' control", -0.45, (11.05, 2.05)),
    ("results", "circle", "results in sight,\nrating, money", -0.45, (7.75, 2.05)),
)
COLOURS = {"nation": "#e9e4f3", "network": "#dcebf5", "circle": "#f9e3d3", "results": "#e1f0df"}
WIDTH, HEIGHT = 13.3, 7.4  # inches, and the units that places are told in


def box(axes: Axes, name: str) -> None:
    """A group of steps with its title and, numbered as in the month, its steps."""
    group = GROUPS[name]
    x, y, width, height = group.place
    numbers = {step: place for place, step in enumerate(in_words(), start=1)}
    form = "round,pad=0.02,rounding_size=0.12"
    axes.add_patch(FancyBboxPatch((x, y), width, height, boxstyle=form, fc=COLOURS[name], ec=MUTED, lw=1))
    axes.text(
        x + width / 2, y + height - 0.3, group.title, ha="center", va="center", fontsize=14, color=INK, weight="bold"
    )
    words = [f"{numbers[step]} {step}" for step in group.steps]
    half = len(words) if height < 1.5 else 2
    lines = ["     ".join(words[:half]), "     ".join(words[half:])]
    for row, line in enumerate(filter(None, lines)):
        axes.text(x + width / 2, y + height - 0.78 - 0.5 * row, line, ha="center", va="center", fontsize=12, color=INK)


def ends(one: str, other: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where an arrow between two boxes leaves the first and meets the second: side to side, or above and below."""
    (x, y, width, height), (u, v, wide, high) = GROUPS[one].place, GROUPS[other].place
    if y == v:
        first, second = (x + width, u) if x < u else (x, u + wide)
        return (first, y + height / 2), (second, v + high / 2)
    place = max(x, u) / 2 + min(x + width, u + wide) / 2
    return (place, y if y > v else y + height), (place, v + high if y > v else v)


def arrow(axes: Axes, one: str, other: str, shift: float) -> None:
    """An arrow between two boxes, moved to one side where another comes back."""
    (x, y), (u, v) = ends(one, other)
    across = (0.0, shift) if y == v else (-shift, 0.0) if one == "circle" else (shift, 0.0)
    begin, end = (x + across[0], y + across[1]), (u + across[0], v + across[1])
    axes.annotate("", end, begin, arrowprops={"arrowstyle": "-|>", "color": INK, "lw": 1.6, "shrinkA": 3, "shrinkB": 3})


def sheet() -> Sheet:
    """The figure."""
    with style():
        figure = Figure(figsize=(WIDTH, HEIGHT))
        canvas = FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, WIDTH), ylim=(0, HEIGHT))
        axes.set_axis_off()
        for name in GROUPS:
            box(axes, name)
        for one, other, words, shift, place in ARROWS:
            arrow(axes, one, other, shift)
            axes.text(*place, words, ha="center", va="center", fontsize=11, color=INK)
        return Sheet(figure, canvas)


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the figure, or with --check tell whether it is fresh: 0, or 1 where it is stale."""
    check = only_checked("docs.overview", "The figure of a month, from the steps in the code.", arguments)
    files = {DOCS / "figures" / name: data for name, data in sheet().files("overview")}
    stale = [path for path, data in files.items() if not path.exists() or path.read_bytes() != data]
    for path in stale:
        if check:
            print(f"docs/figures/{path.name} is stale: run python -m docs.overview")
        else:
            put(path, files[path])
    return int(check and bool(stale))


if __name__ == "__main__":
    raise SystemExit(main())
