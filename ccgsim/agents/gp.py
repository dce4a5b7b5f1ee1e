"""GP: a lead GP of one practice; some sit on the board, lead a locality or have a special interest."""

from __future__ import annotations

from ccgsim.agents.actor import Actor, State
from ccgsim.processes.engagement import parts_of_choice


class GP(Actor):
    """A lead GP of one practice. What she gives depends on being heard, on her time and on her peers."""

    efficacy = State("share", "Belief that taking part changes decisions")
    heard = State("share", "How far decisions followed her views this month, in expectation")
    load = State("ratio", "Advisers held over the number that can be held", 0.0, 100.0)
    hours_used = State("hours a month", "Hours that ties, projects and a seat take", 0.0, 1e6)

    @property
    def practice(self) -> int:
        """Number of her practice within the CCG."""
        return int(self.row.practice)

    @property
    def locality(self) -> int:
        """Number of her locality within the CCG."""
        return int(self.model.world.localities.number[self.row.locality])

    def reasons(self) -> dict[str, float]:
        """Why she gives what she gives: each part of the worth of taking part [utility]; their sum decides."""
        w = self.model.world
        return parts_of_choice(w, w.row_of(self.key))
