"""Departures as a result: what each costs and what eases it, as a document and as a table."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from ccgsim.foundation.inputs.arguments import reads, whole
from ccgsim.foundation.problems import Problems, refuse
from ccgsim.foundation.work.progress import Progress
from ccgsim.lab.depart.departures import RANGES, Plan, departures, faults_together, plan_of, rows_of
from ccgsim.run import fingerprints, provenance
from ccgsim.scenario.brought.network import surveyed
from ccgsim.scenario.scenario import Scenario, any_scenario, with_network
from ccgsim.scenario.wording import holding
from ccgsim.survey.describe import people_rows
from ccgsim.survey.over_draws import drawn
from ccgsim.world.surveyed import said

COLUMNS = ("id", "means", "measure", "after", "effect", "low", "high", "told", "worlds")


@dataclass(frozen=True, eq=False, repr=False)
class Departures:
    """What the departure of each member costs a surveyed board.

    `document`: scenario, seeds, draws, month, after, unknown_pairs, members, people (costs), eases, inputs and notes,
    as `ccgsim depart --json` prints them.
    """

    document: dict[str, Any]
    provenance: dict[str, Any]

    @property
    def table(self) -> pd.DataFrame:
        """A row for each member, measure and months after; `means` is '' for the departure itself, else what eases it.

        Columns: COLUMNS; `effect` is a mean difference with its 90% interval, `told` whether that excludes 0.
        """
        rows = [{"means": "", **row} for row in (*self.document["people"], *self.document["eases"])]
        return pd.DataFrame(rows, columns=list(COLUMNS))

    def __repr__(self) -> str:
        members, draws, month = (self.document[key] for key in ("members", "draws", "month"))
        return f"Departures({len(members)} members, {draws} draws, month={month})"


def departures_of(plan: Plan, progress: Progress | None = None, workers: int | None = None) -> Departures:
    """Carry out a plan on `workers` processes (None: one per core)."""
    began, inputs = time.time(), fingerprints(plan.scenario)
    costs, eases = rows_of(plan, departures(plan, progress, workers))
    network = surveyed(plan.brought).network
    known = {row["id"]: row for row in people_rows(network, drawn(network, plan.draws))}
    document = {
        "scenario": plan.scenario.root,
        "seeds": list(plan.seeds),
        "draws": plan.draws,
        "month": plan.month,
        "after": list(plan.after),
        "unknown_pairs": len(network.unknown_pairs()[0]),
        "members": [known[person] for person in plan.who],
        "people": costs,
        "eases": eases,
        "inputs": inputs,
        "notes": said(plan.scenario),
        "words": dict(plan.scenario.words),
        "names": holding([*network.people.ids, *network.people.names]),
    }
    return Departures(document, provenance(began, inputs))


def _names(name: str, value: Any) -> tuple[str, ...]:
    """Argument reader for one name or several."""
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, Iterable) or isinstance(value, Mapping):
        raise refuse(name, value, "must be a name, or a list of names")
    return tuple(str(each) for each in value)


@reads(
    who=_names,
    **{name: whole(*ends) for name, ends in RANGES.items()},
)
def depart(
    network: str | Path | Mapping[str, Any],
    who: str | Iterable[str] = (),
    month: int = 6,
    horizon: int = 24,
    draws: int = 100,
    seed: int = 0,
    *,
    scenario: str | Path | Scenario = "site_a",
) -> Departures:
    """Each member of a surveyed board (or those named in `who`) leaves in `month`, against worlds in which she stays.

    `network`: the file of a survey, or a table with file and options; `horizon`: months after it that are looked at;
    `draws`: of what the survey does not know, WORLDS worlds each; `scenario`: where all else comes from. Raises
    Problems for invalid values, for faults of the file and for people who are not on the board.
    """
    if found := faults_together(month, horizon, draws, seed):
        raise Problems(found)
    world = with_network(any_scenario("scenario", scenario), network)
    return departures_of(plan_of(world, tuple(who), month, horizon, draws, seed))
