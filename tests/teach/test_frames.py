"""Frames: what goes in comes out, and nothing else is taken for one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from ccgsim.teach.config import scenario_of
from ccgsim.teach.worlds import frames
from ccgsim.teach.worlds.lane import Lane
from teach.serving import short

U8, U16, I16 = np.uint8, np.uint16, np.int16


@st.composite
def any_frame(draw):
    n, t = draw(st.integers(0, 8)), draw(st.integers(0, 12))
    floats = st.floats(width=32, allow_nan=True)
    people = {name: draw(arrays.arrays(U8, n)) for name in frames._OF_PEOPLE}
    people |= {
        "key": draw(arrays.arrays(np.uint32, n)),
        "betweenness": draw(arrays.arrays(np.float32, n, elements=floats)),
    }
    people |= {name: draw(arrays.arrays(I16, n)) for name in ("x", "y")}
    ties = {name: draw(arrays.arrays(U16, t)) for name in ("seeker", "adviser")}
    ties |= {name: draw(arrays.arrays(U8, t)) for name in ("strength", "new")}
    numbers = [draw(arrays.arrays(np.float32, draw(st.integers(0, 5)), elements=floats)) for _ in range(2)]
    head = draw(st.integers(0, 1)), draw(st.integers(0, 2**32 - 1)), draw(st.integers(0, 65535))
    return frames.Frame(*head, *numbers, people, ties)


@given(any_frame())
def test_a_frame_comes_back_as_it_was(frame):
    back = frames.decode(frames.encode(frame))
    assert (back.world, back.run, back.month) == (frame.world, frame.run, frame.month)
    np.testing.assert_array_equal(back.measures, frame.measures)
    np.testing.assert_array_equal(back.loop, frame.loop)
    for one, other in ((frame.people, back.people), (frame.ties, back.ties)):
        assert one.keys() == other.keys()
        for name, values in one.items():
            np.testing.assert_array_equal(other[name], values)


@given(st.binary(max_size=200))
def test_other_bytes_are_refused(data):
    with pytest.raises(ValueError):
        frames.decode(data)


@pytest.mark.parametrize("cut", [1, 7, 60])
def test_a_frame_cut_short_or_with_more_behind_it_is_refused(cut):
    data = Lane(scenario_of(short(), 0), 3).frame(0)
    with pytest.raises(ValueError):
        frames.decode(data[:-cut])
    with pytest.raises(ValueError, match="too many"):
        frames.decode(data + bytes(cut))


def test_a_frame_shows_the_world_as_it_stands():
    lane = Lane(scenario_of(short(), 0), 3, number=1, run=7)
    lane.advance(5)
    frame, world = frames.decode(lane.frame(5)), lane.world
    here = world.actors[world.actors.active == 1]
    assert (frame.world, frame.run, frame.month) == (1, 7, 5)
    np.testing.assert_array_equal(frame.people["key"], here.key)
    np.testing.assert_allclose(
        frame.people["participation"] / frames.SCALE, here.participation, atol=0.5 / frames.SCALE
    )
    np.testing.assert_array_equal(frame.people["flags"] & frames.BOARD, here.board)
    assert np.count_nonzero(frame.people["flags"] & frames.BROKER) == 1
    assert len(frame.ties["seeker"]) == len(world.ties)
    np.testing.assert_array_equal(frame.people["key"][frame.ties["adviser"]], world.ties.target_key)
    np.testing.assert_array_equal(frame.measures, lane.series.iloc[5].to_numpy(np.float32))


def test_places_are_still_but_for_those_who_take_or_leave_a_seat():
    lane = Lane(scenario_of(short(months=24), 0), 3)
    lane.advance(24)
    first, last = (frames.decode(lane.frame(month)) for month in (0, 24))
    spots = [_spots(frame) for frame in (first, last)]
    stayed = [key for key in spots[0] if key in spots[1] and spots[0][key][1] == spots[1][key][1]]
    assert len(stayed) > 90
    assert all(spots[0][key] == spots[1][key] for key in stayed)
    assert len({place for place, _ in spots[1].values()}) == len(spots[1]), "two people stand in one place"


def _spots(frame):
    """Place and role by key."""
    columns = (frame.people[name].tolist() for name in ("key", "x", "y", "role"))
    return {key: ((x, y), role) for key, x, y, role in zip(*columns, strict=True)}
