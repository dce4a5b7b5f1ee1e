"""Scenario files: where they are, how they are read, and the chain of files on which one is based."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ccgsim.foundation.files.reading import toml_of
from ccgsim.foundation.meaning import PACKAGE
from ccgsim.foundation.problems import Problem, Problems, fault_at, gathering, nearest, refuse, shown, shown_path

SCHEMA = 1
DEEPEST_BASE = 8


@dataclass(frozen=True, slots=True)
class File:
    """One scenario file: its path, its name in messages, and its table."""

    path: Path
    label: str
    table: Mapping[str, Any]


def shipped_folder() -> Path:
    """The folder of shipped scenarios: `scenarios/` in a checkout or in the installed package."""
    inside = PACKAGE / "scenarios"
    return inside if inside.is_dir() else PACKAGE.parent / "scenarios"


def names() -> tuple[str, ...]:
    """Names of the shipped scenarios, sorted."""
    return tuple(sorted(path.stem for path in shipped_folder().glob("*.toml")))


def is_path(name: str) -> bool:
    """Whether the name is that of a file: it ends in .toml or contains a path separator."""
    return name.endswith(".toml") or "/" in name or "\\" in name


def chain(name: str | Path) -> list[File]:
    """The file and all files on which it is based, the lowest base first; raises Problems if one cannot be read."""
    files, found = readable(name)
    if found:
        raise Problems(found)
    return files


def readable(name: str | Path) -> tuple[list[File], list[Problem]]:
    """The readable part of the chain, the lowest base first, and the faults of the rest.

    If a base cannot be read, the first file in the chain still has a `based_on`.
    """
    files: list[File] = []
    found: list[Problem] = []
    with gathering(found):
        place, label = find(str(name), Path(), "", "scenario")
        files.append(_opened(place, label, found))
        seen = {place.resolve()}
        while "based_on" in files[0].table:
            files.insert(0, _next_base(files[0], len(files), seen, found))
    return files, found


def _next_base(file: File, depth: int, seen: set[Path], found: list[Problem]) -> File:
    if depth > DEEPEST_BASE:
        raise refuse("based_on", file.table["based_on"], f"at most {DEEPEST_BASE} deep", file=file.label)
    base = _base(file, found)
    if base.path.resolve() in seen:
        raise refuse("based_on", file.table["based_on"], "goes round in a circle", file=file.label)
    seen.add(base.path.resolve())
    return base


def _base(file: File, found: list[Problem]) -> File:
    given = file.table["based_on"]
    if not isinstance(given, str) or not given:
        raise refuse("based_on", given, "must be the name of a shipped scenario or of a file", file=file.label)
    place, label = find(given, file.path.parent, file.label, "based_on")
    return _opened(place, label, found)


def find(name: str, folder: Path, file: str, key: str) -> tuple[Path, str]:
    """The path of a shipped scenario, or of a file as seen from this folder, and its name in messages; or Problems."""
    if is_path(name):
        place = folder / name
        if not os.path.exists(place):  # unlike Path.exists, also works for names that no file can have
            near = nearest(Path(name).stem, names())
            raise fault_at(file, key, shown_path(name), "there is no such file", near)
        return place, place.name if place.parent == shipped_folder() else str(place)
    if name not in names():
        rule = "no shipped scenario has this name (a file's name ends in .toml)"
        raise refuse(key, name, rule, file=file, suggestion=nearest(name, names()))
    return shipped_folder() / f"{name}.toml", f"{name}.toml"


def _opened(path: Path, label: str, found: list[Problem]) -> File:
    """The file; raises Problems if nothing of it can be checked; adds faults of its schema to `found`."""
    table = toml_of(path, label)
    if not table:
        raise fault_at(label, "", "", "is empty; a scenario file starts with schema = 1")
    faults = schema_faults(table, label, "a scenario file")
    if faults and "newer" in faults[0].rule:  # a newer schema has other rules
        raise Problems(faults)
    found += faults
    return File(path, label, table)


def schema_faults(table: Mapping[str, Any], label: str, called: str) -> list[Problem]:
    """The fault of the schema that a file states, if it has one."""
    schema = table.get("schema")
    if schema is None:
        return [Problem(label, "schema", "", f"is missing: {called} starts with schema = {SCHEMA}")]
    if isinstance(schema, bool) or not isinstance(schema, int) or schema < 1:
        return [Problem(label, "schema", shown(schema), f"must be {SCHEMA}")]
    if schema > SCHEMA:
        return [Problem(label, "schema", shown(schema), f"is newer than this ccgsim, which reads schema {SCHEMA}")]
    return []
