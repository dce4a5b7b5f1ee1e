"""The observer looks and changes nothing; shares stay shares; many CCGs are measured side by side."""

from __future__ import annotations

import hashlib
import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccgsim.measures.catalogue import MEASURES, NAMES
from ccgsim.measures.observer import Observer
from ccgsim.measures.survey import survey
from ccgsim.world.state import World

from .builders import Plan, made_up, person, state_of

ROUNDING = 1e-12
COUNTED = ("ties", "people", "projects")


def observed(world: World, months: int = 2) -> Observer:
    """An observer that has seen this world for that many months."""
    observer = Observer(world, months)
    for month in range(months + 1):
        world.clock.month = month
        observer.observe(world)
    return observer


def test_observing_and_asking_change_nothing() -> None:
    world = made_up(ccgs=2)
    before = state_of(world)
    Observer(world, 3).observe(world)
    survey(world)
    assert state_of(world) == before


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    members=st.integers(2, 40),
    ties=st.integers(0, 900),
    month=st.integers(0, 2),
)
def test_shares_lie_between_0_and_1_and_counts_at_or_above_0(seed: int, members: int, ties: int, month: int) -> None:
    found = observed(made_up(seed, members=members, ties=ties), month).latest()
    for measure in MEASURES:
        value = found[measure.name]
        if not math.isnan(value):
            assert value >= -ROUNDING, measure.name
            assert measure.unit in (*COUNTED, "ratio") or value <= 1 + ROUNDING, measure.name
            assert measure.unit not in COUNTED or value == int(value), measure.name


def test_values_have_a_row_a_month_and_a_column_a_measure() -> None:
    observer = observed(made_up(ccgs=3), 4)
    assert observer.values.shape == (5, 3, len(NAMES))
    frame = observer.frame(1)
    assert list(frame.columns) == list(NAMES)
    assert frame.index.name == "month"
    assert frame.index.tolist() == [0, 1, 2, 3, 4]
    assert np.array_equal(frame.to_numpy(), observer.values[:, 1], equal_nan=True)


def test_the_table_grows_when_a_run_goes_on() -> None:
    short, ample = made_up(), made_up()
    went_on, planned = Observer(short, 1), Observer(ample, 20)
    for month in range(18):
        short.clock.month = ample.clock.month = month
        went_on.observe(short)
        planned.observe(ample)
    assert np.array_equal(went_on.values, planned.values, equal_nan=True)


def test_a_month_left_out_or_seen_twice_is_refused() -> None:
    world = made_up()
    observer = observed(world, 1)
    for month in (0, 1, 3):
        world.clock.month = month
        with pytest.raises(ValueError, match="month 2 is to be observed next"):
            observer.observe(world)


def test_a_frame_is_a_copy() -> None:
    observer = observed(made_up())
    frame = observer.frame()
    frame.loc[:, "participation"] = -1.0
    assert (observer.frame()["participation"] > 0).all()


def test_means_over_ccgs_leave_out_what_is_missing() -> None:
    people = [person(board=1, participation=0.2), person(ccg=1, participation=0.8), person(ccg=1, participation=0.6)]
    found = observed(Plan(people, ccgs=[{}, {}, {}]).world(), 0)
    assert found.latest()["participation"] == pytest.approx((0.2 + 0.7) / 2)
    assert found.latest()["participation_board"] == pytest.approx(0.2)
    assert math.isnan(found.latest()["board_density"])
    assert found.frame()["participation"][0] == found.latest()["participation"]
    assert math.isnan(found.frame(2)["participation"][0])


def test_a_ccg_is_measured_the_same_alone_and_among_others() -> None:
    alone, among = observed(made_up(seed=3), 3), observed(made_up(seed=3, ccgs=3), 3)
    assert np.array_equal(alone.values[:, 0], among.values[:, 0], equal_nan=True)


FINGERPRINT = """
import hashlib, sys
from tests.measures.test_observer import fingerprint
sys.stdout.write(fingerprint())
"""


def fingerprint() -> str:
    """Hash of every measure and answer on a made-up world, some ties lost on the way."""
    world = made_up(seed=11, ties=300, month=0)
    observer = Observer(world, 2)
    for month in range(3):
        world.clock.month = month
        world.ties = world.ties[: len(world.ties) - 20 * month]
        world.reindex()
        observer.observe(world)
    answers = survey(world).to_csv(index=False)
    return hashlib.sha256(observer.values.tobytes() + answers.encode()).hexdigest()


@pytest.mark.slow
def test_measures_are_the_same_to_the_bit_without_compilation() -> None:
    root = Path(__file__).parents[2]
    asked = [sys.executable, "-c", FINGERPRINT]
    plain = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    found = subprocess.run(asked, env=plain, cwd=root, capture_output=True, text=True, check=True).stdout
    assert found == fingerprint()
