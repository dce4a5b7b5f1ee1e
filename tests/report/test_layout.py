"""Places in the drawing of the network: by key, role and locality, the same whatever the ties."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from ccgsim.foundation.kinds import TABLE
from ccgsim.report.network.layout import BOARD_RADIUS, INNER, OUTER, layout
from ccgsim.report.network.nodes import marks_of
from ccgsim.report.network.picture import Scales, picture, scales
from ccgsim.report.network.ties import heads, shafts

from . import builders


def drawn(run: builders.Run) -> pd.DataFrame:
    return run.agents[run.agents["month"].isin([0, run.months])]


def test_places_do_not_move_when_ties_or_states_change() -> None:
    people = drawn(builders.a_run(1))
    shaken = people.assign(betweenness=0.0, participation=0.1, degree_in=7).sample(frac=1, random_state=3)
    assert layout(people) == layout(shaken)


def test_who_stays_stays_in_place_and_a_successor_takes_the_place_that_was_left() -> None:
    run = builders.a_run(1)
    places = layout(drawn(run))
    first, last = (run.agents[run.agents["month"] == month].set_index("agent") for month in (0, 140))
    same = [
        key
        for key in last.index
        if last.loc[key, "board"] and key in first.index and last.loc[key, "role"] == first.loc[key, "role"]
    ]
    assert len(same) >= 8
    assert all(places.place(0, key) == places.place(140, key) for key in same)
    assert places.place(0, 29) == places.place(140, 26)  # the chair of each month


def test_places_empty_in_a_month_are_those_of_seats_filled_in_the_other() -> None:
    places = layout(drawn(builders.a_run(1)))
    assert len(places.empty[0]) == 2 and places.empty[140] == []
    held = {places.place(140, key) for key in (5000, 2100)}  # nurse and secondary-care doctor come later
    assert set(places.empty[0]) == held


@pytest.mark.parametrize(("practices", "localities"), [(4, 1), (30, 6), (60, 4), (300, 20)])
def test_no_two_actors_share_a_place_and_all_stand_in_their_ring(practices: int, localities: int) -> None:
    run = builders.a_run(0, 36, practices=practices, localities=min(localities, practices))
    places = layout(drawn(run))
    spots = np.array(list(places.places.values()))
    radius = np.hypot(spots[:, 0], spots[:, 1])
    assert radius.min() >= INNER - 1e-9 and radius.max() <= OUTER + 1e-9
    apart = np.hypot(*(spots[:, None] - spots[None]).T) + 9 * np.eye(len(spots))
    assert apart.min() > 0.6 * places.pitch
    assert all(math.hypot(*spot) == pytest.approx(BOARD_RADIUS) for spot in places.seats.values())


def test_bands_do_not_overlap_and_practices_stand_by_locality() -> None:
    run = builders.a_run(1)
    bands = layout(drawn(run)).bands
    assert [band.locality for band in bands if band.kind == "GP"] == [0, 1, 2, 3, 4, 5]
    assert all(one.end < other.start for one, other in pairwise(bands))
    assert bands[-1].end - bands[0].start < 2 * math.pi


def test_a_world_without_a_board_can_still_be_laid_out() -> None:
    people = drawn(builders.a_run(1)).assign(board=0, role="none")
    assert len(layout(people).places) == people["agent"].nunique()


def test_arrows_end_short_of_the_mark_and_point_to_it() -> None:
    ends = np.array([[[0.0, 0.0], [1.0, 0.0]]])
    path = shafts(ends, np.array([[0.1, 0.2]]))
    assert path[0, 0, 0] == pytest.approx(0.1) and path[0, -1, 0] == pytest.approx(0.8)
    tip = heads(path, np.array([0.1]))[0, 0]
    assert tip[0] > path[0, -1, 0]


def test_ties_of_a_pair_bow_apart() -> None:
    there = shafts(np.array([[[0.0, 0.0], [1.0, 0.0]]]), np.zeros((1, 2)))
    back = shafts(np.array([[[1.0, 0.0], [0.0, 0.0]]]), np.zeros((1, 2)))
    assert there[0, 7, 1] * back[0, 7, 1] < 0


def test_contacts_count_people_once_and_only_ties_of_the_board() -> None:
    run = builders.a_run(1)
    rows = [(0, 29, 28), (0, 28, 29), (0, 29, 1003), (0, 1003, 1004)]
    ties = pd.DataFrame(rows, columns=["month", "source", "target"]).assign(strength=0.5)
    found = picture(run.agents, ties, 0, layout(drawn(run))).actors.set_index("key")
    assert found.loc[[29, 28, 1003, 1004], "contacts"].tolist() == [2, 1, 1, 0]
    assert bool(found.loc[1003, "near"]) and not bool(found.loc[1004, "near"])


def test_who_asks_whom_is_told_apart() -> None:
    run = builders.a_run(1)
    rows = [(0, 29, 28), (0, 28, 1003), (0, 1003, 29), (0, 1003, 1004)]
    ties = pd.DataFrame(rows, columns=["month", "source", "target"]).assign(strength=[0.1, 0.2, 0.3, 0.4])
    found = picture(run.agents, ties, 0, layout(drawn(run))).ties
    assert found["layer"].tolist() == ["board", "outside", "inward", "far"]


def test_both_panels_share_scales_that_hold_the_largest_values() -> None:
    run = builders.a_run(1)
    places = layout(drawn(run))
    both = [picture(run.agents, run.ties, month, places) for month in (0, 140)]
    scale = scales(both)
    assert scale.board_contacts == max(int(each.actors["contacts"].max()) for each in both)
    largest = max(float(each.actors["betweenness"].max()) for each in both)
    assert largest * 0.999 <= scale.betweenness <= 2 * largest


def test_area_rises_evenly_with_betweenness() -> None:
    size = Scales(1, 1, 0.4).size(np.array([0.0, 0.1, 0.4]))
    assert size.tolist() == pytest.approx([0, 0.5, 1])


def test_a_kind_whose_shape_has_no_marker_is_told_with_the_shapes_that_have_one() -> None:
    with pytest.raises(ValueError, match=r"Nurse the shape 'cube'; MARKS of .*nodes has circle, square"):
        marks_of({**TABLE, "Nurse": replace(TABLE["Nurse"], shape="cube")})
