"""The classroom in a real browser: pairs play and save, the lecturer merges their files."""

from __future__ import annotations

import json

import pytest

from ccgsim.teach.lesson.play import classroom
from ccgsim.teach.lesson.play.moves import TURNS
from teach.browsing import AXE, axe_faults, ready

pytestmark = pytest.mark.slow


def test_a_class_sees_its_pairs_against_many_seeds(page, home, tmp_path):
    ready(page, home)
    page.click("#tools summary")
    page.click("#classroom")
    files = [
        _play_a_game(page, tmp_path, "Anna & Ben", "chair", "vision", "locums"),
        _play_a_game(page, tmp_path, "Anna & Ben", "officer", "dialogue", "dialogue"),
        _play_a_game(page, tmp_path, "Chris <and> Di", "officer", "step_in"),
    ]
    faulty = tmp_path / "holiday.json"
    faulty.write_text("not a file of moves", encoding="utf-8")
    dialog = page.locator("dialog[open]")
    dialog.get_by_role("button", name="Merge the class's files").click()
    huge = tmp_path / "film.json"
    huge.write_text("x" * 1_000_000, encoding="utf-8")
    dialog.locator("input[type=file]").set_input_files([*files, faulty, huge])
    dialog.get_by_text("Still computing seeds").wait_for(state="attached")
    dialog.get_by_text("Still computing seeds").wait_for(state="detached")
    assert dialog.locator("svg line.seed").count() == classroom.SEEDS
    assert dialog.locator("svg rect.band").count() == 1
    rows = _rows(dialog)
    told = {(row[0], row[1]): row for row in rows if len(row) > 2}
    faults = dict(row for row in rows if len(row) == 2)
    assert told.keys() == {
        ("Anna & Ben", "chair"),
        ("Anna & Ben", "officer"),
        ("Anna & Ben", "both"),
        ("Chris <and> Di", "officer"),
    }
    assert faults.keys() == {"holiday.json", "film.json"}
    assert all("Not read" in fault for fault in faults.values())
    assert dialog.locator("svg circle").count() == 4
    for file in files:
        saved = json.loads(file.read_text(encoding="utf-8"))
        ended = classroom.outcome({saved["role"]: saved["moves"]}, saved["seed"])
        assert f"{round(100 * ended['participation'])}%" in told[saved["pair"], saved["role"]]
    if AXE.is_file():
        assert axe_faults(page) == []


def _play_a_game(page, folder, pair: str, role: str, *moves: str):
    """What a pair does: ten turns in a role, then the file saved."""
    dialog = page.locator("dialog[open]")
    dialog.get_by_label("Your names").fill(pair)
    dialog.get_by_label("Role").select_option(role)
    dialog.get_by_role("button", name="Begin").click()
    for turn, move in enumerate([*moves, *["wait"] * (TURNS - len(moves))], start=1):
        dialog.get_by_text(f"turn {turn} of {TURNS}").wait_for()
        dialog.locator(f"[data-move={move}]").click()
    with page.expect_download() as coming:
        dialog.get_by_role("button", name="Save your moves").click()
    file = folder / f"{len(list(folder.iterdir()))}-{coming.value.suggested_filename}"
    coming.value.save_as(file)
    dialog.get_by_role("button", name="Play again").click()
    return file


def _rows(dialog) -> list[list[str]]:
    return [row.locator("th, td").all_inner_texts() for row in dialog.locator("tbody tr").all()]
