"""Engagement: whether GPs feel heard, and how much of their time they give (E17, E20)."""

from __future__ import annotations

from dataclasses import dataclass

from ccgsim.quantity import number, share


@dataclass(frozen=True, kw_only=True, slots=True)
class Engagement:
    """Parameters of the process `engagement`."""

    access: float = number(0.55, 0.3, 0.9, "Hearing that a GP has without any tie to the board", unit="share")
    span: float = number(12.0, 5, 20, "Practices that one locality lead can hold", unit="practices", source="E1")
    value: float = number(0.6, 0.3, 0.8, "Worth of being heard", unit="utility", source="assumed; tuned start")
    heard_floor: float = share(0.05, "Hearing left under full control by managers")
    heard_span: float = share(0.9, "Hearing lost to full control by managers")
    peers: float = number(0.15, 0, 1, "Worth of peers taking part", unit="utility")
    noise: float = number(0.18, 0.1, 0.4, "Scatter of choice", unit="utility")
    disposition_sd: float = number(
        0.2, 0, 1, "Spread of reluctance between people (standard deviation)", unit="utility"
    )
    board_bonus: float = number(0.3, 0, 1, "Reluctance that a seat takes away", unit="utility")
    time_cost: float = number(0.25, 0.05, 0.4, "Cost of time before other work", unit="utility", source="E17")
    workload: float = number(
        0.05, 0, 0.5, "Part of the hours taken by other work at month 0", unit="share", source="E17"
    )
    workload_step: float = number(0.03, 0, 0.3, "Workload added when CCGs go live", unit="share")
    workload_ramp: float = number(0.03, 0, 0.3, "Workload added over the four years after", unit="share")
    overload: float = number(0.1, 0, 0.3, "Cost of hours beyond those there are", unit="utility")
    waiting: float = number(
        0.42, 0.1, 0.6, "Worth of waiting under full uncertainty", unit="utility", source="real options"
    )
    capable_outside: float = number(
        0.7, 0, 1, "What the capable can do elsewhere when not heard", unit="utility", source="assumed, E20"
    )
    response: float = number(3.0, 1, 24, "Time in which participation follows choice", unit="months")
    learning: float = number(
        0.12, 0, 1, "Speed at which belief follows experience", unit="per month", source="Bush and Mosteller 1955"
    )
    success: float = share(0.1, "Belief gained when a project of one's locality goes live")
    overridden: float = share(0.1, "Belief that a champion loses when managers override")
    witnessed: float = share(0.02, "Belief that the locality loses when managers override")
    hours: float = number(40.0, 5, 160, "Hours a month that could be given to commissioning", unit="hours")
    hours_board_tie: float = number(2.0, 0, 20, "Hours for a full tie to a board member", unit="hours")
    hours_outside_tie: float = number(3.0, 0, 20, "Hours for a full tie to anybody else", unit="hours")
    hours_project: float = number(8.0, 0, 40, "Hours for leading a project", unit="hours")
    hours_seat: float = number(6.0, 0, 40, "Hours for a seat", unit="hours")
    soft_incentive: float = number(
        0.0, 0, 0.3, "Vision and motivation offered", unit="utility", source="E40", each_ccg=True
    )
    hard_incentive: float = number(
        0.0, 0, 0.3, "Money and accountability offered", unit="utility", source="E40", each_ccg=True
    )
    backfill: float = number(0.0, 0, 40, "Locum hours paid for each GP", unit="hours a month", each_ccg=True)
    staff_participation: float = share(0.9, "Participation of PCT staff")
    provider_base: float = share(0.5, "Participation of providers without projects or conflict")
    provider_overload: float = share(0.3, "Participation that crowded clinics add")
    provider_conflict: float = share(0.3, "Participation that hidden costs take away", source="E15")
    patient_base: float = share(0.2, "Participation of patient groups without structured feedback")
    patient_structure: float = share(0.6, "Participation that structured feedback adds", source="E16")
    policy_base: float = share(0.1, "Participation of policy bodies without dialogue")
    policy_dialogue: float = share(0.9, "Participation that full dialogue adds", source="E18")
