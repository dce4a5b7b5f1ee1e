"""The command line refuses what it cannot do: a clear message, the right exit code, nothing written."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from ccgsim.cli.app import main

HEAD = "schema = 1\n"


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch, commands) -> Path:
    """An empty current folder, and a simulation that must not be reached."""
    never = ModuleType("ccgsim.run")
    monkeypatch.setitem(sys.modules, "ccgsim.run", never)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CCGSIM_DEBUG", raising=False)
    return tmp_path


def everything(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() if p.is_file() else b"" for p in folder.rglob("*")}


BAD_FILES = {
    "unknown key": (f"{HEAD}[policy]\ndialog = 0.8", "policy.dialog"),
    "unknown key at the top": (f"{HEAD}titel = 'x'", "titel"),
    "unknown section": (f"{HEAD}[polcy]\ndialogue = 0.8", "polcy"),
    "wrong type": (f"{HEAD}[policy]\ndialogue = '0.8'", "policy.dialogue"),
    "fraction for a whole number": (f"{HEAD}[site]\nboard = 12.5", "site.board"),
    "out of range": (f"{HEAD}[policy]\ndialogue = 1.2", "policy.dialogue"),
    "not a number": (f"{HEAD}[policy]\ndialogue = nan", "policy.dialogue"),
    "infinity": (f"{HEAD}[site]\npopulation = inf", "site.population"),
    "duplicate key": (f"{HEAD}[policy]\nnoise = 0.1\nnoise = 0.1", "not valid TOML"),
    "duplicate table": (f"{HEAD}[policy]\n[policy]", "not valid TOML"),
    "empty file": ("", "is empty"),
    "only a comment": ("# schema = 1", "is empty"),
    "not TOML": ("this is not TOML", "line 1"),
    "no schema": ("title = 'x'", "schema"),
    "newer schema": ("schema = 99", "newer"),
    "binary": (b"\x00\xff\xfe\x80PNG", "UTF-8"),
    "based on a missing file": (f"{HEAD}based_on = 'nowhere.toml'", "no such file"),
    "based on an unknown name": (f"{HEAD}based_on = 'site_z'", "based_on"),
    "based on itself": (f"{HEAD}based_on = 'bad.toml'", "circle"),
    "in a loop": (f"{HEAD}based_on = 'other.toml'", "circle"),
    "event after the end": (f"{HEAD}months = 12\n[[events]]\nmonth = 12\nannounce = 0.1", "end of the scenario"),
    "event on an unknown parameter": (f"{HEAD}[[events]]\nmonth = 1\nset = {{ 'policy.x' = 1 }}", "policy.x"),
    "event on what is fixed": (f"{HEAD}[[events]]\nmonth = 1\nset = {{ 'site.board' = 9 }}", "site.board"),
    "board of nobody": (f"{HEAD}[site]\nboard = 0", "site.board"),
    "board of one": (f"{HEAD}[site]\nboard = 1", "site.board"),
    "more localities than practices": (f"{HEAD}[site]\npractices = 4\nlocalities = 5", "site.localities"),
    "no practices": (f"{HEAD}[site]\npractices = 0", "site.practices"),
    "a thousand million practices": (f"{HEAD}[site]\npractices = 1_000_000_000", "site.practices"),
    "impossible density": (f"{HEAD}[site]\ndensity = 0.05", "site.density"),
}


@pytest.mark.parametrize("name", BAD_FILES)
@pytest.mark.parametrize("as_json", [False, True], ids=["words", "json"])
def test_a_bad_file_is_refused(name, as_json, place, ccgsim_says):
    content, told = BAD_FILES[name]
    (place / "bad.toml").write_bytes(content if isinstance(content, bytes) else content.encode())
    (place / "other.toml").write_text(f"{HEAD}based_on = 'bad.toml'")
    before = everything(place)
    code, out, err = ccgsim_says("run", "bad.toml", *(["--json"] if as_json else []))
    assert code == 3
    assert everything(place) == before
    if as_json:
        error = json.loads(out)["error"]
        assert error["code"] == 3 and not err
        assert set(error["problems"][0]) == {"file", "key", "value", "rule", "suggestion"}
        assert told in " ".join(str(problem) for problem in error["problems"])
    else:
        assert told in err and ".toml" in err and not out
        assert "Traceback" not in err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nowhere.toml"], "no such file"),
        (["folder.toml"], "is a folder"),
        (["./folder"], "is a folder"),
        (["site_z"], "did you mean"),
        ([""], "scenario"),
        (["site_a", "--months", "0"], "--months"),
        (["site_a", "--months", "-1"], "--months"),
        (["site_a", "--months", "1201"], "--months"),
        (["site_a", "--seed", "-1"], "--seed"),
        (["site_a", "--seed", str(2**53)], "--seed"),
        (["site_a", "--seed", str(2**53 - 1), "--replicates", "2"], "--replicates"),
        (["site_a", "--replicates", "0"], "--replicates"),
        (["site_a", "--arrows", "sideways"], "--arrows"),
        (["site_a", "--set", "policy.dialog=0.8"], "policy.dialogue"),
        (["site_a", "--set", "densty=0.8"], "density"),
        (["site_a", "--set", "policy.dialogue=.8"], "0.8"),
        (["site_a", "--set", "policy.dialogue=nan"], "finite"),
        (["site_a", "--set", "policy.dialogue"], "KEY=VALUE"),
        (["site_a", "--set", "=1"], "KEY=VALUE"),
        (["site_a", "--set", "ablation.size_free=true"], "ablation"),
        (["site_a", "--set", "density=0.05"], "density"),
        (["site_a", "--set", "network_size=1000000000"], "network_size"),
        (["site_a", "--set", "months=24", "--set", "broker_exits=1"], "broker_exits"),
        (["site_a", "--out", "a_file"], "is a file"),
        (["site_a", "--out", "a_file/below"], "cannot be written"),
        (["site_a", "--out", "folder.toml"], "not results"),
        (["site_a", "--out", "folder.toml", "--force"], "--force"),
        (["site_a", "--out", "mine"], "--force"),
        (["site_a", "--out", "."], "not results"),
        (["site_a", "--out", ""], "--out = '': is blank"),
        (["site_a", "--out", " "], "--out = '': is blank"),
        (["site_a", "--months", "24", "--set", "months=36"], "months = 36: must not differ from --months 24"),
        (["site_a", "--set", "density=0.5", "--set", "site.density=0.6"], "is 0.5 under its other name density"),
        (["site_a", "--json", "--csv"], '"--csv"'),
        (["site_a", "--json", "--arrows", "advice"], '"--arrows"'),
    ],
)
def test_a_bad_value_on_the_command_line_is_refused(words, told, place, ccgsim_says):
    (place / "folder.toml").mkdir()
    (place / "folder.toml" / "notes").write_text("keep")
    (place / "folder").mkdir()
    (place / "a_file").write_text("keep")
    (place / "mine").mkdir()
    (place / "mine" / "manifest.json").write_text('{"schema": 1, "version": "0.1.0"}')
    before = everything(place)
    code, out, err = ccgsim_says("run", *words)
    said, silent = (out, err) if "--json" in words else (err, out)
    assert (code, silent) == (3, "")
    assert told in said and "Traceback" not in said
    assert everything(place) == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom the file system can refuse")
def test_a_folder_without_leave_to_write_is_refused(place, ccgsim_says):
    (place / "locked").mkdir(mode=0o500)
    assert ccgsim_says("run", "site_a", "--out", "locked/below")[0] == 3


def test_all_faults_of_a_line_are_told_at_once(ccgsim_says):
    code, out, _ = ccgsim_says(
        "run", "site_z", "--seed", "-1", "--months", "0", "--set", "x", "--arrows", "up", "--json"
    )
    assert code == 3
    problems = json.loads(out)["error"]["problems"]
    assert {problem["key"] for problem in problems} == {"scenario", "--seed", "--months", "--set", "--arrows"}


@pytest.mark.parametrize(
    "words",
    [
        ["run"],
        ["rnu"],
        ["run", "site_a", "--sed", "1"],
        ["run", "site_a", "--seed", "one"],
        ["run", "site_a", "--seed"],
        ["run", "site_a", "--months", "1.5"],
        ["run", "site_a", "site_b"],
        [],
    ],
)
def test_a_line_that_cannot_be_parsed_exits_with_2(words, ccgsim_says):
    code, out, err = ccgsim_says(*words)
    assert (code, out) == (2, "") and err
    code, out, err = ccgsim_says(*words, "--json")
    assert code == 2 and json.loads(out)["error"]["code"] == 2 and not err


def test_an_internal_error_is_short_and_exits_with_1(ccgsim_says, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the cat sat on it")

    sys.modules["ccgsim.run"].simulate = sys.modules["ccgsim.run"].replicate = broken
    code, out, err = ccgsim_says("run", "site_a", "--json")
    assert code == 1 and not err
    assert "the cat sat on it" in json.loads(out)["error"]["problems"][0]["rule"]
    monkeypatch.setenv("CCGSIM_DEBUG", "1")
    monkeypatch.setattr(sys, "argv", ["ccgsim", "run", "site_a", "--json"])
    with pytest.raises(RuntimeError):
        main()


def test_an_interrupted_run_exits_with_130_and_leaves_nothing(place, ccgsim_says):
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    sys.modules["ccgsim.run"].simulate = sys.modules["ccgsim.run"].replicate = interrupted
    code, out, err = ccgsim_says("run", "site_a", "--quiet")
    assert (code, out) == (130, "") and "interrupted" in err
    assert everything(place) == {}
