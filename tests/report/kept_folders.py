"""Folders of results as the commands leave them, made of made-up numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ccgsim.foundation.files.writing import json_bytes, parquet_bytes, put, sha256
from ccgsim.lab.depart.result import Departures
from ccgsim.lab.validation import baseline
from ccgsim.report.findings.comparing import write_comparison
from ccgsim.report.findings.departures import LABELS, write_departures
from ccgsim.report.findings.forecast import write_forecast
from ccgsim.report.findings.sensitivity import write_sensitivity
from ccgsim.report.folders import DEPARTURES, FORECAST, NETWORK, Place
from ccgsim.report.results import write_run
from ccgsim.report.survey.files import write_description
from ccgsim.survey.describe import describe
from tests.survey.boards import board, surveyed

from . import builders
from .test_comparing import compared

SEEDS = {"first": 0, "replicates": 4}
DENSITY, EXITS = "site.density", "turnover.broker_exits"
HEAD = {"schema": 1, "version": "0.1.0", "title": "Density and exits", "question": "What does density do?"}


def run_folder(place: Path, seeds: int = 1) -> Path:
    """A run of two years."""
    write_run(builders.a_run(0, 24) if seeds == 1 else builders.replicates(seeds, 24), made(place), figures=False)
    return place


def compared_folder(place: Path, **how: Any) -> Path:
    """A comparison of site B with itself, dialogue opened."""
    found = compared(**how)
    write_comparison(found, made(place), figures=False)
    return place


def sweep_folder(place: Path, effect: float = 0.05, method: str = "grid") -> Path:
    """Participation rises by `effect` from the lowest to the highest density, and with nothing else."""
    luck, rows = np.random.default_rng(3), []
    points = [(density, exits) for density in np.linspace(0.4, 0.8, 9) for exits in (0, 1)]
    for point, (density, exits) in enumerate(points):
        for seed in range(4):
            value = 0.5 + effect * (density - 0.4) / 0.4 + 0.02 * seed + luck.normal(0, 0.002)
            rows.append({"run": len(rows), "point": point, "seed": seed, DENSITY: density, EXITS: exits,
                         "status": "done", "reason": None, "final_participation": value,
                         "mean_participation": value})  # fmt: skip
    facts = {"months": 24, "measures": ["participation"], "seeds": SEEDS, "design": {"method": method}, "scenario": {},
             "levers": {DENSITY: [0.4, 0.8], EXITS: [0, 1]}, "uncertainties": {}}  # fmt: skip
    counts = {"planned": len(rows), "done": len(rows), "failed": 0, "pending": 0}
    return kept(place, {**HEAD, "kind": "sweep", **counts, "facts": facts}, table=pd.DataFrame(rows))


def sensitivity_folder(place: Path, second: float = 0.2) -> Path:
    """Density has six tenths of the variance of participation, exits `second`."""
    rows = [
        {"measure": "participation", "at": at, "parameter": name, "method": "sobol", "index": index, "value": value,
         "low": value - 0.1, "high": value + 0.1, "blocks": 32, "note": ""}
        for at in ("final", "mean")
        for index in ("S1", "ST")
        for name, value in ((DENSITY, 0.6), (EXITS, second))
    ]  # fmt: skip
    luck = [
        {"measure": "participation", "at": at, "method": "sobol", "seeds": 4, "variance": 1.0, "share_of_luck": 0.02,
         "note": ""}
        for at in ("final", "mean")
    ]  # fmt: skip
    facts = {**HEAD, "months": 24, "seeds": SEEDS, "levers": {DENSITY: [0.4, 0.8]}, "uncertainties": {EXITS: [0, 1]}}
    write_sensitivity(pd.DataFrame(rows), pd.DataFrame(luck), facts, made(place))
    return place


def calibration_folder(place: Path) -> Path:
    """Density is well known, exits hardly."""
    known = {"mean": 0.6, "low": 0.55, "high": 0.65, "sd": 0.02, "prior_low": 0.4, "prior_high": 0.8, "prior_sd": 0.1}
    hardly = {"mean": 0.5, "low": 0.0, "high": 1.0, "sd": 0.3, "prior_low": 0.0, "prior_high": 1.0, "prior_sd": 0.3}
    summary = [{"parameter": DENSITY, **known, "sd_left": 0.2, "told": "well identified"},
               {"parameter": EXITS, **hardly, "sd_left": 1.0, "told": "hardly identified"}]  # fmt: skip
    luck = np.random.default_rng(1)
    particles = {DENSITY: luck.uniform(0.55, 0.65, 30), EXITS: luck.uniform(0, 1, 30), "weight": np.full(30, 1 / 30)}
    check = {"target": "participation at 12", "value": 0.6, "sd": 0.05, "mean": 0.8, "low": 0.75, "high": 0.85,
             "tail": 0.0, "inside": False, "n": 30}  # fmt: skip
    tables = {"summary": pd.DataFrame(summary), "posterior": pd.DataFrame(particles), "check": pd.DataFrame([check])}
    return kept(place, {**HEAD, "kind": "calibration", "facts": {"seeds": SEEDS}}, **tables)


def judged_folder(place: Path, only: tuple[str, ...] = ("P1", "P9", "P32")) -> Path:
    """A judgement of a few patterns, as `ccgsim validate --out` leaves it."""
    document = baseline.shipped()
    rows = [row for row in document["patterns"] if row["id"] in only]
    put(made(place) / "judged.json", json_bytes({**document, "patterns": rows}))
    return place


def network_folder(place: Path, silent: bool = True) -> Path:
    """A surveyed board of 13 with 20 contacts; a quarter of it, `silent`, did not answer."""
    whole = board(1)
    found = surveyed(whole, 1) if silent else whole
    document = {"ccgsim": "0.1.0", "command": "network", **describe(found, 20)}
    target = Place(made(place), NETWORK, chosen=True, force=True)
    write_description(document, found, target, ("ccgsim", "network", "board.xlsx"), ())
    return place


def departures_folder(place: Path, stability: float = -0.08) -> Path:
    """Two members of a board: when Ann leaves stability changes by `stability`, when Bob leaves nothing can be told."""
    found = departures_of_two(stability)
    target = Place(made(place), DEPARTURES, chosen=True, force=True)
    opening = {"ccgsim": "0.1.0", "command": "depart"}
    write_departures(opening, found, target, ("ccgsim", "depart", "board.xlsx", "--draws", "4"))
    return place


def forecast_folder(place: Path, low: float = 0.2, high: float = 0.8, unknown: bool = True, left: int = 6) -> Path:
    """Two members and a contact, in 20 worlds a year on; Bob has left `left` of them, Ann none."""
    pairs = {("P1", "P2"): (1.0, 0.6), ("P1", "X"): (1.0, 0.9), ("P2", "P1"): (0.0, 0.3), ("P2", "X"): (0.0, 0.1)}
    pairs |= {("P2", "P1"): (0.4, 0.3)} if unknown else {}
    ties = [{"from": one, "to": to, "chance": chance, "now": now} for (one, to), (now, chance) in pairs.items()]
    found = {"scenario": "site_a", "notes": ["two members hold the seats"], "words": {}, "months": 12, "draws": 20,
             "seed": 0, "board": ["P1", "P2"], "board_density": {"low": low, "high": high},
             "stays": {"P1": 1.0, "P2": 1 - left / 20}, "ties": ties, "seal": "5ea1"}  # fmt: skip
    about = {"version": "0.1.0", "seeds": list(range(20)), "called": {"P1": "Ann", "P2": "Bob"}}
    target = Place(made(place), FORECAST, chosen=True, force=True)
    write_forecast(found, about, target, ("ccgsim", "forecast", "board.xlsx", "--draws", "20"))
    return place


def departures_of_two(stability: float = -0.08) -> Departures:
    """The departures of Ann and Bob."""
    costs = [
        {"id": who, "measure": measure, "after": after, "worlds": 8, **_effect(who, measure, stability)}
        for who in ("P1", "P2")
        for after in (6, 12, 24)
        for measure in LABELS
    ]
    eases = [{"means": means, **row, **_effect("P2", "", 0.0)} for row in costs for means in ("handover", "dialogue")]
    eases += [{**costs[0], "means": "handover", "after": 12, "measure": "participation", "effect": 0.03, "low": 0.02,
               "high": 0.04, "told": True}]  # fmt: skip
    members = [
        {"id": name, "name": called, "role": "chair", "outside_reach": 3, "alone": 1, "top3": 0.5}
        for name, called in (("P1", "Ann"), ("P2", "Bob"))
    ]
    document = {"scenario": "site_a", "seeds": list(range(8)), "draws": 4, "month": 6, "after": [6, 12, 24],
                "unknown_pairs": 3, "members": members, "people": costs, "eases": eases, "inputs": {},
                "notes": ["two members hold the seats"]}  # fmt: skip
    return Departures(document, {"version": "0.1.0", "python": "3.11", "started": "2026-01-01T00:00:00Z"})


def _effect(who: str, measure: str, stability: float) -> dict[str, Any]:
    mean = stability if (who, measure) == ("P1", "stability") else 0.001
    return {"effect": mean, "low": mean - 0.02, "high": mean + 0.02, "told": abs(mean) > 0.02}


def kept(place: Path, manifest: dict[str, Any], **tables: pd.DataFrame) -> Path:
    """A folder with these tables and a manifest that names them."""
    files = {f"{name}.parquet": put(made(place) / f"{name}.parquet", parquet_bytes(t)) for name, t in tables.items()}
    put(
        place / "manifest.json", json_bytes({**manifest, "files": {name: sha256(path) for name, path in files.items()}})
    )
    return place


def made(place: Path) -> Path:
    """The folder, created if missing."""
    place.mkdir(parents=True, exist_ok=True)
    return place


MAKERS = {
    "run": run_folder,
    "compare": compared_folder,
    "sweep": sweep_folder,
    "sensitivity": sensitivity_folder,
    "calibration": calibration_folder,
    "network": network_folder,
    "depart": departures_folder,
    "forecast": forecast_folder,
    "validate": judged_folder,
}
