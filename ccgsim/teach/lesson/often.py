"""How often a scene ends as it did: the same worlds on more seeds, each judged as the run itself is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import msgspec

from ccgsim.foundation.problems import refuse
from ccgsim.teach.config import Config
from ccgsim.teach.lesson.past import past_of
from ccgsim.teach.lesson.verdicts import outcomes

DISTRICTS = 16
TOLD_EVERY = 2


@lru_cache(maxsize=8 * DISTRICTS)  # a class, and a recording of many seeds, ask for the same districts
def _ended(encoded: bytes, seed: int) -> str | None:
    """Which option of the scene's bet comes true on a seed; None where the scene has no bet of this kind."""
    config = msgspec.json.decode(encoded, type=Config)
    return outcomes(config.scene, past_of(config, seed))


def counted(config: Config) -> Iterator[dict[str, Any]]:
    """`often` messages: how many of the districts so far ended in each way, the run's own first."""
    found: Counter[str] = Counter()
    for n in range(DISTRICTS):
        outcome = _ended(msgspec.json.encode(msgspec.structs.replace(config, seed=0)), config.seed + n)
        if outcome is None:
            raise refuse("scene", config.scene, "has no bet that many districts could be judged by")
        found[outcome] += 1
        if (n + 1) % TOLD_EVERY == 0:
            yield {
                "type": "often",
                "counts": dict(found),
                "seeds": n + 1,
                "of": DISTRICTS,
                "done": n + 1 == DISTRICTS,
                "cancelled": False,
            }
