"""A sensitivity study: tables for the terminal, and its files: indices, noise, a figure per measure, manifest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from ccgsim.foundation.files import writing
from ccgsim.report.figures.sensitivity import blanks, sensitivity_figure
from ccgsim.report.manifest import NAME, SCHEMA
from ccgsim.report.words.terminal import cell, number

FIGURES = 12  # largest number of measures drawn, in the order of the experiment
PRINTED = 6  # largest number of measures printed
TITLES = {"mu_star": "Morris mu*", "S1": "Sobol' S1", "ST": "Sobol' ST"}
WIDTH = 110  # columns if there is no terminal


def print_indices(indices: pd.DataFrame, noise: pd.DataFrame) -> None:
    """Print the indices of the last month with intervals for each measure, and the share of variance due to chance."""
    from rich.console import Console

    console = Console(highlight=False)
    console = console if console.is_terminal else Console(highlight=False, width=WIDTH)
    last = indices[(indices["at"] == "final") & indices["index"].isin(list(TITLES))]
    measures = list(dict.fromkeys(last["measure"]))
    for measure in measures[:PRINTED]:
        here = last[last["measure"] == measure]
        console.print(f"[bold]{measure.replace('_', ' ')}[/bold] in the last month: {luck_of(noise, measure)}")
        if here["value"].notna().any():
            console.print(_table(here))
        for line in blanks(here):
            console.print(f"  {line}", soft_wrap=True, markup=False)
    if len(measures) > PRINTED:
        console.print(f"and {len(measures) - PRINTED} more measures: indices.csv has them all")


def _table(here: pd.DataFrame) -> Any:
    """The indices of one measure, one row per parameter, the most important first."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    head, *rows = index_rows(here)
    for n, name in enumerate(head):
        table.add_column(name, justify="right" if n else "left", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    return table


def index_rows(here: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    """The heads, then for each parameter its indices of one measure with intervals, the most important first."""
    shown = [index for index in TITLES if (here["index"] == index).any()]
    yield ("parameter", *(TITLES[index] for index in shown))
    rows = here.set_index(["parameter", "index"])
    defined = here.dropna(subset=["value"])["index"]
    by = next(index for index in reversed(shown) if (defined == index).any())
    for name in here[here["index"] == by].sort_values("value", ascending=False, kind="stable")["parameter"]:
        yield (str(name), *(_cell(rows.loc[(name, index)]) for index in shown))


def _cell(row: Any) -> str:
    return cell({"mean": number(row["value"]), "low": number(row["low"]), "high": number(row["high"])})


def luck_of(noise: pd.DataFrame, measure: str) -> str:
    """How much of the variance between points is chance, in words."""
    here = noise[(noise["measure"] == measure) & (noise["at"] == "final")]
    shares = [value for value in here["share_of_luck"] if value is not None and value == value]
    if not shares:
        return "; ".join(dict.fromkeys(here["note"]))
    return f"means of {int(here['seeds'].iloc[0])} seeds; {max(shares):.1%} of the variance between points is chance"


def write_sensitivity(
    indices: pd.DataFrame, noise: pd.DataFrame, facts: Mapping[str, Any], folder: Path
) -> dict[str, Path]:
    """Write tables, figures and the manifest into the folder of the study; returns the paths by name."""
    written = {name: writing.put(folder / name, data) for name, data in _contents(indices, noise)}
    prints = {name: writing.sha256(path) for name, path in sorted(written.items())}
    whole = {"schema": SCHEMA, "kind": "sensitivity", **facts, "files": prints}
    written[NAME] = writing.put(folder / NAME, writing.json_bytes(whole))
    return written


def _contents(indices: pd.DataFrame, noise: pd.DataFrame) -> Iterator[tuple[str, bytes]]:
    for name, table in (("indices", indices), ("noise", noise)):
        yield f"{name}.parquet", writing.parquet_bytes(table)
        yield f"{name}.csv", writing.csv_bytes(table)
    for measure in list(dict.fromkeys(indices["measure"]))[:FIGURES]:
        yield from sensitivity_figure(indices, noise, measure).files(f"sensitivity_{measure}")
