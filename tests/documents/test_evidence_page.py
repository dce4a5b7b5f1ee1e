"""docs/evidence.md says of every finding where it stands, and what it says to carry one exists."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from ccgsim.scenario.events import ACTS, LEVERS
from ccgsim.scenario.parameters import all_parameters
from ccgsim.scenario.scenario import names

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8").partition("| finding | where it stands |")[2]
ROWS = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in TABLE.splitlines()[2:]]
CARRIED = ("in the model", "in the model in part", "by a scenario", "by a scenario in part")
# What the sources name and readers look for: each must have a row of its own.
ASKED = (
    *("practice managers as brokers", "health and wellbeing boards", "commissioning support units", "regulators"),
    *("gp accountable officers as hybrids", "delegated primary-care commissioning", "conflict of interest"),
    *("lead-provider and outcome-based contracts", "tender threats that break ties", "temporary funding"),
    *("transformation money held by footprints", "delegative against directive", "trust in policy-makers"),
    *("pcts that broker providers", "tasks that nobody owned", "bargaining power of size", "transaction cost of size"),
    *("board inexperience", "specialists teaching in practices", "a trial that proves savings wins referrers"),
    *("how far lay, nurse and specialist members count", "hands-on ccgs", "future planned with it"),
)


def named(text: str) -> list[str]:
    """What a cell sets in code type."""
    return re.findall(r"`([^`]+)`", text)


def module_of(name: str):
    """The module that a function's first name stands for: a process, a part of one, or the kinds."""
    for place in ("processes", "processes.projects", "processes.ties", "foundation"):
        try:
            return importlib.import_module(f"ccgsim.{place}.{name}")
        except ModuleNotFoundError:
            continue
    return None


def exists(name: str) -> bool:
    """Whether there is a parameter, event, lever, scenario or function of that name."""
    if name in all_parameters() or name in ACTS or name in LEVERS or name in names():
        return True
    module, _, function = name.partition(".")
    return hasattr(module_of(module), function) if function else False


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_finding_has_a_status_and_what_carries_it_exists(row):
    _, status, how = row
    assert status in (*CARRIED, "left out") and how
    assert [name for name in named(how) if not exists(name)] == []
    assert named(how) or status == "left out"


def test_every_finding_of_the_last_group_has_a_row():
    keys = set(re.findall(r"E\d+", " ".join(finding for finding, _, _ in ROWS)))
    assert keys >= {f"E{number}" for number in range(55, 72)}


@pytest.mark.parametrize("topic", ASKED)
def test_what_readers_look_for_has_one_row(topic):
    assert len([row for row in ROWS if topic in row[0].lower()]) == 1


def test_names_that_do_not_exist_are_noticed():
    assert exists("decisions.side_and_weight") and exists("alliance")
    assert not any(exists(name) for name in ("decisions.no_such", "no_such", "no_such.parameter", "ties"))
