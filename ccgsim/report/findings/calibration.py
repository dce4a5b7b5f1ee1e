"""A calibration: text for the terminal, and its files: posterior, generations, summary, predictions, figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from ccgsim.foundation.files import writing
from ccgsim.report.figures.calibration import closing_figure, posterior_figure, predictive_figure
from ccgsim.report.manifest import NAME
from ccgsim.report.words.terminal import cell

WIDTH = 110  # columns if there is no terminal


class Posterior(Protocol):
    """What the report needs of a posterior."""

    @property
    def particles(self) -> pd.DataFrame: ...

    @property
    def generations(self) -> pd.DataFrame: ...

    @property
    def tolerance(self) -> float: ...

    @property
    def reached(self) -> bool: ...


class Found(Protocol):
    """What the report needs of a calibration."""

    @property
    def posterior(self) -> Posterior: ...

    @property
    def summary(self) -> pd.DataFrame: ...

    @property
    def correlations(self) -> pd.DataFrame: ...

    @property
    def predictions(self) -> pd.DataFrame: ...

    @property
    def check(self) -> pd.DataFrame: ...

    @property
    def effective(self) -> float: ...


def closeness(found: Posterior) -> str:
    """How close the last generation is to the targets, in words."""
    if found.particles.empty:
        return "no world had a value for every target"
    last = found.generations["tolerance"].iloc[-1]
    if found.reached:
        return "the targets are met within their own uncertainty"
    if len(found.generations) == 1:
        return "one generation only: this is the prior"
    far = (
        f"the last generation is up to {last / found.tolerance:.2f} times as far from the targets as their uncertainty"
    )
    return f"{far}: the posterior is too wide, or the targets are out of reach"


def print_calibration(found: Found) -> None:
    """Print each parameter's posterior, traded parameters, and the targets beside their predictions."""
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    console = console if console.is_terminal else Console(highlight=False, width=WIDTH)
    console.print(f"{found.effective:.0f} effective particles; {closeness(found.posterior)}.")
    if found.posterior.particles.empty:
        return
    table = Table(box=None, pad_edge=False)
    for name in ("parameter", "posterior mean", "prior", "sd left", ""):
        table.add_column(name, justify="left" if name in ("parameter", "") else "right", no_wrap=True)
    for row in found.summary.to_dict("records"):
        prior = f"{row['prior_low']:g} to {row['prior_high']:g}"
        value = cell({"mean": row["mean"], "low": row["low"], "high": row["high"]})
        table.add_row(str(row["parameter"]), value, prior, f"{row['sd_left']:.2f}", str(row["told"]))
    console.print(table)
    for row in found.correlations.query("traded").to_dict("records"):
        console.print(
            f"traded for each other: {row['first']} and {row['second']} (correlation {row['correlation']:+.2f})"
        )
    missed = list(found.check[~found.check["inside"]]["target"])
    inside = len(found.check) - len(missed)
    console.print(f"{inside} of {len(found.check)} targets lie within what the posterior predicts on new seeds")
    for name in missed:
        console.print(f"  not {name}")


def write_calibration(found: Found, facts: Mapping[str, Any], folder: Path) -> dict[str, Path]:
    """Write tables, figures and the manifest (`facts` and the files) into the calibration's folder; paths by name."""
    written = {name: writing.put(folder / name, data) for name, data in _contents(found)}
    prints = {name: writing.sha256(path) for name, path in sorted(written.items())}
    written[NAME] = writing.put(folder / NAME, writing.json_bytes({**facts, "files": prints}))
    return written


def _contents(found: Found) -> Iterator[tuple[str, bytes]]:
    tables = {
        "posterior": found.posterior.particles,
        "generations": found.posterior.generations,
        "summary": found.summary,
        "correlations": found.correlations,
        "predictions": found.predictions,
        "check": found.check,
    }
    for name, table in tables.items():
        if len(table):
            yield f"{name}.parquet", writing.parquet_bytes(table)
            yield f"{name}.csv", writing.csv_bytes(table)
    if found.posterior.particles.empty:
        return
    known = (found.summary["told"] == "well identified").sum()
    heading = f"Well identified: {known} of {len(found.summary)} parameters"
    yield from posterior_figure(found.posterior.particles, found.summary, heading).files("posterior")
    inside = f"{found.check['inside'].sum()} of {len(found.check)} targets lie within what the posterior predicts"
    yield from predictive_figure(found.check, inside).files("predictions")
    yield from closing_figure(found.posterior.generations, found.posterior.tolerance).files("closing")
