"""The command `compare`: what it prints, writes and refuses."""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

from ccgsim.cli.app import main
from ccgsim.foundation import compiled
from ccgsim.lab import warming
from ccgsim.measures.catalogue import NAMES
from ccgsim.report.words.terminal import HEADLINE
from ccgsim.scenario.scenario import shipped_folder

SHORT = ("--replicates", "3", "--months", "3")


@pytest.fixture
def ccgsim_says(ccgsim_says):
    """Calls this command; gives exit code, standard output and error."""
    return partial(ccgsim_says, "compare")


@pytest.fixture(scope="module")
def compared(tmp_path_factory) -> tuple[str, Path]:
    """What a comparison prints, the first on this machine, and its folder."""
    place = tmp_path_factory.mktemp("compared")
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as left:
        patch.chdir(place)
        patch.setattr(sys, "argv", ["ccgsim", "compare", "site_f", "site_c", *SHORT])
        patch.setattr(compiled, "is_compiled", lambda: False)
        patch.setattr(warming, "warm", lambda report: None)
        with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
            main()
    assert not left.value.code and "compil" in err.getvalue()
    return out.getvalue(), place / "results" / "compare-site_f-site_c-seed0"


def test_json_is_the_contract_and_writes_nothing(ccgsim_says, tmp_path):
    code, out, _ = ccgsim_says("site_f", "site_c", *SHORT, "--seed", "4", "--json")
    document = json.loads(out)
    assert code == 0 and not list(tmp_path.iterdir())
    assert list(document)[:2] == ["ccgsim", "command"] and document["command"] == "compare"
    assert document["seeds"] == [4, 5, 6]
    assert document["base"] == "site_f" and document["scenarios"] == ["site_f", "site_c"]
    row = document["differences"][0]
    assert list(row)[:8] == ["scenario", "measure", "at", "difference", "low", "high", "n", "replicates_needed"]
    assert row["range_low"] <= row["difference"] <= row["range_high"]
    way = document["on_the_way"][0]
    assert (way["scenario"], way["at"], way["date"][:3]) == ("site_c", "largest", "201") and 1 <= way["month"] <= 3
    assert {row["at"] for row in document["differences"]} == {"final", "mean"}
    assert document["files"] == {}


def test_equal_seeds_give_equal_bytes_and_quiet_prints_only_results(ccgsim_says, monkeypatch, compared):
    _, folder = compared
    monkeypatch.setattr(compiled, "is_compiled", lambda: False)
    monkeypatch.setattr(warming, "warm", lambda report: None)
    code, out, err = ccgsim_says("site_f", "site_c", *SHORT, "--quiet", "--out", "again")
    assert code == 0 and out and not err
    written = {path.name for path in folder.iterdir()} - {"manifest.json"}
    assert len(written) == 6
    for name in written:
        assert Path("again", name).read_bytes() == (folder / name).read_bytes(), name


def test_a_folder_holds_tables_figure_and_manifest(compared):
    _, folder = compared
    names = [
        "comparison.png",
        "comparison.svg",
        "differences.csv",
        "differences.parquet",
        "manifest.json",
        "series.parquet",
        "table.csv",
    ]
    assert sorted(path.name for path in folder.iterdir()) == names
    series = pd.read_parquet(folder / "series.parquet")
    assert series.groupby(["scenario", "seed"]).size().eq(4).all()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["base"] == "site_f" and set(manifest["scenarios"]) == {"site_f", "site_c"}


def test_the_table_names_each_scenario_and_fits_100_columns(compared):
    out, _ = compared
    start = out.index("site_c less site_f, average")
    assert max(len(line.rstrip()) for line in out[start : out.index("\n\n'")].splitlines()) <= 100
    assert "site_c less site_f, on the way" in out and "single worlds" in out


def test_the_printed_tables_are_a_csv_which_the_end_names(compared):
    out, folder = compared
    assert "Results in results/compare-site_f-site_c-seed0: table.csv holds the tables above" in out
    table = pd.read_csv(folder / "table.csv").set_index("measure")
    long = pd.read_csv(folder / "differences.csv").set_index(["measure", "at"])
    assert list(table.index[: len(HEADLINE)]) == list(HEADLINE) and set(table.index) == set(NAMES)
    assert table.loc["participation", "final_low"] == long.loc[("participation", "final"), "low"]
    assert table.loc["participation", "largest_date"] in ("2011-01", "2011-02", "2011-03")


def test_worlds_that_an_event_parts_are_equal_before_it_and_told_from_there(ccgsim_says):
    Path("mine.toml").write_text(
        'schema = 1\nbased_on = "site_f"\nevents = [{ month = 2, set = { "policy.uncertainty" = 0.9 } }]\n'
    )
    out = ccgsim_says("site_f", "mine.toml", "--replicates", "3", "--months", "5")[1]
    assert "mean of months 1-5 " in out
    assert "5 months after the start (May 2011), 3 months after the first event that differs, 3 pairs of worlds" in out


def test_what_the_worlds_differ_in_comes_first_and_stands_in_the_document(ccgsim_says):
    code, out, _ = ccgsim_says("site_b", "dialogue", *SHORT, "--set", "density=0.5")
    lines = out.splitlines()
    assert code == 0
    assert lines[:4] == [
        "In every world: site.density = 0.5",
        "dialogue (based on policy_uncertainty, site_b) differs from site_b in:",
        "  policy.uncertainty: 0.6 instead of 0.35",
        "  policy.dialogue: 0.8 instead of 0.2",
    ]
    assert "2 things" in lines[4]
    document = json.loads(ccgsim_says("site_b", "dialogue", *SHORT, "--json")[1])
    rows = {row["name"]: row for row in document["differs"]}
    assert rows["policy.dialogue"] == {
        "scenario": "dialogue", "kind": "parameter", "name": "policy.dialogue", "base": 0.2, "value": 0.8
    }  # fmt: skip
    assert rows["based_on"]["value"] == ["policy_uncertainty", "site_b"]


def test_worlds_of_different_ccgs_are_told_apart(ccgsim_says):
    out = ccgsim_says("site_b", "broker_exit", *SHORT)[1]
    assert "They describe different CCGs (site_a, site_b)" in out and "site.population" in out


def test_settings_apply_to_every_scenario(ccgsim_says):
    _, out, _ = ccgsim_says("site_f", "site_c", *SHORT, "--set", "policy.uncertainty=0.9", "--json")
    _, other, _ = ccgsim_says("site_f", "site_c", *SHORT, "--json")
    assert json.loads(out)["differences"] != json.loads(other)["differences"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("site_a",), "needs at least two scenarios"),
        (("site_a", "site_a"), "named twice"),
        (("site_a", "site_q"), "no shipped scenario"),
        (("site_a", "site_b", "--replicates", "0"), "--replicates"),
        (("site_a", "site_b", "--seed", "-1"), "--seed"),
        (("site_a", "site_b", "--months", "0"), "--months"),
        (("site_a", "site_b", "--set", "policy.nothing=1"), "policy.nothing"),
        (("site_a", "site_b", "--months", "24", "--set", "months=36"), "must not differ from --months 24"),
    ],
)
def test_what_cannot_be_compared_is_refused_and_nothing_written(ccgsim_says, tmp_path, words, said):
    code, out, err = ccgsim_says(*words)
    assert code == 3 and not out
    assert said in err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("again", ["mine.toml", "./mine.toml", "../{}/mine.toml", "a/../mine.toml"])
def test_one_file_under_two_spellings_is_told_under_the_second(ccgsim_says, tmp_path, again):
    Path("mine.toml").write_text('schema = 1\nbased_on = "site_f"\n')
    Path("a").mkdir()
    again = again.format(tmp_path.name)
    code, _, err = ccgsim_says(str(tmp_path / "mine.toml"), again, *SHORT)
    assert code == 3 and f"scenarios = '{again}': is named twice" in err and len(err.splitlines()) == 2


def test_a_shipped_scenario_and_its_file_are_one(ccgsim_says):
    code, _, err = ccgsim_says("site_f", str(shipped_folder() / "site_f.toml"))
    assert code == 3 and "is named twice" in err


def test_all_faults_are_told_at_once(ccgsim_says):
    _, _, err = ccgsim_says("site_a", "site_q", "--replicates", "0", "--seed", "-1")
    assert all(said in err for said in ("site_q", "--replicates", "--seed"))


def test_events_that_a_shorter_comparison_does_not_reach_are_told(ccgsim_says):
    told = ccgsim_says("site_a", "broker_exit", *SHORT)[2]
    assert "broker_exit: a run of 3 months leaves out broker_exit at month 12" in told
