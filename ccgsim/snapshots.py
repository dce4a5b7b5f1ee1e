"""Tables of a world in words, as they stand in one month: actors, ties, projects."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ccgsim import vocabulary as v
from ccgsim.measures.betweenness import board_betweenness
from ccgsim.world.state import World

NUMBERS = ("participation", "efficacy", "capability")


def _words(codes: np.ndarray, words: tuple[str, ...]) -> np.ndarray:
    return np.asarray(np.array(words, dtype=object)[codes])


def _locality_number(world: World, rows: np.ndarray) -> np.ndarray:
    """Number of a locality within its CCG, -1 for none."""
    return np.where(rows >= 0, world.localities.number[rows], -1)


def agents(world: World) -> pd.DataFrame:
    """Everyone who takes part in the world, a row each, with the columns of agents.parquet."""
    size = len(world.actors)
    degree_in = np.bincount(world.ties.target, minlength=size)
    degree_out = np.bincount(world.ties.source, minlength=size)
    here = world.actors.active == 1
    people = world.actors[here]
    table = {
        "month": np.full(len(people), world.month),
        "ccg": world.ccgs.number[people.ccg],
        "agent": people.key,
        "kind": _words(people.kind, v.KINDS),
        "role": _words(people.role, v.ROLES),
        "board": people.board == 1,
        "practice": people.practice,
        "locality": _locality_number(world, people.locality),
        "legacy": people.legacy,
        "employer": _words(people.employer, v.EMPLOYERS),
        "sector": _words(people.sector, v.SECTORS),
        "tier": _words(people.tier, v.TIERS),
    }
    table |= {name: people[name] for name in NUMBERS}
    believes = np.isin(people.kind, (v.GP, v.NURSE))
    table["efficacy"] = np.where(believes, people.efficacy, np.nan)
    table |= {"degree_in": degree_in[here], "degree_out": degree_out[here]}
    return pd.DataFrame(table | {"betweenness": board_betweenness(world)[here]})


def ties(world: World) -> pd.DataFrame:
    """Every tie, from the seeker of advice to the adviser, with the columns of ties.parquet."""
    rows = world.ties
    return pd.DataFrame(
        {
            "month": np.full(len(rows), world.month),
            "source": rows.source_key,
            "target": rows.target_key,
            "strength": rows.strength,
        }
    )


def projects(world: World) -> pd.DataFrame:
    """Every project born so far, with the columns of projects.parquet; -1 months are missing."""
    rows = world.projects
    months = {name: pd.array(np.where(rows[name] < 0, 0, rows[name]), "Int64") for name in ("live", "ended")}
    for name, column in months.items():
        column[rows[name] < 0] = pd.NA
    return pd.DataFrame(
        {
            "project": rows.number,
            "ccg": world.ccgs.number[rows.ccg],
            "pathway": _words(rows.pathway, v.PATHWAYS),
            "origin": _words(rows.origin, v.ORIGINS),
            "champion": rows.champion,
            "arena": _words(rows.arena, v.ARENAS),
            "started": rows.started,
            "live": months["live"],
            "ended": months["ended"],
            "outcome": _words(rows.outcome, v.OUTCOMES),
            "adopters": rows.adopters,
        }
    )
