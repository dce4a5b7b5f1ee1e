"""A comparison of scenarios: the table for the terminal, the files, and the figure of paths and of differences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import pandas as pd
from scipy import special

from ccgsim import files
from ccgsim.report.canvas import Sheet, new_sheet, style, title_of
from ccgsim.report.figures import band, edges
from ccgsim.report.manifest import NAME, SCHEMA
from ccgsim.report.palette import BLACK, BLUE, GREEN, INK, MUTED, ORANGE, PURPLE, VERMILION
from ccgsim.report.terminal import HEADLINE

DRAWN = ("stability", "coherence", "knowledge_mobility", "participation", "manager_control")
COLOURS = (BLACK, BLUE, VERMILION, GREEN, PURPLE, ORANGE)
MARKS = ("o", "s", "^", "D", "v", "P")
SURE = 0.975
WIDTH = 110  # columns where there is no terminal to ask


class Comparison(Protocol):
    """What the report reads of a comparison."""

    @property
    def scenarios(self) -> Mapping[str, Any]: ...

    @property
    def seeds(self) -> Sequence[int]: ...

    @property
    def months(self) -> int: ...

    @property
    def base(self) -> str: ...

    @property
    def table(self) -> pd.DataFrame: ...

    @property
    def series(self) -> pd.DataFrame: ...

    @property
    def provenance(self) -> Mapping[str, Any]: ...


def print_comparison(found: Comparison) -> None:
    """Print the headline measures: each scenario's difference from the base, a star where the interval leaves out 0."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    title = f"Differences from {found.base}, paired by seed ({_of_seeds(found.seeds)}), month {found.months} and mean"
    table = Table(title=Text(title), title_justify="left", title_style="bold", box=None, pad_edge=False)
    for n, name in enumerate(("scenario", "measure", f"month {found.months}", "mean", "needed")):
        table.add_column(name, justify="right" if n > 1 else "left", no_wrap=True)
    rows = {(row["scenario"], row["measure"], row["at"]): row for _, row in found.table.iterrows()}
    for scenario in list(found.scenarios)[1:]:
        for n, measure in enumerate(HEADLINE):
            final, mean = (rows[scenario, measure, at] for at in ("final", "mean"))
            needed = "–" if pd.isna(final["replicates_needed"]) else f"{int(final['replicates_needed']):,}"
            words = measure.replace("_", " ")
            table.add_row(Text("" if n else scenario), words, _difference(final), _difference(mean), needed)
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=WIDTH)
    console.print(table)
    console.print("95% intervals; * leaves out 0. Needed: replicates to see .02 in a share, a twentieth in a count.")


def _of_seeds(seeds: Sequence[int]) -> str:
    return f"seed {seeds[0]}" if len(seeds) == 1 else f"seeds {seeds[0]} to {seeds[-1]}"


def _difference(row: pd.Series) -> str:
    if pd.isna(row["difference"]):
        return "–"
    if pd.isna(row["low"]):
        return f"{row['difference']:+.3f}"
    star = "*" if row["low"] > 0 or row["high"] < 0 else " "
    return f"{row['difference']:+.3f} [{row['low']:+.3f}, {row['high']:+.3f}]{star}"


def write_comparison(found: Comparison, folder: Path, *, figures: bool = True) -> dict[str, Path]:
    """Write the tables as Parquet and CSV, the figure as PNG and SVG, and the manifest, into an existing folder."""
    written = {name: files.put(folder / name, data) for name, data in _contents(found, figures)}
    facts = {
        "schema": SCHEMA,
        "command": "compare",
        "base": found.base,
        "seeds": list(found.seeds),
        "months": found.months,
        "scenarios": {name: world.resolved() for name, world in found.scenarios.items()},
    }
    prints = {name: files.sha256(path) for name, path in sorted(written.items())}
    written[NAME] = files.put(folder / NAME, files.json_bytes(facts | dict(found.provenance) | {"files": prints}))
    return written


def _contents(found: Comparison, figures: bool) -> Iterator[tuple[str, bytes]]:
    yield "differences.parquet", files.parquet_bytes(found.table)
    yield "differences.csv", files.csv_bytes(found.table)
    yield "series.parquet", files.parquet_bytes(found.series)
    if figures:
        yield from comparison_figure(found).files("comparison")


def comparison_figure(found: Comparison) -> Sheet:
    """Paths of the headline measures in each scenario above, differences from the base below, with their bands."""
    with style():
        sheet = new_sheet()
        title_of(f"{' and '.join(list(found.scenarios)[1:])} against {found.base}", sheet, 0.045, 0.965)
        bands = f"{edges(len(found.seeds))} of worlds" if len(found.seeds) > 1 else "none, one world"
        words = (
            f"{_of_seeds(found.seeds)}. Above: means, bands: {bands}. Below: paired differences, bands: 95% intervals"
        )
        sheet.figure.text(0.045, 0.925, words, fontsize=10.5, va="center", color=MUTED)
        grid = {"left": 0.056, "right": 0.985, "top": 0.83, "bottom": 0.085, "hspace": 0.28, "wspace": 0.26}
        axes = sheet.figure.subplots(2, len(DRAWN), sharex=True, gridspec_kw=grid)
        for column, measure in enumerate(DRAWN):
            _draw_paths(axes[0, column], found.series, measure)
            _draw_differences(axes[1, column], found.series, measure)
            axes[0, column].set_title(measure.replace("_", " "), fontsize=11.5, loc="left", weight="bold", color=INK)
            axes[1, column].set_xlabel("month", fontsize=9.5)
        lines = axes[0, 0].get_lines()
        sheet.figure.legend(
            lines, list(found.scenarios), loc="upper left", bbox_to_anchor=(0.038, 0.91), ncols=6, frameon=False
        )
    return sheet


def _look(n: int, months: int) -> dict[str, Any]:
    marks = {"marker": MARKS[n % 6], "markevery": max(1, months // 5), "markersize": 4}
    return {"color": COLOURS[n % 6], "lw": 1.8, **marks}


def _draw_paths(ax: Any, series: pd.DataFrame, measure: str) -> None:
    for n, (_, worlds) in enumerate(series.groupby("scenario", sort=False)):
        mean = worlds.groupby("month")[measure].mean()
        ax.plot(mean.index, mean, **_look(n, len(mean)))
        if worlds["seed"].nunique() > 1:
            low, high = band(worlds, measure)
            ax.fill_between(mean.index, low, high, color=COLOURS[n % 6], alpha=0.13, lw=0)
    ax.set_ylim(0, 1)


def _draw_differences(ax: Any, series: pd.DataFrame, measure: str) -> None:
    base, *others = series["scenario"].unique()
    values = series.pivot(index=["seed", "month"], columns="scenario", values=measure)
    ax.axhline(0, color=MUTED, lw=1)
    for n, name in enumerate(others, start=1):
        pairs = (values[name] - values[base]).groupby("month").agg(["mean", "sem", "count"])
        ax.plot(pairs.index, pairs["mean"], **_look(n, len(pairs)))
        half = special.stdtrit((pairs["count"] - 1).clip(lower=1), SURE) * pairs["sem"]  # missing below two pairs
        ax.fill_between(pairs.index, pairs["mean"] - half, pairs["mean"] + half, color=COLOURS[n % 6], alpha=0.2, lw=0)
