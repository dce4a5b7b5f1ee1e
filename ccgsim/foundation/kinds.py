"""Kinds of people and bodies: rules, knowledge, priorities, board roles, names and look of each.

`vocabulary.KINDS` gives a kind its name and number; everything else about kinds is here, and the import fails if an
entry is missing. Compiled rules read the small arrays below, by the number of a kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.compiled import njit

# How the participation of a kind is set (processes.engagement): by choice, or by its working conditions.
CHOOSES, AS_STAFF, AS_PROVIDERS, AS_PATIENTS, AS_POLICY_BODIES = range(5)
EVEN = (1 / 3, 1 / 3, 1 / 3)
FROM_ELSEWHERE = 0.4  # knowledge that PCT staff and hospitals bring from elsewhere (E14); assumed


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """One kind. `priorities` and `logic`: its means at the start, in the vocabulary's order (assumed; E26)."""

    takes_part: int  # the rule for its participation
    clinician: bool = False  # hears patients' needs, trusts or distrusts the PCT, counts as clinical
    official: bool = False  # follows national aims
    roles: tuple[int, ...] = ()  # board seats reserved for it
    brings: Mapping[int, float]  # knowledge that comes with the job, by domain; {} where sector or tier decides
    priorities: tuple[float, ...]
    logic: tuple[float, ...] = EVEN
    category: int = v.TO_OTHER  # category as the other end of a board member's tie, unless sector or tier decide
    employer: int = v.OWN
    called: tuple[str, ...]  # names in figures and exports; the lesson uses the last one
    band: tuple[str, ...]  # name of its part of the ring around the board, then shorter names
    place: int  # position of that part, clockwise
    shape: str  # shape of its mark in figures and on the page, a key of report.network.nodes.MARKS


TABLE = {
    "GP": Kind(
        takes_part=CHOOSES,
        clinician=True,
        roles=(v.GP_MEMBER, v.CHAIR, v.LOCALITY_LEAD),
        brings={v.PRIMARY_CARE: 1.0},
        priorities=(0.25, 0.15, 0.20, 0.15, 0.15, 0.10),
        logic=(0.2, 0.2, 0.6),
        category=v.TO_PRACTICES,
        employer=v.PRACTICE,
        called=("GP",),
        band=("practices",),
        place=5,
        shape="circle",
    ),
    "PCTStaff": Kind(
        takes_part=AS_STAFF,
        official=True,
        roles=(v.ACCOUNTABLE_OFFICER, v.FINANCE_OFFICER, v.PRACTICE_MANAGER),
        brings={v.COMMISSIONING: 1.0, v.ELSEWHERE: FROM_ELSEWHERE},
        priorities=(0.15, 0.20, 0.15, 0.10, 0.25, 0.15),
        logic=(0.3, 0.5, 0.2),
        category=v.TO_PCT,
        employer=v.PCT,
        called=("PCT staff", "manager"),
        band=("PCT staff", "PCT"),
        place=1,
        shape="square",
    ),
    "Provider": Kind(
        takes_part=AS_PROVIDERS,
        roles=(v.SECONDARY_CARE_DOCTOR,),
        brings={},
        priorities=(0.15, 0.20, 0.20, 0.10, 0.25, 0.10),
        called=("provider",),
        band=("providers",),
        place=4,
        shape="triangle",
    ),
    "PatientGroup": Kind(
        takes_part=AS_PATIENTS,
        roles=(v.LAY_MEMBER,),
        brings={v.PATIENT_EXPERIENCE: 1.0},
        priorities=(0.30, 0.20, 0.20, 0.15, 0.10, 0.05),
        called=("patient group",),
        band=("patient groups", "patients"),
        place=0,
        shape="diamond",
    ),
    "PolicyBody": Kind(
        takes_part=AS_POLICY_BODIES,
        official=True,
        brings={},
        priorities=(0.20, 0.25, 0.15, 0.10, 0.20, 0.10),
        logic=(0.4, 0.5, 0.1),
        called=("policy body",),
        band=("policy bodies", "policy"),
        place=2,
        shape="star",
    ),
    "Nurse": Kind(
        takes_part=CHOOSES,
        clinician=True,
        roles=(v.NURSE_SEAT,),
        brings={v.NURSING: 1.0},
        priorities=(0.15, 0.10, 0.35, 0.15, 0.05, 0.20),
        called=("nurse",),
        band=("nurses",),
        place=3,
        shape="hexagon",
    ),
}


def holders(table: Mapping[str, Kind]) -> dict[int, int]:
    """The kind that holds each role; raises ValueError unless the table covers every kind and role exactly once."""
    if tuple(table) != v.KINDS:
        raise ValueError(f"kinds.TABLE describes {', '.join(table)}; vocabulary.KINDS names {', '.join(v.KINDS)}")
    pairs = [(role, code) for code, kind in enumerate(table.values()) for role in kind.roles]
    if sorted(role for role, _ in pairs) != list(range(1, len(v.ROLES))):
        raise ValueError("each of vocabulary.ROLES but 'none' must be a role of one kind in kinds.TABLE")
    return dict(pairs)


HOLDER = holders(TABLE)
KINDS = tuple(TABLE.values())  # indexed by the number of a kind, like the arrays
TAKES_PART = np.array([kind.takes_part for kind in KINDS])
CLINICIAN = np.array([kind.clinician for kind in KINDS])
OFFICIAL = np.array([kind.official for kind in KINDS])
OFFICER = np.array([role in (v.ACCOUNTABLE_OFFICER, v.FINANCE_OFFICER) for role in range(len(v.ROLES))])


@njit
def manages(me: Any) -> bool:
    """Whether a board member decides as a manager: managers do, and whoever holds an officer's post (E58)."""
    return bool(me.board == 1 and (me.kind == v.PCT_STAFF or OFFICER[me.role]))
