"""The page docs/benchmarks.md and its figure, written from benchmarks/history.csv.

python -m docs.benchmarks            rewrites the block between the markers and draws the figure
python -m docs.benchmarks --check    exits 1 where the block or the figure is stale
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from benchmarks.history import FILE
from ccgsim.report.drawing.canvas import Sheet, style
from ccgsim.report.drawing.palette import INK, MUTED
from docs.tables import DOCS, only_checked, rewrite, table

PAGE, FIGURES = DOCS / "benchmarks.md", DOCS / "figures"
PANELS = {  # ratio, program: title
    ("x Mesa", "engine"): "Engine against the same work in Mesa",
    ("x tight loop", "engine"): "Engine against a loop written for speed alone",
    ("x batch_run", "sweep"): "A sweep against mesa.batch_run",
}


def history() -> pd.DataFrame:
    """Every recorded ratio of this engine and its sweeps, oldest first."""
    found = pd.read_csv(FILE, dtype={"commit": str}).sort_values("date", kind="stable")
    return found.assign(program=found["what"].str.extract(r"program (engine|sweep)", expand=False)).dropna(
        subset="program"
    )


def latest() -> str:
    """The newest value of each ratio, with the oldest beside it."""
    rows = []
    for (section, what, ratio), each in history().groupby(["section", "what", "ratio"], sort=False):
        first, last = each.iloc[0], each.iloc[-1]
        rows.append(
            (section, what, ratio, f"{last['value']:.3g}", last["date"], f"{first['value']:.3g}", first["date"])
        )
    return table(("section", "what", "ratio", "latest", "of", "first", "of"), rows)


def sheet() -> Sheet:
    """A panel for each ratio, a line for each size of work."""
    found = history()
    with style():
        figure = Figure(figsize=(13.3, 4.6), layout="constrained")
        canvas = FigureCanvasAgg(figure)
        panels = {place: rows for place, rows in found.groupby(["ratio", "program"]) if place in PANELS}
        every = figure.subplots(1, len(panels), squeeze=False)[0]
        for axes, (place, rows) in zip(every, panels.items(), strict=True):
            labels = list(dict.fromkeys(rows["commit"] + "\n" + rows["date"]))
            for what, line in rows.groupby("what", sort=False):
                at = [labels.index(label) for label in line["commit"] + "\n" + line["date"]]
                axes.plot(at, line["value"], "o-", label=what)
            axes.axhline(1, color=MUTED, lw=0.8)
            axes.set_xticks(range(len(labels)), labels, fontsize=8)
            axes.set_ylim(bottom=0)
            axes.set_title(PANELS[place], color=INK, fontsize=11)
            axes.set_ylabel("times as fast")
            axes.margins(x=0.15)
            axes.legend(frameon=False, fontsize=8)
        return Sheet(figure, canvas)


def main(arguments: Sequence[str] | None = None) -> int:
    """Rewrite the page and draw the figure, or with --check tell whether it is fresh: 0, or 1 where it is stale."""
    command = "docs.benchmarks"
    check = only_checked(command, "docs/benchmarks.md, from benchmarks/history.csv.", arguments)
    figures = {FIGURES / file: data for file, data in sheet().files("benchmarks")}
    return rewrite(PAGE, {"latest": latest}, command, check, figures)


if __name__ == "__main__":
    raise SystemExit(main())
