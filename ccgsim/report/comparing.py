"""A comparison of scenarios: what the terminal tells of it, and its files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import pandas as pd
from rich.table import Table
from rich.text import Text

from ccgsim import files
from ccgsim.measures.catalogue import MEASURE
from ccgsim.ranges import edges
from ccgsim.report.board_sentence import sentence
from ccgsim.report.contrast_lines import contrast_lines, contrast_rows
from ccgsim.report.manifest import NAME, SCHEMA
from ccgsim.report.terminal import EXPLAINED, HEADLINE, TABLE, print_line, print_table

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
    """Print in what the worlds differ, the headline differences from the base, and what they come to in a sentence."""
    for line in contrast_lines(found.scenarios, found.months):
        print_line(line)
    for scenario in list(found.scenarios)[1:]:
        print_line("")
        print_table(_table(found, scenario), WIDTH)
    several = len(found.seeds) > 1
    worlds = f" Single worlds: {edges(len(found.seeds))} of the pairs." if several else ""
    print_line(f"[95% interval of the average]; * leaves out 0.{worlds}")
    print_line("Needed: replicates to see .02 in a share, a twentieth in a count.")
    print_line(EXPLAINED)
    for scenario in list(found.scenarios)[1:]:
        print_line(f"\n{sentence(found, scenario)}")


def _table(found: Comparison, scenario: str) -> Table:
    """The headline measures of one scenario less those of the base, a star where the interval leaves out 0."""
    what = f"average over {_of_seeds(found.seeds)}" if len(found.seeds) > 1 else _of_seeds(found.seeds)
    table = Table(title=Text(f"{scenario} less {found.base}, {what}, paired by seed"), **TABLE)
    table.add_column("measure", no_wrap=True)
    for name in (f"month {found.months}", "single worlds", "mean of months", "single worlds", "needed"):
        table.add_column(name, justify="right", no_wrap=True)
    rows = {(row["measure"], row["at"]): row for _, row in found.table.iterrows() if row["scenario"] == scenario}
    for measure in HEADLINE:
        final, mean = (rows[measure, at] for at in ("final", "mean"))
        needed = "–" if pd.isna(final["replicates_needed"]) else f"{int(final['replicates_needed']):,}"
        digits = 3 if MEASURE[measure].unit == "share" else 1
        cells = [cell for row in (final, mean) for cell in (_difference(row, digits), _range(row, digits))]
        table.add_row(measure.replace("_", " "), *cells, needed)
    return table


def _of_seeds(seeds: Sequence[int]) -> str:
    return f"seed {seeds[0]}" if len(seeds) == 1 else f"seeds {seeds[0]} to {seeds[-1]}"


def _difference(row: pd.Series, digits: int) -> str:
    if pd.isna(row["difference"]) or pd.isna(row["low"]):
        return _signed(row["difference"], digits)
    value, low, high = (_signed(row[name], digits) for name in ("difference", "low", "high"))
    return f"{value} [{low}, {high}]{'*' if row['low'] > 0 or row['high'] < 0 else ' '}"


def _range(row: pd.Series, digits: int) -> str:
    low, high = (_signed(row[name], digits) for name in ("range_low", "range_high"))
    return low if low == "–" else f"{low} to {high}"


def _signed(value: float | None, digits: int) -> str:
    """A difference with its sign, without the zero before the point; a dash where it is undefined."""
    if value is None or value != value:
        return "–"
    return (
        f"{round(value, digits) + 0.0:+.{digits}f}".replace("0.", ".", 1) if abs(value) < 1 else f"{value:+.{digits}f}"
    )


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
        "differs": contrast_rows(found.scenarios, found.months),
        "sentences": sentences(found),
    }
    prints = {name: files.sha256(path) for name, path in sorted(written.items())}
    written[NAME] = files.put(folder / NAME, files.json_bytes(facts | dict(found.provenance) | {"files": prints}))
    return written


def sentences(found: Comparison) -> list[dict[str, str]]:
    """What each scenario changes against the first, in a sentence."""
    return [{"scenario": name, "sentence": sentence(found, name)} for name in list(found.scenarios)[1:]]


def _contents(found: Comparison, figures: bool) -> Iterator[tuple[str, bytes]]:
    yield "differences.parquet", files.parquet_bytes(found.table)
    yield "differences.csv", files.csv_bytes(found.table)
    yield "series.parquet", files.parquet_bytes(found.series)
    if figures:
        from ccgsim.report.comparison_figure import comparison_figure

        yield from comparison_figure(found).files("comparison")
