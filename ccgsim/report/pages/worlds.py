"""Runs and comparisons as the figures and tables take them, made of the files in a folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ccgsim.lab.comparison import Comparison, differences
from ccgsim.lab.on_the_way import first_months, on_the_way
from ccgsim.report.contract import without_nulls
from ccgsim.report.drawing.inputs import Result
from ccgsim.report.pages.kept import Kept
from ccgsim.run import Replicates, Run

PROVENANCE = ("version", "commit", "python", "libraries", "platform", "started", "seconds", "people", "called")


@dataclass(frozen=True, slots=True)
class World:
    """A scenario as its results state it: as much of one as a report needs."""

    name: str
    values: Mapping[str, Any]

    @property
    def title(self) -> str:
        """Its title, '' for none."""
        return str(self.values.get("title", ""))

    def resolved(self) -> dict[str, Any]:
        """Every section with every value, and the dated events."""
        return dict(self.values)


def result_of(results: Kept) -> Result:
    """The run, or runs on several seeds, in a folder; raises Problems."""
    world: Any = World(results.fact("name", str), results.fact("scenario", dict))
    seeds = tuple(int(seed) for seed in results.fact("seeds", list))
    series = results.table("series")
    first = series[series["seed"] == seeds[0]].drop(columns="seed") if "seed" in series else series
    tables: dict[str, Any] = {
        name: without_nulls(results.table(name)) for name in ("agents", "ties", "projects", "survey")
    }
    several = "ccgs.parquet" in results.prints
    run = Run(
        scenario=world,
        seed=seeds[0],
        months=results.fact("months", int),
        series=first.set_index("month"),
        **tables,
        ccgs=without_nulls(results.table("ccgs")) if several else None,
        provenance=provenance_of(results),
    )
    return run if len(seeds) == 1 else Replicates(world, seeds, run.months, run, series, run.provenance)


def comparison_of(results: Kept) -> Comparison:
    """The comparison in a folder, its differences computed again from its months; raises Problems."""
    worlds: Any = {name: World(name, values) for name, values in results.fact("scenarios", dict).items()}
    series, seeds = results.table("series"), tuple(results.fact("seeds", list))
    found = differences(series), on_the_way(series, first_months(series))
    return Comparison(worlds, seeds, results.fact("months", int), *found, series, provenance_of(results))


def provenance_of(results: Kept) -> dict[str, Any]:
    """Where the numbers come from, as the manifest states it."""
    return {key: results.manifest[key] for key in PROVENANCE if key in results.manifest}
