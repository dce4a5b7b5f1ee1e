"""Months and dates turn into one another."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgsim.foundation.dates import date_of, month_of, year_and_month
from ccgsim.foundation.vocabulary import ABOLITION_MONTH


@pytest.mark.parametrize(("month", "date"), [(0, "2010-12"), (1, "2011-01"), (28, "2013-04"), (46, "2014-10")])
def test_months_have_the_dates_of_the_model_description(month, date):
    assert date_of(month) == date
    assert month_of(date) == month


def test_pcts_are_abolished_in_april_2013():
    assert year_and_month(ABOLITION_MONTH) == (2013, 4)


@given(st.integers(-1000, 2000))
def test_a_month_and_its_date_lead_back_to_one_another(month):
    assert month_of(date_of(month)) == month


@pytest.mark.parametrize("date", ["2013-06-15", " 2013-06 ", datetime.date(2013, 6, 1), datetime.datetime(2013, 6, 1)])
def test_a_day_does_not_matter(date):
    assert month_of(date) == 30


@pytest.mark.parametrize(
    "text", ["2013-13", "2013-00", "2013", "2013-6", "06-2013", "", "2013-06-32", "２０１３-06", 30]
)
def test_what_is_no_date_is_no_month(text):
    assert month_of(text) is None
