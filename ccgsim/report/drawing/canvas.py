"""A sheet to draw on: the same bytes each time, without changing matplotlib's settings."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure

from ccgsim.report.drawing.palette import INK, MUTED, PAPER

WIDTH, HEIGHT = 13.333, 7.5  # inches: a slide
_DOTS_PER_INCH = 150
_STYLE: dict[str, Any] = {
    "font.family": "DejaVu Sans",  # comes with matplotlib, so every machine has it
    "font.size": 10,
    "text.color": INK,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "svg.hashsalt": "ccgsim",
    "svg.fonttype": "path",
    "path.simplify": True,
    "text.parse_math": False,  # titles are data: a dollar sign is literal
}


@contextmanager
def style() -> Iterator[None]:
    """The project's style inside the block; the user's settings are restored afterwards."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(cast(Any, _STYLE))
        yield


@dataclass(frozen=True, slots=True)
class Sheet:
    """A figure and its canvas."""

    figure: Figure
    canvas: FigureCanvasAgg

    def renderer(self) -> RendererAgg:
        """The renderer, for measuring texts on this sheet."""
        return cast(RendererAgg, cast(Any, self.canvas).get_renderer())

    def files(self, name: str) -> Iterator[tuple[str, bytes]]:
        """File name and bytes of the figure as PNG, then as SVG without a date."""
        png, svg = io.BytesIO(), io.BytesIO()
        with style():
            save = self.figure.savefig
            save(png, format="png", dpi=_DOTS_PER_INCH, pil_kwargs={"compress_level": 4})
            save(svg, format="svg", dpi=_DOTS_PER_INCH, metadata={"Date": None})
        yield f"{name}.png", png.getvalue()
        yield f"{name}.svg", svg.getvalue()


def title_of(words: str, sheet: Sheet, x: float, y: float) -> None:
    """Write a title that fits on the sheet: smaller if long, cut if very long."""
    kept = words if len(words) <= 130 else f"{words[:129]}…"
    sheet.figure.text(x, y, kept, fontsize=min(17.0, 1300 / max(len(kept), 1)), va="center", color=INK)


def new_sheet(width: float = WIDTH, height: float = HEIGHT) -> Sheet:
    """An empty sheet of this size in inches."""
    figure = Figure(figsize=(width, height), dpi=_DOTS_PER_INCH)
    return Sheet(figure, FigureCanvasAgg(figure))
