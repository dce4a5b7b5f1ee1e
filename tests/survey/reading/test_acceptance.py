"""Every file of the shared set of networks reads to its expected facts, every bad one is refused or read as said.

The set is not part of the project: where it is not there, these tests are skipped, and those of small files stand.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ccgsim.foundation.inputs.texts import is_harmful
from ccgsim.foundation.problems import Problems
from ccgsim.survey.choices import Asked
from ccgsim.survey.describe import degrees, describe
from ccgsim.survey.source import survey

SHARED = next(
    (
        up / "shared" / "networks"
        for up in Path(__file__).parents
        if (up / "shared" / "networks" / "expected.json").exists()
    ),
    None,
)
EXPECTED: dict[str, Any] = (
    json.loads((SHARED / "expected.json").read_text("utf-8")) if SHARED else {"files": {}, "bad": {}}
)
FILES = [name for name in EXPECTED["files"] if name != "big.csv"]
near = partial(pytest.approx, abs=2e-6)

pytestmark = pytest.mark.skipif(SHARED is None, reason="the shared set of networks is not here")


def path_of(name: str) -> Path:
    assert SHARED is not None
    return SHARED / name


def asked_for(about: dict[str, Any], **more: Any) -> Asked:
    """The options for a file: its list of people, if it has one of its own."""
    file = (about.get("people") or {}).get("file")
    return Asked(people=path_of(file) if file else None, **more)


def check(found: dict[str, Any], facts: dict[str, Any]) -> None:
    """Compare a description with the facts of the set."""
    people = {row["id"]: row for row in found["people"]}
    for key, ours in {"nodes": "nodes", "ties": "ties", "weak_components": "components"}.items():
        assert found[ours] == facts.get(key, found[ours])
    assert found["largest_component"] == facts.get("largest_component", found["largest_component"])
    assert sorted(found["isolated"]) == sorted(facts.get("isolates", found["isolated"]))
    assert sorted(found["nonrespondents"]) == sorted(facts.get("nonrespondents", found["nonrespondents"]))
    density = {"all": found["density"], "board": found["board"]["density"], "asked": found["density_asked"]}
    for key in set(density) & set(facts.get("density", {})):
        assert density[key] == near(facts["density"][key]), key
    for name, degree in facts.get("degrees", {}).items():
        assert (people[name]["degree_in"], people[name]["degree_out"]) == (degree["in"], degree["out"]), name
    for each in facts.get("betweenness", []):
        assert people[each["id"]]["betweenness_raw"] == near(each["raw"])
        assert people[each["id"]]["betweenness"] == near(each["normalised"])
    for key in ("thresholds", "kinds", "kinds_mapped"):
        assert found[key] == facts.get(key, found[key])
    if "board" in facts:
        assert {key: found["board"][key] for key in ("members", "ties")} == facts["board"]
    if "unknown_pairs" in facts:
        assert found["unknown_pairs"] == facts["unknown_pairs"]["all"]
        assert found["board"]["unknown"] == facts["unknown_pairs"]["board"]
    if "bounds" in facts:
        assert [found["board"]["low"], found["board"]["high"]] == near(facts["bounds"]["board_density"])
        for name, bounds in facts["bounds"]["out_degree"].items():
            assert [people[name]["out_low"], people[name]["out_high"]] == bounds, name


@pytest.mark.parametrize("name", FILES)
def test_every_file_reads_to_its_facts(name):
    about = EXPECTED["files"][name]
    waves = [key for key in about.get("facts", {}) if key.startswith("wave_")]
    if not waves:
        found = describe(survey(path_of(name), asked_for(about)))
        check(found, about["facts"])
        for warning in about.get("warnings", []):
            assert any(all(word in told for word in warning["must_name"]) for told in found["warnings"]), warning
    for wave in waves:
        found = describe(survey(path_of(name), asked_for(about, wave=wave.removeprefix("wave_"))))
        check(found, about["facts"][wave])
    if waves:
        told = survey(path_of(name), asked_for(about)).warnings
        assert any(all(word in each for word in about["warnings"][0]["must_name"]) for each in told)


@pytest.mark.parametrize("name", [name for name in FILES if "alone" in EXPECTED["files"][name]])
def test_every_file_reads_without_its_list_of_people(name):
    about = EXPECTED["files"][name]
    found = describe(survey(path_of(name)))
    check(found, about["alone"])
    for warning in about.get("warnings_alone", []):
        assert any(all(word in told for word in warning["must_name"]) for told in found["warnings"]), warning


@pytest.mark.parametrize(
    ("name", "relation"),
    [(name, relation) for name in FILES for relation in EXPECTED["files"][name].get("other_relations", {})],
)
def test_every_other_relation_reads_to_its_facts(name, relation):
    about = EXPECTED["files"][name]
    check(describe(survey(path_of(name), asked_for(about, relation=relation))), about["other_relations"][relation])


@pytest.mark.parametrize(
    "name", ["matrix_nonresponse.csv", "edges_nonresponse.csv", "survey_wide.csv"] if SHARED else []
)
def test_degrees_on_the_board_lie_within_their_bounds(name):
    about = EXPECTED["files"][name]
    network = survey(path_of(name), asked_for(about))
    found, bounds = degrees(network, network.people.board), about["facts"]["bounds"]
    for row, person in enumerate(network.people.ids):
        if network.people.board[row]:
            assert [found.out[row], found.most_out[row]] == bounds["out_degree_on_board"][person]
            assert [found.into[row], found.most_in[row]] == bounds["in_degree_on_board"][person]
    seeker, adviser = network.unknown_pairs()
    assert len(seeker) == about["facts"]["unknown_pairs"]["all"] == len(set(zip(seeker, adviser, strict=True)))
    assert np.array_equal(np.bincount(seeker, minlength=len(network.people)), network.unknown_out())
    assert np.array_equal(np.bincount(adviser, minlength=len(network.people)), network.unknown_in())


@pytest.mark.parametrize("name", EXPECTED["bad"])
def test_every_bad_file_is_refused_or_read_as_said(name, ccgsim_says):
    about = EXPECTED["bad"][name]
    read_with = about.get("read_with")
    words = ["network", str(path_of(read_with or name)), "--json"]
    people = name if read_with else (about.get("people") or {}).get("file")
    words += ["--people", str(path_of(people))] if people else []
    code, out, _ = ccgsim_says(*words)
    found = json.loads(out)
    if about["verdict"] == "refuse" or (about["verdict"] == "either" and code != 0):
        assert code == 3
        told = [" ".join(problem.values()) for problem in found["error"]["problems"]]
        assert len("".join(told)) <= about.get("message_at_most", 100_000)
    else:
        assert code == 0
        check(found, about["facts"])
        assert set(about["facts"].get("ids", [])) <= {row["id"] for row in found["people"]}
        told = found["warnings"]
    for words in about["must_name"]:
        optional = name.endswith("name_markup.csv")
        assert optional or any(all(word in each for word in words) for each in told), (words, told)
    shown = json.dumps(found, ensure_ascii=False)
    assert not any(is_harmful(sign) for text in told for sign in text)
    assert not any(secret in shown for secret in about.get("must_not_show", []))


def test_what_words_are_worth_is_told_and_may_be_given(tmp_path):
    about = EXPECTED["files"]["survey_wide.csv"]
    found = describe(survey(path_of("survey_wide.csv"), asked_for(about)))
    assert found["words"] == {"Never": 0.0, "Monthly": 1.0, "Weekly": 2.0, "Daily": 3.0}
    by_word = about["facts"]["thresholds_by_word"]
    for word, ties in by_word.items():
        assert describe(survey(path_of("survey_wide.csv"), asked_for(about, at_least=word)))["ties"] == ties
    given = tmp_path / "words.csv"
    given.write_text("word,frequency\nWeekly,0\n", "utf-8")
    network = survey(path_of("survey_wide.csv"), asked_for(about, words=given))
    assert len(network.seeker) == by_word["Monthly"] - about["facts"]["words"]["Weekly"]


def test_faults_of_people_and_of_ties_are_told_at_once():
    with pytest.raises(Problems) as refused:
        survey(path_of("edges.csv"), Asked(people=path_of("bad/people_code_twice.csv"), kind="wizard"))
    told = str(refused.value)
    assert "P07" in told and "P15" in told and "wizard" in told


@pytest.mark.slow
def test_the_large_network_reads_to_its_facts(tmp_path):
    pytest.importorskip("openpyxl", reason="make.py of the set needs it")
    for name in ("make.py", "expected.json"):
        shutil.copy(path_of(name), tmp_path)
    subprocess.run([sys.executable, "make.py", "--big"], cwd=tmp_path, check=True, capture_output=True)
    about = EXPECTED["files"]["big.csv"]
    check(describe(survey(tmp_path / "big.csv", Asked(people=tmp_path / "big_people.csv"))), about["facts"])
