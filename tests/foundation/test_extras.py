"""Extras: a library that is not there is told by name, with the line that installs it."""

from __future__ import annotations

import pytest

from ccgsim.foundation.extras import needs
from ccgsim.foundation.problems import Problems


def test_what_is_installed_is_not_refused():
    needs("lab", "numpy", "json")


def test_every_missing_library_is_told_with_the_line_that_installs_it():
    with pytest.raises(Problems) as refused:
        needs("lab", "numpy", "no_such_library", "nor_this_one")
    assert [problem.key for problem in refused.value.problems] == ["no_such_library", "nor_this_one"]
    assert "pip install 'ccgsim[lab]'" in refused.value.problems[0].rule
