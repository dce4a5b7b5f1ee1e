"""A modeller's own steps of the month and measures, without a change of the package: the recipe `burnout`."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

import ccgsim
from ccgsim import Problems, Step
from ccgsim.additions import facts
from ccgsim.foundation.chance import stream, uniforms
from ccgsim.world.state import World

BURNOUT = stream("burnout")


class Burnout:
    """GPs who gave much for long may burn out: their participation falls to a tenth."""

    def __init__(self, rate: float) -> None:
        self.rate = rate

    def __call__(self, world: World) -> None:
        busy = np.flatnonzero((world.actors.practice >= 0) & (world.actors.participation > 0.5))
        luck = uniforms(world.seed, BURNOUT, world.actors.key[busy], month=world.month)
        world.actors.participation[busy[luck < self.rate]] *= 0.1


def burnt_out(world: World) -> float:
    """Share of GPs below a participation of .1."""
    gps = world.actors.practice >= 0
    return float((world.actors.participation[gps] < 0.1).mean())


def practices_by_ccg(world: World) -> np.ndarray:
    return np.array([(world.actors.practice[world.actors.ccg == g] >= 0).sum() for g in range(len(world.ccgs))])


def test_burnout_lowers_participation_and_its_measure_stands_in_the_series():
    plain = ccgsim.simulate("site_f", seed=3, months=24)
    steps, measures = [Step("burnout", Burnout(0.2), after="engagement")], {"burnt_out": burnt_out}
    run = ccgsim.simulate("site_f", seed=3, months=24, steps=steps, measures=measures)
    assert list(run.series) == [*plain.series, "burnt_out"]
    assert run.series["burnt_out"].max() > 0.05
    assert run.final["participation"] < plain.final["participation"] - 0.1
    assert run.provenance["steps"][0]["name"] == "burnout" and "steps" not in plain.provenance
    assert (
        run.provenance["steps"][0]["function"].endswith("Burnout") and len(run.provenance["steps"][0]["sha256"]) == 64
    )
    assert run.provenance["measures"][0]["name"] == "burnt_out"


def test_what_does_nothing_changes_no_number():
    plain = ccgsim.simulate("site_f", seed=3, months=6).series
    idle = [Step("idle", lambda world: None, after=name) for name in ("happenings",)]
    run = ccgsim.simulate("site_f", seed=3, months=6, steps=idle, measures={"practices_seen": practices_by_ccg})
    assert run.series.drop(columns="practices_seen").equals(plain)
    assert run.series["practices_seen"].nunique() == 1


def test_steps_stand_where_they_ask_to():
    noted: list[str] = []
    steps = [
        Step("late", lambda world: noted.append(f"late {world.month}")),
        Step("early", lambda world: noted.append("early"), after="happenings"),
        Step("second", lambda world: noted.append("second"), after="early"),
    ]
    ccgsim.simulate("site_f", months=2, steps=steps)
    assert noted == ["early", "second", "late 0", "early", "second", "late 1"]


def test_a_model_takes_them_too_and_replicates_do():
    steps, measures = [Step("burnout", Burnout(0.2), after="engagement")], {"burnt_out": burnt_out}
    model = ccgsim.CommissioningModel("site_f", rng=3, steps=steps, measures=measures)
    for _ in range(3):
        model.step()
    run = ccgsim.simulate("site_f", seed=3, months=3, steps=steps, measures=measures)
    assert model.measures == pytest.approx(run.series.iloc[-1].to_dict(), nan_ok=True)
    assert model.datacollector.get_model_vars_dataframe()["burnt_out"].tolist() == run.series["burnt_out"].tolist()
    again = pickle.loads(pickle.dumps(model))
    model.step(), again.step()
    assert again.measures == pytest.approx(model.measures, nan_ok=True)
    several = ccgsim.replicate("site_f", [3, 4], months=3, steps=steps, measures=measures)
    assert several.summary_final["burnt_out"]["n"] == 2
    assert several.provenance["steps"] == facts(tuple(steps), {})["steps"]


def test_all_that_is_wrong_is_told_at_once():
    steps = [Step("policy", print), Step("burnout", print, after="engagment"), "burnout", Step("x", 3)]
    with pytest.raises(Problems) as refused:
        ccgsim.simulate("site_f", steps=steps, measures={"participation": print, "mine": 3})
    told = {problem.key: problem.suggestion for problem in refused.value.problems}
    assert told == {
        "steps[0].name": "",
        "steps[1].after": "engagement",
        "steps[2]": "",
        "steps[3].act": "",
        "measures.participation": "",
        "measures.mine": "",
    }
    with pytest.raises(Problems, match="must be a list"):
        ccgsim.CommissioningModel("site_f", steps=Burnout(0.1))
