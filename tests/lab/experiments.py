"""A small experiment, and its faults."""

from __future__ import annotations

import pytest

from ccgsim.foundation.problems import Problems
from ccgsim.lab.experiment.experiment import experiment


def small(**more):
    """An experiment of a site over a year, with more or other parts."""
    return experiment({"scenario": "site_f", "months": 12, "measures": ["coherence"], **more})


def faults_of(**more) -> str:
    with pytest.raises(Problems) as refused:
        small(**more)
    return str(refused.value)
