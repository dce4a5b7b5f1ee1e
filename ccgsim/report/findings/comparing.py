"""A comparison of scenarios: text for the terminal, and its files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from rich.table import Table
from rich.text import Text

from ccgsim.foundation.dates import date_of
from ccgsim.foundation.files import writing
from ccgsim.foundation.statistics import edges
from ccgsim.lab.comparison import Comparison
from ccgsim.lab.on_the_way import LARGEST, OPPOSITE
from ccgsim.measures.catalogue import MEASURE, NAMES
from ccgsim.report.drawing.marks import all_begin
from ccgsim.report.manifest import NAME, SCHEMA
from ccgsim.report.words.board_sentence import sentence
from ccgsim.report.words.contrast_lines import contrast_lines, contrast_rows
from ccgsim.report.words.short_numbers import clear, signed
from ccgsim.report.words.terminal import EXPLAINED, HEADLINE, TABLE, WIDTH, print_line, print_table
from ccgsim.scenario.wording import Words


def print_comparison(found: Comparison) -> None:
    """Print what distinguishes the scenarios, the headline differences from the base, and a summary sentence."""
    told = words_of(found)
    for line in contrast_lines(found.scenarios, found.months):
        print_line(told(line))
    for scenario in list(found.scenarios)[1:]:
        print_line("")
        print_table(_at_the_end(found, scenario), WIDTH)
        if scenario in set(found.on_the_way["scenario"]):
            print_line("")
            print_table(_on_the_way(found, scenario), WIDTH)
    for line in _notes(len(found.seeds)):
        print_line(line)
    for scenario in list(found.scenarios)[1:]:
        print_line(f"\n{told(sentence(found, scenario))}")


def words_of(found: Comparison) -> Words:
    """The words of the compared scenarios."""
    return Words.of(*(world.resolved() for world in found.scenarios.values()))


def _notes(seeds: int) -> Iterator[str]:
    if seeds > 1:
        yield f"[95% interval of the average]; * excludes 0. Single worlds: {edges(seeds)} of the pairs."
        yield "On the way: months with the largest difference; their intervals hold for all months at once."
        yield "Needed: replicates to detect .02 in a share, or 5% of the base in a count."
    yield EXPLAINED


def _at_the_end(found: Comparison, scenario: str) -> Table:
    """Headline measures of one scenario less those of the base, in the last month and in the mean over months.

    A star marks intervals that exclude 0.
    """
    rows = {(row["measure"], row["at"]): row for row in _rows(found.table, scenario)}
    what = f"average over {_of_seeds(found.seeds)}" if len(found.seeds) > 1 else _of_seeds(found.seeds)
    table = _table(f"{scenario} less {found.base}, {what}, paired by seed")
    for name in (f"month {found.months}", "single worlds", f"mean of months 1-{found.months}", "needed"):
        table.add_column(name, justify="right", no_wrap=True)
    for measure in HEADLINE:
        final, mean = rows[measure, "final"], rows[measure, "mean"]
        needed = "–" if pd.isna(final["replicates_needed"]) else f"{int(final['replicates_needed']):,}"
        table.add_row(_called(measure), _difference(final), _range(final), _difference(mean), needed)
    return table


def _on_the_way(found: Comparison, scenario: str) -> Table:
    """The months in which headline measures differed most, in the main and in the other direction."""
    rows = {(row["measure"], row["at"]): row for row in _rows(found.on_the_way, scenario)}
    table = _table(f"{scenario} less {found.base}, on the way")
    for name in ("largest", "in month", "largest the other way", "in month"):
        table.add_column(name, justify="right", no_wrap=True)
    for measure in HEADLINE:
        there = [rows.get((measure, at)) for at in (LARGEST, OPPOSITE)]
        cells = [cell for row in there for cell in ((_difference(row), _month(found, row)) if row else ("–", "–"))]
        table.add_row(_called(measure), *cells)
    return table


def _table(title: str) -> Table:
    table = Table(title=Text(title), **TABLE)
    table.add_column("measure", no_wrap=True)
    return table


def _rows(table: pd.DataFrame, scenario: str) -> list[dict[Any, Any]]:
    return table[table["scenario"] == scenario].to_dict("records")


def _called(measure: str) -> str:
    return measure.replace("_", " ")


def _month(found: Comparison, row: Mapping[Any, Any]) -> str:
    date = _date(found, row["month"])
    return f"{row['month']} ({date})" if date else f"{row['month']}"


def _date(found: Comparison, month: int) -> str | None:
    """'2013-04' for month 28 of worlds that all begin in December 2010; None if months have no common dates."""
    begins = all_begin(found.scenarios)
    return None if begins is None else date_of(begins + month)


def _of_seeds(seeds: Sequence[int]) -> str:
    return f"seed {seeds[0]}" if len(seeds) == 1 else f"seeds {seeds[0]} to {seeds[-1]}"


def _digits(measure: str) -> int:
    return 3 if MEASURE[measure].unit == "share" else 1


def _difference(row: Mapping[Any, Any]) -> str:
    value, low, high = (signed(row[end], _digits(row["measure"])) for end in ("difference", "low", "high"))
    if value == "0" and low in (high, "–"):
        return "no difference"
    return value if low == "–" else f"{value} [{low}, {high}]{'*' if clear(row['low'], row['high']) else ' '}"


def _range(row: Mapping[Any, Any]) -> str:
    low, high = (signed(row[name], _digits(row["measure"])) for name in ("range_low", "range_high"))
    return low if low == high else f"{low} to {high}"


def write_comparison(found: Comparison, folder: Path, *, figures: bool = True) -> dict[str, Path]:
    """Write the tables as Parquet and CSV, the figure as PNG and SVG, and the manifest, into an existing folder."""
    written = {name: writing.put(folder / name, data) for name, data in _contents(found, figures)}
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
    prints = {name: writing.sha256(path) for name, path in sorted(written.items())}
    written[NAME] = writing.put(folder / NAME, writing.json_bytes(facts | dict(found.provenance) | {"files": prints}))
    return written


def sentences(found: Comparison) -> list[dict[str, str]]:
    """What each scenario changes against the first, one sentence each."""
    told = words_of(found)
    return [{"scenario": name, "sentence": told(sentence(found, name))} for name in list(found.scenarios)[1:]]


def on_the_way_rows(found: Comparison) -> list[dict[Any, Any]]:
    """The largest differences over all months, with dates if months have the same in all worlds."""
    return [row | {"date": _date(found, row["month"])} for row in found.on_the_way.to_dict("records")]


def wide(found: Comparison) -> pd.DataFrame:
    """The printed tables joined, unrounded, with a row for every measure, headline measures first."""
    final, mean = (found.table[found.table["at"] == at] for at in ("final", "mean"))
    ways = pd.DataFrame(on_the_way_rows(found), columns=[*found.on_the_way, "date"])
    parts = [
        (final, "final"),
        (mean.drop(columns="replicates_needed"), "mean"),
        *((ways[ways["at"] == at], at) for at in (LARGEST, OPPOSITE)),
    ]
    keys = ["scenario", "measure"]
    found_parts = [_named(part.drop(columns="at").set_index(keys), name) for part, name in parts]
    order = [*HEADLINE, *(name for name in NAMES if name not in HEADLINE)]
    rows = pd.MultiIndex.from_product([list(found.scenarios)[1:], order], names=keys)
    return pd.concat(found_parts, axis=1).reindex(rows).reset_index()


def _named(part: pd.DataFrame, name: str) -> pd.DataFrame:
    """Columns prefixed with their part: 'largest', 'largest_low', ...; integers stay integers beside missing values."""
    whole = {key: "Int64" for key in ("n", "month", "replicates_needed") if key in part}
    return part.astype(whole).rename(columns=lambda key: name if key == "difference" else f"{name}_{key}")


def _contents(found: Comparison, figures: bool) -> Iterator[tuple[str, bytes]]:
    yield "differences.parquet", writing.parquet_bytes(found.table)
    yield "differences.csv", writing.csv_bytes(found.table)
    yield "table.csv", writing.csv_bytes(wide(found))
    yield "series.parquet", writing.parquet_bytes(found.series)
    if figures:
        from ccgsim.report.drawing.wording import in_words_of
        from ccgsim.report.figures.comparison import comparison_figure

        yield from in_words_of(comparison_figure(found), words_of(found)).files("comparison")
