"""A hash of what source code does: its syntax without comments, docstrings, types and messages.

An edit of a comment or a message changes no number, so nothing needs to be compiled or judged again.
"""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parents[1]
_WORDS = re.compile(r"\s")  # texts with white space are messages; names, keys and columns have none


class _Bare(ast.NodeTransformer):
    """Reduces a syntax tree to what can affect a run."""

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return ast.Constant("") if isinstance(node.value, str) and _WORDS.search(node.value) else node

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        return None if isinstance(node.value, ast.Constant) else self.generic_visit(node)  # a docstring

    def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
        self.generic_visit(node)
        return node.orelse if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING" else node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return ast.arg(node.arg)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)


@cache
def bare(source: str) -> tuple[str, tuple[tuple[int, str, tuple[str, ...]], ...]]:
    """The reduced syntax of a source as text, and its imports: number of dots, module name, imported names."""
    tree = _Bare().visit(ast.parse(source))
    imports: list[tuple[int, str, tuple[str, ...]]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imports += [(0, alias.name, ()) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            imports.append((node.level, node.module or "", tuple(alias.name for alias in node.names)))
    return _dumped(tree), tuple(imports)


def _dumped(node: Any) -> str:
    """A tree as text, the same in every version of Python, unlike `ast.dump`."""
    if isinstance(node, ast.AST):
        constant = isinstance(node, ast.Constant)  # whose value may be None; elsewhere that is an absent part
        fields = [
            f"{name}={_dumped(each)}" for name, each in ast.iter_fields(node) if constant or each not in (None, [])
        ]
        return f"{type(node).__name__}({','.join(fields)})"
    return f"[{','.join(map(_dumped, node))}]" if isinstance(node, list) else repr(node)


def reached(root: Path, starts: Iterable[Path]) -> list[Path]:
    """The files of a package that `starts` may import, directly or not, including `starts`, sorted.

    `root`: the package's folder. `root/__init__.py`, which only exports names for users, is not followed.
    """
    found: set[Path] = set()
    waiting = list(starts)
    while waiting:
        path = waiting.pop()
        if path not in found and path != root / "__init__.py" and path.is_file():
            found.add(path)
            waiting += _imported(root, path)
    return sorted(found)


def _imported(root: Path, path: Path) -> list[Path]:
    """Files to which the imports of a file may refer: modules, packages, modules of packages."""
    files: list[Path] = []
    for level, module, names in bare(path.read_text(encoding="utf-8"))[1]:
        words = module.split(".") if module else []
        if level == 0 and words[0] != root.name:
            continue
        base = path.parents[level - 1].joinpath(*words) if level else root.joinpath(*words[1:])
        files += [base.with_suffix(".py"), base / "__init__.py", *(base / f"{name}.py" for name in names)]
    return files


def meaning(root: Path, paths: Iterable[Path]) -> str:
    """SHA-256 of the names and the reduced syntax of files of a package, in the order given."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.relative_to(root).as_posix()}\n{bare(path.read_text(encoding='utf-8'))[0]}\n".encode())
    return digest.hexdigest()
