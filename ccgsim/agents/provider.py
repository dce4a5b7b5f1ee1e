"""Provider: acute, community, mental health, ambulance, voluntary bodies, and the doctor who speaks for hospitals."""

from __future__ import annotations

from ccgsim.agents.actor import Actor, State, Word
from ccgsim.foundation import vocabulary as v


class Provider(Actor):
    """A body that provides care, and knows what it costs."""

    capacity = State("share", "Capacity left by a shortage")
    sector = Word(v.SECTORS, "Sector of care")
