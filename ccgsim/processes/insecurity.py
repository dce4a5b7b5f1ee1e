"""Insecurity: PCT staff facing abolition withhold cooperation, and GPs come to trust or distrust them (E14)."""

from __future__ import annotations

from dataclasses import dataclass

from ccgsim.quantity import number, share


@dataclass(frozen=True, kw_only=True, slots=True)
class Insecurity:
    """Parameters of the process `insecurity`."""

    withholding: float = share(0.8, "Cooperation withheld by a wholly insecure employee")
    onset: float = number(4.0, 0, 27, "Month in which insecurity is half grown", unit="months")
    rise: float = number(4.0, 0.1, 24, "Time scale of its growth", unit="months")
    exits: float = number(
        0.018, 0, 0.2, "PCT staff leaving until abolition", unit="per month", source="40% of staff expected to leave"
    )
    trust_start: float = share(0.5, "GPs' trust in the PCT's knowledge without co-location, at the start")
    trust_start_colocation: float = share(0.3, "Trust added by co-location, at the start")
    trust_floor: float = share(0.3, "Lowest trust")
    trust_repair: float = number(0.05, 0, 1, "Return of trust to its norm", unit="per month")
    trust_loss: float = number(0.1, 0, 1, "Trust lost in a month with a refusal")
    devaluation: float = share(
        0.8, "Commissioning knowledge left to all but PCT staff at abolition", source="assumed, E14"
    )
