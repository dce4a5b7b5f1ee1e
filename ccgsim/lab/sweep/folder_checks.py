"""Checks of the output folder of a sweep: start, resume, start again, or refuse."""

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
from ccgsim.foundation.files.reports import REPORTS
from ccgsim.foundation.files.writing import json_bytes, parquet_bytes, schema_of
from ccgsim.foundation.problems import Problem, refuse, shown, telling
from ccgsim.foundation.work.stopping import undisturbed
from ccgsim.lab.sweep import parts

SCHEMA, KIND, CLAIM = 1, "sweep", "claim"  # a claim is kept as a sweep, and neither replaces the other
MANIFEST, DESIGN, TABLE, CSV, SERIES = "manifest.json", "design.parquet", "table.parquet", "table.csv", "series"
JUDGED = ("claims.json", "draws.csv", "claims.png", "claims.svg")  # what a claim writes besides
OURS = (*REPORTS, *JUDGED, TABLE, CSV, SERIES, parts.FOLDER, parts.LEDGER, DESIGN, MANIFEST)  # in the order of removal
MOST_TOLD = 10
_KEY = b"ccgsim"  # metadata key in the Parquet file
_NAMES = ("columns", "series")  # facts needed to read the parts


def facts_of(folder: Path) -> dict[str, Any] | None:
    """What the numbers of the sweep in a folder depend on; None if there is no sweep.

    Read from the design, which nobody edits, or from the manifest if the design is damaged or missing. If the manifest
    belongs to other results, the folder is not a sweep's.
    """
    stated = _manifest_of(folder)
    if isinstance(stated, dict) and isinstance(kind := stated.get("kind"), str) and kind != KIND:
        return None
    return _sound_facts(_facts_in_design(folder)) or _sound_facts(stated)


def _sound_facts(stated: Any) -> dict[str, Any] | None:
    """The facts of a sweep in a document; None if one that is needed to read the parts is missing."""
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


def _facts_in_design(folder: Path) -> Any:
    try:
        return json.loads((pq.read_schema((folder / DESIGN).absolute()).metadata or {})[_KEY])
    except (OSError, ValueError, KeyError, RecursionError):
        return None


def design_bytes(runs: pd.DataFrame, facts: Mapping[str, Any]) -> bytes:
    """The design as Parquet, with the facts of the sweep in its metadata in case the manifest is lost."""
    metadata = json_bytes({"schema": SCHEMA, "kind": KIND, "facts": facts})
    return parquet_bytes(runs, schema_of(runs).with_metadata({_KEY: metadata}))


def check(folder: Path, what: str = KIND) -> None:
    """Raise Problems if a folder holds anything but runs of this kind, InUse if another process writes to it.

    Leftovers of a killed process are ignored. `what`: what the messages call the runs, as `Plan.what`.
    """
    lock.check_free(folder)
    with telling(folder):
        found = [path for path in folder.iterdir() if path.name != lock.NAME and not _is_left_over(path)]
    facts = facts_of(folder)
    if found and facts is None:
        lock.refuse_strangers(folder, (path.name for path in found), f"a {what}")
    if facts is not None and (there := made_for(facts)) != what:
        raise refuse("--out", str(folder), f"holds results of another kind ({there}); name another")


def made_for(facts: Mapping[str, Any]) -> str:
    """What the runs of a sweep were made for: a claim names patterns, not levers."""
    return CLAIM if "patterns" in facts else KIND


def _is_left_over(path: Path) -> bool:
    return path.name.startswith(".") and path.name.endswith(f".{PART}")


def clear(folder: Path) -> None:
    """Remove an earlier sweep, its manifest last: it identifies the folder as a sweep's."""
    for path in (folder / name for name in OURS):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def discard(folder: Path) -> None:
    """Remove a sweep without finished runs, and its lock; only the holder of the lock may call this."""
    with undisturbed(), suppress(OSError):
        clear(folder)
        (folder / lock.NAME).unlink()


def differences(then: Mapping[str, Any], now: Mapping[str, Any], what: str) -> list[Problem]:
    """A fault for each fact that has changed since `what` began, a sweep, a claim, ..., up to MOST_TOLD."""
    before, after = dict(_flat(then)), dict(_flat(now))
    changed = [key for key in (*before, *(k for k in after if k not in before)) if before.get(key) != after.get(key)]
    found = [_difference(key, before.get(key), after.get(key), f"the {what} began") for key in changed[:MOST_TOLD]]
    if len(changed) > MOST_TOLD:
        found.append(Problem("", "", "", f"and {len(changed) - MOST_TOLD} more differences"))
    if found:
        found.append(Problem("", "--out", "", f"holds another {what}: --force-new removes it and starts again"))
    return found


def _difference(key: str, before: object, after: object, begun: str) -> Problem:
    if key == "code":
        return Problem("", "ccgsim", "", f"the rules of the model have changed since {begun}")
    if key.endswith("sha256"):
        return Problem("", key.removesuffix("_sha256"), "", f"its rows have changed since {begun}")
    if key.startswith("files."):
        return Problem("", key.removeprefix("files."), "", f"the file has changed since {begun}")
    then = "it was missing" if before is None else f"it was {shown(before)}"
    return Problem("", key, "nothing" if after is None else shown(after), f"{then} when {begun}")


def _flat(facts: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted names and values of nested tables."""
    for key, value in facts.items():
        if isinstance(value, Mapping) and value:
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
