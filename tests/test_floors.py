"""Imports go down: a module imports from the floors below its own, or from its own room.

What stands under `if TYPE_CHECKING:` names a type and imports nothing when the program runs; it is left out.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "ccgsim"
MODULES = sorted(PACKAGE.rglob("*.py"))
DRAWN = re.findall(r"^ ?(\d+)  (\S+(?: \S+)*)", (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"), re.M)
FLOORS = {room: int(number) for number, rooms in DRAWN for room in rooms.split()}
ONLY_HERE = {"mesa": ("agents/actor.py", "model.py", "solara_page.py"), "matplotlib": ("report/",)}
ONLY_HERE |= {"jinja2": ("report/pages/formats/html.py",), "docx": ("report/pages/formats/docx.py",)}
NAMES = {str(path.relative_to(ROOT).with_suffix("")).replace("/", ".") for path in MODULES}


def room(module: str) -> str:
    """The room of a module called ccgsim.something: the innermost that is drawn; KeyError where none is."""
    words = module.removesuffix(".__init__").split(".")[1:] or ["__init__"]
    for end in range(len(words), 0, -1):
        if (place := ".".join(words[:end])) in FLOORS:
            return place
    raise KeyError(f"{module} stands on no floor: give it one in docs/architecture.md")


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


def process_of(module: str) -> str:
    """The process of a module in ccgsim.processes: its file, or its folder."""
    return ".".join(module.split(".")[:3])


def faults(source: str, module: str) -> list[str]:
    """Every import of a module that goes up, or into another room of the same floor, or into another process."""
    here, found = room(module), []
    for line, target in imports(source, module):
        if target.split(".")[0] != "ccgsim" or (target == "ccgsim" and FLOORS[here] >= FLOORS["teach"]):
            continue
        there = room(target)
        stranger = here == there == "processes" and process_of(target) not in (process_of(module), "ccgsim.processes")
        if FLOORS[there] > FLOORS[here] or (FLOORS[there] == FLOORS[here] and there != here) or stranger:
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


def test_every_floor_that_is_drawn_is_read_and_stands_in_the_package():
    assert [int(number) for number, _ in DRAWN] == list(reversed(range(len(DRAWN))))
    assert {room(name) for name in NAMES} == set(FLOORS)


def test_imports_from_below_and_from_the_own_room_are_allowed():
    below = "import numpy\nfrom ccgsim.foundation import tables\nfrom ccgsim.scenario.sections import Site\n"
    assert faults(below + "from .seats import x\n", "ccgsim.world.state") == []


def test_types_may_be_named_from_above_but_not_imported():
    source = "from typing import TYPE_CHECKING\nif {}:\n    from ccgsim.model import CommissioningModel\n"
    assert faults(source.format("TYPE_CHECKING"), "ccgsim.agents.gp") == []
    assert len(faults(source.format("True"), "ccgsim.agents.gp")) == 1


def test_a_module_without_a_floor_is_found():
    with pytest.raises(KeyError, match="stands on no floor"):
        room("ccgsim.attic")
