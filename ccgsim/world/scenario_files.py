"""Scenario files: where they lie, how they are read, and the chain of files that one is based on."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ccgsim.problems import Problem, Problems, nearest, refuse, shown

SCHEMA = 1
DEEPEST_BASE = 8


@dataclass(frozen=True, slots=True)
class File:
    """One scenario file: its path, the name that messages use for it, and its table."""

    path: Path
    label: str
    table: Mapping[str, Any]


def shipped_folder() -> Path:
    """The folder of shipped scenarios: `scenarios/` of a checkout, or of the installed package."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "scenarios"
    return inside if inside.is_dir() else package.parent / "scenarios"


def names() -> tuple[str, ...]:
    """Names of the shipped scenarios, sorted."""
    return tuple(sorted(path.stem for path in shipped_folder().glob("*.toml")))


def is_path(name: str) -> bool:
    """True where SCENARIO means a file: it ends in .toml or holds a path separator."""
    return name.endswith(".toml") or "/" in name or "\\" in name


def chain(name: str | Path) -> list[File]:
    """The file and all that it is based on, the first base first; raises Problems for what cannot be read."""
    place, label = _find(str(name), Path(), "", "scenario")
    files = [_opened(place, label)]
    seen = {place.resolve()}
    while "based_on" in files[0].table:
        if len(files) > DEEPEST_BASE:
            raise refuse("based_on", files[0].table["based_on"], f"at most {DEEPEST_BASE} deep", file=files[0].label)
        base = _base(files[0])
        if base.path.resolve() in seen:
            raise refuse("based_on", files[0].table["based_on"], "goes round in a circle", file=files[0].label)
        seen.add(base.path.resolve())
        files.insert(0, base)
    return files


def _base(file: File) -> File:
    given = file.table["based_on"]
    if not isinstance(given, str) or not given:
        raise refuse("based_on", given, "must be the name of a shipped scenario or of a file", file=file.label)
    place, label = _find(given, file.path.parent, file.label, "based_on")
    return _opened(place, label)


def _find(name: str, folder: Path, file: str, key: str) -> tuple[Path, str]:
    if is_path(name):
        place = folder / name
        if not os.path.exists(place):  # unlike Path.exists, also for names that no file can have
            raise refuse(key, name, "there is no such file", file=file, suggestion=nearest(Path(name).stem, names()))
        return place, place.name if place.parent == shipped_folder() else str(place)
    if name not in names():
        rule = "no shipped scenario has this name (a file's name ends in .toml)"
        raise refuse(key, name, rule, file=file, suggestion=nearest(name, names()))
    return shipped_folder() / f"{name}.toml", f"{name}.toml"


def _opened(path: Path, label: str) -> File:
    table = _parsed(_text(path, label), label)
    if not table:
        raise refuse("", "", "is empty; a scenario file starts with schema = 1", file=label)
    if problem := _schema_fault(table, label):
        raise Problems([problem])
    return File(path, label, table)


def _text(path: Path, label: str) -> str:
    if path.is_dir():
        raise refuse("", "", "is a folder, not a scenario file", file=label)
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise refuse("", "", f"is not a text file in UTF-8 (byte {error.start})", file=label) from None
    except OSError as error:
        raise refuse("", "", f"cannot be read: {error.strerror}", file=label) from None


def _parsed(text: str, label: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise refuse("", "", f"is not valid TOML: {error}", file=label) from None


def _schema_fault(table: Mapping[str, Any], label: str) -> Problem | None:
    if "schema" not in table:
        return Problem(label, "schema", "", f"is missing: a scenario file starts with schema = {SCHEMA}")
    schema = table["schema"]
    if isinstance(schema, bool) or not isinstance(schema, int) or schema < 1:
        return Problem(label, "schema", shown(schema), f"must be {SCHEMA}")
    if schema > SCHEMA:
        return Problem(label, "schema", shown(schema), f"is newer than this ccgsim, which reads schema {SCHEMA}")
    return None
