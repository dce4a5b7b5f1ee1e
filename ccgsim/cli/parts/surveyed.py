"""How commands begin with a surveyed network: the options for reading it, checked, and what becomes of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ccgsim.cli.options.shared import Surveyed
from ccgsim.cli.parts.answers import place_faults
from ccgsim.foundation.problems import Problem, nearest, shown
from ccgsim.scenario.brought.network import OPTIONS, Brought
from ccgsim.survey.choices import MISSING, Asked


def reading_faults(asked: Surveyed) -> list[Problem]:
    """Faults of the options for reading, before any file is opened."""
    named = (asked.people, "--people"), (asked.kinds, "--kinds"), (asked.words, "--words")
    faults = [fault for path, option in named for fault in place_faults(path, option)]
    if asked.missing not in MISSING:
        rule, near = f"is neither {' nor '.join(MISSING)}", nearest(asked.missing, MISSING)
        faults.append(Problem("", "--missing", shown(asked.missing), rule, near))
    return faults


def options_of(asked: Surveyed) -> Asked:
    """What is asked of the file, for the reader."""
    return Asked(**{name: getattr(asked, name) for name in OPTIONS})


def brought_faults(asked: Surveyed, network: Path | None) -> list[Problem]:
    """Faults of the options of a command that may begin with a network: they are for naught without one."""
    faults = place_faults(network, "--network") + reading_faults(asked)
    usual = Asked()
    if network is None and (given := [name for name in OPTIONS if getattr(asked, name) != getattr(usual, name)]):
        rule = "concerns a surveyed network: name its file with --network"
        faults += [Problem("", f"--{name.replace('_', '-')}", "", rule) for name in given]
    return faults


def beginning(asked: Surveyed, network: Path | None) -> dict[str, Any]:
    """The network with which worlds begin as a change of their scenario: {} or {"network": table}."""
    return {} if network is None else {"network": Brought(network, options_of(asked)).as_table()}
