"""What the model expects of a second survey: how many ties are kept in worlds that begin with the first one."""

from __future__ import annotations

from typing import Any

import numpy as np

from ccgsim.foundation.work.progress import Progress
from ccgsim.lab.forecast import ENDS, later
from ccgsim.scenario.brought.network import surveyed
from ccgsim.scenario.scenario import Scenario
from ccgsim.survey.draws import heard_of
from ccgsim.survey.network import Network
from ccgsim.survey.waves import in_both

DRAWS = 40  # worlds, each with its draw of the unknown ties


def expected(scenario: Scenario, months: int, after: Network, progress: Progress | None = None) -> dict[str, Any]:
    """The Jaccard index of ties after so many months in worlds that begin with a survey: mean and 90% of the worlds.

    Of the same pairs as `survey.waves.change` compares: people in both waves, answers known in both. Pairs with
    somebody who leaves in a world are no pairs of it. Values are None where no world has a tie.
    """
    assert scenario.network is not None
    before, found = surveyed(scenario.network).network, []
    old, new = in_both(before, after)
    heard = heard_of(before)[np.ix_(old, old)] & heard_of(after)[np.ix_(new, new)]
    for done in range(1, DRAWS + 1):
        one = later(scenario, months, seed=done - 1)
        pairs = heard & (one.there[old, None] & one.there[old])
        had, has = (ties[np.ix_(old, old)] & pairs for ties in (one.before, one.after))
        either = int((had | has).sum())
        found += [int((had & has).sum()) / either] if either else []
        if progress is not None:
            progress(done, DRAWS)
    low, high = np.quantile(found, ENDS).tolist() if found else (None, None)
    mean = float(np.mean(found)) if found else None
    return {"months": months, "worlds": DRAWS, "scenario": scenario.name, "jaccard": mean, "low": low, "high": high}
