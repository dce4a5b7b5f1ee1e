"""Results of a sweep are read: its table and its months, under way and afterwards, from folders of any name."""

from __future__ import annotations

import copy
import pickle
import shutil
from pathlib import Path

import pandas as pd
import pytest

from ccgsim.foundation.problems import Problems
from ccgsim.lab.sweep.results import results
from ccgsim.lab.sweep.sweep import carry_out
from tests.lab.sweep import tasks
from tests.lab.sweep.hands import here, some
from tests.lab.sweep.plans import toy

pytestmark = pytest.mark.usefixtures("origin")


def test_the_months_of_a_sweep_are_read_with_what_varies(tmp_path):
    plan = toy(tasks.with_months, points=3, replicates=2)
    carry_out(plan, tmp_path / "out", here)
    found = results(tmp_path / "out").series
    assert list(found.columns) == ["run", "point", "seed", "toy.x", "month", "toy"]
    assert len(found) == 6 * 3 and found["month"].tolist() == [0, 1, 2] * 6
    last = found[found["month"] == 2]
    assert (last["toy"] == last["seed"]).all() and last["toy.x"].tolist() == [0, 0, 1, 1, 2, 2]
    assert type(found) is pd.DataFrame


def test_the_months_of_a_sweep_under_way_are_those_of_its_finished_runs(tmp_path):
    carry_out(toy(tasks.with_months, points=3, replicates=2), tmp_path / "out", some(4, order=1))
    found = results(tmp_path / "out")
    assert set(found.series["run"]) == set(found[found["status"] == "done"]["run"]) and len(found.series) == 12


def test_a_sweep_without_months_says_how_to_keep_them(tmp_path):
    carry_out(toy(points=2), tmp_path / "out", here)
    with pytest.raises(Problems, match="keep_series = true keeps them"):
        _ = results(tmp_path / "out").series


def test_table_and_months_are_still_read_once_the_parts_are_gone(tmp_path):
    carry_out(toy(tasks.with_months, points=3, replicates=2), tmp_path / "out", here)
    before = results(tmp_path / "out")
    months = before.series
    shutil.rmtree(tmp_path / "out" / "parts")
    for name in ("ledger.jsonl", "lock"):
        (tmp_path / "out" / name).unlink()
    after = results(tmp_path / "out")
    pd.testing.assert_frame_equal(after, before)
    pd.testing.assert_frame_equal(after.series, months)


@pytest.mark.parametrize("name", ["s3:x", "file:x", "~", "a?b", "a%20b", "[x] *"])
def test_a_folder_may_have_any_name(tmp_path, name, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        carry_out(toy(tasks.with_months, points=2), Path(name), some(4))
    found = results(name)
    assert (found["status"] == "done").sum() == 8 and found.series["run"].nunique() == 8
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_results_are_a_frame_like_any_other(tmp_path):
    carry_out(toy(points=2), tmp_path / "out", here)
    found = results(tmp_path / "out")
    plain = pd.read_parquet(tmp_path / "out" / "table.parquet")
    assert found.equals(plain) and plain.equals(found) and str(found) == str(plain)
    for made in (found.query("seed > 1"), found[["run"]], found.groupby("toy.x").mean(numeric_only=True)):
        assert type(made) is pd.DataFrame
    for again in (pickle.loads(pickle.dumps(found)), copy.copy(found), copy.deepcopy(found), found.copy()):
        assert again.equals(found) and again.folder == tmp_path / "out"


def test_copies_of_results_read_their_months_and_own_their_values(tmp_path):
    carry_out(toy(tasks.with_months, points=2), tmp_path / "out", here)
    found = results(tmp_path / "out")
    copied = found.copy()
    pd.testing.assert_frame_equal(copied.series, found.series)
    copied["seed"] = -1
    assert (found["seed"] >= 0).all()
