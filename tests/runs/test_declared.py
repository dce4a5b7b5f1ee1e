"""The steps of the month are declared in one file and carried out in another: where they differ, nothing runs."""

from __future__ import annotations

import runpy

import pytest

from ccgsim import course
from ccgsim.processes import declared


@pytest.mark.parametrize(
    ("steps", "fault"),
    [
        (
            [step for step in declared.STEPS if step not in ("policy", "ties")],
            "SETTLING in course.py names policy, ties",
        ),
        ([*declared.STEPS, "burnout"], "Course in course.py needs a method of that name"),
    ],
)
def test_a_step_that_only_one_of_two_files_names_is_told_before_any_run(steps, fault, monkeypatch):
    monkeypatch.setattr(declared, "STEPS", tuple(steps))
    with pytest.raises(TypeError, match=fault):
        runpy.run_path(course.__file__)
