"""What may be done with a folder that a sweep is to be written to: begin, go on, begin anew, or leave it alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from ccgsim.foundation.files import lock
from ccgsim.foundation.files.held import PART
from ccgsim.foundation.files.writing import json_bytes, parquet_bytes, schema_of
from ccgsim.foundation.problems import Problem, refuse, shown, telling
from ccgsim.foundation.work.stopping import undisturbed
from ccgsim.lab.sweep import parts

SCHEMA, KIND = 1, "sweep"
MANIFEST, DESIGN, TABLE, CSV, SERIES = "manifest.json", "design.parquet", "table.parquet", "table.csv", "series"
OURS = (TABLE, CSV, SERIES, parts.FOLDER, parts.LEDGER, DESIGN, MANIFEST)  # in the order of removal
MOST_TOLD = 10
_TELLS = b"ccgsim"  # key of the metadata
_NAMES = ("columns", "series")  # facts that say how parts are read


def facts_of(folder: Path) -> dict[str, Any] | None:
    """What the numbers of the sweep in a folder depend on; None where there is no sweep.

    The design tells, as nobody edits it, and the manifest where the design is spoilt or gone. A manifest of other
    results is believed all the same: the folder is not ours.
    """
    stated = _manifest_of(folder)
    if isinstance(stated, dict) and isinstance(kind := stated.get("kind"), str) and kind != KIND:
        return None
    return _sound_facts(_told_by_design(folder)) or _sound_facts(stated)


def _sound_facts(stated: Any) -> dict[str, Any] | None:
    """The facts that a document states of a sweep; None where one is missing without which no part can be read."""
    known = isinstance(stated, dict) and stated.get("kind") == KIND and stated.get("schema") == SCHEMA
    facts = stated.get("facts") if known else None
    return facts if isinstance(facts, dict) and all(_are_names(facts.get(key)) for key in _NAMES) else None


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _manifest_of(folder: Path) -> Any:
    try:
        return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def _told_by_design(folder: Path) -> Any:
    try:
        return json.loads((pq.read_schema((folder / DESIGN).absolute()).metadata or {})[_TELLS])
    except (OSError, ValueError, KeyError, RecursionError):
        return None


def design_bytes(runs: pd.DataFrame, facts: Mapping[str, Any]) -> bytes:
    """The design as Parquet, which can tell of its sweep if the manifest is lost."""
    told = json_bytes({"schema": SCHEMA, "kind": KIND, "facts": facts})
    return parquet_bytes(runs, schema_of(runs).with_metadata({_TELLS: told}))


def check(folder: Path) -> None:
    """Raise Problems where a folder holds anything but a sweep, InUse where another process writes to it.

    What an end by force may leave is no hindrance.
    """
    lock.check_free(folder)
    with telling(folder):
        found = [path for path in folder.iterdir() if path.name != lock.NAME and not _is_left_over(path)]
    if found and facts_of(folder) is None:
        names = ", ".join(sorted(path.name for path in found)[:3])
        raise refuse(
            "--out", str(folder), f"holds files that are not results of a sweep ({names}); name another folder"
        )


def _is_left_over(path: Path) -> bool:
    return path.name.startswith(".") and path.name.endswith(f".{PART}")


def clear(folder: Path) -> None:
    """Remove an earlier sweep, its manifest last: until then the folder is known as ours."""
    for path in (folder / name for name in OURS):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def discard(folder: Path) -> None:
    """Remove a sweep of which nothing is worth keeping, and its lock; only its holder may."""
    with undisturbed(), suppress(OSError):
        clear(folder)
        (folder / lock.NAME).unlink()


def differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[Problem]:
    """A fault for each fact that has changed since the sweep began, the first of them where there are many."""
    before, after = dict(_flat(then)), dict(_flat(now))
    changed = [key for key in (*before, *(k for k in after if k not in before)) if before.get(key) != after.get(key)]
    found = [_told(key, before.get(key), after.get(key)) for key in changed[:MOST_TOLD]]
    if len(changed) > MOST_TOLD:
        found.append(Problem("", "", "", f"and {len(changed) - MOST_TOLD} more differences"))
    if found:
        found.append(
            Problem("", "--out", "", "holds a sweep of something else: --force-new removes it and begins anew")
        )
    return found


def _told(key: str, before: object, after: object) -> Problem:
    if key == "code":
        return Problem("", "ccgsim", "", "the rules of the model are no longer those that the sweep began with")
    if key.endswith("sha256"):
        return Problem("", key.removesuffix("_sha256"), "", "its rows are not those that the sweep began with")
    if key.startswith("files."):
        return Problem("", key.removeprefix("files."), "", "the file has changed since the sweep began")
    then = "it was not there" if before is None else f"it was {shown(before)}"
    return Problem("", key, "nothing" if after is None else shown(after), f"{then} when the sweep began")


def _flat(facts: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted names and values of nested tables."""
    for key, value in facts.items():
        if isinstance(value, Mapping) and value:
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
