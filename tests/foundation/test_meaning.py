"""The hash of source code sees what can change a number, and nothing else."""

from __future__ import annotations

import pytest

from ccgsim.foundation.meaning import bare

SOURCE = '''\
"""What the file is for."""


def rate(load: float, kind: str = "gp") -> float:
    """How often."""
    if load < 0:  # never
        raise ValueError(f"load {load} is too low")
    return 0.5 * load
'''
WORDS = {
    "What the file is for": "What it does",
    "How often": "How many times",
    "# never": "# not here",
    " is too low": " lies below 0",
    "load: float": "load: int",
    "-> float": "-> int",
}
RULES = {"0.5": "0.6", "load <": "load <=", '"gp"': '"nurse"', "{load}": "{kind}", "rate(": "pace("}


@pytest.mark.parametrize(("before", "after"), WORDS.items())
def test_comments_docstrings_types_and_messages_leave_the_hash(before, after):
    edited = SOURCE.replace(before, after)
    assert edited != SOURCE and bare(edited) == bare(SOURCE)


@pytest.mark.parametrize(("before", "after"), RULES.items())
def test_numbers_comparisons_names_and_single_words_change_it(before, after):
    assert bare(SOURCE.replace(before, after)) != bare(SOURCE)
