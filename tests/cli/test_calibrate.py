"""The command `calibrate`: its document, what it leaves, how it goes on, what it refuses."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from ccgsim.foundation.files import lock
from ccgsim.lab.calibration import folder
from ccgsim.lab.experiment.experiment import experiment

EXPERIMENT = """
schema = 1
scenario = "site_c"
months = 12
[levers]
"policy.dialogue" = [0.2, 0.8]
[uncertainties]
"insecurity.withholding" = { low = 0.35, high = 0.8 }
"ties.base_loss" = { low = 0.015, high = 0.04 }
[calibrate]
population = 10
generations = 2
targets = [{ measure = "coherence", month = 2, value = 0.4, sd = 0.1 }]
"""


@pytest.fixture
def ccgsim_says(ccgsim_says):
    """Calls this command in a folder that holds the experiment; gives exit code, standard output and error."""
    Path("mine.toml").write_text(EXPERIMENT)
    return partial(ccgsim_says, "calibrate")


@pytest.mark.slow
def test_the_document_is_the_contract_and_more_generations_go_on_from_fewer(ccgsim_says):
    code, out, _ = ccgsim_says("mine.toml", "--out", "out", "--workers", "1", "--json")
    document = json.loads(out)
    assert (code, document["command"], document["failed"], document["pending"]) == (0, "calibrate", 0, 0)
    tried = sum(row["tried"] for row in document["generations"])
    assert document["planned"] == document["done"] == tried + 100
    assert [row["parameter"] for row in document["posterior"]] == ["insecurity.withholding", "ties.base_loss"]
    for row in document["posterior"]:
        assert row["prior_low"] <= row["low"] <= row["mean"] <= row["high"] <= row["prior_high"]
    assert document["targets"][0]["target"] == "coherence at 2"
    assert "policy.dialogue" in document["notes"][0]
    assert len(pd.read_parquet(document["table"])) == 10
    for name in ("posterior.png", "predictions.svg", "closing.png", "calibration.db", "manifest.json", "check.csv"):
        assert Path("out", name).stat().st_size > 0
    Path("mine.toml").write_text(EXPERIMENT.replace("generations = 2", "generations = 3"))
    more = json.loads(ccgsim_says("mine.toml", "--out", "out", "--workers", "1", "--json")[1])
    assert more["generations"][: len(document["generations"])] == document["generations"]


@pytest.mark.slow
def test_another_experiment_is_refused_with_what_differs_until_it_is_forced(ccgsim_says):
    assert ccgsim_says("mine.toml", "--out", "out", "--workers", "1")[0] == 0
    before = Path("out/calibration.db").read_bytes()
    Path("mine.toml").write_text(
        EXPERIMENT.replace("low = 0.35", "low = 0.4").replace("population = 10", "population = 11")
    )
    code, _, err = ccgsim_says("mine.toml", "--out", "out")
    assert code == 3 and "insecurity.withholding.low = 0.4" in err and "population = 11" in err and "--force-new" in err
    assert "when the calibration began" in err and "holds another calibration" in err
    assert Path("out/calibration.db").read_bytes() == before
    code, out, _ = ccgsim_says("mine.toml", "--out", "out", "--workers", "1", "--force-new", "--json")
    assert code == 0 and len(pd.read_parquet(json.loads(out)["table"])) == 11


def test_a_folder_in_use_is_exit_5(ccgsim_says):
    Path("out").mkdir()
    with lock.locked(Path("out")):
        code, out, _ = ccgsim_says("mine.toml", "--out", "out", "--json")
    assert code == 5 and "in use" in json.loads(out)["error"]["problems"][0]["rule"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("targets = [", "# targets = [", "calibrate.targets"),
        ("{ low = 0.35, high = 0.8 }", "[0.4, 0.5]", "uncertainties.insecurity.withholding"),
        ("population = 10", "population = 1", "calibrate.population"),
        ("sd = 0.1", "sd = 0", "calibrate.targets[0].sd"),
    ],
)
def test_what_cannot_be_calibrated_is_refused_and_nothing_is_written(ccgsim_says, old, new, told):
    Path("mine.toml").write_text(EXPERIMENT.replace(old, new))
    code, out, _ = ccgsim_says("mine.toml", "--out", "out", "--json")
    assert code == 3 and told in {problem["key"] for problem in json.loads(out)["error"]["problems"]}
    assert not Path("out").exists()


def test_an_experiment_without_intervals_is_refused(ccgsim_says):
    text = EXPERIMENT.partition("[uncertainties]")[0] + "[calibrate]" + EXPERIMENT.partition("[calibrate]")[2]
    Path("mine.toml").write_text(text)
    code, _, err = ccgsim_says("mine.toml", "--out", "out")
    assert code == 3 and "has no interval" in err


def test_a_folder_of_other_things_is_left_alone(ccgsim_says):
    Path("out").mkdir()
    Path("out/thesis.docx").write_text("mine")
    code, _, err = ccgsim_says("mine.toml", "--out", "out", "--force-new")
    assert code == 3 and "thesis.docx" in err and Path("out/thesis.docx").read_text() == "mine"


FACTS = '{"schema": 1, "kind": "calibration", "facts": {}}'


@pytest.mark.parametrize("spoilt", ["x", "[]", "{}", FACTS, '{"schema": 1, "kind": "calibration", "facts": 5}', None])
def test_a_spoilt_manifest_is_named_and_what_was_found_is_left_alone(ccgsim_says, spoilt):
    Path("out").mkdir()
    Path("out/calibration.db").write_bytes(b"")
    if spoilt is not None:
        Path("out/manifest.json").write_text(spoilt)
    code, _, err = ccgsim_says("mine.toml", "--out", "out")
    assert code == 3 and "out/manifest.json: is damaged or missing" in err and "restore a copy" in err
    assert Path("out/calibration.db").exists()


@pytest.mark.parametrize(("name", "text"), [("calibration.db", "x" * 9000), ("failures.json", '{"failures": [3]}')])
def test_other_spoilt_files_of_a_calibration_are_named(ccgsim_says, name, text):
    Path("out").mkdir()
    facts = folder.facts(experiment("mine.toml"))
    manifest = json.dumps({"schema": 1, "kind": "calibration", "facts": facts})
    Path("out/manifest.json").write_text(manifest)
    Path("out", name).write_text(text)
    code, _, err = ccgsim_says("mine.toml", "--out", "out", "--workers", "1")
    assert code == 3 and f"out/{name}: is damaged or missing" in err and Path("out", name).read_text() == text


def test_a_library_that_is_missing_is_told_with_the_line_that_installs_it(ccgsim_says, monkeypatch):
    monkeypatch.setattr("ccgsim.foundation.extras.find_spec", lambda name: None)
    code, _, err = ccgsim_says("mine.toml", "--out", "out")
    assert code == 3 and "pyabc" in err and "pip install 'ccgsim[calibrate]'" in err
