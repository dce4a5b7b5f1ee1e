"""Files of a run: what they hold is what the run was."""

from __future__ import annotations

import base64
import html
import io
import json
import struct
import zlib

import numpy as np
import pandas as pd
import pytest

from ccgsim import Problems
from ccgsim.teach.config import Action, Config, WorldConfig, link
from ccgsim.teach.exports import exports, replay
from ccgsim.teach.exports.card import GLOSSARY, card_html
from ccgsim.teach.exports.series import chart, series_csv
from ccgsim.teach.exports.worksheet import answers_html, facts_of, worksheet_html
from ccgsim.teach.lesson import scenes
from ccgsim.teach.messages import Caption, Export, Told
from ccgsim.teach.worlds import frames
from ccgsim.teach.worlds.run import LessonRun
from teach.serving import short

MOST = 500_000  # bytes of a replay file


@pytest.fixture(scope="module")
def run():
    made = LessonRun(short(Action(6, "open_dialogue", 0.8), Action(10, "remove_broker", 1)))
    for _ in range(24):
        made.step()
    return made


def unpacked(data: bytes):
    """Header and arrays of a replay, as its player reads them."""
    raw = zlib.decompress(data)
    (length,) = struct.unpack_from("<I", raw)
    header, rest = json.loads(raw[4 : 4 + length]), raw[4 + length :]
    kinds = {"u8": "u1", "u16": "<u2", "i16": "<i2", "f32": "<f4"}
    worlds = []
    for world in header["worlds"]:
        arrays = {}
        for name, spec in world["arrays"].items():
            assert spec["at"] % 4 == 0
            count = int(np.prod(spec["shape"]))
            arrays[name] = np.frombuffer(rest, kinds[spec["type"]], count, spec["at"]).reshape(spec["shape"])
        worlds.append(arrays)
    return header, worlds


def summed(rows: np.ndarray) -> np.ndarray:
    """Rows from their differences, in the type's own arithmetic."""
    return np.cumsum(rows, axis=0, dtype=rows.dtype)


def test_a_replay_shows_every_month_as_it_was(run):
    header, worlds = unpacked(replay.payload(run, (Caption(3, "Look <here> & there"),)))
    assert header["captions"] == [{"month": 3, "text": "Look <here> & there"}]
    assert header["months"] == 24
    for lane, world, told in zip(run.lanes, worlds, header["worlds"], strict=True):
        keys = [person["key"] for person in told["people"]]
        given, place, role = (summed(world[name]) for name in ("participation", "place", "role"))
        for month in (0, 11, 24):
            frame = frames.decode(lane.frame(month))
            at = np.searchsorted(keys, frame.people["key"])
            np.testing.assert_array_equal(given[month, at], frame.people["participation"])
            np.testing.assert_array_equal(world["x"][place[month, at]], frame.people["x"])
            np.testing.assert_array_equal(role[month, at] >= replay.SEATED, frame.people["flags"] & frames.BOARD)
            there = (world["first"] <= month) & (month <= world["last"])
            ends = set(zip(world["seeker"][there].tolist(), world["adviser"][there].tolist(), strict=True))
            shown = zip(at[frame.ties["seeker"]].tolist(), at[frame.ties["adviser"]].tolist(), strict=True)
            assert ends == set(shown)
        np.testing.assert_array_equal(world["series"][:, 0], lane.series["participation"].to_numpy(np.float32))


@pytest.mark.slow
def test_a_replay_of_two_hundred_people_and_140_months_stays_small():
    large = tuple(WorldConfig("vicious_circle", {"site.practices": 135, "policy.dialogue": d}) for d in (0.2, 0.8))
    made = LessonRun(Config(seed=1, months=140, worlds=large))
    assert len(made.lanes[0].names) >= 200
    for _ in range(140):
        made.step()
    assert len(replay.replay_html(made, ())) < MOST


def test_a_replay_is_one_file_that_fetches_nothing(run):
    text = replay.replay_html(run, ()).decode("utf-8")
    assert "default-src 'none'" in text
    assert "http://" not in text.split('id="replay-data"')[0].replace("http://www.w3.org", "")
    data = text.split('<script id="replay-data" type="text/plain">')[1].split("</script>")[0]
    assert unpacked(base64.b64decode(data))[0]["link"] == link(run.config)
    assert text.count("</script>") == 2


def test_hostile_captions_stay_text(run):
    caption = Caption(0, "</script><script>alert(1)</script>")
    assert b"alert(1)" not in replay.replay_html(run, (caption,))


def test_the_csv_holds_both_worlds(run):
    table = pd.read_csv(io.BytesIO(series_csv(run)), engine="python")
    assert table["world"].tolist() == ["A"] * 25 + ["B"] * 25
    for lane, letter in zip(run.lanes, "AB", strict=True):
        found = table[table["world"] == letter]["participation"].to_numpy()
        np.testing.assert_array_equal(found, lane.series["participation"].to_numpy())


def test_the_worksheet_bears_this_runs_seed_numbers_and_link(run):
    text = worksheet_html(run).decode("utf-8")
    facts = facts_of(run, 0)
    shares = f"({facts.lowest}%)", f"{facts.end}% at the end"
    for expected in ("seed 3", *shares, link(run.config), "Open dialogue (0.8)"):
        assert expected in text, expected
    assert "<script" not in text


def test_the_worksheet_asks_and_the_answer_sheet_answers(run):
    asked, answered = worksheet_html(run).decode("utf-8"), answers_html(run).decode("utf-8")
    facts = facts_of(run, 0)
    answer = f"From {facts.start}% at the start to {facts.lowest}% in month {facts.lowest_month}"
    assert facts.fell
    assert answer in answered
    assert answer not in asked
    for sheet in (asked, answered):
        assert "Draw the circle with four arrows" in sheet
        assert "month 6: Open dialogue (0.8)" in sheet, "what is done in one world alone"


def test_two_worlds_of_one_preset_are_told_apart_in_every_file():
    preset = LessonRun(scenes.PRESETS["circle"][2])
    dialogue = "two-way dialogue with policy bodies"
    for made in (worksheet_html(preset), answers_html(preset), chart(preset, "svg")):
        assert f"{dialogue} 0.2" in made.decode("utf-8")
        assert f"{dialogue} 0.8" in made.decode("utf-8")
    header, _ = unpacked(replay.payload(preset, ()))
    assert header["worlds"][0]["title"] != header["worlds"][1]["title"]


def test_the_answer_sheet_of_a_calm_world_tells_of_no_fall():
    calm = LessonRun(Config(seed=13, months=12, worlds=(WorldConfig("vicious_circle_no_shock"),)))
    while calm.month < 12:
        calm.step()
    text = answers_html(calm).decode("utf-8")
    assert "never clearly less" in text
    assert "proves her right" not in text


def test_the_worksheet_holds_the_students_words_and_bets(run):
    hostile = "They were <b>not</b> heard & gave up.\n</blockquote><script>alert(1)</script>"
    bets = (Told("How much?", "Far less", "As you said: Far less."), Told("Who <loses>?", "A loses more"))
    asked = Export("worksheet", words=hostile, bets=bets)
    text = base64.b64decode(exports.file_of(run, None, asked)["data"]).decode("utf-8")
    assert html.escape(hostile) in text
    assert "<td>How much?</td><td>Far less</td><td>As you said: Far less.</td>" in text
    assert "<td>Who &lt;loses&gt;?</td><td>A loses more</td><td>not played to the end</td>" in text
    assert "<script" not in text
    without = worksheet_html(run).decode("utf-8")
    assert "My bets" not in without
    assert "In my own words" not in without


def test_the_model_card_says_what_it_assumes_and_what_it_does_not_show():
    text = card_html().decode("utf-8")
    for expected in ("control_called_for", "engagement.utility", "Most behavioural parameters are assumed"):
        assert expected in text, expected
    for expected in map(html.escape, GLOSSARY):
        assert expected in text, expected
    assert "<script" not in text


def test_what_cannot_be_made_is_said(run):
    with pytest.raises(Problems, match="no game has begun"):
        exports.file_of(run, None, Export("moves"))
    with pytest.raises(Problems, match="nothing has been started yet"):
        exports.file_of(None, None, Export("csv"))
    alone = LessonRun(Config(seed=1, months=12, worlds=(WorldConfig("site_a"),)))
    with pytest.raises(Problems, match="one world only"):
        exports.file_of(alone, None, Export("toml", world=1))
