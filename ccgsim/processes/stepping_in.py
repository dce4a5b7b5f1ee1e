"""Stepping in: managers take over what clinicians leave undone (E20)."""

from __future__ import annotations

from dataclasses import dataclass

from ccgsim.quantity import number, share


@dataclass(frozen=True, kw_only=True, slots=True)
class SteppingIn:
    """Parameters of the process `stepping_in`."""

    steepness: float = number(20.0, 0, 30, "How sharply managers respond to low participation")
    tolerance: float = number(
        0.38, 0.3, 0.55, "Participation below which managers step in", unit="share", source="assumed; sets the circle"
    )
    low: float = share(0.2, "Least control: managers hold the officers' posts")
    high: float = share(0.85, "Most control: the members' body stays statutory")
    board_weight: float = share(0.4, "Weight of the board in the participation that managers watch")
    response: float = number(6.0, 1, 48, "Time in which managers respond", unit="months")
    finance: float = number(0.15, 0, 1, "Pressure of full financial strain", unit="share of participation")
    uncertainty: float = number(
        0.15, 0, 1, "Pressure of uncertainty above its reference", unit="share of participation"
    )
    grip: float = number(0.1, 0, 0.2, "National grip once fully grown", unit="share of participation")
    inherited: float = number(
        0.0, -0.2, 0.4, "Pressure inherited at the start", unit="share of participation", each_ccg=True
    )
    inherited_sd: float = number(
        0.04, 0, 0.2, "Its spread between CCGs (standard deviation)", unit="share of participation"
    )
