"""The command `validate` with toy patterns: what it prints, what it keeps, and how it leaves."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path

import pytest

import ccgsim.foundation.compiled
from ccgsim.lab.validation import baseline, validation
from ccgsim.lab.validation.bench import Bench
from ccgsim.report.words import terminal
from tests.toys import TOYS, part, row

KEYS = [
    *("id", "claim", "source", "origin", "scenario", "statistic", "value", "low", "high", "tolerance"),
    *("held", "held_without_mechanism", "shown", "held_before"),
]


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch) -> Path:
    """An empty current folder, toys for patterns, and no baseline."""
    monkeypatch.setattr(validation, "PATTERNS", TOYS)
    monkeypatch.setattr(validation, "rules_hash", lambda: "rules")
    monkeypatch.setattr(baseline, "SHIPPED", tmp_path / "baseline" / "baseline.json")
    monkeypatch.setattr(ccgsim.foundation.compiled, "is_compiled", lambda: True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def validate(ccgsim_says):
    """Calls this command; gives its exit code, standard output and standard error."""
    return partial(ccgsim_says, "validate")


def ship(*rows, seeds=60, rules="rules"):
    """Put a baseline where the package would have it."""
    baseline.SHIPPED.parent.mkdir(exist_ok=True)
    baseline.SHIPPED.write_text(json.dumps({"seeds": seeds, "rules": rules, "patterns": rows}))


def test_json_is_the_contract_and_nothing_else(validate, place):
    code, out, err = validate("--seeds", "5", "--json")
    document = json.loads(out, parse_constant=lambda name: pytest.fail(f"{name} in the document"))
    assert (code, err) == (0, "")
    assert list(document)[:2] == ["ccgsim", "command"]
    assert (document["command"], document["seeds"]) == ("validate", 5)
    assert [row["id"] for row in document["patterns"]] == ["P1", "P2", "P10"]
    assert all(set(KEYS) <= set(row) for row in document["patterns"])
    assert [row["shown"] for row in document["patterns"]] == [True, False, False]
    assert [row["held_before"] for row in document["patterns"]] == [None, None, None]
    assert list(place.iterdir()) == []


def test_findings_come_first_then_tables_plot_and_headline(validate):
    code, out, err = validate("--seeds", "5")
    assert (code, err) == (0, "")
    places = [
        out.index(words)
        for words in (
            "P1   A toy that needs its spring (emergent): holds; fails without its mechanism",
            "   + mean of the toy: 0.602 [0.6",
            "P2   A toy that never moves (emergent): does not hold",
            "   - what is not there: undefined, 0.2 to 0.4",
            "Fitted: a parameter was chosen to reach it",
            "Emergent: neither set nor fitted",
            "outside │ inside the tolerance",
            "1 of 2 emergent patterns shown (5 seeds)",
        )
    ]
    assert places == sorted(places)
    assert max(len(line) for line in out.splitlines()) <= 100


def test_quiet_prints_the_board_only(validate):
    out = validate("--seeds", "5", "--quiet")[1]
    assert "(emergent): holds" not in out and "1 of 2 emergent patterns shown" in out


def test_only_some_are_judged_by_name_in_any_case_and_order(validate):
    document = json.loads(validate("--seeds", "5", "--only", "p10, P1", "--json")[1])
    assert [row["id"] for row in document["patterns"]] == ["P1", "P10"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--only", "P11"), "did you mean P1?"),
        (("--only", ""), "--only"),
        (("--seeds", "1"), "--seeds = 1: lies outside 2 to"),
        (("--seeds", "-4"), "--seeds = -4"),
        (("--seed", "-1"), "--seed = -1"),
    ],
)
def test_what_cannot_be_judged_is_refused(validate, place, words, told):
    code, out, err = validate(*words, "--out", "kept.json")
    assert (code, out) == (3, "")
    assert told in err and "Traceback" not in err
    assert list(place.iterdir()) == []


def test_all_faults_are_told_at_once_as_json(validate, place):
    (place / "notes.json").write_text('{"mine": 1}')
    code, out, _ = validate("--seeds", "0", "--only", "Q", "--out", "notes.json", "--json")
    problems = json.loads(out)["error"]["problems"]
    assert code == 3
    assert [problem["key"] for problem in problems] == ["--seeds", "--only", "--out"]
    assert (place / "notes.json").read_text() == '{"mine": 1}'


@pytest.mark.parametrize("words", [("--seeds", "many"), ("--patterns", "P1"), ("P1",)])
def test_what_cannot_be_parsed_ends_with_2(validate, words):
    assert validate(*words)[0] == 2


def test_a_pattern_that_held_and_stopped_ends_with_6_and_says_which_before_and_now(validate):
    ship(row("P2", part(0.3, 0.01, statistic="what is not there")), seeds=60)
    code, out, err = validate("--seeds", "5")
    assert code == 6
    line = "P2 has stopped holding: what is not there: 0.3 [0.29, 0.31] before, undefined now; 0.2 to 0.4"
    assert line in err and "1 of 2 emergent patterns shown" in out
    assert line in validate("--seeds", "5", "--quiet")[2]


def test_a_pattern_that_stopped_ends_with_6_under_json_too_with_the_whole_document(validate):
    ship(row("P2", part(0.3, 0.01)), row("P1", part(0.6, 0.01)))
    code, out, err = validate("--seeds", "5", "--json")
    document = json.loads(out)
    assert code == 6 and "P2 has stopped holding" in err
    assert [row["held_before"] for row in document["patterns"]] == [True, True, None]
    assert [(fall["id"], fall["before"]["value"], fall["now"]["value"]) for fall in document["stopped"]] == [
        ("P2", 0.3, None)
    ]


def test_a_pattern_that_did_not_hold_before_changes_nothing(validate):
    ship(row("P2", part(None, held=False)))
    assert validate("--seeds", "5")[::2] == (0, "")


def test_a_baseline_of_other_rules_is_named(validate):
    ship(row("P1", part(0.6, 0.01)), rules="older")
    assert "other rules" in validate("--seeds", "5")[2]
    assert validate("--seeds", "5", "--quiet")[2] == ""


def test_out_keeps_patterns_one_by_one_and_those_of_before(validate, place):
    validate("--seeds", "5", "--only", "P10", "--out", "here/kept.json")
    validate("--seeds", "4", "--only", "P1", "--out", "here/kept.json", "--json")
    kept = json.loads((place / "here" / "kept.json").read_text())
    assert [(row["id"], row["seeds"]) for row in kept["patterns"]] == [("P1", 4), ("P10", 3)]
    assert "held_before" not in kept["patterns"][0] and "stopped" not in kept


def test_what_is_done_is_kept_when_stopped_half_way(validate, place, monkeypatch):
    def breaks(bench, change):
        raise KeyboardInterrupt

    second = type(TOYS[1])(**{**vars(TOYS[1]), "judge": breaks})
    monkeypatch.setattr(validation, "PATTERNS", (TOYS[0], second))
    assert validate("--seeds", "5", "--out", "kept.json")[0] == 130
    assert [row["id"] for row in json.loads((place / "kept.json").read_text())["patterns"]] == ["P1"]


def test_the_baseline_is_compared_before_it_is_rewritten_and_only_where_asked(validate):
    ship(row("P2", part(0.3, 0.01)))
    before = baseline.SHIPPED.read_bytes()
    assert validate("--seeds", "5")[0] == 6
    assert baseline.SHIPPED.read_bytes() == before


def test_a_baseline_can_be_replaced_by_out(validate):
    validate("--seeds", "5", "--out", str(baseline.SHIPPED))
    document = json.loads(validate("--seeds", "5", "--json")[1])
    assert [row["held_before"] for row in document["patterns"]] == [True, False, True]
    assert document["baseline"] == {"seeds": 5, "rules": "rules", "same_rules": True}


def test_a_file_that_cannot_be_written_is_refused(validate, place):
    (place / "file").write_text("")
    code, _, err = validate("--seeds", "5", "--only", "P1", "--out", "file/kept.json")
    assert code == 3 and "--out" in err and "Traceback" not in err


def test_the_plot_is_plain_ascii_where_the_output_can_do_no_better(validate, monkeypatch):
    monkeypatch.setattr(type(sys.stdout), "encoding", "ascii", raising=False)
    out = validate("--seeds", "5")[1]
    assert out.isascii()
    assert "=#=" in out or "#" in out


def test_there_is_no_colour_without_a_terminal_or_with_no_color(validate, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in validate("--seeds", "5")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in validate("--seeds", "5")[1]
    monkeypatch.delenv("FORCE_COLOR")
    assert "\x1b" not in validate("--seeds", "5")[1]


def test_progress_is_told_on_standard_error(validate, monkeypatch):
    monkeypatch.setattr(terminal, "PATIENCE", -1.0)
    monkeypatch.setattr(terminal, "LINE_EVERY", 0.0)
    monkeypatch.setattr(terminal, "LEAST_COUNTED", 0.0)
    _, _, err = validate("--seeds", "5", "--only", "P1")
    assert "of 40 worlds" in err and "a second" in err and "s left" in err
    assert validate("--seeds", "5", "--only", "P1", "--quiet")[2] == ""


def test_other_seeds_are_judged_and_said(validate, monkeypatch):
    seen = []
    monkeypatch.setattr(validation, "Bench", lambda seeds: seen.append(seeds) or Bench(seeds))
    document = json.loads(validate("--seed", "600", "--seeds", "5", "--json")[1])
    assert (document["first_seed"], document["seeds"]) == (600, 5)
    assert {seeds.start for seeds in seen} == {600}
