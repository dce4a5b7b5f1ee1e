"""Unknown is not zero: draws of unknown ties cover what full answers would have shown; leaving them out does not."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass, field

import numpy as np
import pytest

from ccgsim.measures.betweenness import betweenness
from ccgsim.report.network.surveyed import files_of
from ccgsim.survey.choices import Asked
from ccgsim.survey.describe import describe
from ccgsim.survey.draws import model_of, ties_of
from ccgsim.survey.network import in_order, reordered
from ccgsim.survey.over_draws import SEARCHES, between, drawn, figures, interval, over
from ccgsim.survey.source import survey
from tests.survey.boards import board, surveyed

DRAWS, WANTED = 200, 0.85
PEOPLE = ("outside_reach", "alone")


@dataclass
class Coverage:
    """How often an interval held the truth, by figure; those of people over who did not answer, and over all."""

    held: dict[str, list[bool]] = field(default_factory=dict)
    wide: dict[str, list[float]] = field(default_factory=dict)

    def add(self, name, ends, truth):
        held = (np.asarray(ends[0]) <= truth) & (truth <= np.asarray(ends[1]))
        self.held.setdefault(name, []).extend(np.atleast_1d(held).tolist())
        self.wide.setdefault(name, []).extend(np.atleast_1d(np.asarray(ends[1]) - ends[0]).tolist())

    @property
    def share(self):
        return {name: float(np.mean(each)) for name, each in self.held.items()}


def judged(seeds):
    """Coverage of draws, of deleting who did not answer, and of counting their ties as absent."""
    drawn, deleted, zero = Coverage(), Coverage(), Coverage()
    for seed in seeds:
        whole = board(seed)
        part = surveyed(whole, seed)
        members, silent = whole.people.board, part.silent
        truth = figures(ties_of(whole), members)
        model = model_of(part)
        found = over(model, members, DRAWS)
        as_zero = figures(ties_of(part), members)
        left = ties_of(part) & ~silent & ~silent[:, None]
        without = figures(left, members & ~silent)
        for way, density in ((zero, as_zero.density), (deleted, without.density)):
            pairs = members.sum() * (members.sum() - 1)
            half = 1.645 * np.sqrt(density * (1 - density) / pairs)
            way.add("density", (density - half, density + half), truth.density)
        drawn.add("density", interval([each.density for each in found]), truth.density)
        for name in PEOPLE:
            low, high = interval([getattr(each, name) for each in found])
            value = getattr(truth, name)
            for who, whose in ((members, ""), (silent, " of the silent")):
                drawn.add(name + whose, (low[who], high[who]), value[who])
                for way, each in ((zero, as_zero), (deleted, without)):
                    point = getattr(each, name)[who]
                    way.add(name + whose, (point, point), value[who])
    return drawn, deleted, zero


@pytest.mark.slow
def test_intervals_of_draws_cover_the_truth_on_200_boards_and_those_of_deleting_or_of_zero_do_not():
    drawn, deleted, zero = (each.share for each in judged(range(200)))
    assert min(drawn.values()) >= WANTED, drawn
    assert max(deleted.values()) < WANTED, deleted
    assert max(zero.values()) < WANTED, zero


def test_twelve_boards_are_covered_too():
    drawn, deleted, zero = (each.share for each in judged(range(300, 312)))
    assert min(drawn.values()) >= 0.75 and drawn["outside_reach"] >= WANTED
    assert zero["density"] == 0 and max(deleted["outside_reach of the silent"], zero["density"]) < 0.2


def test_known_ties_stand_in_every_draw_and_only_unknown_pairs_differ():
    part = surveyed(board(1), 1)
    model, known = model_of(part), ties_of(part)
    unknown = np.zeros_like(known)
    unknown[part.unknown_pairs()] = True
    draws = [model.draw(seed) for seed in range(20)]
    assert all((each[~unknown] == known[~unknown]).all() for each in draws)
    assert 0 < np.mean([each[unknown].mean() for each in draws]) < 1
    assert (model.draw(3) == draws[3]).all() and (draws[3] != draws[4]).any()


def test_a_draw_does_not_depend_on_the_order_of_a_file():
    part = surveyed(board(2), 2)
    turned = reordered(part, np.arange(len(part.people))[::-1].copy())
    assert (model_of(in_order(turned)).draw(5) == model_of(in_order(part)).draw(5)).all()
    assert drawn(turned, 5) == drawn(part, 5)


def test_a_popular_adviser_and_one_who_asks_back_are_likelier_to_be_asked():
    part = surveyed(board(3), 3)
    model = model_of(part)
    often = np.mean([model.draw(seed) for seed in range(300)], axis=0)
    silent, on_board = np.flatnonzero(part.silent), part.people.board & ~part.silent
    popularity = ties_of(part)[on_board].sum(axis=0)
    assert np.corrcoef(often[silent][:, on_board].mean(axis=0), popularity[on_board])[0, 1] > 0.5
    back = ties_of(part)[:, silent].T & on_board
    apart = ~ties_of(part)[:, silent].T & on_board
    assert often[silent][back].mean() > often[silent][apart].mean() + 0.05


def test_nothing_unknown_needs_no_draw_and_says_so():
    found = describe(board(4), 50)
    assert found["over_draws"] is None and {row["top3"] for row in found["people"]} == {0.0, 1.0}
    assert found["bounds"]["board_density"] == [found["board"]["density"]] * 2
    ends = found["bounds"]["reciprocity"]
    assert ends[0] == ends[1] == pytest.approx(figures(ties_of(board(4)), board(4).people.board).reciprocity)


def test_who_brokers_is_a_chance_and_every_figure_has_bounds_that_hold_the_truth():
    whole = board(5)
    found, truth = describe(surveyed(whole, 5), 100), figures(ties_of(whole), whole.people.board)
    chances = [row["top3"] for row in found["people"]]
    assert sum(chances) == pytest.approx(3) and any(0 < each < 1 for each in chances)
    for name, value in (("reciprocity", truth.reciprocity), ("board_density", truth.density)):
        low, high = found["bounds"][name]
        assert low <= value <= high and low < high
    assert found["bounds"]["reciprocity"][0] <= found["over_draws"]["reciprocity"][0]
    assert found["bounds"]["density_if_contacts_too"][1] > found["bounds"]["density"][1]
    for row, reach in zip(found["people"], truth.outside_reach, strict=True):
        assert row["out_low"] <= row["degree_out_q05"] <= row["degree_out_q95"] <= row["out_high"]
        assert row["answered"] is not True or row["outside_reach"] == reach
    assert any("were not asked" in told for told in found["warnings"])
    json.dumps(found, allow_nan=False)


def test_r_gets_na_for_what_is_unknown_and_for_those_never_asked(tmp_path):
    part = surveyed(board(6), 6)
    for path, data in files_of(part, tmp_path / "b.R").items():
        path.write_bytes(data)
    lines = [line.split(",") for line in (tmp_path / "b-matrix.csv").read_text("utf-8").splitlines()]
    rows = {line[0]: line[1:] for line in lines[1:]}
    empty = {name for name, cells in rows.items() if cells.count("NA") == len(cells) - 1}
    unheard = part.silent | ~part.people.asked
    assert empty == {name for name, none in zip(part.people.ids, unheard, strict=True) if none}
    assert "b-matrix.csv" in (tmp_path / "b.R").read_text("utf-8")
    back = survey(tmp_path / "b-matrix.csv", Asked(people=tmp_path / "b-people.csv"))
    assert (ties_of(back) == ties_of(part)).all() and (back.silent == part.silent).all()


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not here")
def test_the_script_for_r_runs_whatever_people_are_called(tmp_path):
    text = 'from,to,frequency\n"O\'Neil, Zoë ""Zo""",007,3\n007,NA,1\n"#4 Žák",007,2\n007,=cmd,2\nNA,007,1\n'
    (tmp_path / "t.csv").write_text(text, "utf-8")
    for path, data in files_of(survey(tmp_path / "t.csv"), tmp_path / "b.R").items():
        path.write_bytes(data)
    asks = 'source("b.R"); cat(sum(ties > 0), nrow(people), sum(wave), ties["NA", "007"])'
    done = subprocess.run(["Rscript", "--vanilla", "-e", asks], cwd=tmp_path, capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("5 5 5 1", 0), done.stderr


def test_progress_of_betweenness_is_told_and_changes_no_bit():
    rng = np.random.default_rng(5)
    people = 2 * SEARCHES + 7
    pairs = np.unique(rng.integers(0, people, (4 * people, 2)), axis=0)
    seeker, adviser = pairs[pairs[:, 0] != pairs[:, 1]].T
    first = np.searchsorted(seeker, np.arange(people + 1))
    told: list[tuple[int, int]] = []
    found = between(seeker, adviser, people, lambda done, planned: told.append((done, planned)))
    assert told == [(SEARCHES, people), (2 * SEARCHES, people), (people, people)]
    assert (found == betweenness(first, np.ascontiguousarray(adviser), people)).all() and found.any()
