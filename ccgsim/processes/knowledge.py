"""Knowledge: flows along advice ties from adviser to seeker, fades, and is kept in a depository (E7, E37)."""

from __future__ import annotations

from dataclasses import dataclass

from ccgsim.quantity import number, share


@dataclass(frozen=True, kw_only=True, slots=True)
class Knowledge:
    """Parameters of the process `knowledge`."""

    absorption: float = number(
        0.08,
        0,
        0.2,
        "Part of a gap in knowledge closed along a full tie",
        unit="per month",
        source="Cowan and Jonard 2004, doi:10.1016/j.jedc.2003.04.002",
    )
    forgetting: float = number(0.015, 0, 0.05, "Knowledge that fades", unit="per month")
    crowding: float = number(
        3.0, 0.5, 50, "Total strength of advisers at which attention to each is halved", unit="ties"
    )
    depository: float = share(0.0, "Reach of a shared digital depository", source="E37", each_ccg=True)
    depository_gain: float = number(
        0.03, 0, 0.2, "Part of the gap to the best that a full depository closes", unit="per month"
    )
    depository_users: float = share(0.2, "Participation above which people use the depository")
