"""Nurse: the nurse of a board, with a view across services (E19)."""

from __future__ import annotations

from ccgsim.agents.actor import Actor, State


class Nurse(Actor):
    """A nurse on the board, who chooses how much to give as GPs do."""

    efficacy = State("share", "Belief that taking part changes decisions")
