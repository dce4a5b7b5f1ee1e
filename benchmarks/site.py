"""Section `site`: one site from its building to its last month, and a thousand of them on one worker and on two."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import pandas as pd

from benchmarks.timing import Cell, Contestant, Table, beside_one_another
from ccgsim import Scenario, load
from ccgsim.course import Course
from ccgsim.run import many_series, series_of, under_way

SITES = ("site_a", "site_b")
MONTHS = 140
WORKERS = (1, 2)
COLUMNS = ("site", "work", "runs", "workers", "seconds", "runs/s", "x one worker")


def without_measures(scenario: Scenario) -> None:
    """World, burn-in and months, nobody looking on."""
    for _ in under_way(Course(scenario, 0), MONTHS):
        pass


def with_measures(scenario: Scenario) -> pd.DataFrame:
    """The same, every measure in every month."""
    return series_of(scenario, 0, MONTHS)


WORKS: dict[str, Callable[[Scenario], object]] = {"no measures": without_measures, "all measures": with_measures}


def single(repeats: int) -> list[tuple[Cell, ...]]:
    """A row for each site and kind of work: one run, the median of the repeats."""
    scenarios = {site: load(site) for site in SITES}
    contestants = [
        Contestant(f"{site} {name}", 1, lambda work=work, scenario=scenarios[site]: lambda: work(scenario))
        for site in SITES
        for name, work in WORKS.items()
    ]
    timed = beside_one_another(contestants, repeats)
    return [
        (site, name, 1, 1, 1 / timed[f"{site} {name}"].rate, timed[f"{site} {name}"].rate, None)
        for site in SITES
        for name in WORKS
    ]


def many(runs: int) -> tuple[list[tuple[Cell, ...]], bool]:
    """A row for each number of workers, and whether the last series was the same on all of them."""
    rows: list[tuple[Cell, ...]] = []
    last: list[pd.DataFrame] = []
    alone = 0.0
    for workers in WORKERS:
        begin = perf_counter()
        for series in many_series(load(SITES[0]), range(runs), MONTHS, workers):
            latest = series
        seconds = perf_counter() - begin
        alone = alone or seconds
        rows.append((SITES[0], "all measures", runs, workers, seconds, runs / seconds, alone / seconds))
        last.append(latest)
    return rows, all(series.equals(last[0]) for series in last)


def section(quick: bool) -> Table:
    """Seconds of one run, with and without measures, and of many on one and on two workers."""
    rows = single(3 if quick else 9)
    of_many, same = many(60 if quick else 1_000)
    notes = [
        f"A run: world, burn-in, {MONTHS} months. Medians of interleaved repeats; compilation apart.",
        "Series of many runs are the same on one worker and on two." if same else "SERIES DIFFER BETWEEN WORKERS.",
    ]
    return Table("One site", COLUMNS, [*rows, *of_many], notes, held=same)
