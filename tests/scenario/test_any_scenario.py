"""Any scenario file is refused with Problems, or runs with every state in its range."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from pathlib import Path
from unittest import mock

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scenario_files import scenario_files

from ccgsim import Problems, load
from ccgsim.cli.app import main
from ccgsim.course import Course
from ccgsim.foundation import tables
from ccgsim.measures.catalogue import MEASURES
from ccgsim.measures.observer import Observer
from ccgsim.measures.survey import survey
from ccgsim.run import under_way
from ccgsim.scenario.scenario import Scenario
from ccgsim.world.state import World

SIMPLEXES = {"actors": ("priorities", "logic"), "ccgs": ("needs", "plans"), "nation": ("priorities", "logic")}
UNSEEN_AT_FIRST = {"balance_of_year"}  # missing until the first March
BEFORE_ITS_MONTH = {"announced"}  # a sum of announcements until policy takes it up
EXAMPLES = int(os.environ.get("CCGSIM_EXAMPLES", "100"))  # more by hand, from other beginnings each time
THOROUGH = settings(
    max_examples=EXAMPLES,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def out_of_range(world: World) -> list[str]:
    """Every column of a world that holds what it must not."""
    found = []
    for name, columns in tables.ALL.items():
        table = getattr(world, name)
        for column in columns:
            values = np.asarray(table[column.name], float)
            if column.name in UNSEEN_AT_FIRST:
                values = values[~np.isnan(values)]
            shares = column.unit == "share" and column.type == "real" and column.name not in BEFORE_ITS_MONTH
            if not np.isfinite(values).all() or (shares and not ((values >= 0) & (values <= 1)).all()):
                found.append(f"{name}.{column.name}: {values.min()} to {values.max()}")
    for name, columns_of in SIMPLEXES.items():
        for column in columns_of:
            if not np.allclose(getattr(world, name)[column].sum(axis=-1), 1.0, atol=1e-9):
                found.append(f"{name}.{column} does not sum to 1")
    return found


def broken_ties(world: World) -> list[str]:
    """What is wrong with a world's ties and seats."""
    ties, actors, seats = world.ties, world.actors, world.seats
    pairs = list(zip(ties.source_key.tolist(), ties.target_key.tolist(), strict=True))
    held = seats.holder[seats.holder >= 0]
    rows = np.searchsorted(actors.key, held)
    faults = {
        "a tie has no strength": not (ties.strength > 0).all(),
        "ties are not in order, or double": pairs != sorted(set(pairs)),
        "a tie to oneself": (ties.source_key == ties.target_key).any(),
        "rows and keys of ties differ": (actors.key[ties.source] != ties.source_key).any()
        or (actors.key[ties.target] != ties.target_key).any(),
        "somebody gone holds a tie": (actors.active[ties.source] == 0).any() or (actors.active[ties.target] == 0).any(),
        "somebody gone holds a seat": (actors.active[rows] == 0).any(),
        "seats and holders differ": (actors.key[rows] != held).any() or actors.board.sum() != len(held),
        "holders do not know their seat": (actors.seat[rows] != np.flatnonzero(seats.holder >= 0)).any(),
        "actors are not in order": (np.diff(actors.key) <= 0).any(),
        "seats are not counted": (np.bincount(seats.ccg, minlength=len(world.ccgs)) != world.ccgs.seats).any(),
    }
    return [fault for fault, there in faults.items() if there]


def wrong_measures(values: dict[str, float]) -> list[str]:
    """Measures outside their range; missing ones are allowed."""
    found = []
    for measure in MEASURES:
        value = values[measure.name]
        high = 1.0 if measure.unit == "share" else np.inf
        if not np.isnan(value) and not 0.0 <= value <= high:
            found.append(f"{measure.name} = {value}")
    return found


def watched(scenario: Scenario, seed: int) -> None:
    """Run a scenario, looking at everything in each month."""
    course = Course(scenario, seed)
    observer = Observer(course.world, scenario.months)
    for month in under_way(course, scenario.months):
        observer.observe(course.world)
        found = [*out_of_range(course.world), *broken_ties(course.world), *wrong_measures(observer.latest())]
        assert not found, f"month {month}: {found}"
    survey(course.world)


def refused_on_the_command_line(path: Path, seed: int) -> bool:
    """Whether `ccgsim run FILE` refuses the file in words; anything but that or a run, a traceback too, fails."""
    out, err = io.StringIO(), io.StringIO()
    words = ["ccgsim", "run", str(path), "--seed", str(seed), "--json"]
    with (
        mock.patch.object(sys, "argv", words),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as left,
    ):
        main()
    document = json.loads(out.getvalue())
    assert left.value.code in (0, 3), document
    for problem in document.get("error", {}).get("problems", ()):
        assert problem["rule"] and problem["file"] and len(str(problem)) < 2000
    return left.value.code == 3


def controls(folder: Path) -> None:
    """Files of managers' control for an ablation, good and bad."""
    months = np.linspace(0.2, 0.8, 20)
    for name, column in {"good": months, "short": months[:3], "wild": 9 * months - 4}.items():
        (folder / f"{name}.csv").write_text("manager_control\n" + "\n".join(f"{held:g}" for held in column) + "\n")
    (folder / "words.csv").write_text("manager_control\nmuch\nlittle\n")


@THOROUGH
@given(text=scenario_files(), seed=st.integers(0, 2**53 - 1))
def test_any_file_is_refused_or_runs_with_every_state_in_its_range(tmp_path_factory, text, seed):
    folder = tmp_path_factory.getbasetemp() / "any"
    folder.mkdir(exist_ok=True)
    controls(folder)
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    try:
        watched(load(path), seed)
    except Problems:
        assert refused_on_the_command_line(path, seed)
    else:
        assert not refused_on_the_command_line(path, seed)
