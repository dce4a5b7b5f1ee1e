"""The command `sensitivity`: its document, what it leaves, how it goes on, what it refuses."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

EXPERIMENT = """
schema = 1
scenario = "site_c"
months = 2
measures = ["participation", "coherence"]
[seeds]
first = 3
replicates = 2
[levers]
"policy.dialogue" = [0.2, 0.8]
"site.localities" = [1]
[uncertainties]
"insecurity.withholding" = { low = 0.35, high = 0.8 }
[sensitivity]
methods = ["morris", "sobol"]
trajectories = 4
samples = 16
"""
RUNS = 2 * (4 * 3 + 16 * 4)


@pytest.fixture
def ccgsim_says(ccgsim_says):
    """Calls this command in a folder that holds the experiment; gives exit code, standard output and error."""
    Path("mine.toml").write_text(EXPERIMENT)
    return partial(ccgsim_says, "sensitivity")


@pytest.mark.slow
def test_the_document_is_the_contract_and_a_second_start_runs_nothing(ccgsim_says):
    code, out, _ = ccgsim_says("mine.toml", "--out", "out", "--workers", "1", "--json")
    document = json.loads(out)
    assert code == 0
    assert (document["command"], document["planned"], document["done"]) == ("sensitivity", RUNS, RUNS)
    assert (document["failed"], document["pending"], document["failures"]) == (0, 0, [])
    assert document["table"] == "out/indices.parquet"
    row = document["indices"][0]
    assert {"measure", "parameter", "method", "index", "value", "low", "high"} <= set(row)
    assert {row["parameter"] for row in document["indices"]} == {"policy.dialogue", "insecurity.withholding"}
    assert {(row["method"], row["index"]) for row in document["indices"]} == {
        ("morris", "mu_star"), ("morris", "mu"), ("morris", "sigma"), ("sobol", "S1"), ("sobol", "ST"),
    }  # fmt: skip
    assert all(row["seeds"] == 2 and row["variance_seeds"] >= 0 for row in document["noise"])
    assert len(pd.read_parquet("out/indices.parquet")) == len(document["indices"])
    for name in ("sensitivity_participation.png", "sensitivity_coherence.svg", "noise.csv", "manifest.json"):
        assert Path("out", name).stat().st_size > 0
    parts = {path: path.stat().st_mtime_ns for path in Path("out/sobol/parts").iterdir()}
    code, out, _ = ccgsim_says("mine.toml", "--out", "out", "--workers", "2", "--json")
    again = json.loads(out)
    assert again["indices"] == document["indices"]
    assert parts == {path: path.stat().st_mtime_ns for path in Path("out/sobol/parts").iterdir()}


def test_every_fault_is_told_at_once_and_nothing_is_written(ccgsim_says, tmp_path):
    Path("bad.toml").write_text(EXPERIMENT.replace("samples = 16", "samples = 9").replace("site_c", "site_x"))
    code, out, err = ccgsim_says("bad.toml", "--out", "out", "--workers", "0")
    assert (code, out) == (3, "")
    assert "sensitivity.samples = 9" in err and "site_x" in err and "--workers = 0" in err
    assert not Path("out").exists()


def test_nothing_that_varies_is_refused(ccgsim_says):
    Path("still.toml").write_text('schema = 1\nscenario = "site_c"\n')
    code, out, _ = ccgsim_says("still.toml", "--out", "out", "--json")
    problem = json.loads(out)["error"]["problems"][0]
    assert code == 3 and problem["file"] == "still.toml" and "nothing varies" in problem["rule"]


def test_too_few_base_points_are_refused_before_anything_is_run(ccgsim_says):
    Path("few.toml").write_text(EXPERIMENT.replace("samples = 16", "samples = 8"))
    code, out, _ = ccgsim_says("few.toml", "--out", "out", "--workers", "0", "--json")
    problems = {problem["key"]: problem for problem in json.loads(out)["error"]["problems"]}
    assert code == 3 and set(problems) == {"--workers", "sensitivity.samples"} and not Path("out").exists()
    few = problems["sensitivity.samples"]
    assert (few["file"], few["value"]) == ("few.toml", "8") and "take 16" in few["rule"]


def test_a_folder_of_other_things_is_left_alone(ccgsim_says):
    Path("out").mkdir()
    Path("out/thesis.docx").write_text("mine")
    code, _, err = ccgsim_says("mine.toml", "--out", "out", "--force-new")
    assert code == 3 and "thesis.docx" in err and Path("out/thesis.docx").read_text() == "mine"


def test_a_library_that_is_missing_is_told_with_the_line_that_installs_it(ccgsim_says, monkeypatch):
    monkeypatch.setattr("ccgsim.foundation.extras.find_spec", lambda name: None)
    code, _, err = ccgsim_says("mine.toml", "--out", "out")
    assert code == 3 and "SALib" in err and "pip install 'ccgsim[lab]'" in err
