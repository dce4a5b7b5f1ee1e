"""The map of the circle: phases, hysteresis, times, early-warning signs, and draws of its parameters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ccgsim.studies import draws, phases, ramps, warning_signs
from ccgsim.studies.phases import Place
from ccgsim.studies.ramps import Ramp, ramped

PRESSURE, UNCERTAINTY, DIALOGUE = 0.1, 0.3, 0.2  # values unless a study varies them
CALM = 0.2  # uncertainty before a jump
DRAW_SEED = 1
SPANS = {"uncertainty": (0.05, 0.95), "pressure": (0.0, 0.3)}
LOOP_CUT = {"stepping_in": {"steepness": 0.0}}
NOISES = {"as declared": 0.02, "2.5 times that": 0.05}  # monthly disturbance of policy uncertainty


@dataclass(frozen=True, kw_only=True, slots=True)
class Size:
    """Sizes: seeds of the studies and of the map, grid of the map, months of slow and fast ramps, number of draws."""

    seeds: int
    map_seeds: int
    step: float = 0.05
    pressures: tuple[float, ...] = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3)
    dialogues: tuple[float, ...] = (0.0, 0.4, 0.8)
    slow: int = 240
    fast: int = 60
    jumps: float = 0.05
    draws: int = 200
    sampled: int = 24
    draw_seeds: int = 4


QUICK = Size(
    seeds=2, map_seeds=2, step=0.3, pressures=(0.0, 0.15), dialogues=(0.2,), slow=145, fast=40, jumps=0.4, draws=8,
    sampled=1, draw_seeds=1,
)  # fmt: skip


def map_phases(size: Size) -> dict[str, pd.DataFrame]:
    """The table of phases, and the mean-field folds on the same grid."""
    levels = np.round(np.arange(size.step, 1.0001, size.step), 3)
    places = [Place(p, float(u), d) for d in size.dialogues for p in size.pressures for u in levels]
    table = phases.phase_table(places, range(size.map_seeds))
    folds = phases.fold_lines(size.dialogues, np.linspace(0.0, 0.325, 27), phases.board_ambiguity())
    return {"phases": table, "folds": folds}


def map_ways(size: Size) -> dict[str, pd.DataFrame]:
    """Ramps of uncertainty and pressure at two speeds, one without managers' response; times after jumps; folds."""
    place = Place(PRESSURE, UNCERTAINTY, DIALOGUE)
    paces = {
        f"{condition}, {pace}": Ramp(condition, *SPANS[condition], months)
        for condition in SPANS
        for pace, months in (("slow", size.slow), ("fast", size.fast))
    }
    worlds = {name: (ramped(place, ramp), ramp) for name, ramp in paces.items()}
    slow = paces["uncertainty, slow"]
    worlds["uncertainty, slow, managers do not respond"] = (ramped(place, slow, LOOP_CUT), slow)
    lines, areas = ramps.loops(worlds, range(size.seeds))
    jumps = [float(level) for level in np.round(np.arange(size.jumps, 0.9501, size.jumps), 2)]
    times = ramps.step_times(PRESSURE, jumps, CALM, range(size.seeds))
    return {"ways": lines, "areas": areas, "times": times, "ramp_folds": _ramp_folds()}


def map_lasting(size: Size) -> pd.DataFrame:
    """How long two regimes last under random disturbances: phases along uncertainty after 5, 10 and 20 years."""
    levels = np.round(np.arange(0.1, 0.81, 0.1 if size.step < 0.1 else 0.35), 2)
    places = [Place(PRESSURE, float(u), DIALOGUE) for u in levels]
    months = (60, 120, 240) if size.step < 0.1 else (60,)
    found = [phases.phase_table(places, range(size.map_seeds), m) for m in months]
    return pd.concat(found, ignore_index=True)


def _ramp_folds() -> pd.DataFrame:
    """Positions of the mean-field folds along each ramp."""
    folds, ambiguity, rows = phases.declared_folds(), phases.board_ambiguity(), []
    for condition, (low, high) in SPANS.items():
        way = np.linspace(low, high, 401)
        still = np.full_like(way, PRESSURE if condition == "uncertainty" else UNCERTAINTY)
        both = (still, way) if condition == "uncertainty" else (way, still)
        lower, upper = (low + (high - low) * at for at in folds.along(*both, DIALOGUE, ambiguity))
        rows.append({"condition": condition, "lower": lower, "upper": upper})
    return pd.DataFrame(rows)


def map_signs(size: Size) -> pd.DataFrame:
    """Rise of early-warning signs as uncertainty or pressure slowly approaches the fold, at two noise levels."""
    spans = {"uncertainty": (0.1, 0.7), "pressure": SPANS["pressure"]}
    found = []
    for condition, span in spans.items():
        for words, noise in NOISES.items():
            place = Place(PRESSURE if condition == "uncertainty" else 0.0, UNCERTAINTY, DIALOGUE)
            ramp = Ramp(condition, *span, size.slow)
            moving, kept, ends, collapsed = warning_signs.approach(place, ramp, noise, range(2 * size.seeds))
            rise = warning_signs.rise(moving, kept, ends)
            found.append(rise.assign(approach=f"{condition} grows, noise {words}", collapsed=collapsed.mean()))
    return pd.concat(found, ignore_index=True)


def map_draws(size: Size) -> dict[str, pd.DataFrame]:
    """Draws of the circle's parameters with the mean-field gap at several pressures; a sample of them simulated."""
    table = draws.drawn(size.draws, DRAW_SEED)
    fields = [draws.theory(row) for _, row in table.iterrows()]
    for pressure in (0.0, PRESSURE, 0.2):
        table[f"gap_at_{pressure:g}"] = [draws.expected_gap(field, pressure) for field in fields]
    table["expected_gap"] = table[f"gap_at_{PRESSURE:g}"]
    sampled = draws.sample(table, size.sampled)
    gaps = draws.simulated_gaps(sampled, PRESSURE, range(size.draw_seeds))
    return {"draws": table, "sampled": sampled.assign(simulated_gap=gaps)}
