"""The report on a calibration: which values fit the targets, and how well they are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from ccgsim.foundation.inputs.texts import capital, listed
from ccgsim.report.figures.calibration import posterior_figure, predictive_figure
from ccgsim.report.figures.intervals import Bar, intervals_figure
from ccgsim.report.pages.assumed import assumed, parameters_table
from ccgsim.report.pages.kept import Kept
from ccgsim.report.pages.page import Figure, Page, Section, Table
from ccgsim.report.pages.repeat import repeating

WELL, PARTLY = "well identified", "partly identified"
NO_COMMAND = (
    "The experiment's file gives the same numbers again: `ccgsim calibrate EXPERIMENT.toml --out DIR`. All its values "
    "are under `facts` in manifest.json."
)


def calibration_page(results: Kept) -> Page:
    """The report on the calibration in a folder; raises Problems if it is not finished."""
    summary, check, particles = (results.table(name) for name in ("summary", "check", "posterior"))
    traded = results.table("correlations") if "correlations.parquet" in results.prints else None
    facts = results.fact("facts", dict)
    names = [str(name) for name in summary["parameter"]]
    ranges = {str(row["parameter"]): _prior(row) for row in summary.to_dict("records")}
    return Page(
        title=str(results.manifest.get("title") or f"Which values of {listed(names)} fit?"),
        about=f"A calibration of {len(names)} parameters against {len(check)} targets.",
        question=str(results.manifest.get("question") or f"Which values of {listed(names)} fit the targets?"),
        answer=tuple(answer(summary, check)),
        sure=tuple(sure(results.manifest, particles, traded)),
        figure=opening(summary),
        sections=(
            Section("What remains likely", (_posterior(particles, summary),)),
            Section("Targets and predictions", (_predictions(check),)),
            assumed(tuple(limits()), parameters_table(names, "What was varied", ranges)),
            repeating(_facts(results.manifest, facts), None, NO_COMMAND),
        ),
    )


def _prior(row: Mapping[Any, Any]) -> str:
    return f"{row['prior_low']:g} to {row['prior_high']:g}"


def answer(summary: pd.DataFrame, check: pd.DataFrame) -> Iterator[str]:
    """What is known of each parameter, and whether the targets are met."""
    for told, words in ((WELL, "The targets tell"), (PARTLY, "The targets tell in part")):
        rows = [_value(row) for row in summary[summary["told"] == told].to_dict("records")]
        if rows:
            yield f"{words}: {listed(rows)}."
    rest = [str(name) for name in summary.loc[~summary["told"].isin([WELL, PARTLY]), "parameter"]]
    if rest:
        yield f"Of {listed(rest)} the targets tell hardly anything: most of what was possible before remains possible."
    missed = [str(name) for name in check.loc[~check["inside"].astype(bool), "target"]]
    inside = f"{len(check) - len(missed)} of {len(check)} targets lie within what these values predict on new seeds"
    yield f"{inside}{f'; not {listed(missed)}' if missed else ''}."


def _value(row: Mapping[Any, Any]) -> str:
    return f"{row['parameter']} is about {row['mean']:.2g} (95% interval {row['low']:.2g} to {row['high']:.2g})"


def sure(manifest: Mapping[str, Any], particles: pd.DataFrame, traded: pd.DataFrame | None) -> Iterator[str]:
    """How sure the answer is."""
    weights = particles["weight"].to_numpy(float)
    effective = weights.sum() ** 2 / (weights**2).sum()
    yield f"The intervals rest on as many particles as {effective:.0f} of equal weight."
    if manifest.get("closeness"):
        yield f"{capital(str(manifest['closeness']))}."
    if traded is not None:
        for row in traded[traded["traded"].astype(bool)].to_dict("records"):
            yield (
                f"{row['first']} and {row['second']} can be traded for each other (correlation "
                f"{row['correlation']:+.2f}): only their combination is known."
            )


def opening(summary: pd.DataFrame) -> Figure:
    """Each posterior as a part of its prior range."""
    bars, cells = [], []
    for row in summary.to_dict("records"):
        low, width = row["prior_low"], row["prior_high"] - row["prior_low"]
        mean, start, end = (100 * (row[key] - low) / width for key in ("mean", "low", "high"))
        bars.append(Bar(str(row["parameter"]), ((mean, start, end, 0.0, 100.0),)))
        cells.append(
            (str(row["parameter"]), f"{row['mean']:.3g}", f"{row['low']:.3g} to {row['high']:.3g}", _prior(row),
             f"{row['sd_left']:.2f}", str(row["told"]))
        )  # fmt: skip
    title = "What remains likely of the range that was possible"
    head = ("parameter", "posterior mean", "95% interval", "prior", "spread left", "told")
    note = "Spread left: the posterior's standard deviation over the prior's; 1 means that nothing was learnt."
    shows = f"For each parameter the posterior within its prior range. {'; '.join(' '.join(row[:3]) for row in cells)}."
    figure = intervals_figure(bars, "% of the way through the prior range", nought=False)
    return Figure(title, shows, figure, Table("Posterior and prior", head, tuple(cells), note), wide=False)


def _posterior(particles: pd.DataFrame, summary: pd.DataFrame) -> Figure:
    known = int((summary["told"] == WELL).sum())
    heading = f"Well identified: {known} of {len(summary)} parameters"
    shows = (
        "Each parameter's posterior over its prior, and pairs of parameters; the table on the first page says the same."
    )
    return Figure("The posterior", shows, posterior_figure(particles, summary, heading))


def _predictions(check: pd.DataFrame) -> Figure:
    inside = int(check["inside"].sum())
    heading = f"{inside} of {len(check)} targets lie within what the posterior predicts"
    rows = tuple(
        (str(row["target"]), f"{row['value']:.3g}", f"{row['sd']:.3g}", f"{row['mean']:.3g}",
         f"{row['low']:.3g} to {row['high']:.3g}", "yes" if row["inside"] else "no")
        for row in check.to_dict("records")
    )  # fmt: skip
    head = ("target", "value", "its sd", "predicted", "95% of worlds", "inside")
    twin = Table("Targets beside predictions", head, rows)
    return Figure("Targets and what the values that fit predict", heading, predictive_figure(check, heading), twin)


def limits() -> Iterator[str]:
    """What these results do not show."""
    yield "Values outside the ranges in the table, which were taken as impossible."
    yield "That the model is right: another model may meet the same targets with other values."
    yield "Parameters that were not varied: they keep the values of the scenario."


def _facts(manifest: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    seeds = facts["seeds"]
    first, count = int(seeds["first"]), int(seeds["replicates"])
    return {**manifest, "seeds": list(range(first, first + count))}
