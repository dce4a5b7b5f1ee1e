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

    def png(self, dots_per_inch: int = _DOTS_PER_INCH) -> bytes:
        """The figure as PNG."""
        return self._saved(format="png", dpi=dots_per_inch, pil_kwargs={"compress_level": 4})

    def svg(self, dots_per_inch: int = _DOTS_PER_INCH) -> bytes:
        """The figure as SVG without a date; `dots_per_inch` of those of its parts that are images."""
        return self._saved(format="svg", dpi=dots_per_inch, metadata={"Date": None})

    def _saved(self, **how: Any) -> bytes:
        with style(), io.BytesIO() as stream:
            self.figure.savefig(stream, **how)
            return stream.getvalue()

    def files(self, name: str) -> Iterator[tuple[str, bytes]]:
        """File name and bytes of the figure as PNG, then as SVG."""
        yield f"{name}.png", self.png()
        yield f"{name}.svg", self.svg()


def title_of(words: str, sheet: Sheet, x: float, y: float) -> None:
    """Write a title that fits on the sheet: smaller if long, cut if very long."""
    kept = words if len(words) <= 130 else f"{words[:129]}…"
    room = 1300 * sheet.figure.get_figwidth() / WIDTH
    sheet.figure.text(x, y, kept, fontsize=min(17.0, room / max(len(kept), 1)), va="center", color=INK)


def new_sheet(width: float = WIDTH, height: float = HEIGHT) -> Sheet:
    """An empty sheet of this size in inches."""
    figure = Figure(figsize=(width, height), dpi=_DOTS_PER_INCH)
    return Sheet(figure, FigureCanvasAgg(figure))
