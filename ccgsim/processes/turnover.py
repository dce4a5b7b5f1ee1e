"""Turnover: who leaves the board, why, and who follows (E8, E27, E47)."""

from __future__ import annotations

from dataclasses import dataclass

from ccgsim.quantity import count, number, share


@dataclass(frozen=True, kw_only=True, slots=True)
class Turnover:
    """Parameters of the process `turnover`."""

    base: float = number(
        0.003,
        0,
        0.05,
        "Exit of a seat-holder in reference conditions",
        unit="per month",
        source="fitted to resignations, GPonline 2013",
    )
    load: float = number(1.5, 0, 5, "Log rate added by load above .6")
    disengagement: float = number(2.0, 0, 6, "Log rate added by participation below .6")
    uncertainty: float = number(0.8, 0, 5, "Log rate added by uncertainty above .35")
    migration: float = number(
        0.004, 0, 0.05, "Pull of federations on the capable who are not heard", unit="per month", source="assumed, E27"
    )
    inherit: float = share(0.3, "Chance that a successor takes over a tie of the seat")
    vacancy: float = number(4.0, 1, 24, "Mean time to fill a seat", unit="months")
    term: int = count(36, 6, 120, "Term of office", unit="months")
    not_standing: float = share(0.1, "Holders who do not stand again")
    broker_exits: int = count(
        0, 0, 11, "How many times the most central board member leaves, at months 24, 36, ...", dated=False
    )
