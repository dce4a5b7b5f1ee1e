"""Priorities: what people hold important moves with contacts, needs, national aims and patients (E7, E16)."""

from __future__ import annotations

from dataclasses import dataclass

from ccgsim.quantity import number, share


@dataclass(frozen=True, kw_only=True, slots=True)
class Priorities:
    """Parameters of the process `priorities`."""

    step: float = number(0.05, 0, 1, "Move towards contacts", unit="per month")
    confidence: float = share(0.35, "Distance (total variation) beyond which people do not listen")
    pull: float = number(
        0.06,
        0,
        1,
        "Pull of needs on practices and patients, of national aims on managers and policy bodies",
        unit="per month",
    )
    noise: float = number(0.01, 0, 0.2, "Monthly disturbance of a priority (standard deviation)")
    needs_drift: float = number(0.01, 0, 0.2, "Monthly drift of a need (standard deviation)")
    locality_channel: float = number(0.012, 0, 0.5, "Pull of a locality on its board lead", unit="per month")
    patient_pull: float = number(0.05, 0, 0.5, "Pull of patients' voice on board members", unit="per month")
    patient_seat: float = share(0.3, "Voice through a patient's seat against voice through ties")
    patient_noise: float = share(0.3, "Error of needs seen through a single contributor (standard deviation)")
    patient_sample: float = number(30.0, 0, 1000, "Contributors added by a full structure of feedback", unit="people")
