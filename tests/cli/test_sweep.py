"""The command `sweep`: what it prints, writes and refuses, and the exit codes that scripts rely on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

import ccgsim
from ccgsim.foundation import compiled
from ccgsim.foundation.files.lock import locked
from ccgsim.lab import warming

EXPERIMENT = """
schema = 1
title = "A toy"
scenario = "site_f"
months = 3
measures = ["stability", "exits"]
[seeds]
first = 4
replicates = 2
[levers]
density = [0.5, 0.7]
"""


@pytest.fixture
def says(ccgsim_says):
    """Calls this command in a folder that holds an experiment; gives its exit code, standard output and error."""
    Path("toy.toml").write_text(EXPERIMENT, encoding="utf-8")
    return partial(ccgsim_says, "sweep")


def change(old: str, new: str) -> None:
    path = Path("toy.toml")
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_a_sweep_gives_the_numbers_of_its_runs_and_goes_on_where_it_stopped(says):
    code, out, _ = says("toy.toml", "--out", "out", "--workers", "1", "--json")
    document = json.loads(out)
    assert code == 0 and list(document)[:2] == ["ccgsim", "command"] and document["command"] == "sweep"
    assert {key: document[key] for key in ("planned", "done", "failed", "pending", "failures")} == {
        "planned": 4, "done": 4, "failed": 0, "pending": 0, "failures": [],
    }  # fmt: skip
    assert document["table"] == "out/table.parquet"
    table = pd.read_parquet("out/table.parquet")
    assert list(table.columns) == [
        *("run", "point", "seed", "site.density", "status", "reason"),
        *("final_stability", "final_exits", "mean_stability", "mean_exits"),
    ]
    assert table[["point", "seed"]].to_numpy().tolist() == [[0, 4], [0, 5], [1, 4], [1, 5]]
    run = ccgsim.simulate(ccgsim.load("site_f").with_(site={"density": 0.7}), seed=5, months=3)
    assert table.loc[3, "final_stability"] == run.final["stability"]
    assert table.loc[3, "mean_exits"] == run.mean["exits"]
    assert ccgsim.results("out").equals(table) or str(ccgsim.results("out")) == str(table)
    before = Path("out/table.parquet").read_bytes()
    code, out, _ = says("toy.toml", "--out", "out")
    assert code == 0 and "4 runs planned: 4 done, 0 failed, 0 pending" in out and "out/table.csv" in out
    assert Path("out/table.parquet").read_bytes() == before


def test_quiet_prints_only_results(says, monkeypatch):
    monkeypatch.setattr(compiled, "is_compiled", lambda: False)
    monkeypatch.setattr(warming, "warm", lambda report: None)
    assert "compil" in says("toy.toml", "--out", "loud", "--workers", "1")[2]
    code, out, err = says("toy.toml", "--out", "out", "--workers", "1", "--quiet")
    assert code == 0 and "4 runs planned: 4 done, 0 failed, 0 pending" in out and not err


def test_a_dry_run_tells_what_would_be_run_and_writes_nothing(says, tmp_path):
    code, out, _ = says("toy.toml", "--out", "out", "--dry-run")
    assert code == 0 and "2 points by grid, each on 2 seeds (4 to 5)" in out
    assert "lever site.density: 0.5, 0.7" in out and "4 pending" in out
    code, out, _ = says("toy.toml", "--out", "out", "--dry-run", "--json")
    assert code == 0 and json.loads(out)["pending"] == 4 and json.loads(out)["table"] is None
    assert [path.name for path in tmp_path.iterdir()] == ["toy.toml"]


def test_points_that_cannot_be_are_told_beforehand(says):
    change("density = [0.5, 0.7]", 'density = [0.5, 0.02]\n"site.practices" = [20, 30]')
    code, out, _ = says("toy.toml", "--out", "out", "--dry-run")
    assert code == 0 and "2 points are impossible" in out and "site.density = 0.02" in out


def test_points_that_cannot_be_fail_with_their_reason_and_exit_code_4(says):
    change("density = [0.5, 0.7]", "density = [0.5, 0.02]")
    code, out, _ = says("toy.toml", "--out", "out", "--workers", "1")
    assert code == 4 and "4 runs planned: 2 done, 2 failed, 0 pending" in out
    assert "run 2: site.density = 0.02: leaves a board of" in out
    assert "in pieces" in ccgsim.results("out").loc[2, "reason"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("none.toml", "--out", "out"), "none.toml: there is no such file"),
        (("toy.toml", "--out", "toy.toml"), "is a file, not a folder"),
        (("toy.toml", "--out", "out", "--workers", "0"), "--workers = 0: lies outside 1 to 1024"),
        (("toy.toml", "--out", "out", "--workers", "2", "--cluster", "tcp://x:1"), "cannot be used with --cluster"),
        (("toy.toml", "--out", "out", "--cluster", "tcp://x"), "--cluster = 'tcp://x': must be tcp://HOST:PORT"),
        (("toy.toml", "--out", "out", "--wait", "9"), "--wait = 9.0: needs --cluster"),
        (("toy.toml", "--out", "out", "--cluster", "tcp://x:1", "--wait", "-1"), "lies outside 0 to 86,400 seconds"),
        (("toy.toml", "--out", "."), "holds files that are not results of a sweep (toy.toml)"),
    ],
)
def test_what_is_not_allowed_is_exit_code_3_and_writes_nothing(says, tmp_path, words, said):
    code, _, err = says(*words)
    assert code == 3 and said in err
    assert [path.name for path in tmp_path.iterdir()] == ["toy.toml"]


def test_faults_of_the_experiment_are_told_all_at_once_as_a_document(says):
    change('"stability"', '"stabilty"')
    change("density =", "densty =")
    code, out, _ = says("toy.toml", "--out", "out", "--workers", "0", "--json")
    error = json.loads(out)["error"]
    assert code == 3 and error["code"] == 3
    assert [problem["suggestion"] for problem in error["problems"]] == ["stability", "density", ""]


def test_without_a_folder_the_command_line_cannot_be_parsed(says):
    assert says("toy.toml")[0] == 2


def test_a_folder_in_use_is_exit_code_5(says):
    Path("out").mkdir()
    with locked(Path("out")):
        code, out, _ = says("toy.toml", "--out", "out", "--json")
    assert code == 5 and f"in use by process {os.getpid()}" in json.loads(out)["error"]["problems"][0]["rule"]


@pytest.mark.slow
def test_a_changed_scenario_is_refused_with_what_differs_until_forced(says):
    Path("world.toml").write_text('schema = 1\nbased_on = "site_f"\n', encoding="utf-8")
    change('"site_f"', '"world.toml"')
    assert says("toy.toml", "--out", "out", "--workers", "1")[0] == 0
    Path("world.toml").write_text('schema = 1\nbased_on = "site_f"\n[policy]\ndialogue = 0.7\n', encoding="utf-8")
    code, _, err = says("toy.toml", "--out", "out", "--dry-run")
    assert code == 3 and "scenario.policy.dialogue = 0.7: it was 0.2 when the sweep began" in err
    assert "--force-new" in err
    change("months = 3", "months = 2")
    code, out, _ = says("toy.toml", "--out", "out", "--workers", "1", "--force-new", "--json")
    assert code == 0 and json.loads(out)["done"] == 4


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_it_leaves_with_130_and_all_that_is_finished(tmp_path, number):
    path = tmp_path / "long.toml"
    path.write_text(EXPERIMENT.replace("replicates = 2", "replicates = 2000"), encoding="utf-8")
    words = [sys.executable, "-m", "ccgsim", "sweep", str(path), "--out", str(tmp_path / "out")]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + 300
    while not list((tmp_path / "out" / "parts").glob("*.parquet")):
        assert time.monotonic() < end and process.poll() is None
        time.sleep(0.05)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    table = pd.read_csv(tmp_path / "out" / "table.csv")
    done = int((table["status"] == "done").sum())
    assert f"4,000 runs planned: {done:,} done, 0 failed, {4000 - done:,} pending" in out and 0 < done < 4000
    assert "the same command resumes from here" in err
