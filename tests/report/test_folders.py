"""Folders of results come whole or not at all."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ccgsim.foundation.files.in_use import InUse
from ccgsim.foundation.files.lock import locked
from ccgsim.foundation.problems import Problems
from ccgsim.report import folders
from ccgsim.report.folders import RUN, Place


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


@contextmanager
def written(folder: Path, *, force: bool = True) -> Iterator[Path]:
    """What a command does: take the folder, then write."""
    place = Place(folder, RUN, chosen=True, force=force)
    with place.taken(), place.written() as part:
        yield part


def test_a_finished_folder_gets_its_name_and_leaves_nothing_beside_it(place):
    with written(place / "a" / "b") as part:
        assert names(place / "a" / "b") == ["lock"]
        (part / "x").write_text("1")
    assert names(place) == ["a", "b", "x"]


@pytest.mark.parametrize("failure", [KeyboardInterrupt, RuntimeError, OSError])
def test_a_failure_leaves_nothing_and_keeps_what_was_there(failure, place):
    ours(place / "old")
    for folder in (place / "old", place / "new" / "deep"):
        with pytest.raises((failure, Problems)), written(folder) as part:
            (part / "half").write_text("1")
            raise failure
    assert names(place) == ["manifest.json", "old"]


def test_a_failed_renaming_brings_the_earlier_results_back(place, monkeypatch):
    ours(place / "old")
    rename = os.rename

    def stubborn(source, target):
        if str(source).endswith(".part"):
            raise PermissionError(errno.EACCES, "in use")
        rename(source, target)

    monkeypatch.setattr(os, "rename", stubborn)
    with pytest.raises(Problems, match="cannot be written: Permission denied"), written(place / "old") as part:
        (part / "x").write_text("1")
    assert names(place) == ["manifest.json", "old"]


def test_a_full_disk_is_told_as_a_fault_of_the_folder(place):
    with pytest.raises(Problems, match="--out = 'new': cannot be written: No space left"), written(Path("new")) as part:
        (part / "half").write_text("1")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert names(place) == []


def test_of_two_writers_to_one_folder_the_second_is_told_who_holds_it(place):
    with written(place / "a"), written(place / "b"):  # others do not disturb each other
        pass
    with written(place / "same") as one:
        with pytest.raises(InUse, match=f"in use by process {os.getpid()}"), written(place / "same"):
            raise AssertionError("two hold one folder")
        (one / "x").write_text("first")
    assert names(place) == ["a", "b", "same", "x"]


def test_a_folder_that_was_filled_since_it_was_checked_is_refused_without_force(place):
    asked = folders.target(place / "new", place / "default", False, RUN)
    ours(place / "new")
    with pytest.raises(Problems, match="earlier results"), asked.taken():
        raise AssertionError("taken over the results of another")
    (place / "new" / "manifest.json").unlink()
    with pytest.raises(Problems, match="earlier results"), asked.taken(), asked.written():
        (place / "new" / "manifest.json").write_text('{"schema": 1, "version": "0.1.0"}')  # by one without locks
    assert names(place) == ["manifest.json", "new"]


def test_what_ends_by_force_left_is_cleared_and_what_is_at_work_is_not(place):
    for name in (".mine.7-0.part", ".other.7-0.part", ".other.7-0.old", ".new.7-0.old"):
        (place / name).mkdir()
        (place / name / "half").write_text("1")
    ours(place / "aside").rename(place / ".aside.7-0.old")  # killed between two renamings
    (place / ".strange.part").mkdir()  # not ours
    with written(place / "at work") as part:
        (part / "x").write_text("1")
        with written(place / "mine"):
            pass
    assert names(place) == [".strange.part", "aside", "at work", "manifest.json", "mine", "x"]


def test_a_folder_with_nothing_but_a_dead_lock_is_as_good_as_empty(place):
    (place / "killed").mkdir()
    (place / "killed" / "lock").write_text("process 1 on nowhere since long ago\n")
    with written(place / "killed", force=False) as part:
        (part / "x").write_text("1")
    assert names(place) == ["killed", "x"]


def test_only_a_manifest_of_ours_makes_a_folder_ours(place):
    assert folders.kind_of(ours(place / "ours")) == RUN
    for number, text in enumerate(("", "[]", "{}", '{"name": "app", "version": "1"}', "\x00")):
        folder = place / str(number)
        folder.mkdir()
        (folder / "manifest.json").write_text(text)
        assert folders.kind_of(folder) == ""


def test_what_may_be_written(place):
    default, full, mine = place / "default", place / "full", ours(place / "mine")
    full.mkdir()
    (full / "x").write_text("1")
    (place / "empty").mkdir()
    assert folders.target(None, default, False, RUN).folder == default
    assert folders.target(None, mine, False, RUN).folder == mine
    assert folders.target(place / "empty", default, False, RUN).folder == place / "empty"
    assert folders.target(mine, default, True, RUN).folder == mine
    for out, force in ((mine, False), (full, False), (full, True), (place, False), (place.parent, True)):
        with pytest.raises(Problems):
            folders.target(out, default, force, RUN)
    with pytest.raises(Problems):
        folders.target(None, full, False, RUN)


KINDS = {
    "run": {"version": "0.1.0"},
    "compare": {"version": "0.1.0", "command": "compare"},
    "reproduce": {"version": "0.1.0", "command": "reproduce"},
    "sweep": {"version": "0.1.0", "kind": "sweep"},
    "calibration": {"kind": "calibration"},
    "sensitivity": {"version": "0.1.0", "kind": "sensitivity"},
}


@pytest.mark.parametrize("there", KINDS)
@pytest.mark.parametrize("kind", ["run", "compare", "reproduce"])
def test_a_command_replaces_results_of_its_own_kind_only(place, kind, there):
    (place / "there").mkdir()
    (place / "there" / "manifest.json").write_text(json.dumps({"schema": 1, **KINDS[there]}))
    if kind == there:
        assert folders.target(place / "there", place / "default", True, kind).force
        return
    for out, default, force in ((place / "there", place / "default", True), (None, place / "there", False)):
        with pytest.raises(Problems, match=f"results of another kind \\({there}\\)"):
            folders.target(out, default, force, kind)


def test_a_folder_in_use_is_told_before_anything_else(place):
    folder = ours(place / "mine")
    for force in (False, True):
        with locked(folder), pytest.raises(InUse):
            folders.target(folder, place / "default", force, "compare")


def test_a_folder_that_cannot_be_read_is_told(place, monkeypatch):
    def refused(_: Path) -> Iterator[Path]:
        raise PermissionError(errno.EACCES, "Permission denied")

    (place / "closed").mkdir()
    monkeypatch.setattr(Path, "iterdir", refused)
    with pytest.raises(Problems, match="cannot be read: Permission denied"):
        folders.target(place / "closed", place / "default", False, RUN)


def test_the_current_folder_is_not_replaced_even_where_it_is_ours(place, monkeypatch):
    monkeypatch.chdir(ours(place / "mine"))
    with pytest.raises(Problems, match="current folder"):
        folders.target(Path("."), place / "default", True, RUN)


def folder_of(**settings: object) -> str:
    return folders.default_folder("site_a", 0, {key.replace("__", "."): value for key, value in settings.items()}).name


def test_a_folder_says_what_was_set():
    assert folder_of() == "site_a-seed0"
    assert folder_of(density=0.5) == folder_of(site__density=0.5) == "site_a-density=0.5-seed0"
    assert folder_of(months=12.0, site__nurse=True) == "site_a-months=12-site.nurse=true-seed0"


def test_the_same_settings_have_the_same_folder_whatever_their_order():
    assert folder_of(density=0.5, broker_exits=1) == folder_of(broker_exits=1.0, density=0.5)


def test_other_settings_have_another_folder_however_long_or_strange():
    many = {f"ties__p{number}": 0.125 for number in range(20)}
    names = [folder_of(**many), folder_of(**many | {"ties__p19": 0.25}), folder_of(england__file="a/b.csv")]
    names += [folder_of(england__file="a_b.csv"), folder_of(england__file="a:b.csv"), folder_of(x="\ud800")]
    assert len(set(names)) == len(names) and max(map(len, names)) < 90
    assert not any(set(name) & set('/\\:*?"<>|') for name in names)
