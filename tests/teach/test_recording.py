"""The recorded lesson: what its files hold, that they are the same each time, and what the command refuses."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import zipfile
from xml.etree import ElementTree

import numpy as np
import pytest

from ccgsim.cli.options.worlds import Teach
from ccgsim.cli.parts import recording
from ccgsim.foundation.problems import Problems
from ccgsim.teach.config import Config, WorldConfig
from ccgsim.teach.lesson.scenes import SCENE
from ccgsim.teach.recording import files, runs
from ccgsim.teach.recording.lanes import Lanes, differences, unnumbered
from ccgsim.teach.worlds import frames
from ccgsim.teach.worlds.run import LessonRun
from teach.recorded import recorded


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return recorded(tmp_path_factory.mktemp("recorded") / "lesson", ["broker"], (0,))


def faults_of(**options) -> str:
    with pytest.raises(Problems) as refused:
        recording.write(Teach(quiet=True, **options), options["static"])
    return str(refused.value)


# What it holds
def test_the_same_bytes_each_time(folder, tmp_path):
    again = recorded(tmp_path / "lesson", ["broker"], (0,))
    assert {path.name: path.read_bytes() for path in again.iterdir()} == {
        path.name: path.read_bytes() for path in folder.iterdir()
    }
    assert again.with_name("lesson.zip").read_bytes() == folder.with_name("lesson.zip").read_bytes()


def test_the_manifest_lists_every_file_and_the_archive_holds_them(folder):
    root = ElementTree.fromstring((folder / "imsmanifest.xml").read_bytes())
    listed = {node.attrib["href"] for node in root.iter() if node.tag.endswith("}file")}
    there = {path.name for path in folder.iterdir()}
    assert listed == there - {"imsmanifest.xml"}
    with zipfile.ZipFile(folder.with_name("lesson.zip")) as packed:
        assert set(packed.namelist()) == there
        assert packed.read("index.html") == (folder / "index.html").read_bytes()


def test_nothing_in_the_page_needs_a_server(folder):
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "module" not in page
    assert "crossorigin" not in page
    assert page.index("./lesson.js") < page.index("./app.js")


def test_a_page_that_was_built_otherwise_is_no_page_for_the_disk():
    with pytest.raises(ValueError, match="holds no"):
        files.page("<html></html>")


def test_the_welcome_names_the_runs_that_are_there(folder):
    text = (folder / "lesson.js").read_text(encoding="utf-8")
    told = json.loads(text.removeprefix("var ccgsimRecording=").rstrip(";\n"))
    assert [scene["id"] for scene in told["welcome"]["scenes"]] == ["broker"]
    assert [config["seed"] for config in told["welcome"]["recorded"]] == [0]


def test_a_scene_is_recorded_on_any_seed_and_its_choices_on_its_own():
    when, puzzle = SCENE["when"], SCENE["puzzle"]
    assert [config.seed for config in runs.configs(when, 99)] == [99]
    months = {config.worlds[1].actions[0].month for config in runs.configs(when, when.config.seed)}
    assert len(months) == len(runs.configs(when, when.config.seed))
    assert runs.configs(puzzle, 99) == ()
    assert max(len(config.worlds[0].actions) for config in runs.configs(puzzle, puzzle.config.seed)) == 2


def test_a_run_is_told_as_the_server_tells_it():
    run = runs.recorded(SCENE["broker"], SCENE["broker"].config)
    assert [message["type"] for month, message in run.said if month == 0] == ["started", "people", "people"]
    before, after = run.told
    assert before["outcome"] is None
    assert after["outcome"] in SCENE["broker"].bet
    assert run.answers["often"]["done"]
    assert [len(seen) for seen in run.frames] == [SCENE["broker"].config.months + 1] * 2


# Frames
@pytest.fixture(scope="module")
def seen() -> list[bytes]:
    config = Config(seed=3, months=12, worlds=(WorldConfig("site_b"),))
    run = LessonRun(config)
    while run.month < config.months:
        run.step()
    return list(run.frames(0, config.months))


def test_what_two_worlds_share_is_kept_once(seen):
    lanes = Lanes()
    assert lanes.add(seen) == 0
    size = len(lanes.pack.data)
    assert lanes.add(seen[:5]) == 0, "the same months"
    assert len(lanes.pack.data) == size
    assert lanes.add([*seen[:5], *seen[7:9]]) == 1
    assert (lanes.tables[1]["base"], lanes.tables[1]["shared"], lanes.tables[1]["months"]) == (0, 5, 2)


def test_every_tie_of_every_month_is_within_a_spell(seen):
    lanes = Lanes()
    lanes.add(seen)
    length, strength = (lanes.tables[0]["arrays"][name]["shape"][0] for name in ("length", "strength"))
    assert strength == sum(len(frames.decode(frame).ties["seeker"]) for frame in seen)
    assert 0 < length < strength


def test_a_frame_without_its_numbers_is_that_of_world_a_in_no_run(seen):
    bare = frames.decode(unnumbered(seen[3]))
    assert (bare.world, bare.run, bare.month) == (0, 0, 3)
    assert unnumbered(seen[3])[8:] == seen[3][8:]


def test_differences_wrap_and_begin_anew_where_somebody_came():
    columns = [np.array(rows, np.uint8) for rows in ([250, 3], [3, 250], [1, 2, 3])]
    assert [list(rows) for rows in differences(columns)] == [[250, 3], [9, 247], [1, 2, 3]]


def test_a_recording_without_choices_is_small(folder):
    data = (folder / "seed-0.js").read_text(encoding="ascii").split('"')[1]
    assert len(base64.b64decode(data)) < 100_000


# What the command refuses
def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert "is not empty" in faults_of(static=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_and_an_archive_in_the_way_are_named(tmp_path):
    (tmp_path / "lesson").write_text("", encoding="utf-8")
    (tmp_path / "other.zip").write_text("", encoding="utf-8")
    assert "is a file, not a folder" in faults_of(static=tmp_path / "lesson")
    assert "other.zip': is there already" in faults_of(static=tmp_path / "other")


def test_options_of_a_server_are_refused(tmp_path):
    told = faults_of(static=tmp_path / "lesson", class_=True, port=99)
    assert "--class" in told
    assert "--port" in told
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told_before_anything_is_computed(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(recording, "fill", lambda *_: pytest.fail("it was recorded"))
    assert "cannot be written" in faults_of(static=tmp_path / "file" / "lesson")


def test_a_recording_that_fails_leaves_nothing(tmp_path, monkeypatch):
    def fails(part, *_):
        (part / "index.html").write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(recording, "fill", fails)
    assert "No space left" in faults_of(static=tmp_path / "lesson")
    assert list(tmp_path.iterdir()) == []


def test_a_recording_that_succeeds_takes_an_empty_folder_and_says_where_it_is(tmp_path, monkeypatch, capsys):
    def fills(part, packed, *_):
        (part / "index.html").write_text("page", encoding="utf-8")
        packed.write_bytes(b"zip")

    monkeypatch.setattr(recording, "fill", fills)
    (tmp_path / "lesson").mkdir()
    recording.write(Teach(static=tmp_path / "lesson"), tmp_path / "lesson")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lesson", "lesson.zip"]
    assert "lesson.zip" in capsys.readouterr().err


def test_the_command_line_refuses_with_words():
    asked = [sys.executable, "-m", "ccgsim", "teach", "--static", ".", "--class"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "--class" in done.stderr
    assert "current folder" in done.stderr
    assert "Traceback" not in done.stderr
