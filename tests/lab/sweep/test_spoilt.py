"""Parts, ledger, manifest or design of a sweep spoilt, a full disk: it is told, and no finished run is lost."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pandas as pd
import pytest

from ccgsim.foundation.problems import Problems
from ccgsim.lab.sweep import ledger, store
from ccgsim.lab.sweep.results import results
from ccgsim.lab.sweep.sweep import carry_out
from tests.lab.sweep import tasks
from tests.lab.sweep.hands import bytes_of, changed, here, some
from tests.lab.sweep.plans import toy

pytestmark = pytest.mark.usefixtures("origin")


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
