"""What a sweep keeps is whole or not there, and is found again; a folder of something else is left alone."""

from __future__ import annotations

import dataclasses
import fcntl
import json
import os
import signal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ccgsim.foundation.files import writing
from ccgsim.foundation.files.in_use import InUse
from ccgsim.foundation.files.lock import locked
from ccgsim.foundation.problems import Problems
from ccgsim.lab.sweep.jobs import Outcome
from ccgsim.lab.sweep.results import results
from ccgsim.lab.sweep.store import Store
from ccgsim.lab.sweep.sweep import carry_out
from tests.lab.sweep import tasks
from tests.lab.sweep.hands import Here, bytes_of, changed, here, some
from tests.lab.sweep.plans import toy

pytestmark = pytest.mark.usefixtures("origin")


def test_the_table_has_every_run_in_the_order_of_the_design(tmp_path):
    plan = toy(tasks.failing({3.0: "raises"}))
    found = carry_out(plan, tmp_path / "out", here)
    assert (found.planned, found.done, found.failed, found.pending) == (100, 95, 5, 0)
    assert found.failures == [{"run": run, "reason": "ValueError: no such world"} for run in range(15, 20)]
    table = pd.read_parquet(found.table)
    assert list(table.columns) == ["run", "point", "seed", "toy.x", "status", "reason", "final_toy", "mean_toy"]
    assert table["run"].tolist() == list(range(100))
    pd.testing.assert_frame_equal(table[["run", "point", "seed", "toy.x"]], plan.runs)
    done = table[table["status"] == "done"]
    expected = [
        tasks.quick({"toy.x": x}, seed).values["mean_toy"] for x, seed in zip(done["toy.x"], done["seed"], strict=True)
    ]
    assert done["mean_toy"].tolist() == expected
    assert done["final_toy"].isna().equals(done["seed"] % 7 == 3)
    assert table.loc[15:19, ["final_toy", "mean_toy"]].isna().all(axis=None)


def test_the_csv_says_the_same_as_the_parquet(tmp_path):
    carry_out(toy(tasks.failing({3.0: "raises"})), tmp_path / "out", here)
    text = pd.read_csv(tmp_path / "out" / "table.csv")
    table = pd.read_parquet(tmp_path / "out" / "table.parquet")
    pd.testing.assert_frame_equal(text, table, check_dtype=False, rtol=1e-15)


def test_the_manifest_tells_what_was_run_and_the_sums_of_the_files(tmp_path):
    carry_out(toy(), tmp_path / "out", here)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["schema"] == 1 and manifest["kind"] == "sweep"
    assert (manifest["planned"], manifest["done"]) == (100, 100)
    for name, wanted in manifest["files"].items():
        assert writing.sha256(tmp_path / "out" / name) == wanted
    assert {"version", "commit", "python", "libraries", "started", "seconds"} <= set(manifest)


def test_the_design_is_stored_before_the_first_run(tmp_path):
    seen = []

    def watch(work, stop):
        seen.append(len(pd.read_parquet(tmp_path / "out" / "design.parquet")))
        return Here(work, stop)

    carry_out(toy(), tmp_path / "out", watch)
    assert seen == [100]


@pytest.mark.parametrize("after", [0, 1, 37, 99])
@pytest.mark.parametrize("order", [None, 5])
def test_stopped_and_gone_on_with_gives_the_same_bytes(tmp_path, whole, after, order):
    out = tmp_path / "out"
    first = carry_out(toy(), out, some(after, order))
    assert (first.done, first.pending) == (after, 100 - after)
    assert results(out)["status"].tolist().count("pending") == 100 - after
    second = carry_out(toy(), out, some(None, order))
    assert second.done == 100
    assert bytes_of(out) == whole


def test_what_is_finished_is_not_run_again(tmp_path):
    carry_out(toy(tasks.failing({3.0: "raises"})), tmp_path / "out", here)
    found = carry_out(toy(tasks.failing({3.0: "raises"})), tmp_path / "out", some(0))
    assert (found.done, found.failed, found.pending) == (95, 5, 0)


def test_series_are_kept_in_the_order_of_the_design_whatever_the_order_of_work(tmp_path):
    carry_out(toy(tasks.with_months), tmp_path / "one", here)
    carry_out(toy(tasks.with_months), tmp_path / "two", some(40, 1))
    assert not (tmp_path / "two" / "series").exists()
    carry_out(toy(tasks.with_months), tmp_path / "two", some(None, 2))
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")
    series = pd.read_parquet(tmp_path / "one" / "series")
    assert series["run"].tolist() == np.repeat(np.arange(100), 3).tolist()
    assert series["month"].tolist() == [0, 1, 2] * 100


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_told_to_stop_a_sweep_raises_keyboard_interrupt_once_what_is_finished_is_kept(tmp_path, number):
    class Told(Here):
        def outcomes(self, jobs):
            for done, outcome in enumerate(super().outcomes(jobs)):
                if done == 40:
                    signal.raise_signal(number)
                    return
                yield outcome

    with pytest.raises(KeyboardInterrupt) as stopped:
        carry_out(toy(), tmp_path / "out", Told)
    assert stopped.value.found.done == 40 and stopped.value.found.interrupted
    assert (pd.read_parquet(tmp_path / "out" / "table.parquet")["status"] == "done").sum() == 40
    assert carry_out(toy(), tmp_path / "out", some(0)).done == 40


def test_told_to_stop_after_its_last_run_a_sweep_is_whole_and_raises_all_the_same(tmp_path, whole, monkeypatch):
    finish = Store.finish

    def told(self) -> None:
        signal.raise_signal(signal.SIGINT)
        finish(self)

    monkeypatch.setattr(Store, "finish", told)
    with pytest.raises(KeyboardInterrupt) as stopped:
        carry_out(toy(), tmp_path / "out", here)
    assert stopped.value.found.done == 100 and not stopped.value.found.interrupted
    assert bytes_of(tmp_path / "out") == whole


@pytest.mark.parametrize("failure", [KeyboardInterrupt, RuntimeError])
def test_a_sweep_that_fails_before_its_first_run_leaves_no_folder(tmp_path, failure):
    def hire(work, stop):
        raise failure

    with pytest.raises(failure):
        carry_out(toy(), tmp_path / "deep" / "out", hire)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "out").mkdir()
    with pytest.raises(failure):
        carry_out(toy(), tmp_path / "out", hire)
    carry_out(toy(), tmp_path / "out", some(7))
    with pytest.raises(failure):
        carry_out(toy(), tmp_path / "out", hire)
    assert (results(tmp_path / "out")["status"] == "done").sum() == 7


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (changed(code="other"), "the rules of the model have changed"),
        (changed(scenario={"toy": {"x": 2.0}}), "scenario.toy.x = 2.0: it was 1.0 when the sweep began"),
        (changed(scenario={"toy": {"x": 1.0, "y": 2}}), "scenario.toy.y = 2: it was missing"),
        (toy(points=21), "runs = 105: it was 100 when the sweep began"),
        (dataclasses.replace(toy(), runs=toy().runs.assign(seed=toy().runs["seed"] + 1)), "its rows have changed"),
        (dataclasses.replace(toy(), columns=("final_toy",)), "columns"),
    ],
)
def test_a_sweep_of_something_else_is_refused_with_what_differs_unless_forced(tmp_path, plan, said):
    carry_out(toy(), tmp_path / "out", some(50))
    before = {
        path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file() and path.name != "lock"
    }
    with pytest.raises(Problems) as refused:
        carry_out(plan, tmp_path / "out", here)
    assert said in str(refused.value) and "--force-new" in str(refused.value)
    assert {path: path.read_bytes() for path in before} == before
    found = carry_out(plan, tmp_path / "out", here, force_new=True)
    assert found.done == found.planned == len(plan.runs)
    assert len(results(tmp_path / "out")) == len(plan.runs)


def test_a_folder_of_other_things_is_left_alone_even_by_force(tmp_path):
    (tmp_path / "thesis.tex").write_text("years of work", encoding="utf-8")
    for force_new in (False, True):
        with pytest.raises(Problems, match=r"thesis\.tex"):
            carry_out(toy(), tmp_path, here, force_new=force_new)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_what_an_end_by_force_leaves_is_no_hindrance(tmp_path, whole):
    (tmp_path / "killed at once").mkdir()
    (tmp_path / "killed at once" / "lock").write_text("process 1 on nowhere\n", encoding="utf-8")
    (tmp_path / "killed at once" / ".manifest.json.77.part").write_bytes(b"{")
    carry_out(toy(), tmp_path / "killed at once", here)
    folder = tmp_path / "whole"
    (folder / ".table.csv.77.part").write_bytes(b"run")
    (folder / "parts" / ".000009.parquet.77.part").write_bytes(b"PAR1")
    (folder / "parts" / "000009.parquet").write_bytes(b"PAR1")
    carry_out(toy(), folder, here)
    assert bytes_of(folder) == whole
    assert bytes_of(tmp_path / "killed at once") == whole
    assert not list(tmp_path.rglob("*.part")) and not (folder / "parts" / "000009.parquet").exists()


def test_a_second_writer_is_told_who_holds_the_folder(tmp_path):
    with locked(tmp_path), pytest.raises(InUse, match=f"process {os.getpid()} on "), locked(tmp_path):
        pass
    with locked(tmp_path):  # dropped with the first holder
        pass


def test_the_lock_of_a_dead_process_locks_nobody_out(tmp_path, whole):
    (tmp_path / "whole" / "lock").write_text(f"process {os.getppid()} on here since today\n", encoding="utf-8")
    assert carry_out(toy(), tmp_path / "whole", here).done == 100


def test_results_can_be_read_while_the_sweep_is_under_way(tmp_path):
    with open(tmp_path / "held", "w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)  # any lock: readers need none
        plan = toy()
        with locked(tmp_path):
            kept = Store(tmp_path / "out", plan)
            kept.folder.mkdir()
            kept.begin(force_new=False)
            for job in list(plan.jobs(kept.pending))[:7]:
                kept.add(plan.work.act(job))
            kept.flush()
            assert results(tmp_path / "out")["status"].value_counts().to_dict() == {"pending": 93, "done": 7}


@pytest.mark.parametrize("name", ["ergebnisse für März", "結果 #1", "with space/and below", "a'b"])
def test_folders_may_have_any_name(tmp_path, whole, name):
    carry_out(toy(), tmp_path / name, here)
    assert bytes_of(tmp_path / name) == whole


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Problems, match="cannot be written: Not a directory"):
        carry_out(toy(), tmp_path / "file" / "out", here)
    with pytest.raises(Problems, match="cannot be written"):
        carry_out(toy(), Path("/proc/no-sweep-here"), here)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_read_only_is_told(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(Problems, match="cannot be written: Permission denied"):
        carry_out(toy(), tmp_path / "out", here)


def test_results_of_a_folder_without_a_sweep_are_refused(tmp_path):
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(Problems, match="holds no results of a sweep"):
            results(folder)


def test_a_reason_is_one_line_and_no_formula(tmp_path):
    class Formula:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def outcomes(self, jobs):
            yield from (Outcome(job.run, None, "=HYPERLINK(1)") for job in jobs)

    found = carry_out(toy(points=1), tmp_path / "out", lambda work, stop: Formula())
    assert found.failed == 5
    assert ",failed,'=HYPERLINK(1)," in (tmp_path / "out" / "table.csv").read_text(encoding="utf-8")
