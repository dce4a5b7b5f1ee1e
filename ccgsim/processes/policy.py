"""Policy: uncertainty, national priorities and logic, and what reaches a CCG of them (E18, E26)."""

from __future__ import annotations

from dataclasses import dataclass

from ccgsim.quantity import number, share


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """Parameters of the process `policy`."""

    uncertainty: float = share(
        0.35, "Policy uncertainty at month 0 and its long-run mean", source="assumed; tuned start"
    )
    reversion: float = number(0.04, 0, 1, "Return of uncertainty to its mean", unit="per month")
    noise: float = number(0.02, 0, 0.2, "Monthly disturbance of uncertainty (standard deviation)", unit="share")
    dialogue: float = share(0.2, "Two-way dialogue between policy bodies and the CCG", source="E18, E41", each_ccg=True)
    dialogue_effect: float = share(0.9, "Part of uncertainty that full dialogue takes away", source="assumed, E18")
    ambiguity: float = number(
        0.1, 0, 1, "Uncertainty added by a full mix of logics on the board", source="assumed, E26"
    )
    logic_pull: float = number(0.02, 0, 0.5, "Pull of logics to the nation's or the contacts'", unit="per month")
