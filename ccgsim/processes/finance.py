"""Finance: the yearly balance and the strain that it leaves (E10)."""

from __future__ import annotations

from dataclasses import dataclass

from ccgsim.quantity import number, share


@dataclass(frozen=True, kw_only=True, slots=True)
class Finance:
    """Parameters of the process `finance`."""

    saving: float = number(0.0, -0.05, 0.05, "Standing saving", unit="share of budget a year")
    drift_sd: float = number(
        0.004, 0, 0.05, "Spread of standing balances between CCGs (standard deviation)", unit="share of budget a year"
    )
    volatility: float = number(
        0.014,
        0,
        0.1,
        "Yearly scatter for 7,000 patients (standard deviation)",
        unit="share of budget",
        source="Bachmann and Bevan 1996",
    )
    strain_memory: float = share(0.5, "Strain that lasts into the next year")
    strain_gain: float = number(20.0, 0, 100, "Strain from overspending the whole budget", unit="ratio")
