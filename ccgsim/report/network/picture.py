"""The content of a network drawing of one CCG in one month: actors, ties, and the scales for both panels."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from ccgsim.report.network.layout import Layout

MOST_NAMED = 16  # contacts outside, beyond whom they have no names: there is no room
_LONGEST = 20  # letters of a name
SHORT_ROLES = {
    "chair": "chair",
    "accountable officer": "AO",
    "finance officer": "FO",
    "GP member": "GP",
    "locality lead": "lead",
    "practice manager": "PM",
    "nurse": "nurse",
    "secondary-care doctor": "doctor",
    "lay member": "lay",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """One month. `actors`: key, kind, board, near, contacts, betweenness, x, y, name. `ties`: rows of both ends,
    strength, and layer: 'board', 'outside' (a member asks an outsider), 'inward' (an outsider asks a member), 'far'.
    """

    month: int
    actors: pd.DataFrame
    ties: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Scales:
    """The largest numbers of contacts, on the board and outside, and the largest betweenness in either panel."""

    board_contacts: int
    outside_contacts: int
    betweenness: float

    @staticmethod
    def shade(contacts: np.ndarray, most: int) -> np.ndarray:
        """Darkness in [0, 1], from one contact to the largest number."""
        return np.clip((contacts - 1) / max(most - 1, 1), 0, 1)

    def size(self, betweenness: np.ndarray) -> np.ndarray:
        """Radius between 0 and 1; the area is proportional to betweenness."""
        if self.betweenness <= 0:
            return np.zeros_like(betweenness)
        return np.sqrt(np.clip(betweenness / self.betweenness, 0, 1))


def drawn_ccg(agents: pd.DataFrame) -> int:
    """The CCG to draw: the lowest number with a board in the last month, else in the first."""
    boards = agents[agents["board"].astype(bool)]
    last = boards.loc[boards["month"] == agents["month"].max(), "ccg"]
    found = last if len(last) else boards["ccg"] if len(boards) else agents["ccg"]
    return int(found.min())


def picture(
    agents: pd.DataFrame,
    ties: pd.DataFrame,
    month: int,
    places: Layout,
    called: Mapping[int, str] = MappingProxyType({}),
) -> Picture:
    """The CCG's actors and ties of one month, each actor at its place. `agents` holds one CCG.

    `called`: the names of people by key, where the world began with a survey; others are named by their seats.
    """
    now = agents[agents["month"] == month].sort_values("agent").reset_index(drop=True)
    rows = {int(key): n for n, key in enumerate(now["agent"])}
    of_month = ties[(ties["month"] == month) & ties["source"].isin(rows.keys()) & ties["target"].isin(rows.keys())]
    board = now["board"].astype(bool).to_numpy()
    drawn = _ties(of_month, rows, board)
    spots = np.array([places.place(month, int(key)) for key in now["agent"]]).reshape(-1, 2)
    contacts = _contacts(drawn[drawn["layer"] != "far"], len(now))
    actors = pd.DataFrame(
        {
            "key": now["agent"],
            "kind": now["kind"],
            "board": board,
            "near": board | (contacts > 0),
            "contacts": contacts,
            "betweenness": now["betweenness"].fillna(0).astype(float),
            "x": spots[:, 0],
            "y": spots[:, 1],
            "name": [cut(name) for name in names(now, agents, called)],
        }
    )
    return Picture(month, actors, drawn)


def _ties(ties: pd.DataFrame, rows: dict[int, int], board: np.ndarray) -> pd.DataFrame:
    """Ties by rows of seeker and adviser, weakest first, so that strong ones are on top."""
    seeker = ties["source"].map(rows).to_numpy(np.int64)
    adviser = ties["target"].map(rows).to_numpy(np.int64)
    layer = np.array(["far", "inward", "outside", "board"])[2 * board[seeker] + board[adviser]]
    frame = pd.DataFrame({"seeker": seeker, "adviser": adviser, "strength": ties["strength"].to_numpy(float)})
    return frame.assign(layer=layer).sort_values(["strength", "seeker", "adviser"], ignore_index=True)


def _contacts(ties: pd.DataFrame, count: int) -> np.ndarray:
    """Distinct actors at the other end of an actor's drawn ties, shape (count,)."""
    ends = ties[["seeker", "adviser"]].to_numpy()
    pairs = np.unique(np.sort(ends, axis=1), axis=0) if len(ends) else np.zeros((0, 2), np.int64)
    return np.bincount(pairs.ravel(), minlength=count)


def names(now: pd.DataFrame, agents: pd.DataFrame, called: Mapping[int, str]) -> list[str]:
    """A name for each seat-holder: her own where it is known, else the short one of her role ('chair', 'lead 3').

    Surveyed people without a seat have theirs if they are few; all others have none, ''.
    """
    numbers = locality_numbers(agents)
    outside = sum(int(key) in called for key in now.loc[~now["board"].astype(bool), "agent"])
    found = []
    for key, on_board, role, place in zip(now["agent"], now["board"], now["role"], now["locality"], strict=True):
        number = "" if pd.isna(place) or role != "locality lead" else f" {numbers.get(int(place), '')}"
        own = called.get(int(key), "") if on_board or outside <= MOST_NAMED else ""
        found.append(own or (f"{SHORT_ROLES.get(role, role)}{number}" if on_board else ""))
    return found


def cut(name: str) -> str:
    """A name that is short enough for a drawing."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def locality_numbers(agents: pd.DataFrame) -> dict[int, int]:
    """Numbers of the CCG's localities from 1, in order; actors without a locality (-1 or missing) are ignored."""
    known = sorted({int(value) for value in agents["locality"].dropna() if value >= 0})
    return {locality: n + 1 for n, locality in enumerate(known)}


def scales(pictures: list[Picture]) -> Scales:
    """Scales that hold the largest values of all pictures; betweenness rounded up to a readable number."""
    near = pd.concat([each.actors[each.actors["near"]] for each in pictures])
    board, outside = near[near["board"]], near[~near["board"]]
    most = [int(part["contacts"].max()) if len(part) else 1 for part in (board, outside)]
    between = float(near["betweenness"].max()) if len(near) else 0.0
    return Scales(max(most[0], 1), max(most[1], 1), _readable(between))


def _readable(value: float) -> float:
    """The next number of the form 1, 1.5, 2, 3, 4, 5, 6 or 8 times a power of ten; 0 for 0."""
    if value <= 0 or not math.isfinite(value):
        return 0.0
    power = 10.0 ** math.floor(math.log10(value))
    return next((step * power for step in (1, 1.5, 2, 3, 4, 5, 6, 8) if step * power >= value * 0.999), 10 * power)
