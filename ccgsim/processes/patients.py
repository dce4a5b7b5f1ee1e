"""Patients: how patients' experience is gathered (E16). The voice itself acts in `priorities`."""

from __future__ import annotations

from dataclasses import dataclass

from ccgsim.foundation.quantity import share


@dataclass(frozen=True, kw_only=True, slots=True)
class Patients:
    """Parameters of patients' feedback."""

    structure: float = share(0.2, "Structure of patients' feedback", source="E16, E38", each_ccg=True)
