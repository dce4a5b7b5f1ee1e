"""Transparency: comparative data from the PCT, and what is known of providers' costs (E15, E29)."""

from __future__ import annotations

from dataclasses import dataclass

from ccgsim.quantity import number, share


@dataclass(frozen=True, kw_only=True, slots=True)
class Transparency:
    """Parameters of the process `transparency`."""

    benchmark_gain: float = number(0.08, 0, 0.5, "Growth of comparative data", unit="per month")
    benchmark_loss: float = number(0.03, 0, 0.5, "Ageing of comparative data", unit="per month")
    benchmark_ties: float = number(6.0, 0.5, 50, "Strength of PCT ties at which data flow freely", unit="ties")
    benchmarking: float = share(0.0, "Comparative data bought from elsewhere than the PCT", source="E39", each_ccg=True)
    gain: float = number(0.06, 0, 0.5, "Growth of cost transparency", unit="per month")
    loss: float = number(0.03, 0, 0.5, "Ageing of what is known of costs", unit="per month")
    seat_weight: float = number(
        2.0, 0, 10, "Worth of a provider's seat in ties to acute providers", unit="ties", source="assumed, E15, E43"
    )
    acute_ties: float = number(4.0, 0.5, 50, "Ties at which costs become known freely", unit="ties")
    clout_population: float = number(
        200000.0, 10000, 2000000, "Population at which a commissioner is heard by providers", unit="people"
    )
