"""Ties: how advice ties form, strengthen, fade and break."""

from __future__ import annotations

from dataclasses import dataclass

from ccgsim.quantity import number, share


@dataclass(frozen=True, kw_only=True, slots=True)
class Ties:
    """Parameters of the process `ties`; the rates are monthly and before activity, place and flow balance."""

    board_board: float = number(0.17, 0, 1, "Rate between board members", unit="per month", source="fitted to E2")
    manager_pct: float = number(
        0.045, 0, 0.2, "Rate between board managers and PCT staff", unit="per month", source="fitted to E2"
    )
    clinician_pct: float = number(
        0.016, 0, 0.1, "Rate between board clinicians and PCT staff", unit="per month", source="fitted to E2"
    )
    clinician_practice: float = number(
        0.006, 0, 0.05, "Rate between board GPs or nurses and practices", unit="per month", source="fitted to E2"
    )
    manager_acute: float = number(
        0.012, 0, 0.1, "Rate between board managers and acute providers", unit="per month", source="fitted to E2"
    )
    clinician_acute: float = number(
        0.008, 0, 0.1, "Rate between board clinicians and acute providers", unit="per month", source="fitted to E2"
    )
    manager_community: float = number(
        0.006, 0, 0.1, "Rate between board managers and community providers", unit="per month", source="fitted to E2"
    )
    clinician_community: float = number(
        0.012, 0, 0.1, "Rate between board clinicians and community providers", unit="per month", source="fitted to E2"
    )
    manager_local_authority: float = number(
        0.008, 0, 0.1, "Rate between board managers and local authorities", unit="per month", source="fitted to E2"
    )
    clinician_local_authority: float = number(
        0.015, 0, 0.1, "Rate between board clinicians and local authorities", unit="per month", source="fitted to E2"
    )
    manager_regional: float = number(
        0.004, 0, 0.1, "Rate between board managers and regional bodies", unit="per month", source="fitted to E2"
    )
    clinician_regional: float = number(
        0.02, 0, 0.1, "Rate between board clinicians and regional bodies", unit="per month", source="fitted to E2"
    )
    board_patient: float = number(
        0.006, 0, 0.1, "Rate between board members and patient groups", unit="per month", source="fitted to E2"
    )
    board_voluntary: float = number(
        0.006,
        0,
        0.1,
        "Rate between board members and voluntary, ambulance and out-of-hours providers",
        unit="per month",
        source="fitted to E2",
    )
    gp_specialist: float = number(
        0.004, 0, 0.1, "Rate between a GP with a special interest and the specialist", unit="per month"
    )
    practice_practice: float = number(0.03, 0, 0.3, "Rate between practices", unit="per month")
    pct_pct: float = number(0.15, 0, 1, "Rate between PCT staff", unit="per month")
    pct_provider: float = number(0.04, 0, 0.4, "Rate between PCT staff and providers", unit="per month")
    start_strength: float = share(0.3, "Strength of a new tie")
    growth: float = number(0.06, 0, 1, "Growth of strength between wholly participating people", unit="per month")
    fading: float = number(0.02, 0, 1, "Fading of strength", unit="per month")
    gone_below: float = share(0.05, "Strength below which a tie is gone")
    base_loss: float = number(0.015, 0, 0.2, "Loss of an embedded, weak tie", unit="per month", source="Burt 2002")
    bridge_loss: float = number(
        1.7, 0, 2.5, "Log rate added to the loss of a bridge", source="Burt 2002, doi:10.1016/S0378-8733(02)00015-0"
    )
    strength_loss: float = number(1.0, 0, 5, "Log rate taken from the loss of a strong tie")
    uncertainty_loss: float = number(0.5, 0, 3, "Log rate added to losses by full uncertainty")
    conflict_loss: float = number(0.8, 0, 3, "Log rate added to losses where priorities lie too far apart")
    closure: float = number(
        0.25,
        0,
        0.6,
        "Gain in the formation rate for each common contact, up to six",
        source="sign: actor-oriented models (Snijders)",
    )
    reciprocity: float = number(
        1.5,
        0,
        3,
        "Gain in the formation rate where the other already seeks advice",
        source="sign: actor-oriented models (Snijders)",
    )
    silo: float = number(
        0.7,
        0,
        0.95,
        "Part of contact across former practice-based commissioning groups that is lost",
        source="assumed, E11",
    )
    across_localities: float = share(0.12, "Contact across localities against contact inside one")
    across_legacy_board: float = share(
        0.4, "Contact on the board across former groups against inside one", source="assumed, E4"
    )
    capacity: float = number(8.0, 1, 40, "Outside advisers whom an ordinary member can hold", unit="people")
    capacity_power: float = number(0.6, 0, 1, "How capacity grows with brokerage", unit="exponent")
    board_weight: float = share(0.35, "Effort of an adviser on the board against one outside")
    looks: float = number(6.0, 0, 50, "Distant practices that a GP may chance to meet", unit="per month")
