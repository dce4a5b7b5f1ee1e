"""Pages after the lists of others, files for catalogues, figures, the archive: complete, and what code and data say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ccgsim.course import in_words
from ccgsim.scenario.parameters import all_parameters
from docs import archive, assumptions, benchmarks, figures, metadata, overview, scholarship

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
STRESS = (
    *("1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4", "2.5", "2.5.1", "2.5.2", "2.5.3", "2.5.4", "3.1", "3.2", "3.3"),
    *("3.4", "4.1", "4.2", "4.3", "5.1", "5.2", "5.3", "5.4", "6.1"),
)
TRACE = (
    *("Problem formulation", "Model description", "Data evaluation", "Conceptual model evaluation"),
    *("Implementation verification", "Model output verification", "Model analysis", "Model output corroboration"),
)


def text(name: str) -> str:
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("module", [scholarship, metadata, overview, figures, benchmarks])
def test_what_is_written_from_code_and_data_is_fresh(module, capsys):
    assert module.main(["--check"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("name", scholarship.PAGES)
def test_a_stale_page_is_found_and_mended(name, tmp_path, monkeypatch, capsys):
    for page in scholarship.PAGES:
        (tmp_path / f"{page}.md").write_text(text(page), encoding="utf-8")
    (tmp_path / f"{name}.md").write_text(re.sub(r"\| (sourced|P3|yes|`?\w+`?) \|", "| x |", text(name)))
    monkeypatch.setattr(scholarship, "DOCS", tmp_path)
    assert scholarship.main(["--check"]) == 1
    assert f"{name}.md is stale: run python -m docs.scholarship" in capsys.readouterr().out
    assert scholarship.main([]) == 0 and scholarship.main(["--check"]) == 0


def test_every_item_of_stress_stands_in_its_order():
    assert tuple(re.findall(r"^###+ ([\d.]+) ", text("stress"), re.MULTILINE)) == STRESS


def test_every_element_of_trace_stands_in_its_order():
    assert re.findall(r"^## \d (.+)$", text("trace"), re.MULTILINE) == list(TRACE)


def test_every_test_that_trace_names_is_there():
    named = re.findall(r"`(tests/[\w/.]+)`", text("trace"))
    assert len(named) > 10 and [name for name in named if not (ROOT / name).exists()] == []


def test_every_parameter_but_switches_has_a_line_in_the_log():
    rows = re.findall(r"^\| `(\w+\.\w+)` \|", text("assumptions").split("## Every parameter")[1], re.MULTILINE)
    assert rows == [name for name in all_parameters() if not name.startswith("ablation.")]


@pytest.mark.parametrize(
    ("source", "quality", "owners"),
    [
        ("assumed", "assumed", ("the developers",)),
        ("assumed, E20", "mechanism", ("the developers", "S18")),
        ("assumed; sets the circle", "assumed", ("the developers",)),
        ("fitted to E2", "fitted", ("Z13",)),
        ("fitted to resignations, GPonline 2013", "fitted", ("resignations, GPonline 2013",)),
        ("E16, E38", "sourced", ("Z13",)),
        ("NHS England", "sourced", ("NHS England",)),
        ("given by the user", "sourced", ("the user",)),
    ],
)
def test_a_source_tells_how_good_the_evidence_is_and_who_holds_it(source, quality, owners):
    assert assumptions.quality_of(source) == quality and assumptions.owners_of(source) == owners


def test_what_a_shown_pattern_hangs_on_weighs_most():
    found = {entry.name: entry for entry in assumptions.entries()}
    assert found["decisions.course"].hangs == ("P34", "P35") and found["decisions.course"].weight == "high"
    quiet = [entry for entry in found.values() if not entry.hangs and not entry.suspected]
    assert quiet and {entry.weight for entry in quiet} == {"not tested"}


def test_every_step_of_the_month_stands_once_in_its_figure():
    steps = [step for group in overview.GROUPS.values() for step in group.steps]
    assert sorted(steps) == sorted(in_words())


def test_a_dependency_reads_as_conda_wants_it():
    assert metadata.conda_need("typer>=0.27.2,<0.29") == "typer >=0.27.2,<0.29"
    assert metadata.conda_need("XlsxWriter>=3.2") == "xlsxwriter >=3.2"
    assert metadata.conda_need("matplotlib>=3.9") == "matplotlib-base >=3.9"
    assert metadata.conda_need("pip") == "pip"


def test_the_recipe_asks_for_what_the_project_asks_for():
    run = metadata.recipe().split("  run:\n")[1].split("  run_constrained:")[0]
    named = {line.split()[1] for line in run.splitlines()} - {"python"}
    wanted = {re.match(r"[\w-]+", need)[0].lower() for need in metadata.project()["dependencies"]}
    assert named == {metadata.CONDA_NAMES.get(name, name) for name in wanted}


def test_a_stale_file_for_catalogues_is_found_and_mended(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(metadata, "files", lambda: {tmp_path / "codemeta.json": metadata.codemeta()})
    monkeypatch.setattr(metadata, "ROOT", tmp_path)
    assert metadata.main(["--check"]) == 1 and "codemeta.json is stale" in capsys.readouterr().out
    assert metadata.main([]) == 0 and metadata.main(["--check"]) == 0


def test_every_figure_that_a_page_shows_has_its_command_and_no_command_is_for_nothing():
    assert {name for name, _ in figures.shown()} == set(figures.BY_NAME)


def test_every_file_among_the_figures_is_shown_somewhere():
    assert {path.stem for path in figures.FOLDER.iterdir()} == set(figures.BY_NAME)


@pytest.mark.parametrize("made", figures.COMMANDS, ids=lambda made: made.command)
def test_every_script_that_makes_a_figure_is_there(made):
    program, *rest = made.command.split()
    if program == "ccgsim":
        assert (ROOT / rest[1]).exists()
    elif rest[0] == "-m":
        assert (ROOT / f"{rest[1].replace('.', '/')}.py").exists()
    else:
        assert (ROOT / rest[0]).exists()


def test_a_figure_is_made_by_its_command_in_the_folder_asked_for(tmp_path, monkeypatch):
    script = 'import pathlib, sys; pathlib.Path(sys.argv[1], "a.png").write_text(" ".join(sys.argv[2:]))'
    (tmp_path / "draw.py").write_text(script, encoding="utf-8")
    made = figures.Made(f"python {tmp_path}/draw.py OUT", {"b": "a.png"})
    monkeypatch.setattr(figures, "BY_NAME", {"b": made})
    assert figures.main(["b", "--quick", "--out", str(tmp_path / "drawn")]) == 0
    assert (tmp_path / "drawn" / "b.png").read_text(encoding="utf-8") == "--quick"


@pytest.mark.parametrize(("words", "told"), [(["nothing"], "no such figure: nothing"), (["cases", "--quick"], "--out")])
def test_a_figure_that_there_is_not_and_a_quick_one_in_place_of_a_good_one_are_refused(words, told, capsys):
    with pytest.raises(SystemExit):
        figures.main(words)
    assert told in capsys.readouterr().err


@pytest.fixture(scope="module")
def kept() -> dict[str, bytes]:
    if not (ROOT / ".git").exists():
        pytest.skip("the archive is made in a checkout")
    return archive.contents()


def test_the_archive_meets_every_point_and_its_bytes_do_not_depend_on_the_day(kept, tmp_path):
    for name in ("one.zip", "two.zip"):
        archive.zipped(tmp_path / name, kept)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert archive.faults(archive.held_in(tmp_path / "one.zip")) == []
    assert archive.main([str(tmp_path / "one.zip"), "--check"]) == 0


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ("code/uv.lock", "code/uv.lock is missing"),
        ("docs/odd.md", "docs/odd.md is missing"),
        ("docs/evidence.md", "odd.md leads to evidence.md, which is missing"),
        ("code/docs/figures/overview.png", "odd.md leads to ../code/docs/figures/overview.png, which is missing"),
        ("codemeta.json", "codemeta.json has no 'license'"),
        ("CITATION.cff", "CITATION.cff is missing"),
    ],
)
def test_the_archive_without_a_part_is_sent_back(kept, gone, told):
    found = archive.faults({name: data for name, data in kept.items() if name != gone})
    assert any(told in fault for fault in found)


def test_what_does_not_belong_into_the_archive_is_found(kept):
    [fault] = archive.faults({**kept, "code/ccgsim/__pycache__/x.pyc": b""})
    assert "does not belong here" in fault
    assert any("holds no table" in fault for fault in archive.faults({k: v for k, v in kept.items() if "csv" not in k}))
