"""Imports go down: a module imports from the floors below its own, or from its own room.

What stands under `if TYPE_CHECKING:` names a type and imports nothing when the program runs; it is left out.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "ccgsim"
MODULES = sorted(PACKAGE.rglob("*.py"))
FLOORS = {
    "ground": 0,
    "processes": 1,
    "agents": 2,
    "world": 3,
    "measures": 3,
    "model": 4,
    "run": 5,
    "lab": 6,
    "report": 7,
    "front": 8,
}
GROUND = {
    "arguments", "chance", "compiled", "compiler", "contacts", "dates", "extras", "files", "held", "hints", "lifeline",
    "lists", "meeting", "neighbourhood", "numbers", "parallel", "problems", "quantity", "ranges", "reading", "renewal",
    "stopping", "tables", "texts", "vocabulary",
}  # fmt: skip
FRONT = {
    "__init__", "__main__", "cli", "cli_answers", "cli_calibrate", "cli_compare", "cli_reproduce", "cli_run",
    "cli_sensitivity", "cli_streams", "cli_sweep", "cli_teach", "cli_validate", "cli_warm", "solara_page", "teach",
}  # fmt: skip
HOMES = {"course": "model", "happenings": "model", "snapshots": "model"}  # the month, its events, its tables
SECOND_PART = {"ccgsim.processes.ties.forming": "ccgsim.processes.ties.fading"}  # a process in two files
ONLY_HERE = {"mesa": ("agents/actor.py", "model.py", "solara_page.py"), "matplotlib": ("report/",)}
NAMES = {str(path.relative_to(ROOT).with_suffix("")).replace("/", ".") for path in MODULES}


def room(module: str) -> str:
    """The room of a module called ccgsim.something; KeyError where it has none."""
    _, _, inner = module.removesuffix(".__init__").partition(".")
    first = inner.split(".")[0] or "__init__"
    place = "ground" if first in GROUND else "front" if first in FRONT else HOMES.get(first, first)
    if place not in FLOORS:
        raise KeyError(f"{module} stands on no floor: give it one here and in docs")
    return place


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def nodes_that_run(node: ast.AST) -> Iterator[ast.AST]:
    """Every node below this one, but for those that only a type checker reads."""
    for child in ast.iter_child_nodes(node):
        children: list[ast.AST] = [child]
        if isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == "TYPE_CHECKING":
            children = list(child.orelse)
        for part in children:
            yield part
            yield from nodes_that_run(part)


def imports(source: str, module: str) -> Iterator[tuple[int, str]]:
    """Line and full name of each module imported, wherever in the file."""
    for node in nodes_that_run(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = module.split(".")[: -node.level] if node.level else []
            base = ".".join([*package, *([node.module] if node.module else [])])
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield node.lineno, inner if {inner, f"{inner}.__init__"} & NAMES else base


def faults(source: str, module: str) -> list[str]:
    """Every import of a module that goes up, or into another room of the same floor."""
    here, found = room(module), []
    for line, target in imports(source, module):
        if target.split(".")[0] != "ccgsim" or (target == "ccgsim" and here == "front"):
            continue
        there = room(target)
        own = (module, "ccgsim.processes", SECOND_PART.get(module))
        to_sibling = here == "processes" == there and target not in own
        if FLOORS[there] > FLOORS[here] or (FLOORS[there] == FLOORS[here] and there != here) or to_sibling:
            found.append(f"line {line}: {module} ({here}) imports {target} ({there})")
    return found


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_from_floors_below_or_from_its_own_room(path):
    assert faults(path.read_text(), name_of(path)) == []


@pytest.mark.parametrize("library", ONLY_HERE)
def test_a_library_is_imported_in_its_place_only(library):
    for path in MODULES:
        inside = path.relative_to(PACKAGE).as_posix()
        uses = [line for line, name in imports(path.read_text(), name_of(path)) if name.split(".")[0] == library]
        assert not uses or inside.startswith(ONLY_HERE[library]), f"{inside}, lines {uses}: {library}"


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("ccgsim.processes.ties.fading", "from ccgsim.processes.policy import Policy"),
        ("ccgsim.processes.ties.fading", "from ccgsim.processes import policy"),
        ("ccgsim.processes.ties.fading", "def f():\n    import ccgsim.model"),
        ("ccgsim.measures.network", "from ccgsim.world.state import World"),
        ("ccgsim.foundation.chance", "from ccgsim import simulate"),
        ("ccgsim.report.figures.measures", "import ccgsim.cli.app"),
        ("ccgsim.agents.gp", "from ..model import CommissioningModel"),
    ],
)
def test_the_check_finds_an_import_that_goes_up_or_sideways(module, source):
    assert len(faults(source, module)) == 1


def test_imports_from_below_and_from_the_own_room_are_allowed():
    allowed = (
        "import numpy\nfrom ccgsim import tables\nfrom ccgsim.scenario.sections import Site\nfrom .seats import x\n"
    )
    assert faults(allowed, "ccgsim.world.state") == []


def test_types_may_be_named_from_above_but_not_imported():
    source = "from typing import TYPE_CHECKING\nif {}:\n    from ccgsim.model import CommissioningModel\n"
    assert faults(source.format("TYPE_CHECKING"), "ccgsim.agents.gp") == []
    assert len(faults(source.format("True"), "ccgsim.agents.gp")) == 1


def test_a_module_without_a_floor_is_found():
    with pytest.raises(KeyError, match="stands on no floor"):
        room("ccgsim.attic")
