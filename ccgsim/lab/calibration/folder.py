"""The folder of a calibration: started, resumed, or refused with the differences; one process at a time."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from ccgsim.foundation.files import lock
from ccgsim.foundation.files.reports import REPORTS
from ccgsim.foundation.files.writing import json_bytes, put
from ccgsim.foundation.problems import Problems, fault_at, refuse, telling
from ccgsim.foundation.work.stopping import undisturbed
from ccgsim.lab.experiment.experiment import Experiment
from ccgsim.lab.sweep.folder_checks import differences
from ccgsim.lab.sweep.plan import facts_of

SCHEMA, KIND = 1, "calibration"
MANIFEST, DATABASE, FAILURES = "manifest.json", "calibration.db", "failures.json"
TABLES = ("posterior", "generations", "summary", "correlations", "predictions", "check")
FIGURES = ("posterior", "predictions", "closing")
OURS = (
    *(MANIFEST, DATABASE, FAILURES, f"{DATABASE}-journal", *REPORTS),
    *(f"{name}.{kind}" for name in TABLES for kind in ("parquet", "csv")),
    *(f"{name}.{kind}" for name in FIGURES for kind in ("png", "svg")),
)


def facts(experiment: Experiment) -> dict[str, Any]:
    """What a posterior depends on. The number of generations is left out: a calibration can be extended by more."""
    size = dataclasses.asdict(experiment.calibrate)
    size.pop("generations")
    unused = ("measures", "keep_series", "design", "months")
    whole = {key: value for key, value in facts_of(experiment).items() if key not in unused}
    plain: dict[str, Any] = json.loads(json_bytes(whole | {"calibrate": size}))
    return plain


def check_folder(folder: Path) -> None:
    """Raise Problems if the folder is a file, or holds files that no calibration wrote."""
    lock.check_free(folder)
    if folder.exists() and not folder.is_dir():
        raise refuse("--out", str(folder), "is a file, not a folder")
    known = {*OURS, lock.NAME}
    foreign = [path.name for path in folder.iterdir() if path.name not in known] if folder.is_dir() else []
    foreign = [name for name in foreign if not name.startswith(".")]  # a temporary file that a killed process left
    lock.refuse_strangers(folder, foreign, "a calibration")


@contextmanager
def opened(folder: Path, stated: Mapping[str, Any], *, force_new: bool) -> Iterator[Path]:
    """The folder, locked, ready to start or resume; raises Problems with the differences if it holds another one."""
    check_folder(folder)
    new = not folder.exists()
    with lock.opened(folder):
        with telling(folder):
            if force_new:
                _clear(folder)
            _compare(folder, stated)
            _check_database(folder / DATABASE)
            put(folder / MANIFEST, json_bytes({"schema": SCHEMA, "kind": KIND, "facts": dict(stated)}))
        try:
            yield folder
        except BaseException:
            if new and not (folder / DATABASE).exists():  # no candidate has been tried yet
                _discard(folder)
            raise


def _discard(folder: Path) -> None:
    with undisturbed(), suppress(OSError):
        _clear(folder)
        (folder / lock.NAME).unlink()


def _compare(folder: Path, stated: Mapping[str, Any]) -> None:
    try:
        before = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        before = None
    except (ValueError, RecursionError):
        before = {}
    if before is None and not (folder / DATABASE).exists():
        return
    facts = before.get("facts") if isinstance(before, dict) and before.get("kind") == KIND else None
    if not isinstance(facts, dict) or not facts:
        raise spoilt(folder / MANIFEST, f"it alone says to which experiment the generations in {DATABASE} belong")
    if found := differences(facts, dict(stated), KIND):
        raise Problems(found)


def _check_database(database: Path) -> None:
    """Raise Problems if the calibration cannot be resumed from the database."""
    if not database.exists():
        return
    try:
        with closing(sqlite3.connect(database)) as opened_:
            sound = opened_.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)]
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        raise spoilt(database, "it holds every finished generation")


def spoilt(file: Path, why: str) -> Problems:
    """The refusal to resume from an unreadable file, with what the user can do; the folder is not changed."""
    rule = f"is damaged or missing; {why}: restore a copy to resume, or start again with --force-new"
    return fault_at(str(file), "", "", rule)


def _clear(folder: Path) -> None:
    """Remove an earlier calibration, its manifest last."""
    for name in sorted(OURS, key=lambda name: name == MANIFEST):
        (folder / name).unlink(missing_ok=True)
