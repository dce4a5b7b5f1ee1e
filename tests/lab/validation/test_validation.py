"""Validation: which patterns, on how many seeds, what the hash of the rules sees, when one that held has stopped."""

from __future__ import annotations

import ast
import shutil

import pytest

from ccgsim.foundation.problems import Problems
from ccgsim.lab import sources
from ccgsim.lab.sweep import plan
from ccgsim.lab.validation import baseline, rules, validation
from ccgsim.lab.validation.patterns.pattern import SCENARIOS, world_of
from ccgsim.scenario import files
from ccgsim.world.england import MODELS
from tests.toys import FITTED, LOST, SHOWN, TOYS, part, row


def last(findings):
    return list(findings)[-1][1]


def test_a_document_grows_pattern_by_pattern_and_counts_what_is_shown():
    documents = [document for _, document in validation.validate(5, TOYS)]
    assert [len(document["patterns"]) for document in documents] == [1, 2, 3]
    assert (documents[-1]["shown"], documents[-1]["emergent"], documents[-1]["seeds"]) == (1, 2, 5)
    assert documents[-1]["rules"] == rules.rules_hash()


def test_a_pattern_is_judged_on_its_own_most_number_of_seeds_and_no_more():
    assert [row["seeds"] for row in last(validation.validate(5, TOYS))["patterns"]] == [5, 5, 3]
    assert [row["seeds"] for row in last(validation.validate(2, TOYS))["patterns"]] == [2, 2, 2]


def test_worlds_are_counted_with_and_without_the_mechanism():
    assert [row["worlds"] for row in last(validation.validate(5, TOYS))["patterns"]] == [10, 0, 3]


def test_progress_rises_to_what_was_planned_by_an_earlier_document():
    told: list[tuple[int, int]] = []
    before = {"patterns": [row("P1", part(1.0), worlds=120), row("P10", part(1.0), worlds=60)]}
    last(validation.validate(5, (SHOWN, FITTED), before, lambda done, planned: told.append((done, planned))))
    assert {planned for _, planned in told} == {13}
    assert [done for done, _ in told] == [*range(1, 11), 10, 11, 12, 13, 13]


def test_a_pattern_that_runs_more_than_planned_does_not_pass_its_part():
    told: list[tuple[int, int]] = []
    before = {"patterns": [row("P1", part(1.0), worlds=60), row("P10", part(1.0), worlds=60)]}
    last(validation.validate(5, (SHOWN, FITTED), before, lambda done, planned: told.append((done, planned))))
    assert max(done for done, _ in told[:11]) == 5
    assert told[-1] == (8, 8)


def test_patterns_are_chosen_by_name_in_their_own_order(monkeypatch):
    monkeypatch.setattr(validation, "PATTERNS", TOYS)
    assert validation.chosen(["P10", "P1"]) == (SHOWN, FITTED)
    assert validation.chosen(None) == TOYS
    with pytest.raises(Problems) as refused:
        validation.chosen(["P1", "P11", "Q"])
    assert [(p.value, p.suggestion) for p in refused.value.problems] == [("P11", "P1"), ("Q", "")]


def test_documents_of_the_same_rules_are_merged_and_others_are_dropped():
    old, new = (validation.document("same", [row(name, part(1.0))]) for name in ("P10", "P2"))
    both = validation.merged(old, new)
    assert [each["id"] for each in both["patterns"]] == ["P2", "P10"]
    assert both["emergent"] == 2
    assert validation.merged(old | {"rules": "other"}, new) == new
    assert validation.merged(old | {"first_seed": 7}, new) == new
    assert validation.merged({}, new) == new
    again = validation.document("same", [row("P10", part(2.0))])
    assert [each["value"] for each in validation.merged(both, again)["patterns"]] == [1.0, 2.0]


@pytest.fixture
def scenarios(tmp_path, monkeypatch):
    """A copy of the shipped scenarios that a test may change."""
    folder = tmp_path / "scenarios"
    shutil.copytree(files.shipped_folder(), folder)
    monkeypatch.setattr(files, "shipped_folder", lambda: folder)
    return folder


def test_the_hash_sees_the_scenarios_that_patterns_run_and_no_other(scenarios):
    before = rules.rules_hash()
    (scenarios / "unrelated.toml").write_text('schema = 1\nbased_on = "site_b"\n')
    (scenarios / "dialogue.toml").write_text("schema = 1\n")
    assert rules.rules_hash() == before
    file = scenarios / "site_b.toml"
    file.write_text(file.read_text() + "\n# changed\n")
    assert rules.rules_hash() != before


def test_the_hash_sees_what_a_scenario_is_based_on(scenarios):
    (scenarios / "ground.toml").write_text("schema = 1\n")
    file = scenarios / "site_b.toml"
    file.write_text(file.read_text().replace("schema = 1", 'schema = 1\nbased_on = "ground"'))
    before = rules.rules_hash()
    assert scenarios / "ground.toml" in sources.scenario_sources(SCENARIOS)
    (scenarios / "ground.toml").write_text("schema = 1\nmonths = 100\n")
    assert rules.rules_hash() != before


def test_a_sweep_sees_the_sites_that_england_is_made_of_and_no_other_scenario(scenarios):
    before = plan.code_hash()
    (scenarios / "dialogue.toml").write_text("schema = 1\n")
    assert plan.code_hash() == before
    file = scenarios / f"{MODELS[0]}.toml"
    file.write_text(file.read_text() + "\n# changed\n")
    assert plan.code_hash() != before


def test_a_pattern_cannot_run_a_scenario_that_the_hash_does_not_see():
    assert world_of("site_b").name == "site_b"
    with pytest.raises(Problems, match="SCENARIOS"):
        world_of("site_c")


def test_the_hash_sees_no_scenario_that_patterns_do_not_name():
    texts = [path.read_text(encoding="utf-8") for path in rules.PATTERNS.glob("*.py") if path.stem != "pattern"]
    assert all(any(f'"{name}"' in text for text in texts) for name in SCENARIOS)


@pytest.mark.parametrize("path", sorted(rules.PATTERNS.glob("*.py")), ids=lambda path: path.stem)
def test_patterns_load_scenarios_through_world_of_alone(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    loaders = names & {"load", "resolve", "simulate", "replicate", "many_series", "scenario", "scenario_files"}
    assert loaders == ({"load"} if path.stem == "pattern" else set())


def test_every_committed_row_bears_what_the_contract_asks_for():
    keys = {"id", "claim", "source", "origin", "scenario", "statistic", "value", "low", "high", "tolerance"}
    keys |= {"held", "held_without_mechanism", "shown", "seeds"}
    rows = baseline.shipped()["patterns"]
    assert len(rows) >= 27
    assert all(keys <= set(each) for each in rows)
    assert all(each["held"] == all(one["held"] for one in each["parts"]) for each in rows)


def stopped(before, now):
    return [fall["statistic"] for fall in baseline.stopped(before, now)]


def test_on_as_many_seeds_or_more_every_part_must_hold():
    before = row("P1", part(1.0, 0.1), part(2.0, 0.1, statistic="second"))
    now = row("P1", part(1.0, 0.1), part(1.99, 0.1, statistic="second", held=False))
    assert stopped(before, now) == ["second"]
    assert stopped(before, now | {"seeds": 100}) == ["second"]
    assert stopped(before, before | {"seeds": 100}) == []


@pytest.mark.parametrize(
    ("seeds", "value", "stands"),
    [(30, 0.81, True), (30, 0.79, False), (30, 1.21, False), (15, 0.66, True), (15, 0.65, False), (59, 0.99, True)],
)
def test_on_fewer_seeds_a_part_stands_within_two_half_widths_times_the_root_of_the_seeds_missing(seeds, value, stands):
    before, now = row("P1", part(1.0, 0.1)), row("P1", part(value, 0.2, held=False), seeds=seeds)
    assert (stopped(before, now) == []) == stands


def test_a_part_that_holds_stands_wherever_it_lies():
    assert stopped(row("P1", part(1.0, 0.1)), row("P1", part(9.0, 0.1), seeds=30)) == []


def test_a_share_without_interval_may_stray_by_a_twentieth_at_half_the_seeds():
    for value, fallen in ((0.84, []), (0.82, ["toy"])):
        assert stopped(row("P1", part(0.88)), row("P1", part(value, held=False), seeds=30)) == fallen


@pytest.mark.parametrize(("value", "stands"), [(0.95, True), (0.70, True), (0.60, False)])
def test_on_as_many_other_seeds_a_part_stands_within_two_half_widths_times_the_root_of_two(value, stands):
    before, now = row("P1", part(1.0, 0.125)), row("P1", part(value, 0.125, held=False))
    assert (baseline.stopped(before, now, apart=True) == []) == stands
    assert baseline.stopped(before, now) != []


def test_what_is_undefined_or_missing_has_stopped():
    before = row("P1", part(1.0, 0.1), part(2.0, 0.1, statistic="second"))
    assert stopped(before, row("P1", part(None, held=False), part(2.0), seeds=30)) == ["toy"]
    assert stopped(before, row("P1", part(1.0), seeds=30)) == ["second"]


def test_only_patterns_that_held_before_can_stop():
    before = {"seeds": 60, "rules": "old", "patterns": [row("P1", part(1.0, 0.1)), row("P2", part(1.0, held=False))]}
    now = validation.document("new", [row(name, part(0.0, held=False)) for name in ("P1", "P2", "P3")])
    compared = baseline.compared(now, before)
    assert [each["held_before"] for each in compared["patterns"]] == [True, False, None]
    assert [fall["id"] for fall in compared["stopped"]] == ["P1"]
    assert compared["baseline"] == {"seeds": 60, "rules": "old", "same_rules": False}


def test_without_a_baseline_nothing_is_known_from_before(tmp_path, monkeypatch):
    monkeypatch.setattr(baseline, "SHIPPED", tmp_path / "none.json")
    compared = baseline.compared(validation.document("new", [row("P1", part(1.0))]), baseline.shipped())
    assert compared["patterns"][0]["held_before"] is None and compared["stopped"] == []


def test_an_undefined_statistic_is_null_in_the_document():
    assert last(validation.validate(2, (LOST,)))["patterns"][0]["value"] is None
