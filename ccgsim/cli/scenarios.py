"""The command `scenarios`: lists the shipped scenarios as text or JSON."""

from __future__ import annotations

from ccgsim.cli.options.worlds import Scenarios
from ccgsim.cli.parts.answers import DONE, opening, print_json
from ccgsim.report.words.terminal import print_line, scenario_lines
from ccgsim.scenario.scenario import load, names

KEYS = ("name", "title", "question", "source", "based_on", "months", "bases")


def answer(asked: Scenarios) -> int:
    """Print name, title, question, length and basis of each; returns the exit code."""
    rows = [{key: getattr(world, key) for key in KEYS} for world in map(load, names())]
    if asked.as_json:
        print_json(opening("scenarios") | {"scenarios": rows})
    else:
        for line in scenario_lines(rows):
            print_line(line)
    return DONE
