"""Values written in another way than ours are recognised."""

from __future__ import annotations

import datetime

import pytest

from ccgsim.foundation.inputs.hints import date_meant, meant, value_of
from ccgsim.foundation.problems import nearest
from ccgsim.foundation.quantity import MONTH, Quantity

SHARE = Quantity(0.5, 0, 1, "share", "", "", float)
PEOPLE = Quantity(7000, 5000, 10_000_000, "people", "", "", int)
CHANGE = Quantity(0.0, -1, 1, "", "", "", float)
SWITCH = Quantity(False, None, None, "", "", "", bool)
WORD = Quantity("flow", None, None, "", "", "", str, ("flow", "advice"))
AT = Quantity(None, 0, 139, MONTH, "", "", int)
MONTHS = Quantity(140, 1, 1200, "months", "", "", int)


@pytest.mark.parametrize(
    ("quantity", "written", "right"),
    [
        (SHARE, "0,5", "0.5"),
        (SHARE, ",5", "0.5"),
        (SHARE, ".5", "0.5"),
        (SHARE, "50%", "0.5"),
        (SHARE, "12,5 %", "0.125"),
        (SHARE, "1,5", "1.5"),  # the next fault then says that it lies outside
        (PEOPLE, "320,000", "320000"),
        (PEOPLE, "1.320.000", "1320000"),
        (PEOPLE, "320 000", "320000"),
        (PEOPLE, "320\u202f000", "320000"),
        (PEOPLE, "320'000", "320000"),
        (CHANGE, "\u22120.25", "-0.25"),
        (CHANGE, "\u20130.25", "-0.25"),
        (CHANGE, "\u20140,25", "-0.25"),
        (SWITCH, "True", "true"),
        (SWITCH, "NO", "false"),
        (WORD, "Flow", "flow"),
        (AT, "June 2013", "2013-06"),
        (AT, "6/2013", "2013-06"),
        (MONTHS, "2013-06", "30"),
        (MONTHS, datetime.date(2013, 6, 1), "30"),
        (SHARE, "half", ""),
        (SWITCH, 1, ""),
    ],
)
def test_what_was_meant_is_suggested(quantity, written, right):
    assert quantity.fault(written)
    assert meant(written, quantity.fault, quantity.options) == right


# Numbers to Python, but not as anybody reads them: underscores, a plus, digits of other scripts.
OTHERS = [("1_0", "1_0"), ("+7", "+7"), ("\u0661\u0662", "\u0661\u0662"), ("1e3", 1000.0), ("-2", -2), (".5", 0.5)]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (" 3 ", 3),
        ("3.5", 3.5),
        ("TRUE", True),
        ("false", False),
        ("2013-06", "2013-06"),
        ("0,5", "0,5"),
        ("x", "x"),
        *OTHERS,
    ],
)
def test_cells_hold_numbers_truths_or_text(cell, value):
    assert value_of(cell) == value and type(value_of(cell)) is type(value)


@pytest.mark.parametrize("text", ["13/2013", "0/2013", "Juni2013", "foo 2013", "2013", ""])
def test_what_is_no_date_is_not_taken_for_one(text):
    assert date_meant(text) == ""


@pytest.mark.parametrize("written", ["Site B", "SITE_B", "site-b", "Site\u2014B", " site_b"])
def test_the_nearest_name_is_found_whatever_its_capitals_spaces_and_dashes(written):
    assert nearest(written, ["site_a", "site_b", "site_c"]) == "site_b"


def test_a_month_may_be_a_date_within_its_bounds():
    assert AT.fault("2013-06") == "" and AT.read("2013-06") == 30
    assert AT.read(datetime.date(2013, 6, 30)) == 30 and AT.read(3.0) == 3
    assert AT.fault("2010-11") == "is month -1, outside 0 to 139 (2010-12 to 2022-07)"
    assert "is month 140, outside" in AT.fault("2022-08")
    assert AT.fault("soon") == "must be a whole number or a date such as '2013-06'"
