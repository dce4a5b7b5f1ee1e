"""Same seed, same bytes: whatever the threads, who looks on, who compiles, and in what order rows lie."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from worlds import begun, diary_of, digest, eventful, run_for, small, tables_of

from ccgsim import CommissioningModel, Problems, simulate
from ccgsim.course import Course
from ccgsim.foundation import tables
from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.chance import MAX_SEED
from ccgsim.measures.observer import Observer
from ccgsim.measures.survey import survey
from ccgsim.run import many_series, series_of
from ccgsim.scenario.sections import SECTIONS
from ccgsim.world.seats import newcomers

TESTS = Path(__file__).parents[1]
IN_PLAIN_PYTHON = """
import json
from worlds import diary_of, eventful, small
print(json.dumps([diary_of(small(), 3, 12), diary_of(eventful(), 3, 12)]))
"""


def bytes_of(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(float_format="%.17g").encode()


def test_the_same_seed_gives_the_same_bytes():
    one, other = simulate(eventful(), 5, 24), simulate(eventful(), 5, 24)
    for name in ("series", "agents", "ties", "projects", "survey"):
        assert bytes_of(getattr(one, name)) == bytes_of(getattr(other, name)), name
    assert digest(run_for(Course(eventful(), 5), 24).world) == digest(run_for(Course(eventful(), 5), 24).world)


def test_a_world_that_went_on_is_the_one_that_was_planned_longer():
    short, long = simulate(eventful(), 5, 12), simulate(eventful(), 5, 24)
    assert bytes_of(short.series) == bytes_of(long.series.iloc[:13])
    assert bytes_of(short.agents) == bytes_of(long.agents[long.agents.month <= 12])


def test_any_number_of_workers_gives_the_same_bytes():
    alone = [bytes_of(series_of(eventful(), seed, 18)) for seed in range(30)]
    for workers in (1, 2, 3):
        assert [bytes_of(frame) for frame in many_series(eventful(), range(30), 18, workers)] == alone, workers


def test_looking_changes_nothing():
    seen, unseen = Course(eventful(), 2), Course(eventful(), 2)
    observer = Observer(seen.world, 18)
    for _ in range(18):
        observer.observe(seen.world)
        survey(seen.world)
        seen.step()
        unseen.step()
        assert tables_of(seen.world) == tables_of(unseen.world)


def test_the_door_of_mesa_leads_to_the_same_world():
    model, course = CommissioningModel(eventful(), rng=2), Course(eventful(), 2)
    assert digest(model.world) == digest(course.world)
    for _ in range(18):
        assert sum(agent.participation for agent in model.agents) > 0  # everyone is raised and read
        assert [len(gp.advisers) for gp in model.agents_by_type[type(model.agents[0])]]
        model.step()
        course.step()
        assert tables_of(model.world) == tables_of(course.world)
    collected = model.datacollector.get_model_vars_dataframe()
    series = series_of(eventful(), 2, 18)
    assert bytes_of(collected[list(series.columns)].rename_axis("month")) == bytes_of(series)


@pytest.fixture(scope="module")
def in_plain_python() -> list[list[str]]:
    """Diaries of two small worlds, written by rules that no compiler has seen."""
    path = os.pathsep.join([str(TESTS), *filter(None, [os.environ.get("PYTHONPATH")])])
    told = os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": path}
    made = subprocess.run(
        [sys.executable, "-c", IN_PLAIN_PYTHON], env=told, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout)


@pytest.mark.parametrize(("place", "scenario"), [(0, small), (1, eventful)], ids=["usual", "eventful"])
def test_compiled_rules_and_plain_python_agree_to_the_bit(in_plain_python, place, scenario):
    assert in_plain_python[place] == diary_of(scenario(), 3, 12)


def test_an_eventful_year_has_seen_most_of_what_can_happen():
    w = run_for(Course(eventful(), 3), 12).world
    assert len(w.projects) > 5 and (w.projects.live >= 0).any() and w.adoption.any()
    assert w.seats.exits.sum() >= 2 and len(w.localities) == 3
    assert w.nation.abolished[0] == 1 and w.ccgs.depository[0] == 0.5


def test_no_parameter_or_column_is_named_like_an_attribute_of_a_record():
    """Without compilation `p.base` of a record is NumPy's base: `turnover.base` is read by name instead."""
    taken = set(dir(tables.Table)) | set(dir(np.record))
    parameters = {f"{name}.{key}" for name, section in SECTIONS.items() for key in section.__slots__ if key in taken}
    columns = {f"{name}.{c.name}" for name, cs in tables.ALL.items() for c in cs if c.name in taken}
    assert parameters | columns == {"turnover.base"}


@pytest.mark.parametrize("seed", range(5))
def test_the_order_in_which_ties_are_given_makes_no_difference(seed):
    given, shuffled = begun(seed=7, turnover={"base": 0.05}), begun(seed=7, turnover={"base": 0.05})
    order = np.random.default_rng(seed)
    for _ in range(6):
        shuffled.world.ties = shuffled.world.ties[order.permutation(len(shuffled.world.ties))]
        shuffled.world.parked = shuffled.world.parked[order.permutation(len(shuffled.world.parked))]
        shuffled.world.reindex()
        given.step()
        shuffled.step()
    assert sorted(shuffled.world.parked.tolist()) == sorted(given.world.parked.tolist())
    shuffled.world.parked = given.world.parked
    assert tables_of(given.world) == tables_of(shuffled.world)


def without(table: tables.Table, row: int) -> bytes:
    return np.delete(table, row).tobytes()


def test_a_newcomer_who_ties_with_nobody_changes_nothing_for_anyone():
    """A national body more: nobody in a CCG seeks its advice, it counts in no mean, so worlds stay equal to the bit."""
    alone, joined = Course(eventful(), 4), Course(eventful(), 4)
    key = int(newcomers(joined.world, np.array([0]), np.array([v.POLICY_BODY]))[0])
    for _ in range(24):
        alone.step()
        joined.step()
        row = joined.world.row_of(key)
        people = joined.world.actors.copy()
        assert without(people, row) == alone.world.actors.tobytes()
        assert not (joined.world.ties.source_key == key).any() and not (joined.world.ties.target_key == key).any()
        for column in ("source_key", "target_key", "strength", "held_at"):
            assert joined.world.ties[column].tobytes() == alone.world.ties[column].tobytes()
        for name in ("localities", "seats", "nation", "parked"):
            assert getattr(joined.world, name).tobytes() == getattr(alone.world, name).tobytes(), name
        for column in set(tables.new(tables.PROJECTS, 0).dtype.names) - {"champion_row"}:
            assert joined.world.projects[column].tobytes() == alone.world.projects[column].tobytes()
        assert joined.world.adoption.tobytes() == alone.world.adoption.tobytes()


@pytest.mark.parametrize("kind", [v.GP, v.PCT_STAFF, v.PROVIDER, v.PATIENT_GROUP, v.NURSE])
@pytest.mark.parametrize("seed", range(3))
def test_a_newcomer_moves_nobody_elses_luck(kind, seed):
    """A month later the newcomer may have ties; those of all others are the same, and so are births and exits.

    Whoever took up a tie with her in that month may have heard her: they alone may think otherwise.
    """
    alone, joined = begun(seed, redesign={"birth": 0.5}), begun(seed, redesign={"birth": 0.5})
    key = int(newcomers(joined.world, np.array([0]), np.array([kind]))[0])
    for course in (alone, joined):
        course.step()
    hers = (joined.world.ties.source_key == key) | (joined.world.ties.target_key == key)
    others = joined.world.ties[~hers]
    for column in ("source_key", "target_key", "strength"):
        assert others[column].tobytes() == alone.world.ties[column].tobytes(), column
    touched = joined.world.ties[hers]
    apart = ~np.isin(alone.world.actors.key, np.concatenate([touched.source_key, touched.target_key]))
    assert apart.sum() > 20
    for column in ("priorities", "active", "board", "security", "capability"):
        mine = np.delete(joined.world.actors[column], joined.world.row_of(key), axis=0)
        assert mine[apart].tobytes() == alone.world.actors[column][apart].tobytes(), column
    assert joined.world.seats.tobytes() == alone.world.seats.tobytes()
    assert joined.world.projects.address.tolist() == alone.world.projects.address.tolist()


@pytest.mark.parametrize("seed", [0, 1, 2**32, 2**32 + 1, MAX_SEED])
def test_seeds_at_the_edges_work_and_repeat(seed):
    found = series_of(small(), seed, 6)
    assert bytes_of(found) == bytes_of(series_of(small(), seed, 6))
    assert found["participation"].between(0, 1).all()


def test_seeds_differ_from_one_another():
    seeds = [0, 1, 2, 2**32, 2**32 + 1, MAX_SEED - 1, MAX_SEED]
    assert len({digest(begun(seed).world) for seed in seeds}) == len(seeds)


@pytest.mark.parametrize("seed", [-1, 2**53, 1.0, True, None, "1"])
def test_what_is_no_seed_is_refused(seed):
    with pytest.raises(Problems, match="seed"):
        simulate(small(), seed, 1)
