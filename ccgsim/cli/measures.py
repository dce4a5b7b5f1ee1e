"""The command `measures`: explains the measures as text or JSON."""

from __future__ import annotations

from ccgsim.cli.options.worlds import Measures
from ccgsim.cli.parameters import explain
from ccgsim.report.words.glossary import MEASURES, measure_lines


def answer(asked: Measures) -> int:
    """Print what each measure says and how it is computed; returns the exit code."""
    return explain(MEASURES, asked, measure_lines)
