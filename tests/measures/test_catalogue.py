"""The catalogue names every measure once, in the order of the output, and says what an empty base gives."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pandas as pd
import pytest
from worlds import eventful

from ccgsim.foundation import vocabulary
from ccgsim.measures import catalogue
from ccgsim.measures.catalogue import MEASURES, Measure
from ccgsim.measures.in_words import IN_WORDS
from ccgsim.run import series_of

from .builders import Plan, measured, person

ORDER = """stability coherence knowledge_mobility participation participation_board participation_frontline efficacy
manager_control coherence_internal coherence_frontline coherence_external stability_persistence stability_retention
stability_resilience mobility_reach mobility_circulation mobility_openness board_density ties_outside ties_to_practices
ties_to_pct ties_to_acute ties_to_regional ties_to_community ties_to_local_authorities ties_to_other broker_reliance
outside_share_top2 broker_centralisation cliquishness isolation vacancies outside_reach board_commissioning
vision_clinical decision_clinical projects_started projects_approved projects_live projects_sustained
projects_overridden adoption plan_delivery_gap benchmark cost_transparency strain overspend exits migration
uncertainty"""
NOBODY = Plan([person(vocabulary.PCT_STAFF)])  # actors, but no board, GPs, seats, providers, ties or projects
ONE_MEMBER = Plan([person(board=1)])


def test_measures_stand_in_the_order_of_the_output() -> None:
    assert [measure.name for measure in MEASURES] == ORDER.split()


@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.name)
def test_every_measure_has_words_for_tables_and_figures(measure: Measure) -> None:
    assert all((measure.label, measure.unit, measure.meaning))
    assert measure.empty.startswith(("missing", "0 "))


def test_every_measure_has_its_plain_sentence() -> None:
    assert list(IN_WORDS) == [measure.name for measure in MEASURES]


@cache
def lively() -> pd.DataFrame:
    """The measures of a small world with projects, exits and levers, two years long."""
    return series_of(eventful(), seed=1, months=24)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.name)
def test_every_measure_is_filled_in_a_lively_world(measure: Measure) -> None:
    assert lively()[measure.name].notna().any(), f"no rule fills row.{measure.name}, or it is missing in every month"


COUNTED = {"ties": "ties", "projects": "projects", "exits": "people", "migration": "people"}


@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.name)
def test_a_measure_is_a_share_unless_it_counts_or_compares(measure: Measure) -> None:
    """Ties and projects, people who leave, and the one ratio that may exceed 1."""
    other = {"outside_reach": "ratio"} | COUNTED
    assert measure.unit == other.get(measure.name, COUNTED.get(measure.name.partition("_")[0], "share"))


def test_rows_of_measures_are_missing_until_filled_and_readable_by_name() -> None:
    rows = catalogue.rows(3, 2)
    assert rows.shape == (3, 2)
    rows[1][0].coherence = 0.5
    assert rows.coherence[1, 0] == 0.5
    assert np.isnan(rows.strain).all()


@pytest.mark.parametrize("measure", [m for m in MEASURES if m.empty != catalogue.CLOSED], ids=lambda m: m.name)
def test_an_empty_base_gives_what_the_catalogue_says(measure: Measure) -> None:
    value = measured(NOBODY)[measure.name]
    assert value == 0.0 if measure.empty.startswith("0") else math.isnan(value)


def test_states_stand_while_there_are_actors() -> None:
    for measure in MEASURES:
        if measure.empty == catalogue.CLOSED:
            assert measured(NOBODY)[measure.name] == 0.0


def test_everything_is_missing_once_a_ccg_has_no_actors() -> None:
    assert all(math.isnan(value) for value in measured(Plan([])).values())


@pytest.mark.parametrize("measure", [m for m in MEASURES if m.empty == catalogue.PAIR], ids=lambda m: m.name)
def test_one_member_makes_no_pair(measure: Measure) -> None:
    assert math.isnan(measured(ONE_MEMBER)[measure.name])


@pytest.mark.parametrize("measure", [m for m in MEASURES if m.empty == catalogue.BOARD], ids=lambda m: m.name)
def test_one_member_is_a_board(measure: Measure) -> None:
    assert not math.isnan(measured(ONE_MEMBER)[measure.name])
