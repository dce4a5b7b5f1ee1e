"""Folders of results come whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ccgsim.problems import Problems
from ccgsim.report import folders


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ours(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text('{"schema": 1, "version": "0.1.0"}')
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("site_a", "site_a-seed3"),
        ("my world: the 2nd?", "my_world_the_2nd-seed3"),
        ("../../etc", "etc-seed3"),
        ("con", "_con-seed3"),
        ("...", "scenario-seed3"),
        ("größer", "größer-seed3"),
    ],
)
def test_the_default_folder_is_fit_for_every_file_system(name, folder):
    assert folders.default_folder(name, 3) == Path("results") / folder


def test_a_finished_folder_gets_its_name_and_leaves_nothing_beside_it(place):
    with folders.written(place / "a" / "b") as part:
        assert not (place / "a" / "b").exists()
        (part / "x").write_text("1")
    assert names(place) == ["a", "b", "x"]


@pytest.mark.parametrize("failure", [KeyboardInterrupt, RuntimeError, OSError])
def test_a_failure_leaves_nothing_and_keeps_what_was_there(failure, place):
    ours(place / "old")
    for folder in (place / "old", place / "new" / "deep"):
        with pytest.raises(failure), folders.written(folder) as part:
            (part / "half").write_text("1")
            raise failure
    assert names(place) == ["manifest.json", "old"]


def test_a_failed_renaming_brings_the_earlier_results_back(place, monkeypatch):
    ours(place / "old")
    rename = os.rename

    def stubborn(source, target):
        if str(source).endswith(".part"):
            raise PermissionError("in use")
        rename(source, target)

    monkeypatch.setattr(os, "rename", stubborn)
    with pytest.raises(PermissionError), folders.written(place / "old") as part:
        (part / "x").write_text("1")
    assert names(place) == ["manifest.json", "old"]


def test_two_writers_do_not_disturb_each_other(place):
    with folders.written(place / "a") as one, folders.written(place / "b") as two:
        assert one != two
    with folders.written(place / "same") as one:
        with folders.written(place / "same") as two:
            (two / "x").write_text("inner")
        (one / "x").write_text("outer")
    assert (place / "same" / "x").read_text() == "outer"
    assert names(place) == ["a", "b", "same", "x"]


def test_only_a_manifest_of_ours_makes_a_folder_ours(place):
    assert folders.is_ours(ours(place / "ours"))
    for number, text in enumerate(("", "[]", "{}", '{"name": "app", "version": "1"}', "\x00")):
        folder = place / str(number)
        folder.mkdir()
        (folder / "manifest.json").write_text(text)
        assert not folders.is_ours(folder)


def test_what_may_be_written(place):
    default, full, mine = place / "default", place / "full", ours(place / "mine")
    full.mkdir()
    (full / "x").write_text("1")
    (place / "empty").mkdir()
    assert folders.target(None, default, force=False) == default
    assert folders.target(None, mine, force=False) == mine
    assert folders.target(place / "empty", default, force=False) == place / "empty"
    assert folders.target(mine, default, force=True) == mine
    for out, force in ((mine, False), (full, False), (full, True), (place, False), (place.parent, True)):
        with pytest.raises(Problems):
            folders.target(out, default, force)
    with pytest.raises(Problems):
        folders.target(None, full, force=False)


def test_the_current_folder_is_not_replaced_even_where_it_is_ours(place, monkeypatch):
    monkeypatch.chdir(ours(place / "mine"))
    with pytest.raises(Problems, match="current folder"):
        folders.target(Path("."), place / "default", force=True)
