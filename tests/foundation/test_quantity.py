"""Declared parameters accept what their declaration allows and nothing else."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass, make_dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgsim.foundation.problems import Problems
from ccgsim.foundation.quantity import (
    Quantity,
    choice,
    count,
    faults,
    number,
    optional,
    plain,
    quantities,
    record,
    share,
    sound,
    switch,
)
from ccgsim.lab.experiment import checks
from ccgsim.lab.experiment.parts import CalibrationSize, SensitivitySize
from ccgsim.scenario.sections import SECTIONS


@dataclass(frozen=True)
class Room:
    warmth: float = number(20.0, -10, 40, "Warmth", unit="degrees")
    chairs: int = count(4, 0, 12, "Chairs")
    light: float = share(0.5, "Light")
    door: bool = switch(True, "A door")
    wall: str = choice("white", ("white", "grey"), "Wall")
    echo: float | None = optional(float, 0, 1, "Echo")


DECLARED = dict(quantities(Room))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("warmth", v) for v in (-10, 40, 0, 3.5, np.float64(3.5), np.int64(3))],
        *[("chairs", v) for v in (0, 12, 4.0, np.int64(3))],
        *[("door", v) for v in (True, False)],
        *[("wall", "grey"), ("echo", None), ("echo", 1)],
    ],
)
def test_what_the_declaration_allows_stands(name, value):
    assert DECLARED[name].fault(value) == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("warmth", v) for v in (-10.001, 40.001, math.nan, math.inf, -math.inf, "20", True, None, [20], 10**400)],
        *[("chairs", v) for v in (13, -1, 2.5, math.nan, math.inf, "4", False, None)],
        *[("door", v) for v in (1, 0, "true", None)],
        *[("wall", v) for v in ("red", 1, None, ["white"])],
        *[("echo", v) for v in (1.1, "0.5", True)],
    ],
)
def test_anything_else_is_refused(name, value):
    assert DECLARED[name].fault(value)


@given(st.floats())
def test_a_share_is_accepted_exactly_where_it_lies_between_0_and_1(value):
    assert (DECLARED["light"].fault(value) == "") == (0 <= value <= 1)


def test_values_are_read_in_the_type_that_rules_use():
    assert isinstance(DECLARED["warmth"].read(3), float)
    assert isinstance(DECLARED["chairs"].read(3.0), int)
    assert DECLARED["echo"].read(None) is None


def test_faults_name_the_section_and_the_nearest_parameter():
    found = faults(Room, {"warmt": 3, "chairs": 99, "light": 0.1}, "room", "a.toml")
    assert [(p.key, p.suggestion) for p in found] == [("room.warmt", "room.warmth"), ("room.chairs", "")]
    assert "0 to 12" in found[1].rule and found[1].file == "a.toml"


def test_a_record_holds_numbers_only_and_not_a_number_for_what_is_open():
    row = record(Room(chairs=5))[0]
    assert row.dtype.names == ("warmth", "chairs", "light", "door", "echo")
    assert (row.chairs, row.door, row.light) == (5, 1, 0.5) and math.isnan(row.echo)
    assert row.dtype["chairs"] == np.int64 and row.dtype["warmth"] == np.float64


def test_bounds_are_written_without_exponents():
    assert [plain(v) for v in (10_000_000, 0.05, -0.25, 3, None)] == ["10,000,000", "0.05", "-0.25", "3", ""]


def told(field: Any, name: str = "warmth") -> str:
    """What a section with this one field is refused with; '' where it is not."""
    section = make_dataclass("Room", [(name, Any, field)], namespace={"__module__": "ccgsim.processes.room"})
    try:
        return "" if sound({"room": section}) else "nothing"
    except Problems as refused:
        return str(refused)


@pytest.mark.parametrize(
    ("field", "rule"),
    [
        (number(2.0, 0, 1, "Warmth"), "= 2.0: its default lies outside 0 to 1"),
        (number(math.nan, 0, 1, "Warmth"), "= nan: its default must be a finite number"),
        (number(0.5, 1, 0, "Warmth"), "= 0.5: has bounds 1 to 0: the lower one comes first"),
        (optional(float, 1, 1, "Warmth"), "= None: has bounds 1 to 1: the lower one comes first"),
        (count(2.5, 0, 4, "Warmth"), "= 2.5: its default must be a whole number"),
        (choice("red", ("white", "grey"), "Warmth"), "= 'red': its default must be one of white, grey"),
        (switch("yes", "Warmth"), "= 'yes': its default must be true or false"),
        (share(0.5, " "), "= 0.5: needs a meaning and a source that are not empty"),
        (share(0.5, "Warmth", source=""), "= 0.5: needs a meaning and a source that are not empty"),
        (share(0.5, "Warmth", each_ccg=True), "= 0.5: is a state of each CCG, so CCGS in foundation/tables.py needs a"),
        (0.5, "= 0.5: is no parameter: write number(default, low, high, meaning), or share,"),
        (dataclasses.field(), ": is no parameter: write number("),
    ],
)
def test_a_declaration_at_odds_with_itself_is_refused_with_its_place(field, rule):
    assert told(field).startswith(f"ccgsim/processes/room.py room.warmth {rule}".replace("warmth :", "warmth:"))


def test_all_declarations_at_odds_are_told_at_once_and_sound_ones_pass():
    assert told(number(0.5, 0, 1, "Warmth")) == told(optional(int, 0, 1, "Warmth")) == ""
    assert told(share(0.5, "Dialogue", each_ccg=True), "dialogue") == ""  # a column of CCGS
    assert len(told(share(1.5, "")).splitlines()) == 2


@pytest.mark.parametrize("section", SECTIONS)
def test_every_declaration_of_the_model_keeps_its_own_rule(section):
    assert sound({section: SECTIONS[section]})
    assert all(isinstance(quantity, Quantity) for _, quantity in quantities(SECTIONS[section]))


def test_every_setting_of_an_experiment_keeps_its_own_rule():
    assert sound(checks.DECLARED | {"sensitivity": SensitivitySize, "calibrate": CalibrationSize})
