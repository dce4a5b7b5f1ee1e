"""Robust choice: regrets worked by hand, the set that is never best but least regretted, undefined draws."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ccgsim.studies import robust

OUTCOME = pd.DataFrame({"bold": [1.0, 0.0, 1.0, 0.0], "timid": [0.0, 1.0, 0.0, 1.0], "middling": [0.8, 0.8, 0.8, 0.8]})


def test_regret_is_what_the_best_set_of_a_draw_gives_more():
    found = robust.regrets(OUTCOME)
    assert found["bold"].to_list() == [0, 1, 0, 1]
    assert found["middling"].to_numpy() == pytest.approx([0.2] * 4)


def test_a_set_that_is_never_best_may_be_the_least_regretted():
    found = robust.judged(robust.regrets(OUTCOME)).set_index("set")
    assert found.index[0] == "middling" and found.loc["middling", "best_in"] == 0
    assert found.loc["middling", ["mean", "worst"]].to_numpy(float) == pytest.approx([0.2, 0.2])
    assert found.loc["bold", "best_in"] == 0.5 and found.loc["bold", "worst"] == pytest.approx(1)
    assert found.loc["bold", "mean_low"] < 0.5 < found.loc["bold", "mean_high"]


def test_every_set_meets_every_draw_and_outcomes_come_back_in_their_places():
    draws = pd.DataFrame({"ties.closure": [0.1, 0.2, 0.3]})
    sets = {"nothing": {}, "dialogue": {"policy.dialogue": 0.6}}
    points = robust.crossed(draws, sets, {"policy.dialogue": 0.2})
    assert points["policy.dialogue"].to_list() == [0.2] * 3 + [0.6] * 3
    assert points["ties.closure"].to_list() == [0.1, 0.2, 0.3] * 2
    table = pd.DataFrame({"point": np.repeat(range(6), 2), "final_x": np.arange(12.0)})
    table.loc[2, "final_x"] = np.nan  # draw 1 of 'nothing'
    found = robust.outcomes(table, "final_x", list(sets))
    assert found["nothing"].to_list() == [0.5, 4.5] and found["dialogue"].to_list() == [6.5, 10.5]
