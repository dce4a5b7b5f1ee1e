"""PatientGroup: patients of a locality, and the lay member of a board."""

from __future__ import annotations

from ccgsim.agents.actor import Actor


class PatientGroup(Actor):
    """Patients who tell commissioners of their experience, as far as anybody gathers it."""
