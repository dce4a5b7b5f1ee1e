"""The people and bodies of a world as Mesa agents: handles on rows of the table of actors."""

from ccgsim.agents.actor import Actor
from ccgsim.agents.gp import GP
from ccgsim.agents.nurse import Nurse
from ccgsim.agents.patient_group import PatientGroup
from ccgsim.agents.pct_staff import PCTStaff
from ccgsim.agents.policy_body import PolicyBody
from ccgsim.agents.provider import Provider
from ccgsim.foundation.vocabulary import KINDS

_BY_NAME = {each.__name__: each for each in Actor.__subclasses__()}
if _lost := set(KINDS) - set(_BY_NAME):
    raise TypeError(f"vocabulary.KINDS names {', '.join(sorted(_lost))}: ccgsim.agents needs a class of that name")
CLASSES: tuple[type[Actor], ...] = tuple(_BY_NAME[name] for name in KINDS)  # by the number of a kind

__all__ = ["CLASSES", "GP", "Actor", "Nurse", "PCTStaff", "PatientGroup", "PolicyBody", "Provider"]
