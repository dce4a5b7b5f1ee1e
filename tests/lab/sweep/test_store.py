"""What a sweep keeps is whole or not there, and is found again; a folder of something else is left alone."""

from __future__ import annotations

import copy
import dataclasses
import errno
import fcntl
import functools
import json
import os
import pickle
import shutil
import signal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ccgsim import run
from ccgsim.foundation.files import writing
from ccgsim.foundation.files.in_use import InUse
from ccgsim.foundation.files.lock import locked
from ccgsim.foundation.problems import Problems
from ccgsim.lab.sweep import ledger, store
from ccgsim.lab.sweep.jobs import Outcome
from ccgsim.lab.sweep.plan import Plan
from ccgsim.lab.sweep.results import results
from ccgsim.lab.sweep.store import Store
from ccgsim.lab.sweep.sweep import carry_out
from tests.lab.sweep import tasks
from tests.lab.sweep.plans import toy


class Here:
    """Hands that do every job in this process, in order or shuffled, and may stop after some."""

    def __init__(self, work, stop, *, order=None, after=None):
        self.work, self.order, self.after = work, order, after

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def outcomes(self, jobs):
        jobs = list(jobs)
        if self.order is not None:
            jobs = [jobs[place] for place in np.random.default_rng(self.order).permutation(len(jobs))]
        for number, job in enumerate(jobs):
            if number == self.after:
                return
            yield self.work.act(job)


def here(work, stop):
    return Here(work, stop)


def some(after, order=None):
    return lambda work, stop: Here(work, stop, after=after, order=order)


def bytes_of(folder: Path) -> dict[str, bytes]:
    """What must be equal between two sweeps of the same."""
    names = ["table.parquet", "table.csv", "design.parquet"]
    series = sorted(f"series/{path.name}" for path in (folder / "series").glob("*"))
    return {name: (folder / name).read_bytes() for name in (*names, *series)}


@pytest.fixture(autouse=True)
def origin(monkeypatch):
    """Where numbers come from is found out once, not for every sweep of these tests."""
    monkeypatch.setattr(store, "provenance", lambda began: found_out())


@functools.cache
def found_out():
    return run.provenance(0.0)


@pytest.fixture
def whole(tmp_path) -> dict[str, bytes]:
    """The bytes of a sweep that nothing has disturbed."""
    carry_out(toy(), tmp_path / "whole", here)
    return bytes_of(tmp_path / "whole")


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


def spoil_end(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def spoil_bit(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def remove(path: Path) -> None:
    path.unlink()


def in_three_parts(folder: Path, task=tasks.quick) -> None:
    """A sweep whose parts are three."""
    for _ in range(2):
        carry_out(toy(task), folder, some(33))
    carry_out(toy(task), folder, here)
    assert len(list((folder / "parts").glob("??????.parquet"))) == 3


@pytest.mark.parametrize("spoil", [spoil_end, spoil_bit, remove])
@pytest.mark.parametrize("name", ["000000.parquet", "000001.parquet"])
def test_a_spoilt_part_is_found_and_its_runs_are_done_again(tmp_path, whole, spoil, name):
    out = tmp_path / "out"
    in_three_parts(out)
    spoil(out / "parts" / name)
    assert (results(out)["status"] == "pending").sum() == 33
    found = carry_out(toy(), out, some(0))
    assert (found.done, found.pending) == (67, 33)
    assert carry_out(toy(), out, here).done == 100
    assert bytes_of(out) == whole


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


def test_a_spoilt_part_of_series_is_found_too(tmp_path):
    in_three_parts(tmp_path / "out", tasks.with_months)
    before = bytes_of(tmp_path / "out")
    spoil_bit(tmp_path / "out" / "parts" / "000001-series.parquet")
    carry_out(toy(tasks.with_months), tmp_path / "out", here)
    assert bytes_of(tmp_path / "out") == before


def test_a_ledger_cut_off_or_spoilt_loses_only_what_it_can_no_longer_vouch_for(tmp_path, whole):
    out = tmp_path / "out"
    in_three_parts(out)
    lines = (out / "ledger.jsonl").read_bytes().splitlines(keepends=True)
    (out / "ledger.jsonl").write_bytes(lines[0] + b'{"part": "..\x00' + lines[1] + lines[2][:20])
    assert len(ledger.entries(out / "ledger.jsonl")) == 1
    found = carry_out(toy(), out, some(0))
    assert (found.done, found.pending) == (33, 67)
    assert carry_out(toy(), out, here).done == 100
    assert bytes_of(out) == whole


def test_a_ledger_cannot_name_files_elsewhere(tmp_path):
    (tmp_path / "ledger.jsonl").write_text('{"part": "../design.parquet", "sha256": "x"}\n', encoding="utf-8")
    assert ledger.entries(tmp_path / "ledger.jsonl") == []


def full_disk(monkeypatch, after: int) -> None:
    """The disk is full after so many writes."""
    left, real = [after], os.fsync

    def fsync(descriptor: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)


@pytest.mark.parametrize("after", (0, 1, 2, 5, 9, 14, 22, 24))
def test_a_full_disk_is_told_loses_nothing_written_and_is_gone_on_from(tmp_path, whole, monkeypatch, after):
    out = tmp_path / "out"
    monkeypatch.setattr(store, "FULL_PART", 10)
    with monkeypatch.context() as patched:
        full_disk(patched, after)
        with pytest.raises(Problems, match="No space left on device"):
            carry_out(toy(), out, here)
    kept = (results(out)["status"] == "done").sum() if (out / "design.parquet").exists() else 0
    assert kept % 10 == 0
    assert not list(out.rglob("*.part"))
    assert carry_out(toy(), out, some(0)).done == kept
    assert carry_out(toy(), out, here).done == 100
    assert bytes_of(out) == whole


@pytest.mark.parametrize("spoil", [spoil_end, remove, lambda path: path.write_text("[]x", encoding="utf-8")])
def test_a_sweep_whose_manifest_alone_is_spoilt_is_gone_on_with(tmp_path, whole, spoil):
    out = tmp_path / "out"
    carry_out(toy(), out, some(33))
    spoil(out / "manifest.json")
    assert (results(out)["status"] == "done").sum() == 33
    assert carry_out(toy(), out, some(0)).done == 33
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8"))["done"] == 33
    assert carry_out(toy(), out, here).done == 100
    assert bytes_of(out) == whole


WRONG = ({}, {"facts": {}}, {"facts": {"columns": 5, "series": None}}, {"facts": {"columns": ["other"], "series": []}})


@pytest.mark.parametrize("wrong", [[], *({"schema": 1, "kind": "sweep", **one} for one in WRONG), {"kind": 7}])
def test_a_manifest_with_wrong_facts_hides_no_finished_run(tmp_path, whole, wrong):
    out = tmp_path / "out"
    carry_out(toy(), out, some(33))
    before = results(out)
    (out / "manifest.json").write_text(json.dumps(wrong), encoding="utf-8")
    pd.testing.assert_frame_equal(results(out), before)
    assert carry_out(toy(), out, here).done == 100
    assert bytes_of(out) == whole


@pytest.mark.parametrize("spoil", [spoil_end, remove])
def test_a_spoilt_design_is_told_and_made_again(tmp_path, whole, spoil):
    out = tmp_path / "out"
    carry_out(toy(), out, some(33))
    spoil(out / "design.parquet")
    with pytest.raises(Problems, match=r"design.parquet: is damaged or missing; starting the same sweep again"):
        results(out)
    assert carry_out(toy(), out, some(0)).done == 33
    assert carry_out(toy(), out, here).done == 100
    assert bytes_of(out) == whole


def test_where_design_and_manifest_tell_nothing_right_the_table_does(tmp_path):
    out = tmp_path / "out"
    carry_out(toy(), out, some(33))
    before = results(out)
    toy().runs.to_parquet(out / "design.parquet")  # as other programs save it: without the facts
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    manifest["facts"]["columns"] = ["final_other"]
    (out / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    pd.testing.assert_frame_equal(results(out), before)


def test_without_its_manifest_too_a_sweep_of_something_else_is_refused(tmp_path):
    carry_out(toy(), tmp_path / "out", some(33))
    remove(tmp_path / "out" / "manifest.json")
    with pytest.raises(Problems, match="the rules of the model have changed"):
        carry_out(changed(code="other"), tmp_path / "out", here)
    assert carry_out(changed(code="other"), tmp_path / "out", here, force_new=True).done == 100


def test_another_kind_of_results_is_no_spoilt_manifest(tmp_path):
    carry_out(toy(), tmp_path / "out", some(33))
    (tmp_path / "out" / "manifest.json").write_text('{"schema": 1, "kind": "calibration"}', encoding="utf-8")
    with pytest.raises(Problems, match="not results of a sweep"):
        carry_out(toy(), tmp_path / "out", here)


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


def changed(**facts) -> Plan:
    return dataclasses.replace(toy(), facts={"code": "toy", "scenario": {"toy": {"x": 1.0}}, **facts})


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
