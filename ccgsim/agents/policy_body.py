"""PolicyBody: national and regional bodies and local authorities, as a CCG meets them."""

from __future__ import annotations

from ccgsim.agents.actor import Actor, Word
from ccgsim.foundation import vocabulary as v


class PolicyBody(Actor):
    """A body that makes or passes on policy."""

    tier = Word(v.TIERS, "National, regional or local authority")
