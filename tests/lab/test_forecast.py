"""A forecast of the next wave: chances from many worlds, a seal that notices every change, a score that is fair."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

import ccgsim
from ccgsim.foundation.problems import Problems
from ccgsim.lab.forecast import forecast, score, sealed, unsealed
from ccgsim.report.findings.forecast import print_forecast
from ccgsim.survey.draws import ties_of
from ccgsim.survey.network import Network, in_order
from tests.survey.boards import board, surveyed
from tests.survey.test_simulating import board_of_site_a, written


def forecast_of(network: Network, folder, months: int, draws: int = 12):
    return forecast(ccgsim.load("site_a").with_(network=written(network, folder, ".json")), months, draws, workers=1)


def perfect(network: Network, certain: float):
    """A forecast that says of every known tie that it is there with this chance, of others that it is not."""
    ties, ids = ties_of(network), network.people.ids
    rows = [
        {"from": ids[one], "to": ids[other], "chance": certain if ties[one, other] else 1 - certain, "now": 0.5}
        for one in np.flatnonzero(network.people.board)
        for other in range(len(ids))
        if one != other
    ]
    return {
        "ties": rows,
        "board": [ids[row] for row in np.flatnonzero(network.people.board)],
        "months": 12,
        "schema": 1,
    }


def test_after_a_month_nearly_every_known_tie_is_there_and_hardly_another(tmp_path):
    network = in_order(board_of_site_a())
    found = forecast_of(network, tmp_path, 1)
    ids, ties = list(network.people.ids), ties_of(network)
    there = [row["chance"] for row in found["ties"] if ties[ids.index(row["from"]), ids.index(row["to"])]]
    absent = [row["chance"] for row in found["ties"] if not ties[ids.index(row["from"]), ids.index(row["to"])]]
    assert np.mean(there) > 0.9 and np.mean(absent) < 0.1
    assert all(0 < row["chance"] < 1 for row in found["ties"])
    assert all(row["now"] in (0.0, 1.0) for row in found["ties"])
    assert found["board_density"]["low"] <= found["board_density"]["high"]
    assert forecast_of(network, tmp_path, 1) == found


def test_unknown_ties_are_a_chance_already_today(tmp_path):
    part = in_order(surveyed(board(9), 9))
    found = forecast_of(part, tmp_path, 1)
    silent = {part.people.ids[row] for row in np.flatnonzero(part.silent)}
    assert {row["from"] for row in found["ties"] if 0 < row["now"] < 1} == silent


def test_of_an_unknown_tie_nobody_is_told_that_it_forms_or_ends(capsys):
    ties = [{"from": "A", "to": to, "now": now, "chance": 0.6} for to, now in (("B", 0.0), ("C", 1.0), ("D", 0.7))]
    density = {"low": 0.1, "high": 0.2}
    print_forecast({"board_density": density, "ties": ties, "stays": {"A": 1.0}, "months": 12, "draws": 10}, {})
    said = capsys.readouterr().out
    assert "A asks B 0.60" in said and "A asks C 0.60" in said and "A asks D" not in said
    assert "1 ties are unknown today" in said or "1 tie is unknown today" in said


def test_who_knows_everything_has_a_score_near_0_and_beats_the_others():
    network = board(1)
    found = score(perfect(network, 0.99), network, "later.csv")
    assert found["brier"]["model"] == pytest.approx(0.0001) and found["brier"]["nothing changes"] == 0.25
    assert all(gain["told"] and gain["low"] > 0 for gain in found["gains"])
    assert found["pairs"] == 13 * 32 and found["ties"] == len(network.seeker)
    wrong = score(perfect(network, 0.01), network, "later.csv")
    assert all(gain["told"] and gain["high"] < 0 for gain in wrong["gains"])


def test_only_known_answers_of_people_in_both_waves_are_scored():
    network = board(2)
    part = surveyed(network, 2)
    members = 13 - int(part.silent.sum())
    assert score(perfect(network, 0.9), part, "later.csv")["pairs"] == members * 32
    others = replace(network, people=replace(network.people, ids=tuple(f"Q{n}" for n in range(33))))
    with pytest.raises(Problems, match="are the ids the same"):
        score(perfect(network, 0.9), others, "later.csv")


def test_a_seal_notices_every_change():
    document = sealed(perfect(board(3), 0.8))
    assert unsealed(json.dumps(document), "f.json") == document
    for change in ({"months": 13}, {"ties": document["ties"][1:]}, {"seal": "0" * 64}):
        with pytest.raises(Problems, match="changed after"):
            unsealed(json.dumps(document | change), "f.json")
    for text in ("", "[]", "{}", "no"):
        with pytest.raises(Problems, match="no sealed forecast"):
            unsealed(text, "f.json")


def test_a_forecast_is_sealed_once_and_scored_later(tmp_path, ccgsim_says):
    file = written(board_of_site_a(), tmp_path, ".json")["file"]
    words = ("forecast", file, "--months", "2", "--draws", "10", "--workers", "1")
    code, out, err = ccgsim_says(*words, "--seal")
    assert code == 0 and "Sealed in board-forecast.json" in out, err
    code, _, err = ccgsim_says(*words, "--seal")
    assert code == 3 and "is not replaced" in err
    code, out, _ = ccgsim_says("forecast", "board-forecast.json", "--against", file, "--json")
    found = json.loads(out)
    assert code == 0 and found["brier"]["model"] < found["brier"]["same chance for all"]
    code, out, _ = ccgsim_says(*words, "--json")
    assert code == 0 and json.loads(out)["files"] == {}
    code, _, err = ccgsim_says("forecast", file, "--against", file, "--out", "kept")
    assert code == 3 and "--out = 'kept': is the folder of a new forecast" in err
    code, _, err = ccgsim_says("forecast", file, "--against", file)
    assert code == 3 and "no sealed forecast" in err


def test_the_forecast_in_a_folder_is_the_sealed_one_and_has_a_page_that_repeats_it(tmp_path, ccgsim_says):
    file = written(board_of_site_a(), tmp_path, ".json")["file"]
    words = ("forecast", file, "--months", "2", "--draws", "10", "--workers", "1", "--out", "kept")
    code, out, err = ccgsim_says(*words, "--seal")
    assert code == 0 and "Written: kept/forecast.json, kept/manifest.json" in out, err
    assert (tmp_path / "kept" / "forecast.json").read_bytes() == (tmp_path / "board-forecast.json").read_bytes()
    assert ccgsim_says("forecast", "kept/forecast.json", "--against", file)[0] == 0
    code, _, err = ccgsim_says(*words)
    assert code == 3 and "--force replaces them" in err
    pages = []
    for _ in range(2):
        assert ccgsim_says("report", "kept")[0] == 0
        pages.append((tmp_path / "kept" / "report.html").read_bytes())
    assert pages[0] == pages[1] and f"ccgsim forecast {file} --months 2 --draws 10<" in pages[0].decode("utf-8")
    assert ccgsim_says(*words, "--force")[0] == 0 and not (tmp_path / "kept" / "report.html").exists()
