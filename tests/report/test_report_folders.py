"""The command `report`: which folders have a page, and which are refused in words."""

from __future__ import annotations

import json

import pytest

from ccgsim.foundation.files import lock
from ccgsim.foundation.files.reports import REPORTS
from ccgsim.foundation.problems import Problems
from ccgsim.lab.calibration import folder as calibration_folder
from ccgsim.lab.sensitivity import study
from ccgsim.report.pages.formats.html import html_bytes
from ccgsim.report.pages.kinds import MAKERS as KINDS
from ccgsim.report.pages.kinds import page_of
from ccgsim.report.results import write_run

from . import builders
from . import kept_folders as folders

MOST = 2_000_000  # bytes of a page


def test_the_command_writes_the_page_and_prints_its_path(ccgsim_says, tmp_path):
    place = folders.sweep_folder(tmp_path / "kept")
    code, out, _ = ccgsim_says("report", str(place))
    assert code == 0 and out.strip() == str(place / "report.html") and (place / "report.html").is_file()
    code, out, _ = ccgsim_says("report", str(place), "--json")
    assert json.loads(out)["kind"] == "sweep" and json.loads(out)["files"] == {
        "report.html": str(place / "report.html")
    }


def test_a_run_and_its_report_end_to_end(ccgsim_says, tmp_path):
    assert ccgsim_says("run", "site_a", "--months", "3", "--no-figures", "--out", "kept", "--quiet")[0] == 0
    assert ccgsim_says("report", "kept", "--docx")[:2] == (0, "kept/report.html\nkept/report.docx\n")
    said = (tmp_path / "kept" / "report.html").read_text(encoding="utf-8")
    assert "How does a dense, centrally coordinated board" in said and "ccgsim run site_a --seed 0 --months 3" in said


def changed(place):
    (place / "table.parquet").write_bytes(b"PAR1")


def without_table(place):
    (place / "table.parquet").unlink()


def without_facts(place):
    (place / "manifest.json").write_text('{"schema": 1, "kind": "sweep", "files": {}}')


def unfinished(place):
    (place / "manifest.json").write_text('{"schema": 1, "kind": "calibration", "facts": {}}')


def other_kind(place):
    (place / "manifest.json").write_text('{"schema": 1, "kind": "reproduce"}')


def of_claims(place):
    (place / "manifest.json").write_text('{"schema": 1, "kind": "sweep", "facts": {"patterns": "P9"}}')


def no_manifest(place):
    (place / "manifest.json").write_text("[")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (changed, "table.parquet: has changed since it was written"),
        (without_table, "table.parquet: there is no such file"),
        (without_facts, "manifest.json facts: is missing"),
        (unfinished, "is not among the files of manifest.json: the results are not finished"),
        (other_kind, "holds results of `reproduce`; there are reports on run, compare"),
        (of_claims, "holds results of `claim`; there are reports on run, compare"),
        (no_manifest, "holds no results of ccgsim that can be read"),
    ],
)
def test_a_damaged_or_other_folder_is_refused_in_words_and_nothing_is_written(ccgsim_says, tmp_path, damage, words):
    place = folders.sweep_folder(tmp_path / "kept")
    damage(place)
    before = sorted(path.name for path in place.iterdir())
    code, out, err = ccgsim_says("report", str(place))
    assert code == 3 and out == "" and words in err and "Traceback" not in err
    assert sorted(path.name for path in place.iterdir()) == before


@pytest.mark.parametrize("name", ["nowhere", "file", ""])
def test_what_is_no_folder_is_refused(ccgsim_says, tmp_path, name):
    (tmp_path / "file").write_text("x")
    code, _, err = ccgsim_says("report", name)
    assert code == 3 and "DIR" in err


def test_values_that_no_command_writes_are_a_fault_of_the_manifest(tmp_path):
    place = folders.run_folder(tmp_path / "kept")
    manifest = json.loads((place / "manifest.json").read_text())
    manifest["scenario"]["events"] = [{"month": "x"}]
    (place / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(Problems, match=r"manifest\.json: holds values that ccgsim does not write"):
        page_of(place)
    place = folders.judged_folder(tmp_path / "judged")
    (place / "judged.json").write_text('{"command": "validate", "seeds": 4, "patterns": [1]}')
    with pytest.raises(Problems, match=r"judged\.json: holds values"):
        page_of(place)


def test_a_folder_that_is_being_written_is_in_use(ccgsim_says, tmp_path):
    place = folders.sweep_folder(tmp_path / "kept")
    with lock.locked(place):
        code, _, err = ccgsim_says("report", str(place))
    assert code == 5 and "is in use" in err and not (place / "report.html").exists()


def test_a_crowd_in_a_network_keeps_the_page_small(tmp_path):
    place = tmp_path / "kept"
    write_run(builders.a_run(0, 12, practices=600, localities=40), folders.made(place), figures=False)
    assert len(html_bytes(page_of(place)[1])) < MOST


def test_two_judgements_in_a_folder_are_refused(tmp_path):
    place = folders.judged_folder(tmp_path / "kept")
    (place / "more.json").write_bytes((place / "judged.json").read_bytes())
    with pytest.raises(Problems, match="several judgements"):
        page_of(place)


def test_a_report_beside_results_is_no_stranger_to_the_commands_that_resume_them(tmp_path):
    for name in REPORTS:
        (tmp_path / name).write_text("x")
    calibration_folder.check_folder(tmp_path)
    study.check_folder(tmp_path)


def test_every_kind_with_a_report_is_tested_here():
    assert {*KINDS, "validate"} == set(folders.MAKERS)
