"""Sources and model side by side: a table for the terminal, and the files of a comparison."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby
from pathlib import Path
from typing import Any, Protocol

import pandas as pd
from rich.console import Console
from rich.table import Table

from ccgsim.foundation.files import writing
from ccgsim.report.drawing.canvas import Sheet
from ccgsim.report.manifest import NAME, SCHEMA

WIDTH = 100  # columns if there is no terminal
LEAST_WIDTH = 1e-9  # narrower intervals are shown as one number
MARKS = {"set": "s", "fitted": "f", "emergent": "e"}
LEGEND = (
    "Model: average of worlds [95% interval of that average; --json and --out give the range of single worlds]; s set, "
    "f fitted, e emergent."
)
AGREEING = " Last column: share of worlds in which the source's sign holds."


class Cell(Protocol):
    """What the report needs of a cell: a figure of a source beside the model's."""

    @property
    def row(self) -> str: ...

    @property
    def column(self) -> str: ...

    @property
    def source(self) -> float | str | None: ...

    @property
    def source_key(self) -> str: ...

    @property
    def model(self) -> float | None: ...

    @property
    def low(self) -> float | None: ...

    @property
    def high(self) -> float | None: ...

    @property
    def origin(self) -> str: ...

    @property
    def agree(self) -> float | None: ...


def print_beside(title: str, cells: Sequence[Cell], notes: Sequence[str]) -> None:
    """Print the cells, one line per row, under headings (the text before the row's colon), with the notes below."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=WIDTH)
    columns = list(dict.fromkeys(each.column for each in cells))
    headed = {heading: list(found) for heading, found in groupby(cells, lambda each: each.row.partition(": ")[0])}
    lines = {heading: list(_lines(found, columns)) for heading, found in headed.items()}
    head = ["", "source", *columns, ""]
    widths = [max(len(line[n]) for line in chain([head], *lines.values())) for n in range(len(head))]
    console.print(title, style="bold")
    console.print(_table([head], widths))
    for heading, found in headed.items():
        console.print(f"{heading} ({_keys(found)})" if _keys(found) else heading, style="bold")
        console.print(_table(lines[heading], widths))
    agreed = any(each.agree is not None for each in cells)
    console.print(f"\n{LEGEND}{AGREEING if agreed else ''}\n")
    for note in notes:
        console.print(f"- {note}")


def _table(lines: Sequence[Sequence[str]], widths: Sequence[int]) -> Table:
    """Lines in columns of these widths, the first left-aligned, the others right-aligned."""
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 1, 0, 0))
    for n, width in enumerate(widths):
        table.add_column(justify="right" if n else "left", width=width)
    for line in lines:
        table.add_row(*line)
    return table


def _keys(cells: Sequence[Cell]) -> str:
    """The evidence keys of the cells, each once, in order."""
    return ", ".join(dict.fromkeys(key for each in cells for key in each.source_key.split(", ") if key))


def _lines(cells: Sequence[Cell], columns: Sequence[str]) -> Iterator[list[str]]:
    """The texts of each row: label, source's figure, model's figure in each column, share of agreeing worlds."""
    for row, found in groupby(cells, lambda each: each.row):
        by_column = {each.column: each for each in found}
        sources = dict.fromkeys(_source_text(each.source) for each in by_column.values() if each.source is not None)
        figures = [_figure(by_column[column]) if column in by_column else "" for column in columns]
        agree = list(by_column.values())[-1].agree
        share = "" if agree is None else f"{100 * agree:.0f}%"
        yield [f"  {row.partition(': ')[2]}", ", ".join(sources) if sources else "–", *figures, share]


def _source_text(source: float | str) -> str:
    return source if isinstance(source, str) else f"{source:g}"


def _figure(each: Cell) -> str:
    """The model's figure with its interval, if that has any width, and the mark of its origin."""
    fine = isinstance(each.source, float) and round(each.source, 2) != each.source
    if each.model is None:
        return f"– {MARKS[each.origin]}"
    wide = each.low is not None and each.high is not None and each.high - each.low > LEAST_WIDTH
    ends = f" [{_number(each.low, fine)}, {_number(each.high, fine)}]" if wide else ""
    return f"{_number(each.model, fine)}{ends} {MARKS[each.origin]}"


def _number(value: float | None, fine: bool) -> str:
    """Two decimals, three if the source has three, one from 10 on."""
    if value is None:
        return "–"
    digits = 1 if abs(value) >= 10 else 3 if fine else 2
    return f"{round(value, digits) + 0.0:.{digits}f}"  # adding 0 turns -0 into 0


def write_beside(document: Mapping[str, Any], sheets: Mapping[str, Sheet], folder: Path) -> dict[str, Path]:
    """Write cells.csv, cells.json, each sheet as PNG and SVG, and the manifest, into an existing folder."""
    written = {
        "cells.csv": writing.put(folder / "cells.csv", writing.csv_bytes(pd.DataFrame(list(document["cells"])))),
        "cells.json": writing.put(folder / "cells.json", writing.json_bytes(document)),
    }
    for name, sheet in sheets.items():
        written |= {file: writing.put(folder / file, data) for file, data in sheet.files(name)}
    prints = {name: writing.sha256(path) for name, path in sorted(written.items())}
    facts = {"schema": SCHEMA, "version": document["ccgsim"]} | {
        key: document[key] for key in ("command", "what", "seeds")
    }
    written[NAME] = writing.put(folder / NAME, writing.json_bytes(facts | {"files": prints}))
    return written
