"""Tables of one kind share one record type, which the dispatch of compiled rules then need not compare by fields."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest

from ccgsim import load
from ccgsim.course import Course
from ccgsim.foundation import tables


def test_a_table_put_in_another_order_keeps_the_record_type_of_its_kind():
    ties = tables.new(tables.TIES, 3)
    assert tables.as_table(ties[np.array([2, 0])]).dtype is ties.dtype
    assert ties.picked(np.array([2, 0])).dtype is ties.picked(ties.source == 0).dtype is ties.dtype
    assert tables.joined(ties, ties).dtype is ties.dtype


@pytest.mark.parametrize("name", tables.ALL)
def test_joined_tables_hold_the_rows_of_all_in_turn(name):
    parts = [tables.new(tables.ALL[name], rows) for rows in (2, 0, 3)]
    for number, part in enumerate(parts):
        part[tables.ALL[name][-1].name] = number + 1
    assert tables.joined(*parts).tobytes() == b"".join(part.tobytes() for part in parts)
    assert isinstance(tables.joined(parts[0]), tables.Table)


def test_plain_arrays_are_made_once_and_anew_where_a_table_is_replaced():
    world = Course(load("site_f"), 0).world
    before = world.plain
    assert world.plain is before
    world.actors["key"][0] += 1
    assert before.actors["key"][0] == world.actors.key[0]  # the same memory
    world.ties = world.ties.picked(np.array([0]))
    assert len(world.plain.ties) == 1 and len(before.ties) > 1


@pytest.mark.parametrize("way", [copy.copy, copy.deepcopy, lambda world: pickle.loads(pickle.dumps(world))])
def test_the_plain_arrays_of_a_copied_world_are_its_own(way):
    world = Course(load("site_f"), 0).world
    assert world.plain.clock["month"][0] == 0
    copied = way(world)
    copied.clock = tables.joined(copied.clock)
    copied.clock.month, copied.actors["key"][0] = 7, 5
    assert copied.plain.clock["month"][0] == 7 and copied.plain.actors["key"][0] == 5
    assert world.plain.clock["month"][0] == 0


def test_the_tables_of_two_worlds_share_their_record_types():
    one, other = (Course(load("site_a").with_(site={"density": d}), 0).world.plain for d in (0.5, 0.6))
    for name in ("actors", "ties", "ccgs", "seats", "localities", "rules", "clock", "projects", "nation", "neighbours"):
        assert getattr(one, name).dtype is getattr(other, name).dtype, name


@pytest.mark.parametrize("name", tables.ALL)
def test_a_misspelt_column_of_any_table_is_refused_with_the_nearest_name(name):
    table = tables.new(tables.ALL[name], 2)
    for column in tables.ALL[name]:
        wrong = f"{column.name}_"
        with pytest.raises(AttributeError, match=rf"no column '{wrong}' \(did you mean {column.name}\?\)"):
            setattr(table, wrong, 0)
        with pytest.raises(AttributeError, match=rf"no column '{wrong}' \(did you mean {column.name}\?\)"):
            getattr(table, wrong)
        setattr(table, column.name, 1)
        assert (table[column.name] == 1).all()
    with pytest.raises(AttributeError, match=r"no column 'zzzz'$"):
        table.zzzz = 0


def test_an_array_keeps_its_own_attributes():
    table = tables.new(tables.CLOCK, 2)
    table.shape = (2, 1)
    table._mark = 3
    assert table.shape == (2, 1) and table._mark == 3
