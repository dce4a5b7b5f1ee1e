"""Tables of a world in words, as they stand in one month: actors, ties, projects."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.kinds import CHOOSES, TAKES_PART
from ccgsim.foundation.tables import Table
from ccgsim.measures.betweenness import board_betweenness
from ccgsim.world.state import World

MARCH_OVER, FIRST_YEAR = 4, 2011  # months simulated by the end of the first March, and its year
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
    people = world.actors.picked(here)
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
    believes = TAKES_PART[people.kind] == CHOOSES
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
            "ccg": rows.home,
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


def ccgs(world: World, measured: Table) -> pd.DataFrame:
    """Every CCG as the year ends in March, a row each, with the columns of ccgs.parquet; -1 stands for none.

    `measured` holds the measures of each CCG in that month; those of a CCG that has merged are missing.
    """
    rows, alive = world.ccgs, world.ccgs.merged_into < 0
    table = {
        "year": np.full(len(rows), FIRST_YEAR + (world.month - MARCH_OVER) // 12),
        "ccg": rows.number,
        "name": np.array(world.names, dtype=object),
    }
    table |= {name: rows[name] for name in ("footprint", "population", "practices", "localities")}
    table |= {name: measured[name] for name in ("manager_control", "participation", "efficacy")}
    table["density"] = measured.board_density
    for name in ("projects_started", "projects_live", "projects_sustained"):
        table[name] = pd.array(np.where(alive, measured[name], np.nan), "Float64").astype("Int64")
    table |= {"rating": np.where(alive, rows.rating, np.nan), "overspend": measured.overspend}
    table["accountable_officer"] = _officers(world)
    table["merged_into"] = np.where(alive, -1, rows.number[rows.merged_into])
    return pd.DataFrame(table)


def _officers(world: World) -> np.ndarray:
    """Key of the accountable officer who leads each CCG, its own or a partner's; -1 for none (shape (CCGs,))."""
    found = np.full(len(world.ccgs), -1)
    of_officers = world.seats.role == v.ACCOUNTABLE_OFFICER
    found[world.seats.ccg[of_officers]] = world.seats.holder[of_officers]
    return np.where(world.ccgs.officer_from >= 0, found[world.ccgs.officer_from], found)
