"""The benchmark compares programs that do the same work: the Mesa twin and the kernel give the same numbers."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))  # benchmarks are beside the package, not inside it

from benchmarks import growth, history, mesa_twin, reference, site, tight_loop, workload
from benchmarks.timing import Contestant, Outcome, Table, beside_one_another, times_as_fast

pytestmark = pytest.mark.slow  # it compiles kernels of its own
AGENTS, MONTHS = 50, 12


@pytest.fixture(scope="module", params=[0, 7])
def seed(request):
    return request.param


@pytest.fixture(scope="module")
def world(seed):
    return workload.graph(AGENTS, seed)


def test_the_twin_and_the_kernel_give_the_same_numbers(world, seed):
    ours = reference.run(world, MONTHS, seed)
    theirs = mesa_twin.simulate(mesa_twin.Circle(world, MONTHS, seed), MONTHS)
    for mine, other in zip(ours, theirs, strict=True):
        assert mine.shape == (MONTHS,)
        np.testing.assert_allclose(mine, other, rtol=0, atol=1e-9)


def test_another_seed_gives_other_numbers(world, seed):
    knowledge, _ = reference.run(world, MONTHS, seed)
    other, _ = reference.run(world, MONTHS, seed + 1)
    assert np.abs(knowledge - other).max() > 1e-6


def test_the_tight_loop_agrees_in_distribution(seed):
    large = workload.graph(2_000, seed)
    ours, theirs = reference.run(large, MONTHS, seed), tight_loop.run(large, MONTHS, seed)
    assert ours[0][-1] == pytest.approx(theirs[0][-1], abs=0.003)
    assert ours[1][-1] == pytest.approx(theirs[1][-1], abs=0.003)


def test_knowledge_rises_and_people_grow_alike(world, seed):
    knowledge, cosine = reference.run(world, 200, seed)
    assert (np.diff(knowledge) >= 0).all()
    assert cosine[-1] > cosine[0]


def test_the_graph_is_simple_undirected_and_of_mean_degree_eight(world):
    one, two = world.ends()
    assert world.ties == AGENTS * 4
    assert (two < one).all()
    assert len(set(zip(one.tolist(), two.tolist(), strict=True))) == world.ties
    back = {(int(j), i) for i in range(AGENTS) for j in world.other[world.first[i] : world.first[i + 1]]}
    assert back == {(j, i) for i, j in back}


def test_rates_are_medians_and_ratios_are_taken_within_a_repeat():
    slow, fast = Outcome(100, [1.0, 2.0, 10.0], None), Outcome(200, [0.5, 1.0, 5.0], None)
    assert slow.rate == 50.0
    assert times_as_fast(fast, slow) == pytest.approx(4.0)


def test_every_repeat_runs_each_contestant_once_and_the_first_round_is_not_timed():
    order = []
    contestants = [Contestant(name, 1, lambda name=name: lambda: order.append(name)) for name in ("a", "b")]
    timed = beside_one_another(contestants, 2)
    assert order == ["a", "b"] * 3
    assert [len(outcome.seconds) for outcome in timed.values()] == [2, 2]


def test_a_table_reads_as_text_and_as_json():
    table = Table("Title", ("what", "rate"), [("engine", 1234567.0), ("none", None)], ["A note."])
    assert "1,234,567" in table.text()
    assert table.as_json()["rows"][1] == {"what": "none", "rate": None}


def test_the_power_of_growth_is_that_of_the_line_through_logarithms():
    sizes = [100.0, 1_000.0, 20_000.0]
    assert growth.power(sizes, [3 * size**1.1 for size in sizes]) == pytest.approx(1.1)


@pytest.mark.parametrize("agents", [100, 1_000])
def test_a_grown_site_has_about_the_agents_asked_for(agents):
    found = growth.in_a_child(agents)
    assert found["agents"] == pytest.approx(agents, rel=0.25)
    assert found["ties"] > found["agents"] and 0 < found["peak"] < growth.MOST_MEGABYTES


def test_many_runs_of_a_site_are_the_same_on_one_worker_and_on_two():
    rows, same = site.many(2)
    assert same and [row[3] for row in rows] == [1, 2]


def test_ratios_are_kept_and_neither_seconds_nor_a_program_against_itself(tmp_path, monkeypatch):
    rows = [("engine", 200, 1.5, 60.25, True), ("Mesa twin", 200, 90.0, 1.0, None)]
    kept = Table("Title", ("program", "agents", "seconds", "x Mesa", "equal"), rows)
    monkeypatch.setattr(history, "FILE", tmp_path / "history.csv")
    monkeypatch.setattr(history, "commit", lambda: ("abc1234", "2026-01-31"))
    for _ in range(2):
        history.record({"reference": kept}, True, {"ccgsim": "1", "python": "3", "numba": "0", "cores": 2})
    lines = (tmp_path / "history.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == ",".join(history.COLUMNS)
    assert lines[1:] == ['2026-01-31,abc1234,1,1,3,0,2,reference,"program engine, agents 200",x Mesa,60.25'] * 2
