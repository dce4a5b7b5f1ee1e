"""Levers: effects, interactions, break-even costs and ranks on numbers small enough to check by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ccgsim.foundation.problems import Problems
from ccgsim.scenario.events import LEVERS
from ccgsim.scenario.parameters import all_parameters
from ccgsim.scenario.scenario import load, shipped_folder
from ccgsim.studies import costs
from ccgsim.studies.levers import MEASURES, PLANS, Comparison, Effects, circle_worlds, plan_table

NAMES = [plan.name for plan in PLANS]
ABOUT_NOTHING = ("opt_in", "shortage")  # the way back from a mandate, and a harm
HEADER = ",".join(costs.COLUMNS)


def toy() -> Effects:
    """One world, levers x and y, two seeds: alone +.1 and +.2, together +.25 (and a seed's own level)."""
    effect = np.array([0.0, 0.1, 0.2, 0.25])
    values = np.zeros((1, 4, 2, len(MEASURES)))
    values[0, :, :, 0] = 0.4 + effect[:, None] + np.array([0.0, 0.3])
    return Effects(["here"], [(), ("x",), ("y",), ("x", "y")], values)


def test_effects_are_paired_by_seed():
    assert toy().of("here", ("x",)) == pytest.approx([0.1, 0.1])
    row = toy().table().query("lever == 'y' and second.isna() and measure == 'participation'").iloc[0]
    assert (row.effect, row.low, row.high) == pytest.approx((0.2, 0.2, 0.2))


def test_an_interaction_is_the_pair_less_the_sum_of_its_levers():
    assert toy().interaction("here", ("x", "y")) == pytest.approx([-0.05, -0.05])
    table = toy().table()
    assert table["interaction"].notna().sum() == len(MEASURES)


def test_every_helpful_lever_is_compared():
    assert set(NAMES) == set(LEVERS) - set(ABOUT_NOTHING)


def test_a_lever_that_is_a_parameter_goes_half_way_to_the_end_of_its_range():
    world = load("vicious_circle")
    for plan in PLANS:
        name = LEVERS[plan.name].sets
        if name:
            section, key = name.split(".")
            start, high = getattr(getattr(world, section), key), all_parameters()[name].high
            assert plan.fields["value"] == pytest.approx((start + high) / 2), plan.name


def test_runs_are_counted_and_every_pair_can_be_pulled():
    comparison = Comparison(seeds=range(3))
    assert comparison.runs == 3 * 3 * (1 + 18 + 153)
    world = circle_worlds()["collapsed"]
    for plan in PLANS:
        assert len(world.with_(events=[*world.events, plan.event(36)]).events) == 5


def test_a_lever_changes_nothing_before_its_month():
    comparison = Comparison(seeds=[0], plans=PLANS[1:2], month=6, first=6, last=6)
    assert comparison.effects(workers=1).values[:, 1] == pytest.approx(
        comparison.effects(workers=1).values[:, 0], abs=0
    )


def test_break_even_is_the_effect_over_the_next_levers_effect_per_unit():
    effects = {"x": np.array([0.1, 0.3]), "y": np.array([0.1, 0.1]), "z": np.array([-0.1, 0.0])}
    table = costs.break_even(effects, {"x": 10.0, "y": 8.0, "z": 1.0}).set_index("lever")
    assert list(table.index) == ["x", "y", "z"]
    assert table.loc["x", "break_even"] == pytest.approx(0.2 / (0.1 / 8.0))
    assert table.loc["x", "next"] == "y"
    assert table.loc[["y", "z"], "break_even"].isna().all()  # the next does no good; there is none


def test_at_its_break_even_cost_a_lever_gives_as_much_per_unit_as_the_next():
    effects = {"x": np.array([0.2, 0.2]), "y": np.array([0.1, 0.1])}
    first = costs.break_even(effects, {"x": 3.0, "y": 2.0}).iloc[0]
    assert first["effect"] / first["break_even"] == pytest.approx(0.1 / 2.0)


def rows_of(*lines: str) -> str:
    return "\n".join([HEADER, *lines]) + "\n"


@pytest.fixture
def write(tmp_path):
    def act(text: str):
        path = tmp_path / "costs.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return act


def test_a_lever_that_is_always_cheaper_for_the_same_good_is_always_first(write):
    given = costs.read_costs(write(rows_of("dialogue,1,2,,,invented", "backfill,3,4,,,invented")), NAMES)
    same = {"dialogue": np.array([0.1, 0.3]), "backfill": np.array([0.1, 0.3])}
    table = costs.ranks(same, given, "hours", draws=200)
    assert list(table["lever"]) == ["dialogue", "backfill"]
    assert list(table["rank_1"]) == [1.0, 0.0]
    assert costs.ranks(same, given, "money").empty


def test_costs_that_overlap_leave_the_rank_open_and_shares_add_to_one(write):
    given = costs.read_costs(write(rows_of("dialogue,1,3,,,invented", "backfill,1,3,,,invented")), NAMES)
    same = {"dialogue": np.array([0.1, 0.3]), "backfill": np.array([0.1, 0.3])}
    table = costs.ranks(same, given, "hours")
    assert table["rank_1"].sum() == pytest.approx(1.0)
    assert table["rank_1"].min() > 0.45  # 2000 even draws: half, give or take 4.5 standard errors


def test_all_faults_of_a_costs_file_are_told_at_once(write):
    path = write(
        rows_of(
            "dialog,1,2,,,invented", "dialogue,5,2,,,", "backfill,-1,x,3,,me", "backfill,,,,,me", "dialogue,1,1,,,me"
        )
    )
    with pytest.raises(Problems) as refused:
        costs.read_costs(path, NAMES)
    told = {problem.key: problem for problem in refused.value.problems}
    assert told["line 2, lever"].suggestion == "dialogue"
    assert "source" in "".join(told)
    wanted = {"line 2, lever", "line 3, source", "line 3, hours_low", "line 4, hours_low", "line 4, hours_high"}
    wanted |= {"line 4, money_low and money_high", "line 5", "line 5, lever", "line 6, lever"}
    assert set(told) == wanted
    assert all(problem.file == str(path) for problem in refused.value.problems)


@pytest.mark.parametrize("text", ["", "lever,hours\n", HEADER + "\n"])
def test_a_costs_file_without_its_columns_or_rows_is_refused(write, text):
    with pytest.raises(Problems):
        costs.read_costs(write(text), NAMES)


def test_a_missing_costs_file_is_refused(tmp_path):
    with pytest.raises(Problems, match="no such file"):
        costs.read_costs(tmp_path / "no.csv", NAMES)


def test_the_shipped_example_of_costs_can_be_read_and_names_where_it_comes_from():
    given = costs.read_costs(shipped_folder() / "costs_example.csv", NAMES)
    assert given["source"].str.contains("invented").all()
    assert np.isnan(given.set_index("lever").loc["pairing", "money_low"])
    assert costs.middle_costs(given, "hours")["dialogue"] == 80


def test_tables_by_world_hold_ranks_only_for_given_costs(write):
    effects = {"here": {"dialogue": np.array([0.1, 0.2]), "backfill": np.array([0.2, 0.2])}}
    assert set(costs.by_world(effects)) == {"break_even"}
    given = costs.read_costs(write(rows_of("dialogue,1,2,,,invented")), NAMES)
    tables = costs.by_world(effects, given)
    assert list(tables["ranks"]["lever"]) == ["dialogue"]
    assert isinstance(plan_table(), pd.DataFrame) and (plan_table()["dose"] != "").all()
