"""The people and bodies of a world as Mesa agents: handles on rows of the table of actors."""

from ccgsim.agents.actor import Actor
from ccgsim.agents.gp import GP
from ccgsim.agents.nurse import Nurse
from ccgsim.agents.patient_group import PatientGroup
from ccgsim.agents.pct_staff import PCTStaff
from ccgsim.agents.policy_body import PolicyBody
from ccgsim.agents.provider import Provider

CLASSES: tuple[type[Actor], ...] = (
    GP,
    PCTStaff,
    Provider,
    PatientGroup,
    PolicyBody,
    Nurse,
)  # by code of vocabulary.KINDS

__all__ = ["CLASSES", "GP", "Actor", "Nurse", "PCTStaff", "PatientGroup", "PolicyBody", "Provider"]
