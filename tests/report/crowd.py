"""Made-up people and ties: a board of 13, practices in localities, PCT staff, providers, patients, policy bodies."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

SEATS = (
    ["chair", "GP member", "GP member"] + ["locality lead"] * 6,
    ["accountable officer", "finance officer", "practice manager"],
)


def people(luck: np.random.Generator, months: int, practices: int = 30, localities: int = 6) -> pd.DataFrame:
    """Months 0, 12, ... and the last; after month 28 a third of the PCT's staff is gone and two seats changed hands."""
    rows = []
    for month in sorted({*range(0, months, 12), 0, months}):
        for row in _gps(practices, localities, month) + _others(localities, month):
            rows.append({"month": month, "ccg": 0} | row)
    frame = pd.DataFrame(rows)
    for name in ("participation", "efficacy", "capability"):
        frame[name] = luck.random(len(frame)).round(3)
    frame.loc[~frame["kind"].isin(["GP", "Nurse"]), "efficacy"] = np.nan
    frame["degree_in"] = luck.integers(0, 9, len(frame))
    frame["degree_out"] = luck.integers(0, 9, len(frame))
    frame["betweenness"] = np.where(frame["board"] == 1, luck.gamma(0.7, 0.05, len(frame)), np.nan)
    for name in ("practice", "locality", "legacy"):
        frame[name] = frame[name].astype("Int64")
    return frame


def _gps(practices: int, localities: int, month: int) -> list[dict[str, Any]]:
    roles = SEATS[0][: 3 + localities]
    holder = {place: role for place, role in zip(_holders(practices, localities, month), roles, strict=False)}
    return [
        _person(n, "GP", holder.get(n, "none"), practice=n, locality=n % localities, legacy=n % 2)
        for n in range(practices)
    ]


def _holders(practices: int, localities: int, month: int) -> list[int]:
    """Practices whose GPs hold the seats: three at large, then a lead for each locality."""
    first = [practices - 1, practices - 2, practices - 3]
    leads = list(range(localities))
    return [practices - 4, *first[1:], leads[0] + localities, *leads[1:]] if month > 28 else [*first, *leads]


def _others(localities: int, month: int) -> list[dict[str, Any]]:
    staff = [_person(1000 + n, "PCTStaff", role, employer="CCG") for n, role in enumerate(SEATS[1])]
    gone = 5 if month > 28 else 0
    found = staff + [_person(1003 + n, "PCTStaff", employer="PCT") for n in range(gone, 15)]
    sectors = ["acute"] * 2 + ["community"] * 2 + ["mental health", "ambulance"] + ["voluntary"] * 3
    found += [_person(2000 + n, "Provider", sector=sector) for n, sector in enumerate(sectors)]
    found += [
        _person(3000 + n, "PatientGroup", "lay member" if n == 0 else "none", locality=n) for n in range(localities)
    ]
    tiers = ["national"] + ["regional"] * 2 + ["local authority"] * 3
    found += [_person(4000 + n, "PolicyBody", tier=tier) for n, tier in enumerate(tiers)]
    nurse = [_person(5000, "Nurse", "nurse")] if month > 28 else []
    doctor = [_person(2100, "Provider", "secondary-care doctor", sector="acute")] if month > 28 else []
    return found + nurse + doctor


def _person(key: int, kind: str, role: str = "none", **facts: Any) -> dict[str, Any]:
    blank = {"practice": None, "locality": None, "legacy": None, "employer": "own", "sector": "none", "tier": "none"}
    return {"agent": key, "kind": kind, "role": role, "board": int(role != "none")} | blank | facts


def ties(agents: pd.DataFrame, luck: np.random.Generator) -> pd.DataFrame:
    """115 ties on the board, 26 out of it, 8 into it, and a few among practices and among the PCT's staff."""
    rows: list[tuple[int, int, int, float]] = []
    for month, now in agents.groupby("month"):
        board = now.loc[now["board"] == 1, "agent"].to_numpy()
        pct = now.loc[(now["kind"] == "PCTStaff") & (now["board"] == 0), "agent"].to_numpy()
        gps = now.loc[(now["kind"] == "GP") & (now["board"] == 0), "agent"].to_numpy()
        rest = now.loc[~now["kind"].isin(["GP", "PCTStaff"]) & (now["board"] == 0), "agent"].to_numpy()
        broker = board[np.minimum(luck.geometric(0.35, 40) - 1, len(board) - 1)]
        pairs = _pairs(luck, board, board, min(115, len(board) * (len(board) - 1)))
        pairs += _pairs(luck, broker, pct, 18) + _pairs(luck, board, gps, 3) + _pairs(luck, board, rest, 5)
        pairs += _pairs(luck, gps, board, 8) + _pairs(luck, gps, gps, 40) + _pairs(luck, pct, pct, 40)
        for source, target in sorted(set(pairs)):
            rows.append((int(str(month)), source, target, round(float(luck.beta(2.5, 2)), 3)))
    return pd.DataFrame(rows, columns=["month", "source", "target", "strength"])


def _pairs(luck: np.random.Generator, some: np.ndarray, others: np.ndarray, count: int) -> list[tuple[int, int]]:
    every = sorted({(int(a), int(b)) for a in some for b in others if a != b})
    chosen = luck.permutation(len(every))[:count]
    return [every[n] for n in chosen]
