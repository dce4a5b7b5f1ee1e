"""A made-up but plausible run: a board of 13, 30 practices in 6 localities, 115 ties on the board and 26 out of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from .crowd import people, ties

MONTHS = 140
SHARES = (
    "stability",
    "stability_persistence",
    "stability_retention",
    "stability_resilience",
    "coherence",
    "coherence_internal",
    "coherence_frontline",
    "coherence_external",
    "knowledge_mobility",
    "mobility_reach",
    "mobility_circulation",
    "mobility_openness",
    "board_density",
    "participation",
    "participation_board",
    "participation_frontline",
    "efficacy",
    "manager_control",
    "uncertainty",
)
COUNTS = (
    "ties_outside",
    "ties_to_pct",
    "ties_to_practices",
    "ties_to_local_authorities",
    "ties_to_acute",
    "ties_to_community",
    "ties_to_regional",
    "ties_to_other",
    "projects_started",
    "projects_approved",
    "projects_live",
    "projects_sustained",
    "projects_overridden",
    "exits",
)


@dataclass(frozen=True)
class Scenario:
    """Stands in for a scenario."""

    name: str = "site_a"
    title: str = "Site A: one broker, an open office"
    events: tuple[dict[str, Any], ...] = (
        {"month": 12, "set": {"policy.dialogue": 0.8}},
        {"month": 24, "broker_exit": 1},
    )
    calendar: str = "english"
    begins: str | None = None

    def resolved(self) -> dict[str, Any]:
        return {
            "schema": 1,
            "title": self.title,
            "calendar": self.calendar,
            "begins": self.begins,
            "site": {"population": 300000, "density": None},
            "ablation": {"fixed_u": math.nan},
            "events": [dict(event) for event in self.events],
        }


@dataclass(frozen=True)
class Run:
    """Stands in for one run."""

    series: pd.DataFrame
    agents: pd.DataFrame
    ties: pd.DataFrame
    projects: pd.DataFrame
    survey: pd.DataFrame
    ccgs: pd.DataFrame | None = None
    scenario: Scenario = field(default_factory=Scenario)
    seed: int = 0
    months: int = MONTHS
    ccg_names: tuple[str, ...] = ()
    provenance: dict[str, Any] = field(default_factory=lambda: provenance())


@dataclass(frozen=True)
class Replicates:
    """Stands in for several runs."""

    first: Run
    series: pd.DataFrame
    seeds: tuple[int, ...]
    scenario: Scenario = field(default_factory=Scenario)
    provenance: dict[str, Any] = field(default_factory=lambda: provenance())


def provenance() -> dict[str, Any]:
    return {
        "version": "0.1.0",
        "commit": None,
        "versions": {"python": "3.11", "numpy": np.__version__},
        "platform": "Linux",
        "started": "2024-01-01T00:00:00Z",
        "seconds": 0.2,
    }


def a_run(seed: int = 0, months: int = MONTHS, **parts: Any) -> Run:
    luck = np.random.default_rng(seed)
    agents = people(luck, months, **{key: parts.pop(key) for key in ("practices", "localities") if key in parts})
    frames = {"series": series(luck, months), "agents": agents, "ties": ties(agents, luck), "seed": seed}
    frames |= {"projects": projects(), "survey": survey(), "months": months}
    return Run(**(frames | parts))


def replicates(count: int = 12, months: int = MONTHS) -> Replicates:
    runs = []
    for seed in range(count):
        frame = series(np.random.default_rng(seed), months).reset_index()
        runs.append(frame.assign(seed=seed))
    return Replicates(a_run(0, months), pd.concat(runs, ignore_index=True), tuple(range(count)))


def series(luck: np.random.Generator, months: int) -> pd.DataFrame:
    at = np.arange(months + 1)
    table = {name: _share(luck, at) for name in SHARES} | {name: _count(luck, at, name) for name in COUNTS}
    frame = pd.DataFrame(table, index=pd.Index(at, name="month"))
    for name in ("stability_persistence", "stability_retention", "stability"):
        frame.loc[0, name] = np.nan
    frame["decision_clinical"] = np.where(at < 30, np.nan, 0.5)
    return frame


def _share(luck: np.random.Generator, at: np.ndarray) -> np.ndarray:
    wave = luck.uniform(0.3, 0.8) + 0.12 * np.sin(at / luck.uniform(9, 30) + luck.uniform(0, 6))
    return np.clip(wave + luck.normal(0, 0.01, len(at)), 0, 1)


def _count(luck: np.random.Generator, at: np.ndarray, name: str) -> np.ndarray:
    if name.startswith("projects") and name != "projects_live":
        return np.cumsum(luck.random(len(at)) < luck.uniform(0.02, 0.3)).astype(float)
    level = 26 if name == "ties_outside" else 16 if name == "ties_to_pct" else luck.integers(1, 4)
    return np.maximum(np.round(level * (1 + 0.3 * np.sin(at / 25)) + luck.normal(0, 0.4, len(at))), 0)


def projects() -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "project": [0, 1, 2],
            "ccg": [0, 0, 0],
            "pathway": ["dermatology", "urgent care", "mental health"],
            "origin": ["data", "frontline", "outside"],
            "champion": [3, 4, 5],
            "arena": ["live", "programme", "strategic"],
            "started": [2, 9, 30],
            "live": [14, None, None],
            "ended": [None, 15, None],
            "outcome": ["open", "failed", "open"],
            "adopters": [12, 0, 0],
        }
    )
    return frame.astype({"live": "Int64", "ended": "Int64"})


def survey() -> pd.DataFrame:
    rows = [(42, 0, key, "GP member", "who is most influential", "chair") for key in (1, 2, 3)]
    return pd.DataFrame(rows, columns=["month", "ccg", "agent", "role", "question", "answer"])


def ccgs() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "year": [1, 1],
            "ccg": [0, 1],
            "name": ["North", "South"],
            "footprint": [0, 0],
            "population": [226000, 180000],
            "practices": [30, 25],
            "localities": [6, 3],
            "manager_control": [0.3, 0.4],
            "participation": [0.6, np.nan],
            "efficacy": [0.5, 0.4],
            "density": [0.7, 0.6],
            "projects_started": [3, 1],
            "projects_live": [1, 0],
            "projects_sustained": [0, 0],
            "rating": [0.5, np.nan],
            "overspend": [0.0, 1.0],
            "accountable_officer": [1000, 11000],
            "merged_into": pd.array([None, 0], dtype="Int64"),
        }
    )
