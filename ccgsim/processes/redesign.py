"""Redesign: projects are born, pass three arenas, go live, spread over practices and fade (E28-E35)."""

from __future__ import annotations

from dataclasses import dataclass

from ccgsim.quantity import count, number, share


@dataclass(frozen=True, kw_only=True, slots=True)
class Redesign:
    """Parameters of the process `redesign`."""

    birth: float = number(0.055, 0, 0.5, "Birth of projects at full input", unit="per month")
    programme_births: float = share(0.15, "Births at the programme board against data-led ones", source="assumed, E30")
    national_births: float = share(0.1, "Births at national bodies against data-led ones")
    outside_births: float = share(0.05, "Births outside the CCG against data-led ones", source="assumed, E30")
    advance: float = number(0.22, 0, 1, "Passing an arena at full support", unit="per month")
    fail: float = number(0.012, 0, 0.2, "Failing in an arena at full support", unit="per month")
    override: float = number(
        0.04,
        0,
        0.5,
        "Overriding of a GP-led project by managers in full control and disagreement",
        unit="per month",
        source="assumed, E49",
    )
    decay: float = number(0.1, 0, 1, "Fading of a live project for want of support", unit="per month")
    wear: float = number(0.002, 0, 0.05, "Fading of a fully supported project", unit="per month")
    needed: float = share(0.45, "Support below which a live project fades")
    slots: int = count(6, 1, 30, "Projects that a CCG can carry at once before they are live", unit="projects")
    support_slots: int = count(1, 0, 10, "Projects more with executive support", unit="projects")
    support_hours: float = share(0.25, "Hours of a champion that executive support saves")
    tandem: float = number(0.3, 0, 1, "Gain where clinicians and managers pull together", source="E46")
    managers_worth: float = share(0.8, "Reach of managers' input without clinicians")
    clinical_lead: float = share(
        0.2, "Clinical input that one arena must have before a project goes live", source="E28"
    )
    strategic_scale: float = number(0.57, 0.1, 1, "Participation and capability of a strong board")
    coordination: float = number(
        0.04, 0, 0.3, "Programme support lost for each locality after the first", source="assumed, E52"
    )
    strategic_effort: float = number(
        1.0, 0, 2, "Effort in the strategic arena against the usual", unit="ratio", source="E45"
    )
    programme_effort: float = number(
        1.0, 0, 2, "Effort in the programme arena against the usual", unit="ratio", source="E45"
    )
    delivery_effort: float = number(
        1.0, 0, 2, "Effort in the delivery arena against the usual", unit="ratio", source="E45"
    )
    threshold: float = number(
        0.12,
        0.05,
        0.3,
        "Share of advisers who must have adopted",
        unit="share",
        source="Watts 2002, doi:10.1073/pnas.082090499",
    )
    speed: float = number(0.12, 0, 1, "Adoption once the threshold is reached", unit="per month")
    specialists: float = share(0.2, "GPs with a special interest")
    mandate: float = number(
        0.0, 0, 0.3, "Adoption under a mandate", unit="per month", source="assumed, E31", each_ccg=True
    )
    mandate_peers: float = number(
        0.15, 0, 1, "Adoption added by peers under a mandate", unit="per month", source="assumed, E31"
    )
    provider_tolerance: float = number(
        0.03, 0, 0.5, "Income moved that a provider bears", unit="share of income", source="assumed, E34"
    )
    income_moved: float = number(
        0.02, 0, 0.2, "Income moved by a project that all practices use", unit="share of income"
    )
    maintain: float = share(
        0.3, "Chance that the CCG restores a contract that its provider cannot lose", source="assumed, E34, E35"
    )
