"""Sources beside the model: what is printed is carried whole, readings are right on boards made by hand."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest

from ccgsim.foundation import vocabulary as v
from ccgsim.lab.reproduce import REPRODUCED, figure4, printed_surveys, readings, survey, table4
from ccgsim.lab.reproduce.cell import EMERGENT, FITTED, SET, Place, Printed, agreeing, cell, gathered
from ccgsim.measures.catalogue import NAMES
from ccgsim.measures.survey import QUESTIONS
from tests.worlds import made, person

KEYS = set(re.findall(r"^\| ([EZS]\d+) \|", Path("docs/evidence.md").read_text(encoding="utf-8"), re.MULTILINE))
SEEDS = range(2)


@pytest.fixture(scope="module", params=list(REPRODUCED))
def beside(request):
    """Each comparison on two seeds."""
    return REPRODUCED[request.param](SEEDS)


def test_every_cell_is_marked_named_and_plain(beside):
    assert {each.origin for each in beside.cells} <= {SET, FITTED, EMERGENT}
    places = [(each.table, each.row, each.column) for each in beside.cells]
    assert len(set(places)) == len(places)
    assert all(": " in each.row for each in beside.cells)
    json.dumps([each.plain() for each in beside.cells], allow_nan=False)


def test_every_printed_figure_has_a_key_of_the_evidence_and_an_unprinted_one_no_difference(beside):
    for each in beside.cells:
        assert set(filter(None, each.source_key.split(", "))) <= KEYS
        assert each.source is None or each.source_key
        assert (each.difference is None) == (not isinstance(each.source, (int, float)))


@pytest.mark.parametrize("site", table4.SITES)
def test_the_printed_ties_of_a_site_add_to_its_printed_total(site):
    *kinds, total, _ = table4.PRINTED[site]
    assert sum(kinds) == total


@pytest.mark.parametrize(("ties", "density"), [(115, 0.737), (97, 0.622)])
def test_only_directed_counts_give_the_printed_densities(ties, density):
    assert round(ties / 156, 3) == density
    assert all(round(undirected / 78, 3) != density for undirected in range(79))


def test_the_start_is_set_to_table_4_and_says_so():
    cells = [each for each in REPRODUCED["table4"](range(1)).cells if each.column == "month 0"]
    assert len(cells) == 19 and {each.origin for each in cells} == {SET}
    for each in cells:
        if each.source_key == "Z12":
            assert (each.source, each.model) == (12, 13)
        else:
            assert each.difference == pytest.approx(0, abs=0.5 / 156)


def test_a_twelfth_month_is_held_against_the_source_and_what_moved_against_the_start():
    measures = np.zeros((2, 2, len(NAMES)))
    measures[:, 0, NAMES.index("ties_to_pct")] = 18
    measures[:, 1, NAMES.index("ties_to_pct")] = (14, 18)
    cells = {(each.row, each.column): each for each in table4.cells_of({"site_a": measures})}
    later, moved = cells["site A: PCT", "month 12"], cells["site A: PCT", "12 less 0"]
    assert (later.model, later.difference, later.origin) == (16, -2, FITTED)
    assert (moved.model, moved.source, moved.origin) == (-2, None, EMERGENT)


def test_a_bound_is_held_against_each_world_and_a_word_against_none():
    worlds = np.array([0.2, 0.6, 0.8, np.nan])
    assert agreeing("above 0.5", worlds) == pytest.approx(2 / 3)
    assert agreeing("below 0.5", worlds) == pytest.approx(1 / 3)
    assert agreeing("large", worlds) is None and agreeing(0.5, worlds) is None
    assert agreeing("above 0", np.array([np.nan])) is None


def test_a_cell_without_a_defined_world_is_empty_not_zero():
    found = cell(Place("t", "r: x", "c"), Printed(1.0, "E2"), np.full(3, np.nan), EMERGENT)
    assert (found.model, found.low, found.high, found.difference) == (None, None, None, None)


def test_two_sites_are_paired_by_seed():
    n = next(n for n, sight in enumerate(figure4.SIGHTS) if sight.words == "outside ties held by two members")
    a, b = np.full((2, 2, 2, len(figure4.SIGHTS)), 0.5)
    a[:, 1, n], b[:, 1, n] = (0.6, 0.9), (0.5, 0.8)
    cells = figure4.cells_of({"site_a": a, "site_b": b})
    found = next(each for each in cells if each.row.endswith("two members: A less B") and each.column == "month 12")
    assert (found.model, found.agree) == (pytest.approx(0.1), 1.0)
    assert found.low == pytest.approx(found.high)


def board():
    """A chair and a lead who ask everyone, a GP who asks nobody; a practice, a hospital and a PCT manager outside."""
    seat = {"board": True}
    people = [
        person(role=v.CHAIR, **seat),
        person(role=v.LOCALITY_LEAD, **seat),
        person(role=v.GP_MEMBER, **seat),
        person(),
        person(v.PCT_STAFF),
        person(v.PROVIDER, sector=v.ACUTE),
    ]
    ties = ((0, 1, 0.5), (0, 2, 0.5), (1, 0, 0.5), (1, 3, 0.8), (1, 4, 0.2), (1, 5, 0.4), (2, 3, 0.6), (3, 4, 0.9))
    return made(people, ties).world


def test_readings_of_a_board_made_by_hand():
    world = board()
    assert readings.evenness(world) == pytest.approx(np.std([3, 2, 1]) / 2)
    assert readings.leads_ask(world) == 3 and readings.others_ask(world) == 0.5
    assert readings.strength_to_practices(world) == pytest.approx(0.7)
    assert readings.strength_elsewhere(world) == pytest.approx(0.3)
    assert readings.top_is_one(world) == 1
    assert readings.leads_over_others(world) > 1


def test_readings_without_a_base_are_missing():
    world = made([person(board=True), person(board=True)]).world
    for reading in (readings.evenness, readings.leads_over_others, readings.leads_ask, readings.strength_to_practices):
        assert np.isnan(reading(world))


def test_shares_are_of_the_group_that_was_asked():
    counts = np.zeros((2, len(v.ROLES), len(survey.ANSWERS)))
    own, collaborations = (
        survey.ANSWERS.index((printed_surveys.INFLUENCE, word)) for word in ("own CCG", "collaborations")
    )
    counts[0, v.CHAIR, own], counts[0, v.CHAIR, collaborations], counts[0, v.GP_MEMBER, own] = 1, 3, 6
    counts[:, v.NURSE_SEAT, survey.ANSWERS.index((printed_surveys.PLANS, "agree"))] = 5
    assert survey.share(counts, printed_surveys.INFLUENCE, "own CCG", "chairs")[0] == 0.25
    assert survey.share(counts, printed_surveys.INFLUENCE, "own CCG", "all")[0] == 0.7
    assert np.isnan(survey.share(counts, printed_surveys.INFLUENCE, "own CCG", "all")[1])


def test_every_line_asks_what_the_survey_asks_of_roles_that_there_are():
    assert set(printed_surveys.GROUPS["all"]) == set(v.ROLES) - {"none"}
    for line in printed_surveys.LINES:
        assert line.answer in QUESTIONS[line.question] and set(printed_surveys.GROUPS[line.group]) <= set(v.ROLES)
        assert line.less is None or (
            line.less[0] in QUESTIONS[line.question] and line.less[1] in printed_surveys.GROUPS
        )


def test_where_the_sources_conflict_each_is_shown():
    said = {line.words: line.printed[0].value for line in printed_surveys.LINES}
    own = [value for words, value in said.items() if "own CCG, all" in words]
    assert own == [0.38, 0.5, "majority"]
    officers = [value for words, value in said.items() if "own CCG, accountable" in words]
    assert officers == ["more often", "below 0.5"]


def test_worlds_come_in_the_order_of_seeds_and_progress_counts_them():
    told = []
    found = gathered(lambda job: np.array([job[1]]), ("site_a", "site_b"), (3, 1), lambda *at: told.append(at))
    assert {name: values.ravel().tolist() for name, values in found.items()} == {"site_a": [3, 1], "site_b": [3, 1]}
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
