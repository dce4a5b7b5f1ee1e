"""What the report needs of a run: named frames and facts."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

import pandas as pd


class Scenario(Protocol):
    """What the report needs of a scenario: names, and everything it sets."""

    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str: ...

    def resolved(self) -> dict[str, Any]:
        """Every section with every value, and the dated events."""
        ...


class Run(Protocol):
    """One world over its months."""

    @property
    def scenario(self) -> Scenario: ...

    @property
    def seed(self) -> int: ...

    @property
    def months(self) -> int: ...

    @property
    def series(self) -> pd.DataFrame: ...

    @property
    def agents(self) -> pd.DataFrame: ...

    @property
    def ties(self) -> pd.DataFrame: ...

    @property
    def projects(self) -> pd.DataFrame: ...

    @property
    def survey(self) -> pd.DataFrame: ...

    @property
    def ccgs(self) -> pd.DataFrame | None: ...

    @property
    def ccg_names(self) -> tuple[str, ...]: ...

    @property
    def provenance(self) -> dict[str, Any]: ...


@runtime_checkable
class Replicates(Protocol):
    """The same scenario on several seeds; tables of people and ties are those of the first."""

    @property
    def scenario(self) -> Scenario: ...

    @property
    def seeds(self) -> tuple[int, ...]: ...

    @property
    def first(self) -> Run: ...

    @property
    def series(self) -> pd.DataFrame: ...

    @property
    def provenance(self) -> dict[str, Any]: ...


Result = Run | Replicates


def first_run(result: Result) -> Run:
    """The run itself, or that of the first seed."""
    found: Run = result.first if isinstance(result, Replicates) else result
    return found


def people_called(run: Run) -> dict[int, str]:
    """The name of each person of a surveyed network by key; {} for a world that begins without one."""
    keys, names = (run.provenance.get(each) or {} for each in ("people", "called"))
    return {int(key): str(names.get(one, one)) for one, key in keys.items()}


def seeds_of(result: Result) -> tuple[int, ...]:
    """Every seed of the result, in order."""
    return tuple(result.seeds) if isinstance(result, Replicates) else (result.seed,)


def monthly(result: Result) -> pd.DataFrame:
    """Measures by month: columns `seed` (only with replicates), `month`, then the measures."""
    if not isinstance(result, Replicates):
        return result.series.rename_axis(index="month").reset_index()
    runs = result.series
    return runs[["seed", "month", *(name for name in runs.columns if name not in ("seed", "month"))]]
