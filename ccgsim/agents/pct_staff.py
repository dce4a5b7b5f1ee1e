"""PCTStaff: commissioning staff; board officers among them. After abolition the employer changes, the person stays."""

from __future__ import annotations

from ccgsim.agents.actor import Actor, State, Word
from ccgsim.foundation import vocabulary as v


class PCTStaff(Actor):
    """A commissioner by trade, who holds data and contracts and may fear for the job."""

    security = State("share", "Confidence of keeping a job")
    withheld = State("share", "Part of cooperation withheld for insecurity")
    employer = Word(v.EMPLOYERS, "PCT, CCG (or its support unit), or practice for a practice manager")
