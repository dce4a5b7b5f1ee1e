"""All files that a run writes into its folder, the manifest last."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa

from ccgsim.foundation.files import writing
from ccgsim.report import contract
from ccgsim.report.drawing.inputs import Result, Run, first_run, monthly, people_called
from ccgsim.report.manifest import NAME, manifest
from ccgsim.report.network import exchange
from ccgsim.scenario.wording import Words


def write_run(
    result: Result, folder: Path, *, figures: bool = True, arrows: str = "flow", csv: bool = False
) -> dict[str, Path]:
    """Write all of a run's files into an existing folder; returns their paths by name, manifest.json last.

    Each file is written atomically. `arrows` is 'flow' (from adviser to seeker) or 'advice' (from seeker to
    adviser), for the figure and the network files; `csv`: write every table as CSV too. Raises ValueError for
    another value of `arrows` or a missing column.
    """
    if arrows not in ("flow", "advice"):
        raise ValueError(f"arrows = {arrows!r}: must be 'flow' or 'advice'")
    written: dict[str, Path] = {}
    for name, data in _contents(result, figures, arrows, csv):
        written[name] = writing.put(folder / name, data)
    written[NAME] = writing.put(folder / NAME, writing.json_bytes(manifest(result, written)))
    return written


def _contents(result: Result, figures: bool, arrows: str, csv: bool) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file but the manifest."""
    series, run = monthly(result), first_run(result)
    yield "series.parquet", writing.parquet_bytes(series, contract.series_schema(series))
    yield "series.csv", writing.csv_bytes(series)
    yield from _tables(run, csv)
    graph = exchange.last_network(run.agents, run.ties, arrows, run.ccg_names)
    yield "network.gexf", exchange.gexf_bytes(graph)
    yield "network.graphml", exchange.graphml_bytes(graph)
    if figures:
        yield from _figures(result, arrows)


_WITH_GAPS = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}  # integers stay integers beside blanks


def _tables(run: Run, csv: bool) -> Iterator[tuple[str, bytes]]:
    for name in contract.TABLES:
        frame = getattr(run, name)
        if frame is not None:
            schema, clean = contract.schema_of(name, frame), contract.with_nulls(frame)
            yield f"{name}.parquet", writing.parquet_bytes(clean, schema)
            if csv:
                yield (
                    f"{name}.csv",
                    writing.csv_bytes(writing.arrow_table(clean, schema).to_pandas(types_mapper=_WITH_GAPS.get)),
                )


def _figures(result: Result, arrows: str) -> Iterator[tuple[str, bytes]]:
    """Both figures as PNG and SVG; matplotlib is imported only here."""
    from ccgsim.report.drawing.wording import in_words_of
    from ccgsim.report.figures.measures import measures_figure
    from ccgsim.report.network.figure import network_figure

    told = Words.of(result.scenario.resolved()).keeping(people_called(first_run(result)).values())
    yield from in_words_of(measures_figure(result), told).files("measures")
    yield from in_words_of(network_figure(first_run(result), arrows), told).files("network")
