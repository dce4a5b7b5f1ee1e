"""The command line: what `run`, `scenarios` and `parameters` print and leave behind, with a stand-in simulation."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pandas as pd
import pytest

import ccgsim.foundation.compiled
from ccgsim.cli.app import COMMANDS
from ccgsim.course import STEPS
from ccgsim.lab import warming
from ccgsim.report import results
from ccgsim.report.words import terminal
from ccgsim.scenario.sections import HEADLINES


def pretend_simulate(scenario, seed, months=None, progress=None):
    months = months or scenario.months
    progress(months, months)
    series = pd.DataFrame({name: [0.25] * (months + 1) for name in terminal.HEADLINE})
    values = dict.fromkeys(terminal.HEADLINE, 0.5) | {"coherence": None, "ties_outside": 26.0}
    return SimpleNamespace(series=series, final=values, mean=values, seed=seed, scenario=scenario)


def pretend_replicate(scenario, seeds, months=None, progress=None):
    value = {"mean": 0.5, "low": 0.4, "high": 0.6, "n": len(seeds), "range_low": 0.1, "range_high": 0.9}
    values = dict.fromkeys(terminal.HEADLINE, value)
    return SimpleNamespace(summary_final=values, summary_mean=values, seeds=seeds, scenario=scenario)


def pretend_write(result, folder, *, figures, arrows, csv):
    text = json.dumps(
        {"schema": 1, "version": "0", "figures": figures, "arrows": arrows} | ({"csv": csv} if csv else {})
    )
    (folder / "manifest.json").write_text(text)
    return {"manifest.json": folder / "manifest.json"}


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch, commands) -> Path:
    """An empty current folder, and stand-ins for simulation and report."""
    pretended = ModuleType("ccgsim.run")
    pretended.simulate, pretended.replicate = pretend_simulate, pretend_replicate
    monkeypatch.setitem(sys.modules, "ccgsim.run", pretended)
    monkeypatch.setattr(results, "write_run", pretend_write)
    monkeypatch.setattr(ccgsim.foundation.compiled, "is_compiled", lambda: True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def says(ccgsim_says):
    """Calls the command, which must do well; gives standard output and standard error."""

    def call(*words: str) -> tuple[str, str]:
        code, out, err = ccgsim_says(*words)
        assert not code
        return out, err

    return call


def test_a_run_prints_start_end_and_mean_and_leaves_its_folder(says, place):
    out, err = says("run", "site_a", "--seed", "7", "--months", "12")
    assert not err
    assert "month 0" in out and "month 12" in out and "mean" in out
    row = next(line for line in out.splitlines() if line.startswith("stability"))
    assert row.split() == ["stability", "0.250", "0.500", "0.500"]
    assert next(line for line in out.splitlines() if line.startswith("coherence")).split()[2] == "–"
    assert str(Path("results") / "site_a-seed7") in out
    assert [path.name for path in (place / "results").iterdir()] == ["site_a-seed7"]


def test_replicates_are_printed_with_their_interval(says):
    out, _ = says("run", "site_a", "--replicates", "3", "--seed", "5")
    assert "seeds 5 to 7" in out and "0.500 [0.400, 0.600]" in out


def test_the_range_of_single_worlds_stands_beside_the_interval_of_their_average(says):
    out, _ = says("run", "site_a", "--replicates", "3")
    head, row = (next(line for line in out.splitlines() if line.startswith(name)) for name in ("measure", "stability"))
    assert "average of 3 worlds" in out and "95% interval of the average" in out
    assert head.count("single worlds") == 2 and row.count("0.100 to 0.900") == 2
    assert "Single worlds: lowest to highest" in out


def test_a_what_if_is_called_one(says):
    out, _ = says("run", "site_b", "--set", "broker_exits=2", "--set", "policy.dialogue=0.6")
    assert out.startswith("Site B: former commissioning groups and their leaders, with policy.dialogue = 0.6, ")
    document = json.loads(says("run", "site_b", "--set", "broker_exits=2", "--json")[0])
    assert document["scenario"] == "site_b" and document["title"].endswith("with turnover.broker_exits = 2")
    assert " with " not in says("run", "site_b", "--set", "broker_exits=0")[0].splitlines()[0]


def test_what_runs_print_is_explained_within_reach(says):
    command = re.search(r"`ccgsim (measures \w+)`", says("run", "site_a")[0])[1]
    assert "persistence" in says(*command.split())[0]
    names = [row["name"] for row in json.loads(says("measures", "--json")[0])["measures"]]
    assert set(terminal.HEADLINE) < set(names)


@pytest.mark.parametrize(
    ("words", "first", "others"),
    [
        (("measures", "broker"), "broker_reliance", {"stability", "broker_centralisation"}),
        (("measures", "Manager_Control"), "manager_control", set()),
        (("measures", "mobility", "knowledge"), "knowledge_mobility", {"mobility_reach"}),
        (("parameters", "dialogue"), "policy.dialogue", {"policy.dialogue_effect"}),
        (("parameters", "network_size"), "site.practices", set()),
    ],
)
def test_words_choose_measures_and_parameters_by_name_and_meaning(says, words, first, others):
    rows = json.loads(says(*words, "--json")[0])[words[0]]
    assert rows[0]["name"] == first
    assert others <= {row["name"] for row in rows} and len(rows) < 20
    assert says(*words)[0].startswith(first)


def test_a_word_that_nothing_holds_is_refused_with_the_nearest_name(ccgsim_says):
    code, out, err = ccgsim_says("measures", "stabilty")
    assert code == 3 and not out and "did you mean stability?" in err


@pytest.mark.parametrize(
    ("words", "other"),
    [
        (("measures", "policy.uncertainty"), "ccgsim parameters policy.uncertainty"),
        (("measures", "Network_Size"), "ccgsim parameters Network_Size"),
        (("parameters", "board_density"), "ccgsim measures board_density"),
    ],
)
def test_a_parameter_asked_for_as_a_measure_is_pointed_to_and_the_other_way_round(ccgsim_says, words, other):
    code, out, err = ccgsim_says(*words)
    assert code == 3 and not out and f"did you mean {other}?" in err


def test_a_word_in_names_of_both_is_listed_and_the_other_list_named(ccgsim_says):
    code, out, err = ccgsim_says("measures", "density")
    assert code == 0 and out.startswith("board_density") and "See also `ccgsim parameters density`" in err
    assert "See also" not in ccgsim_says("measures", "coherence_internal")[2]


def test_replicates_say_whose_people_and_ties_are_written_and_how_to_have_them_as_csv(ccgsim_says):
    out = ccgsim_says("run", "site_f", "--replicates", "2", "--months", "2", "--seed", "4", "--no-figures")[1]
    assert "those of seed 4 alone" in out and "--csv" in out


def test_csv_is_handed_on(says, place):
    says("run", "site_a", "--csv", "--out", "here")
    assert json.loads((place / "here/manifest.json").read_text())["csv"] is True


def test_json_is_one_document_and_writes_nothing_of_itself(says, place):
    out, err = says("run", "site_a", "--months", "12", "--json")
    document = json.loads(out)
    assert not err and not list(place.iterdir())
    assert list(document)[:2] == ["ccgsim", "command"]
    assert (document["scenario"], document["seed"], document["months"]) == ("site_a", 0, 12)
    assert document["files"] == {} and document["final"]["coherence"] is None


def test_json_with_a_folder_names_the_files(says, place):
    out, _ = says("run", "site_a", "--json", "--out", "here/there", "--no-figures", "--arrows", "advice")
    path = Path(json.loads(out)["files"]["manifest.json"])
    assert path == Path("here") / "there" / "manifest.json"
    assert json.loads(path.read_text()) == {"schema": 1, "version": "0", "figures": False, "arrows": "advice"}


def test_earlier_results_are_replaced(says, place):
    says("run", "site_a")
    (place / "results" / "site_a-seed0" / "old").write_text("gone")
    says("run", "site_a")
    assert [path.name for path in (place / "results" / "site_a-seed0").iterdir()] == ["manifest.json"]
    says("run", "site_a", "--out", "mine")
    says("run", "site_a", "--out", "mine", "--force")
    assert sorted(path.name for path in place.iterdir()) == ["mine", "results"]


def test_a_shorter_run_tells_which_events_it_leaves_out(says):
    _, err = says("run", "broker_exit", "--months", "12")
    assert "broker_exit at month 12" in err
    assert not says("run", "broker_exit", "--months", "13")[1]
    assert not says("run", "broker_exit", "--months", "12", "--quiet")[1]
    out, err = says("run", "broker_exit", "--months", "12", "--json")
    assert not err and "broker_exit at month 12" in json.loads(out)["notes"][0]


def test_the_first_run_tells_that_it_compiles(says, monkeypatch):
    warmed = []
    monkeypatch.setattr(ccgsim.foundation.compiled, "is_compiled", lambda: False)
    monkeypatch.setattr(warming, "warm", warmed.append)
    assert says("run", "site_a")[1].count("compiling") == 1
    assert len(warmed) == 1


def test_compiling_for_later_runs_is_refused_where_nothing_can_be_kept(ccgsim_says, monkeypatch):
    monkeypatch.setattr(ccgsim.foundation.compiled, "KEPT", False)
    monkeypatch.setattr(ccgsim.foundation.compiled, "HOME", Path("/closed"))
    monkeypatch.setattr(warming, "warm", lambda report: pytest.fail("nothing is to be compiled"))
    code, out, err = ccgsim_says("warm")
    assert (code, out) == (3, "")
    assert "CCGSIM_CACHE = '/closed': cannot be written, so the compiled rules would be gone" in err


def test_values_are_set_in_the_order_of_the_line(says, monkeypatch):
    seen = []

    def watched(scenario, *args, **kwargs):
        seen.append(scenario)
        return pretend_simulate(scenario, *args, **kwargs)

    monkeypatch.setattr(sys.modules["ccgsim.run"], "simulate", watched)
    words = [
        "network_size=40",
        "policy.dialogue=0.4",
        "site.hold=localities",
        "policy.dialogue=0.6",
        "network_size=60",
    ]
    says("run", "site_a", *(part for word in words for part in ("--set", word)))
    (world,) = seen
    assert (world.policy.dialogue, world.site.practices, world.site.localities) == (0.6, 60, 6)


def test_scenarios_are_listed(says):
    rows = json.loads(says("scenarios", "--json")[0])["scenarios"]
    assert {"name", "title", "question", "source", "based_on", "months", "bases"} == set(rows[0])
    assert {f"site_{letter}" for letter in "abcdef"} <= {row["name"] for row in rows}
    out, _ = says("scenarios")
    assert all(row["name"] in out for row in rows)
    assert "(140 months, based on policy_uncertainty, then site_b)" in out


def test_every_parameter_is_listed_with_default_range_and_source(says):
    rows = json.loads(says("parameters", "--json")[0])["parameters"]
    assert {"name", "default", "low", "high", "unit", "meaning", "source", "headline"} <= set(rows[0])
    assert {row["headline"]: row["name"] for row in rows if row["headline"]} == HEADLINES
    assert all(row["meaning"] and row["source"] for row in rows)
    out, _ = says("parameters")
    assert all(row["name"] in out for row in rows)


def test_the_steps_of_the_month_are_told_in_their_order_where_asked_for(says):
    alone, plain, told = (
        json.loads(says("parameters", *words, "--json")[0]) for words in (["--steps"], ["term"], ["term", "--steps"])
    )
    assert [step["name"] for step in alone["steps"]] == list(STEPS) and all(step["what"] for step in alone["steps"])
    assert "parameters" not in alone and "steps" not in plain
    assert told == plain | {"steps": alone["steps"]}
    out = says("parameters", "--steps")[0]
    assert len(out.splitlines()) == len(STEPS) and f"{len(STEPS):4} {STEPS[-1]} " in out
    assert says("parameters", "term", "--steps")[0] == says("parameters", "term")[0] + out


def test_every_listed_parameter_can_be_set_to_its_default(says):
    rows = json.loads(says("parameters", "--json")[0])["parameters"]
    closed = [row for row in rows if row["default"] is not None and row["name"] != "site.practices"]
    words = [f"{row['name']}={json.dumps(row['default'])}" for row in closed]
    says("run", "site_c", "--set", "site.practices=32", *(part for word in words for part in ("--set", word)))


def test_version_and_help_are_printed(says):
    assert says("--version")[0].startswith("ccgsim ")
    assert "scenarios" in says("--help")[0]
    assert "--replicates" in says("run", "--help")[0]


def test_help_loads_nothing_heavy():
    code = (
        "import sys; import ccgsim.cli.app; "
        "print([m for m in ('numba', 'mesa', 'pandas', 'numpy', 'matplotlib', 'ccgsim.world') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
def test_every_command_that_can_be_asked_for_has_its_file(command):
    assert importlib.util.find_spec(f"ccgsim.cli.{command.__name__.lower()}")
