"""Surveys read from what a test writes."""

from __future__ import annotations

import pytest

from tests.survey.small import read


@pytest.fixture
def surveyed(tmp_path):
    """Reads ties, with a table of people where one is given."""

    def call(ties, people=None, **asked):
        if people is not None:
            (tmp_path / "who.csv").write_text(people, "utf-8")
            asked["people"] = tmp_path / "who.csv"
        return read(tmp_path, "ties.csv", ties, **asked)

    return call
