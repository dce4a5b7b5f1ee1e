"""A modeller's own steps of the month and measures, without a change of the package: GPs who tire."""

from __future__ import annotations

import inspect
import pickle
import re
from typing import Any

import numpy as np
import pytest

import ccgsim
from ccgsim import Problems, Step
from ccgsim.additions import facts
from ccgsim.foundation.chance import stream, uniforms
from ccgsim.foundation.problems import Problem
from ccgsim.world.state import World

TIRING = stream("tiring")


class Tiring:
    """GPs who gave much for long may tire: their participation falls to a tenth."""

    def __init__(self, rate: float) -> None:
        self.rate = rate

    def __call__(self, world: World) -> None:
        busy = np.flatnonzero((world.actors.practice >= 0) & (world.actors.participation > 0.5))
        luck = uniforms(world.seed, TIRING, world.actors.key[busy], month=world.month)
        world.actors.participation[busy[luck < self.rate]] *= 0.1


def tired(world: World) -> float:
    """Share of GPs below a participation of .1."""
    gps = world.actors.practice >= 0
    return float((world.actors.participation[gps] < 0.1).mean())


def practices_by_ccg(world: World) -> np.ndarray:
    return np.array([(world.actors.practice[world.actors.ccg == g] >= 0).sum() for g in range(len(world.ccgs))])


def test_tiring_lowers_participation_and_its_measure_stands_in_the_series():
    plain = ccgsim.simulate("site_f", seed=3, months=24)
    steps, measures = [Step("tire", Tiring(0.2), after="engagement")], {"tired": tired}
    run = ccgsim.simulate("site_f", seed=3, months=24, steps=steps, measures=measures)
    assert list(run.series) == [*plain.series, "tired"]
    assert run.series["tired"].max() > 0.05
    assert run.final["participation"] < plain.final["participation"] - 0.1
    assert run.provenance["steps"][0]["name"] == "tire" and "steps" not in plain.provenance
    assert run.provenance["steps"][0]["function"].endswith("Tiring") and len(run.provenance["steps"][0]["sha256"]) == 64
    assert run.provenance["measures"][0]["name"] == "tired"


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
    steps, measures = [Step("tire", Tiring(0.2), after="engagement")], {"tired": tired}
    model = ccgsim.CommissioningModel("site_f", rng=3, steps=steps, measures=measures)
    for _ in range(3):
        model.step()
    run = ccgsim.simulate("site_f", seed=3, months=3, steps=steps, measures=measures)
    assert model.measures == pytest.approx(run.series.iloc[-1].to_dict(), nan_ok=True)
    assert model.datacollector.get_model_vars_dataframe()["tired"].tolist() == run.series["tired"].tolist()
    again = pickle.loads(pickle.dumps(model))
    model.step(), again.step()
    assert again.measures == pytest.approx(model.measures, nan_ok=True)
    several = ccgsim.replicate("site_f", [3, 4], months=3, steps=steps, measures=measures)
    assert several.summary_final["tired"]["n"] == 2
    assert several.provenance["steps"] == facts(tuple(steps), {})["steps"]


def careless(world: World) -> None:
    if world.month == 2:
        world.actors.participation += "a tenth"


def told(**added: Any) -> str:
    """What a short run with these additions is refused with, in one line."""
    with pytest.raises(Problems) as refused:
        ccgsim.simulate("site_f", months=3, **added)
    [problem] = refused.value.problems
    return str(problem)


def test_an_error_in_a_step_is_told_with_the_step_the_month_and_the_line():
    line = inspect.getsourcelines(careless)[1] + 2
    assert re.fullmatch(
        rf"step 'careless': failed in month 2 with \w*TypeError: .*\(\S*test_additions\.py, line {line}\)",
        told(steps=[Step("careless", careless)]),
    )
    assert told(steps=[Step("callless", lambda: None)]).startswith(
        "step 'callless': failed in month 0 with TypeError: "
    )


def test_a_refusal_of_a_step_reads_the_same_from_a_worker():
    refused = Problems([Problem("a.toml", "density", "7", "lies outside 0 to 1"), Problem("", "step", "", "failed")])
    assert str(pickle.loads(pickle.dumps(refused))) == str(refused)


@pytest.mark.parametrize(
    ("gives", "value"),
    [(None, "None"), ([1.0, 2.0, 3.0], "[1.0, 2.0, 3.0]"), ("much", "'much'"), ([], "[]"), ([[1.0]], "[[1.0]]")],
)
def test_a_measure_that_gives_no_number_is_told_by_its_name(gives, value):
    rule = "is what its function gave in month 0; it must give a number"
    assert told(measures={"mine": lambda world: gives}) == f"measure 'mine' = {value}: {rule}"


def test_an_error_in_a_measure_is_told_with_its_name_and_month():
    told_of = told(measures={"mine": lambda world: world.actors.partcipation.mean()})
    assert told_of.startswith(
        "measure 'mine': failed in month 0 with AttributeError: no column 'partcipation' (did you"
    )


def test_names_that_are_taken_empty_or_no_names_are_different_faults():
    steps = [Step("policy", print), Step("", print), Step(3, print), Step("mine", print), Step("mine", print)]  # type: ignore[arg-type]
    with pytest.raises(Problems) as refused:
        ccgsim.simulate(
            "site_f", steps=steps, measures={"": print, "participation": print, "a b": print, "seed": print}
        )
    assert [(problem.key, problem.rule) for problem in refused.value.problems] == [
        ("steps[0].name", "is the name of another step already; choose another"),
        ("steps[1].name", "is empty; a name is needed"),
        ("steps[2].name", "must be a name in quotes"),
        ("steps[4].name", "is the name of another step already; choose another"),
        ("measures.", "is empty; a name is needed"),
        ("measures.participation", "is the name of a column of the series already; choose another"),
        ("measures.a b", "must be a name of letters, digits and _"),
        ("measures.seed", "is the name of a column of the series already; choose another"),
    ]


def test_all_that_is_wrong_is_told_at_once():
    steps = [Step("policy", print), Step("tire", print, after="engagment"), "tire", Step("x", 3)]
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
        ccgsim.CommissioningModel("site_f", steps=Tiring(0.1))
