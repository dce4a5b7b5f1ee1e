"""Many CCGs in one world: drawn from published counts or read from a list, side by side without touching."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from englands import little_england
from worlds import digest, run_for

from ccgsim import Problems, load, simulate
from ccgsim.course import Course
from ccgsim.report import contract
from ccgsim.scenario.scenario import Scenario
from ccgsim.world.england import neighbours_of, places_of

TESTS = Path(__file__).parents[1]
IN_A_PROCESS = """
from ccgsim.course import Course
from englands import little_england
from worlds import digest, run_for
print(digest(run_for(Course(little_england(12, collaboration={"mergers": 3.0}), 5), 60).world))
"""
ALONE = {"collaboration": {"exchange": 0.0, "imitation": 0.0, "mergers": 0.0}}


def listed(folder, text: str) -> Scenario:
    (folder / "mine.csv").write_text(text, encoding="utf-8")
    return little_england().with_(england={"file": str(folder / "mine.csv")})


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_england_is_drawn_from_the_published_counts(seed):
    places = places_of(load("england"), seed)
    population = np.array([place.scenario.site.population for place in places])
    practices = np.array([place.scenario.site.practices for place in places])
    assert len(places) == 211
    assert abs(practices.sum() - 8106) <= 15  # each is rounded
    assert 190_000 < np.median(population) < 265_000  # 226,000 less or more 4.5 standard errors
    assert population.min() >= 14_000 and population.max() <= 693_000
    assert len({place.footprint for place in places}) == 44
    assert len({place.pct for place in places}) == 152


def test_neighbours_are_near_or_in_one_footprint_and_named_once():
    places = places_of(load("england"), 0)
    pairs = neighbours_of(places, 2)
    footprints = np.array([place.footprint for place in places])
    apart = pairs.other - pairs.one
    assert (apart > 0).all()
    assert ((apart <= 2) | (footprints[pairs.one] == footprints[pairs.other])).all()
    assert len(np.unique(pairs.one * 1000 + pairs.other)) == len(pairs)


def test_ccgs_side_by_side_do_not_touch(tmp_path):
    rows = ["name,population,practices,footprint", "North,90000,9,a", "South,60000,7,a", "East,70000,8,b"]
    two, three = (run_for(Course(listed(tmp_path, "\n".join(rows[:n])).with_(**ALONE), 3), 30).world for n in (3, 4))
    people = two.ccgs.last[1]
    for name in two.actors.dtype.names:
        if name != "seat":  # a row of the seats of all
            assert two.actors[name][:people].tobytes() == three.actors[name][:people].tobytes(), name
    assert two.ccgs.manager_control[1] == three.ccgs.manager_control[1]


def test_a_list_gives_names_sizes_and_footprints(tmp_path):
    world = Course(
        listed(tmp_path, "name,population,practices,localities,footprint\nA,50000,6,2,x\nB,90000,,,y\n"), 0
    ).world
    assert world.names == ("A", "B")
    assert world.ccgs.population.tolist() == [50_000, 90_000]
    assert world.ccgs.practices.tolist() == [6, 13]  # one for every 7,000 patients
    assert world.ccgs.localities[0] == 2
    assert world.ccgs.footprint.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,people\nA,5\n", ["population: this column is missing"]),
        ("name,population\nA,lots\nA,90000\n", ["line 2, population", "line 3, name"]),
        ("name,population\n", ["must hold 1 to 1,000 rows"]),
        ("name,population,practices,localities\nA,90000,2,3\n", ["line 2, localities"]),
        ("name,population\nA,nan\n", ["line 2, population"]),
    ],
)
def test_faults_of_a_list_are_told_all_at_once(tmp_path, text, said):
    with pytest.raises(Problems) as refused:
        Course(listed(tmp_path, text), 0)
    for words in said:
        assert words in str(refused.value)


@pytest.mark.parametrize(("name", "value"), [("practices", 50), ("density", 0.5), ("nurse", True)])
def test_what_would_have_no_effect_on_many_ccgs_is_refused(name, value):
    with pytest.raises(Problems, match=rf"site\.{name}.* no effect"):
        little_england().with_(site={name: value})


def test_a_list_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Problems, match=r"england\.file"):
        Course(little_england().with_(england={"file": str(tmp_path / "none.csv")}), 0)


def test_the_same_seed_gives_the_same_england():
    one, other = (digest(run_for(Course(little_england(), 5), 16).world) for _ in range(2))
    assert one == other


@pytest.mark.slow
def test_any_number_of_threads_gives_the_same_england():
    found = []
    for threads in ("1", "2"):
        environment = {**os.environ, "NUMBA_NUM_THREADS": threads, "OMP_NUM_THREADS": threads}
        done = subprocess.run([sys.executable, "-c", IN_A_PROCESS], env=environment, cwd=TESTS, capture_output=True)
        assert done.returncode == 0, done.stderr.decode()
        found.append(done.stdout)
    assert found[0] == found[1]


def test_ccgs_are_listed_each_march_with_the_columns_of_the_contract():
    run = simulate(little_england(), 1, 30)
    assert run.ccgs is not None
    assert list(run.ccgs.columns) == list(contract.CCGS)
    assert run.ccgs["year"].unique().tolist() == [2011, 2012, 2013]
    assert (run.ccgs.groupby("year").size() == 4).all()
    assert run.ccgs["merged_into"].eq(-1).all()
    assert simulate("site_f", 1, 5).ccgs is None
