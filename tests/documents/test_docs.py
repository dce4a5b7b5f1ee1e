"""The documents say what the code does: tables are fresh, every process has its heading, names that are cited exist."""

from __future__ import annotations

import importlib
import json
import re
from pathlib import Path

import pytest

from ccgsim.processes import declared
from ccgsim.scenario.parameters import all_parameters
from docs import claims, tables, validation
from tests.toys import part, row

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
EVIDENCE = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")
MODULES = {p.stem: ".".join(p.relative_to(ROOT).with_suffix("").parts) for p in ROOT.glob("ccgsim/processes/**/*.py")}
PROCESSES = sorted({*declared.PARAMETERS, "forming", "arenas", "adoption"})
MODULES["ties"] = MODULES["fading"]  # the process's first file
SECTIONS_OF_ODD = (
    "Purpose and patterns",
    "Entities, state variables, and scales",
    "Process overview and scheduling",
    "Design concepts",
    "Initialization",
    "Input data",
    "Submodels",
)
FINDING = {
    **{"id": "P1", "claim": "density | lasts", "source": "E2", "origin": "emergent", "scenario": "site_a"},
    **{"held": True, "held_without_mechanism": False, "shown": True},
    "parts": [
        {"statistic": "A at 12", "value": 0.74, "low": 0.73, "high": 0.75, "tolerance": "0.66 to 0.82", "held": True},
        {"statistic": "B at 12", "value": None, "low": None, "high": None, "tolerance": "0.56 to 0.76", "held": False},
    ],
    "without": [
        {"statistic": "A at 12", "value": 0.2, "low": 0.1, "high": 0.3, "tolerance": "0.66 to 0.82", "held": False},
    ],
}


def test_the_tables_of_the_model_page_are_fresh():
    assert tables.refreshed(PAGE) == PAGE, "run python -m docs.tables"


def test_a_stale_page_is_found_and_mended(tmp_path, monkeypatch, capsys):
    page = tmp_path / "odd.md"
    page.write_text(PAGE.replace("`policy.uncertainty`", "`policy.doubt`"), encoding="utf-8")
    monkeypatch.setattr(tables, "PAGE", page)
    assert tables.main(["--check"]) == 1
    assert "stale" in capsys.readouterr().out
    assert tables.main([]) == 0
    assert tables.main(["--check"]) == 0


def test_a_missing_marker_is_refused():
    with pytest.raises(ValueError, match="measures:end"):
        tables.refreshed(PAGE.replace("<!-- measures:end -->", ""))


@pytest.mark.parametrize("process", PROCESSES)
def test_every_process_has_its_heading(process):
    assert PAGE.count(f"\n### {process}\n") == 1, f"docs/odd.md needs one heading '### {process}'"


def test_the_page_has_the_seven_elements_of_the_protocol_in_order():
    places = [PAGE.index(f"\n## {n} {title}\n") for n, title in enumerate(SECTIONS_OF_ODD, start=1)]
    assert places == sorted(places)


def cited() -> list[tuple[str, str]]:
    """Every `process.name` between back quotes, outside the tables."""
    prose = "\n".join(line for line in PAGE.splitlines() if not line.startswith("|"))
    names = re.findall(r"`(\w+)\.(\w+)`", prose)
    return sorted({(process, name) for process, name in names if process in MODULES})


def test_the_page_cites_functions():
    assert len(cited()) > 40


@pytest.mark.parametrize(("process", "name"), cited())
def test_functions_and_parameters_cited_exist(process, name):
    module = importlib.import_module(MODULES[process])
    assert hasattr(module, name) or f"{process}.{name}" in all_parameters()


STATED = r"`(\w+\.\w+)` =\s+(-?[\d,]*\.?\d+)"  # a default in a sentence: `start.burn_in` = 60
MUST_STATE = {
    *("people.capability_for", "people.capability_against", "people.brokerage_sd", "people.brokerage_capability"),
    *("engagement.disposition_sd", "people.security_shape", "people.concentration", "ties.start_strength"),
    *("england.population_median", "england.practices", "england.footprints", "england.pcts", "start.burn_in"),
}


def stated(page: str) -> dict[str, float]:
    """Defaults that the sentences of a page state, by parameter."""
    return {name: float(value.replace(",", "")) for name, value in re.findall(STATED, page)}


def test_sentences_state_the_defaults_that_the_parameters_have():
    found = stated(PAGE)
    assert set(found) >= MUST_STATE
    assert found == {name: all_parameters()[name].default for name in found}


def test_a_default_in_a_sentence_is_read_over_the_end_of_a_line():
    text = "by `engagement.disposition_sd` = .2; `england.practices` =\n  8,106 and `site.density` of .3, `a.b` = -.5."
    assert stated(text) == {"engagement.disposition_sd": 0.2, "england.practices": 8106, "a.b": -0.5}


def test_bare_parameters_of_a_process_exist():
    """Under a process's heading a bare name in code type is a parameter or function of it, a process, or a column."""
    text = re.split(r"\n#{2,3} ", PAGE)
    for process in PROCESSES:
        body = next((part for part in text if part.startswith(f"{process}\n")), "")
        module = importlib.import_module(MODULES[process])
        for name in re.findall(r"`([a-z_]+)`", body):
            known = f"{process}.{name}" in all_parameters() or hasattr(module, name)
            assert known or name in (*PROCESSES, "native"), f"{process}: {name}"


def test_every_key_of_evidence_that_a_parameter_names_is_explained():
    keys = {key for q in all_parameters().values() for key in re.findall(r"E\d+", q.source)}
    assert keys
    assert [key for key in sorted(keys) if f"\n| {key} |" not in EVIDENCE] == []


def test_decisions_are_numbered_without_gaps_and_say_context_decision_consequence():
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert all(f"**{part}.**" in text for part in ("Context", "Decision", "Consequence")), page.name


def test_links_between_documents_lead_somewhere():
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists() or link.endswith(".png"), f"{page.name}: {link}"


def test_patterns_stand_in_the_page_with_what_is_switched_off(tmp_path, monkeypatch):
    document = {"ccgsim": "0.1.0", "command": "validate", "seeds": 60, "patterns": [FINDING]}
    file = tmp_path / "patterns.json"
    monkeypatch.setattr(tables, "PATTERNS", file)
    assert tables.pattern_table() == "Not yet computed."
    file.write_text(json.dumps(document), encoding="utf-8")
    lines = tables.pattern_table().splitlines()
    assert lines[0] == "Version 0.1.0, 60 seeds: 1 of 1 emergent patterns shown."
    assert lines[4] == "| P1 | density \\| lasts | E2 | emergent | yes | – | no | yes |"


def test_what_a_pattern_switches_off_stands_with_its_section():
    declared = {pattern.id: pattern for pattern in tables.DECLARED_PATTERNS}
    assert tables.off(declared["P36"]) == "`engagement.results`, `engagement.results_worth`"
    assert tables.off(declared["P12"]) == "a run of its own" and tables.off(declared["P1"]) == "–"


def test_patterns_stand_in_the_page_of_validation_part_by_part():
    rows = validation.pattern_rows(FINDING)
    assert rows[0][:6] == ("P1", "density | lasts", "E2", "emergent", "A at 12", "0.74")
    assert rows[0][8:] == ("yes; the whole: yes", "0.2, 0.1 to 0.3", "no", "yes")
    assert rows[1][:7] == ("", "", "", "", "B at 12", "–", "– to –")
    assert rows[1][9] == "–"


def test_the_page_of_validation_is_fresh(capsys):
    assert validation.main(["--check"]) == 0, "run python -m docs.validation"
    assert not capsys.readouterr().out


@pytest.mark.slow
def test_a_stale_page_of_validation_is_found_and_mended_with_its_figure(tmp_path, monkeypatch, capsys):
    page = tmp_path / "validation.md"
    page.write_text(validation.PAGE.read_text(encoding="utf-8").replace("emergent patterns shown", "shown"))
    monkeypatch.setattr(validation, "PAGE", page)
    monkeypatch.setattr(validation, "FIGURES", tmp_path)
    assert validation.main(["--check"]) == 1
    assert "stale" in capsys.readouterr().out
    assert validation.main([]) == 0
    assert validation.main(["--check"]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {"validation.md", "validation.png", "validation.svg"}


@pytest.mark.slow
@pytest.mark.parametrize("module", [validation, claims])
def test_a_figure_that_is_missing_or_stale_is_found_and_mended(module, tmp_path, monkeypatch, capsys):
    page = tmp_path / module.PAGE.name
    page.write_text(module.PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(module, "PAGE", page)
    monkeypatch.setattr(module, "FIGURES", tmp_path)
    name = page.stem
    assert module.main(["--check"]) == 1
    missing = [f"{tmp_path.as_posix()}/{name}.{kind} is missing: run python -m docs.{name}" for kind in ("png", "svg")]
    assert capsys.readouterr().out.splitlines() == missing
    assert module.main([]) == 0
    (tmp_path / f"{name}.svg").write_text("of last year", encoding="utf-8")
    assert module.main(["--check"]) == 1
    assert capsys.readouterr().out == f"{tmp_path.as_posix()}/{name}.svg is stale: run python -m docs.{name}\n"


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (part(None, held=False), "undefined, where above 0 was wanted"),
        (part(-0.5, 0.1, held=False), "-0.5 [-0.6, -0.4] against above 0; the value lies outside"),
        (part(0.5, 0.6, held=False), "its interval reaches outside"),
        (part(0.5, 0.1, held=False), "the interval lies inside, but fewer than 80% of worlds agree"),
    ],
)
def test_the_page_of_validation_says_why_a_part_fails(part, told):
    assert told in validation.reason(part)


def test_the_page_of_validation_names_each_pattern_that_does_not_hold_and_those_not_judged(monkeypatch):
    rows = [row("P1", part(1.0)), row("P2", part(1.0), part(None, statistic="gone", held=False), origin="set")]
    document = {"ccgsim": "0.1.0", "seeds": 60, "patterns": rows}
    monkeypatch.setattr(validation, "shipped", lambda: document)
    assert validation.misses().startswith("* **P2 a claim** (E1, set). gone: undefined")
    assert "1 of 2 parts hold" in validation.misses()
    assert "Set: 0 of 1 hold. Not judged here: P3, P4" in validation.headline()


def test_the_page_of_validation_tells_what_holds_without_its_mechanism_too(monkeypatch):
    rows = [row("P1", part(1.0), part(2.0))]
    rows[0] |= {"held_without_mechanism": True, "shown": False, "without": [part(0.5, 0.1), part(0.7, 0.1)]}
    monkeypatch.setattr(validation, "shipped", lambda: {"patterns": rows})
    told = "it holds, but without its mechanism too: toy: 0.5 [0.4, 0.6] against above 0; toy: 0.7 [0.6, 0.8]"
    assert told in validation.misses()


def test_the_page_of_claims_is_fresh(capsys):
    assert claims.main(["--check"]) == 0, "run python -m docs.claims"


@pytest.mark.slow
def test_a_stale_page_of_claims_is_found_and_mended_with_its_figure(tmp_path, monkeypatch, capsys):
    page = tmp_path / "claims.md"
    page.write_text(claims.PAGE.read_text(encoding="utf-8").replace("patterns hold", "hold"), encoding="utf-8")
    monkeypatch.setattr(claims, "PAGE", page)
    monkeypatch.setattr(claims, "FIGURES", tmp_path)
    assert claims.main(["--check"]) == 1
    assert f"{page.as_posix()} is stale: run python -m docs.claims" in capsys.readouterr().out
    assert claims.main([]) == 0
    assert claims.main(["--check"]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {"claims.md", "claims.png", "claims.svg"}
