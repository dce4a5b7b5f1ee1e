"""What the draws of a pattern say: the share in which it holds, and which parameters go with its failing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from ccgsim.lab.claim.about import About
from ccgsim.lab.claim.judged import HOLDS, MARGIN, MECHANISM, PATTERN, REFUSED, SEEDS
from ccgsim.lab.claim.mechanism import places
from ccgsim.lab.claim.space import Range
from ccgsim.lab.sweep.jobs import DONE

LEVEL, TOLD = 0.95, 3  # of intervals; breaking parameters that are told
BY_CHANCE = 0.05  # chance that any parameter without an effect is told as one that breaks


def wilson(successes: int, of: int) -> tuple[float | None, float | None, float | None]:
    """A share with its 95% interval by Wilson; None for each without any draws."""
    if of == 0:
        return None, None, None
    interval = stats.binomtest(successes, of).proportion_ci(LEVEL, method="wilson")
    return successes / of, float(interval.low), float(interval.high)


def claim_of(about: About, table: pd.DataFrame, ranges: Mapping[str, Range]) -> dict[str, Any]:
    """One claim in plain values, from the table of all runs: see docs/lab.md for its keys."""
    mine = table[(table[PATTERN] == about.pattern.id) & (table["status"] == DONE)]
    drawn = mine[mine["point"] > 0]
    usable = drawn[drawn[REFUSED] == 0]
    intact, cut = usable[usable[MECHANISM]], usable[~usable[MECHANISM]]
    margins = margins_of(intact, len(about.parts))
    free = [name for name in ranges if name not in about.held]
    share = _share(intact)
    return {
        "id": about.pattern.id,
        "claim": about.pattern.claim,
        **share,
        "refused": int((drawn[MECHANISM] & (drawn[REFUSED] == 1)).sum()),
        "seeds": int(mine[SEEDS].iloc[-1]) if len(mine) else None,
        "at_defaults": _at_defaults(mine, True),
        # nothing breaks a claim that holds in every draw, however its margin moves
        "breaks": [] if share["share"] == 1 else breaks(intact[free], margins),
        "parts": [
            {"statistic": name, "share": _mean(intact[f"{MARGIN}{number}"] >= 0)}
            for number, name in enumerate(about.parts, start=1)
        ],
        "without": {**_share(cut), "at_defaults": _at_defaults(mine, False)} if about.ablated else None,
        "mechanism": [asdict(place) for place in places(about.pattern)],
        "held": dict(about.held),
        "parameters": len(free),
    }


def _share(draws: pd.DataFrame) -> dict[str, Any]:
    share, low, high = wilson(int(draws[HOLDS].sum()), len(draws))
    return {"share": share, "low": low, "high": high, "draws": len(draws)}


def _mean(of: pd.Series) -> float | None:
    return float(of.mean()) if len(of) else None


def _at_defaults(mine: pd.DataFrame, intact: bool) -> bool | None:
    """Whether the pattern holds at the defaults; None if that draw failed."""
    first = mine[(mine["point"] == 0) & (mine[MECHANISM] == intact)][HOLDS].dropna()
    return bool(first.iloc[0]) if len(first) else None


def margins_of(draws: pd.DataFrame, parts: int) -> np.ndarray:
    """The signed margin of each draw, shape (draws,): that of the part that lies furthest out.

    Parts have units of their own; each is measured in its standard deviation over the draws. An undefined part lies
    infinitely far out.
    """
    each = draws[[f"{MARGIN}{number}" for number in range(1, parts + 1)]].to_numpy(float)
    scale = np.array([_spread(column) for column in each.T])
    whole = np.where(np.isnan(each), -np.inf, each / scale)
    return np.asarray(whole.min(axis=1, initial=np.inf))


def _spread(values: np.ndarray) -> float:
    known = values[np.isfinite(values)]
    spread = float(known.std(ddof=1)) if len(known) > 1 else 0.0
    return spread or 1.0


def breaks(values: pd.DataFrame, margins: np.ndarray) -> list[dict[str, Any]]:
    """The parameters with the strongest rank correlation with the margin, at most TOLD, the strongest first.

    `direction`: which values break the pattern, the higher or the lower; `strength`: the correlation without its sign;
    `sure`: whether it is larger than the largest among this many parameters would be by chance alone.
    """
    if len(values) < 3 or np.ptp(stats.rankdata(margins)) == 0:
        return []
    found = _rank_correlations(values.to_numpy(float), margins)
    bar = stats.norm.isf(BY_CHANCE / 2 / len(found)) / np.sqrt(len(margins) - 1)
    strongest = np.argsort(-np.abs(found), kind="stable")[:TOLD]
    return [
        {
            "parameter": str(values.columns[place]),
            "direction": "higher" if found[place] < 0 else "lower",
            "strength": round(float(abs(found[place])), 12),
            "sure": bool(abs(found[place]) > bar),
        }
        for place in strongest
        if found[place] != 0
    ]


def _rank_correlations(values: np.ndarray, margins: np.ndarray) -> np.ndarray:
    """Spearman's correlation of each column with the margins; 0 for a column of one value."""
    columns, against = stats.rankdata(values, axis=0), stats.rankdata(margins)
    columns, against = columns - columns.mean(axis=0), against - against.mean()
    size = np.sqrt((columns**2).sum(axis=0) * (against**2).sum())
    return np.asarray(np.divide(against @ columns, size, out=np.zeros(len(size)), where=size > 0))


def draws_table(found: Sequence[About], table: pd.DataFrame) -> pd.DataFrame:
    """Every draw of every pattern: claim, draw, mechanism, holds, margin, margins of parts, refused, parameters.

    `margin` is that of `margins_of`, over the draws with (or without) the mechanism; missing where none could be had.
    """
    frames = []
    for about in found:
        mine = table[table[PATTERN] == about.pattern.id]
        for intact in (True, False):
            these = mine[mine[MECHANISM] == intact]
            margins = margins_of(these, len(about.parts))
            frames.append(these.assign(margin=np.where(np.isfinite(margins), margins, np.nan)))
    whole = pd.concat(frames, ignore_index=True).sort_values(["run"], kind="stable")
    results = [name for name in whole.columns if name.startswith(MARGIN)]
    head = {
        PATTERN: "claim",
        "point": "draw",
        MECHANISM: MECHANISM,
        "status": "status",
        HOLDS: HOLDS,
        "margin": "margin",
    }
    used = {*head, *results, "run", "seed", "reason", SEEDS, REFUSED}
    rest = [name for name in whole.columns if name not in used]
    return whole[[*head, *results, REFUSED, SEEDS, *rest]].rename(columns=head)
