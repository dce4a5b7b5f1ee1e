"""Rules for equal bits: what compiled rules may not use, and that only chance.py makes random numbers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "ccgsim"
RULES = sorted([*PACKAGE.glob("processes/**/*.py"), *PACKAGE.glob("measures/*.py")])
MODULES = sorted(PACKAGE.rglob("*.py"))
CHANCE = {"foundation/chance.py", "lab/calibration/luck.py"}  # the second sets a library's generator, and gives it back
COMPILERS = {"njit", "inlined", "jit", "vectorize", "guvectorize"}
# Their order of summation, their ties or their last bit differ between machine code and NumPy.
FORBIDDEN_NAMES = {"sum", "mean", "dot", "sort", "argsort", "argmin", "argmax", "exp", "log", "sqrt"}
FORBIDDEN_METHODS = FORBIDDEN_NAMES - {"exp", "log", "sqrt"}
FORBIDDEN_TYPES = {"uint64", "uint32", "float32", "int32", "bool_"}
FORBIDDEN_OPTIONS = {"fastmath", "parallel"}


def name_of(node: ast.expr) -> str:
    """The last word of a name, of a dotted name or of a call of either."""
    node = node.func if isinstance(node, ast.Call) else node
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def is_numpy(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("np", "numpy")


def compiled_functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(name_of(d) in COMPILERS for d in node.decorator_list):
            yield node


def fault_of_rule(node: ast.AST) -> str:
    """What a node inside a compiled function does against the rules, or nothing."""
    if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Pow | ast.MatMult):
        return "** or @"
    if isinstance(node, ast.Attribute) and is_numpy(node.value) and node.attr in FORBIDDEN_NAMES | FORBIDDEN_TYPES:
        return f"np.{node.attr}"
    return fault_of_call(node.func) if isinstance(node, ast.Call) else ""


def fault_of_call(called: ast.expr) -> str:
    """What calling this does against the rules, or nothing."""
    if isinstance(called, ast.Attribute) and called.attr in FORBIDDEN_METHODS and not is_numpy(called.value):
        return f".{called.attr}()"
    if isinstance(called, ast.Name) and called.id in ("sum", "sorted", "pow"):
        return f"{called.id}()"
    return ""


def faults_of_rules(source: str) -> list[str]:
    """Every fault in the compiled functions of a module, with its line."""
    tree = ast.parse(source)
    found = [
        f"line {node.lineno}: {fault}"
        for function in compiled_functions(tree)
        for part in function.body
        for node in ast.walk(part)
        if (fault := fault_of_rule(node))
    ]
    options = (word for node in ast.walk(tree) if isinstance(node, ast.Call) for word in node.keywords)
    found += [f"line {word.value.lineno}: {word.arg}" for word in options if word.arg in FORBIDDEN_OPTIONS]
    found += [f"line {line}: {name}" for line, name in imported(tree) if name.split(".")[0] == "numba"]
    return found


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def faults_of_chance(source: str) -> list[str]:
    """Every use of a generator of random numbers other than chance.py."""
    tree = ast.parse(source)
    found = [
        f"line {line}: {name}" for line, name in imported(tree) if name.split(".")[0] == "random" or ".random" in name
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and name_of(node.value) == "random":
            found.append(f"line {node.lineno}: random.{node.attr}")
        elif isinstance(node, ast.Attribute | ast.Name) and name_of(node) in ("default_rng", "RandomState"):
            found.append(f"line {node.lineno}: {name_of(node)}")
    return found


def test_there_are_rules_to_check():
    compiled = sum(len(list(compiled_functions(ast.parse(path.read_text())))) for path in RULES)
    assert compiled > 20


@pytest.mark.parametrize("path", RULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_compiled_rules_use_only_what_gives_equal_bits(path):
    assert faults_of_rules(path.read_text()) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_chance_makes_random_numbers(path):
    assert path.relative_to(PACKAGE).as_posix() in CHANCE or faults_of_chance(path.read_text()) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_floor_zero_does_unsigned_arithmetic(path):
    assert path == PACKAGE / "foundation" / "chance.py" or "uint64" not in path.read_text()


@pytest.mark.parametrize(
    "line",
    [
        "x ** 2.0",
        "x @ x",
        "np.sum(x)",
        "np.exp(x)",
        "np.sqrt(x)",
        "x.mean()",
        "x.argsort()",
        "sum(x)",
        "np.uint64(x)",
        "np.zeros(3, np.float32)",
    ],
)
def test_the_check_of_rules_finds_a_broken_rule(line):
    assert len(faults_of_rules(f"@njit\ndef rule(x):\n    return {line}\n")) == 1
    assert faults_of_rules(f"def plain(x):\n    return {line}\n") == []


def test_the_check_of_rules_finds_options_and_another_compiler():
    assert faults_of_rules("@njit(fastmath=True)\ndef rule(x):\n    x **= 2\n    return x\n") == [
        "line 3: ** or @",
        "line 1: fastmath",
    ]
    assert faults_of_rules("from numba import njit\n") == ["line 1: numba.njit"]


@pytest.mark.parametrize(
    "source",
    [
        "import random",
        "from random import choice",
        "from numpy import random",
        "import numpy.random",
        "np.random.seed(1)",
        "self.random.shuffle(x)",
        "rng = default_rng()",
    ],
)
def test_the_check_of_chance_finds_another_generator(source):
    assert len(faults_of_chance(source)) == 1
