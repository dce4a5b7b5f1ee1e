"""The command `reproduce`: what it prints, writes and refuses, with stand-in comparisons."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

import ccgsim.foundation.compiled
from ccgsim.cli import reproduce
from ccgsim.lab import warming
from ccgsim.lab.reproduce.cell import Beside, Cell
from ccgsim.report.drawing.canvas import new_sheet

CELL = {"table": "table4", "source_key": "E2", "low": 15.9, "high": 17.8, "origin": "fitted", "agree": None, "note": ""}
CELLS = (
    Cell(**CELL | {"row": "site A: PCT", "column": "month 12", "source": 18, "model": 16.9}),
    Cell(**CELL | {"row": "site A: density", "column": "month 12", "source": 0.737, "model": 0.7471, "origin": "set"}),
    Cell(**CELL | {"row": "site B: share", "column": "month 12", "source": "above 0", "model": -0.001, "agree": 0.4}),
    Cell(**CELL | {"row": "site B: none", "column": "month 12", "source": None, "model": None}),
)


def pretend(seeds, progress):
    progress(len(seeds), len(seeds))
    return Beside("Table 4", CELLS, ("one of 13 did not answer",))


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch) -> Path:
    """An empty current folder, and a stand-in for every comparison and drawing."""
    monkeypatch.setattr(reproduce, "REPRODUCED", dict.fromkeys(("table4", "figure4", "survey"), pretend))
    monkeypatch.setattr(reproduce, "_networks", lambda seed: new_sheet(2, 2))
    monkeypatch.setattr(ccgsim.foundation.compiled, "is_compiled", lambda: True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def ccgsim_says(ccgsim_says):
    """Calls this command; gives exit code, standard output and error."""
    return partial(ccgsim_says, "reproduce")


def test_a_table_is_readable_at_100_columns_with_source_model_mark_and_notes(ccgsim_says, place):
    code, out, err = ccgsim_says("table4", "--seeds", "5")
    assert code == 0 and not err and not list(place.iterdir())
    assert max(len(line.rstrip()) for line in out.splitlines()) <= 100
    row = next(line for line in out.splitlines() if line.startswith("  PCT"))
    assert row.split() == ["PCT", "18", "16.9", "[15.9,", "17.8]", "f"]
    assert "0.747" in out and "site A (E2)" in out and "seeds 0 to 4" in out
    assert "40%" in out and "share of worlds" in out and "-0.00" not in out
    assert "- one of 13 did not answer" in out


def test_quiet_prints_only_results(ccgsim_says, monkeypatch):
    monkeypatch.setattr(ccgsim.foundation.compiled, "is_compiled", lambda: False)
    monkeypatch.setattr(warming, "warm", lambda report: None)
    assert "compil" in ccgsim_says("table4", "--seeds", "5")[2]
    code, out, err = ccgsim_says("table4", "--seeds", "5", "--quiet")
    assert code == 0 and out and not err


def test_json_is_one_document_with_every_cell(ccgsim_says, place):
    code, out, _ = ccgsim_says("survey", "--seeds", "2", "--json")
    document = json.loads(out)
    assert code == 0 and not list(place.iterdir())
    assert list(document)[:4] == ["ccgsim", "command", "what", "seeds"]
    assert (document["command"], document["what"], document["seeds"], document["files"]) == (
        "reproduce",
        "survey",
        2,
        {},
    )
    keys = {"table", "row", "column", "source", "source_key", "model", "low", "high", "origin", "note"}
    assert all(keys <= set(each) for each in document["cells"]) and len(document["cells"]) == 4
    assert document["cells"][0]["difference"] == pytest.approx(-1.1) and document["cells"][3]["model"] is None


def test_a_folder_holds_cells_manifest_and_the_drawing_of_figure_4_only(ccgsim_says, place):
    ccgsim_says("table4", "--out", "plain")
    ccgsim_says("figure4", "--out", "drawn")
    plain = {"cells.csv", "cells.json", "manifest.json"}
    assert {path.name for path in (place / "plain").iterdir()} == plain
    assert {path.name for path in (place / "drawn").iterdir()} == plain | {"networks.png", "networks.svg"}
    manifest = json.loads((place / "drawn" / "manifest.json").read_text())
    assert set(manifest["files"]) == {"cells.csv", "cells.json", "networks.png", "networks.svg"}
    assert json.loads((place / "plain" / "cells.json").read_text())["cells"][1]["source"] == 0.737


def test_the_same_seeds_leave_the_same_bytes(ccgsim_says, place):
    for name in ("one", "two"):
        ccgsim_says("figure4", "--seeds", "3", "--out", name)
    for path in (place / "one").iterdir():
        assert path.read_bytes() == (place / "two" / path.name).read_bytes()


def test_earlier_results_are_replaced_only_when_asked(ccgsim_says, place):
    ccgsim_says("table4", "--out", "mine")
    code, _, err = ccgsim_says("table4", "--out", "mine")
    assert code == 3 and "--force" in err
    assert ccgsim_says("table4", "--out", "mine", "--force")[0] == 0


def test_another_word_is_refused_with_what_is_allowed(ccgsim_says, place):
    code, out, err = ccgsim_says("table5")
    assert code == 2 and not out
    assert all(word in err for word in ("table5", "table4", "figure4", "survey")) and "Traceback" not in err


def test_all_faults_are_told_at_once_and_nothing_is_written(ccgsim_says, place):
    (place / "full").mkdir()
    (place / "full" / "thesis.txt").write_text("mine")
    code, out, _ = ccgsim_says("table4", "--seeds", "0", "--out", "full", "--json")
    assert code == 3
    assert [fault["key"] for fault in json.loads(out)["error"]["problems"]] == ["--seeds", "--out"]
    assert [path.name for path in (place / "full").iterdir()] == ["thesis.txt"]


def test_a_failure_leaves_nothing_half_written(ccgsim_says, place, monkeypatch):
    def broken(seeds, progress):
        raise RuntimeError("no")

    monkeypatch.setitem(reproduce.REPRODUCED, "table4", broken)
    code, _, err = ccgsim_says("table4", "--out", "here/there")
    assert code == 1 and "Traceback" not in err and not list(place.iterdir())
