"""The command `claim` with planted patterns: what it prints, what it keeps, and how it leaves."""

from __future__ import annotations

import json
from functools import partial

import pandas as pd
import pytest

import ccgsim.foundation.compiled
from ccgsim.cli import claim as cli_claim
from ccgsim.lab.claim import about, judged
from ccgsim.lab.validation import validation
from ccgsim.report.figures.claims import claims_figure
from ccgsim.report.findings.claims import claim_lines
from docs import claims as docs_claims
from tests.lab.claim.planted import PLANTED
from tests.lab.sweep.hands import here, some

KEYS = {"id", "share", "low", "high", "draws", "breaks", "at_defaults", "without", "mechanism", "held", "parts"}


@pytest.fixture(autouse=True)
def planted(monkeypatch):
    """Planted patterns, in this process, without rules."""
    monkeypatch.setattr(validation, "PATTERNS", PLANTED)
    monkeypatch.setattr(judged, "load_rules", lambda code, here: None)
    monkeypatch.setattr(cli_claim, "on_this_machine", lambda workers: here)
    monkeypatch.setattr(ccgsim.foundation.compiled, "is_compiled", lambda: True)


@pytest.fixture
def claim(ccgsim_says):
    """Calls this command; gives its exit code, standard output and standard error."""
    return partial(ccgsim_says, "claim")


def document(out):
    return json.loads(out, parse_constant=lambda name: pytest.fail(f"{name} in the document"))


def test_json_is_the_contract_and_nothing_else(claim, tmp_path):
    code, out, err = claim("p1,P2", "P3", "--draws", "12", "--seeds", "1", "--json")
    found = document(out)
    assert (code, err) == (0, "")
    assert list(found)[:2] == ["ccgsim", "command"]
    assert (found["command"], found["draws"], found["seeds"], found["files"]) == ("claim", 12, 1, {})
    assert (found["planned"], found["done"], found["failed"], found["pending"]) == (45, 45, 0, 0)
    assert [row["id"] for row in found["claims"]] == ["P1", "P2", "P3"]
    for row in found["claims"]:
        assert set(row) >= KEYS
        assert row["low"] <= row["share"] <= row["high"] and row["draws"] + row["refused"] == 12
        for each in row["breaks"]:
            assert set(each) == {"parameter", "direction", "strength", "sure"}
            assert each["direction"] in ("higher", "lower") and 0 < each["strength"] <= 1
        assert len(row["breaks"]) <= 3
    assert list(tmp_path.iterdir()) == []


def test_what_is_printed_and_what_is_kept(claim, tmp_path):
    code, out, _ = claim("P1", "P2", "--draws", "12", "--seeds", "1", "--out", "kept", "--quiet")
    assert code == 0
    assert "P1   Noise stays low: holds in " in out and "holds at the defaults" in out
    assert "what breaks it: higher engagement.noise (" in out
    assert "it acts in rate_of_exit (ccgsim/processes/turnover.py:" in out
    names = {path.name for path in (tmp_path / "kept").iterdir()}
    assert {"claims.json", "draws.csv", "claims.png", "claims.svg", "table.csv", "manifest.json"} <= names
    draws = pd.read_csv(tmp_path / "kept" / "draws.csv")
    assert len(draws) == 13 + 3 + 13
    assert set(draws.columns) >= {"claim", "draw", "mechanism", "holds", "margin", "engagement.noise"}
    assert document((tmp_path / "kept" / "claims.json").read_text())["command"] == "claim"


BREAK = {"parameter": "rating.money", "direction": "higher", "strength": 0.43, "sure": True}
FOUND = {"id": "P9", "claim": "c", "low": 0.5, "high": 1.0, "draws": 9, "refused": 0, "at_defaults": True}
FOUND |= {"without": None, "mechanism": []}


@pytest.mark.parametrize("told", [True, False])
def test_what_breaks_a_claim_stands_in_the_terminal_the_page_and_the_figure(told):
    row = FOUND | {"share": 8 / 9, "breaks": [BREAK] if told else []}
    assert ("what breaks it" in " ".join(claim_lines(row))) == told
    assert ("rating.money" in docs_claims.claim_row(row)[5]) == told
    figure = claims_figure({"claims": [row], "draws": 9, "seeds": 1}).figure
    assert any("rating.money" in text.get_text() for axes in figure.axes for text in axes.texts) == told


def test_the_same_again_gives_the_same_and_other_draws_are_refused(claim, tmp_path):
    asked = ("P2", "--draws", "12", "--seeds", "1", "--out", "kept", "--json")
    first = document(claim(*asked)[1])
    kept = {name: (tmp_path / "kept" / name).read_bytes() for name in ("claims.json", "draws.csv", "claims.png")}
    assert document(claim(*asked)[1]) == first
    assert kept == {name: (tmp_path / "kept" / name).read_bytes() for name in kept}
    code, out, _ = claim("P2", "--draws", "13", "--seeds", "1", "--out", "kept", "--json")
    assert code == 3
    faults = document(out)["error"]["problems"]
    assert any(fault["rule"] == "it was 12 when the claim began" for fault in faults)
    assert faults[-1]["rule"] == "holds another claim: --force-new removes it and starts again"
    assert claim("P2", "--draws", "13", "--seeds", "1", "--out", "kept", "--json", "--force-new")[0] == 0


def test_every_fault_is_told_at_once(claim, tmp_path):
    (tmp_path / "file").touch()
    code, out, err = claim("P11", "--draws", "1", "--seeds", "0", "--workers", "0", "--out", "file")
    assert (code, out) == (3, "")
    assert "5 faults, nothing done:" in err
    assert "PATTERN = P11: must be among P1, P2, P3, P4, P5 (did you mean P1?)" in err
    assert claim("P5")[0] == 3


def test_a_folder_of_something_else_is_left_alone(claim, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    code, _, err = claim("P2", "--draws", "12", "--out", "mine")
    assert code == 3 and "holds files that are not results of a claim (letter.txt)" in err


def test_an_interruption_is_told(claim, monkeypatch):
    def after_five(work, stop):
        stop.asked = True
        return some(after=5)(work, stop)

    monkeypatch.setattr(cli_claim, "on_this_machine", lambda workers: after_five)
    code, out, err = claim("P2", "--draws", "12", "--out", "kept")
    assert (code, out) == (130, "")
    assert "interrupted with 8 draws pending: the same command resumes from here" in err
    monkeypatch.setattr(cli_claim, "on_this_machine", lambda workers: here)
    assert document(claim("P2", "--draws", "12", "--out", "kept", "--json")[1])["done"] == 13


def test_large_worlds_are_announced(claim, monkeypatch):
    monkeypatch.setattr(about, "MOST_LARGE", 5)
    monkeypatch.setattr(cli_claim, "MOST_LARGE", 5)
    code, _, err = claim("P4", "--draws", "12", "--seeds", "3")
    assert code == 0
    assert "P4: worlds of many CCGs, so at most 5 draws of one seed each" in err


def test_help_names_every_option(claim):
    code, out, _ = claim("--help")
    assert code == 0
    for option in ("--draws", "--seeds", "--out", "--force-new", "--workers", "--quiet", "--json", "PATTERN"):
        assert option in out
