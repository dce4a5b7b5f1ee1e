"""Tables and documents on disk: types as promised, undefined is null, nothing half-written."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ccgsim.foundation.files import writing


def test_a_failed_write_leaves_the_old_file_and_no_leftovers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = writing.put(tmp_path / "a.txt", b"old")

    def fail(descriptor: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        writing.put(target, b"new and longer")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_text_that_looks_like_a_formula_is_only_text_in_csv() -> None:
    frame = pd.DataFrame({"name": ["=1+1", "@x", "-", "plain", 'a,"b"\n'], "value": [-1.5, np.nan, 0.1, 2.0, 3.0]})
    text = writing.csv_bytes(frame).decode("utf-8")
    assert text.splitlines()[:5] == ["name,value", "'=1+1,-1.5", "'@x,", "'-,0.1", "plain,2.0"]
    assert "\r" not in text and text.endswith("\n")


def test_headings_are_text_too() -> None:
    assert writing.csv_bytes(pd.DataFrame({"=cmd": [1]})) == b"'=cmd\n1\n"


def test_parquet_keeps_nulls_and_types_whatever_the_frame_used() -> None:
    schema = pa.schema([("n", pa.int64()), ("x", pa.float64()), ("w", pa.string())])
    whole = pd.DataFrame({"n": [1, 2], "x": [0.5, np.nan], "w": ["a", None]})
    floats = pd.DataFrame({"w": pd.Series(["a", None], dtype="object"), "n": [1.0, 2.0], "x": [0.5, None]})
    one, other = writing.parquet_bytes(whole, schema), writing.parquet_bytes(floats, schema)
    assert one == other
    table = pq.read_table(pa.BufferReader(one))
    assert table.to_pydict() == {"n": [1, 2], "x": [0.5, None], "w": ["a", None]}
    assert table.schema.metadata is None


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match="lacks the columns b"):
        writing.parquet_bytes(pd.DataFrame({"a": [1]}), pa.schema([("a", pa.int64()), ("b", pa.int64())]))


def test_json_has_null_for_what_is_undefined_and_keeps_plain_values() -> None:
    document = {
        "a": math.nan,
        "b": [np.float64(1.5), np.int64(2), np.bool_(True)],
        "c": {1: math.inf, "d": pd.NA},
        "e": np.array([1.0, np.nan]),
        "f": Path("x/y"),
        "g": ("é", None),
    }
    text = writing.json_bytes(document).decode("utf-8")
    assert json.loads(text) == {
        "a": None,
        "b": [1.5, 2, True],
        "c": {"1": None, "d": None},
        "e": [1.0, None],
        "f": "x/y",
        "g": ["é", None],
    }
    assert "é" in text and text.endswith("\n")


WITHOUT_LOCKS = """
import sys
sys.modules["fcntl"] = None  # as on Windows
import ccgsim
mine = ccgsim.experiment({"scenario": "site_f", "months": 1, "measures": ["stability"], "seeds": {"replicates": 2}})
ccgsim.sweep(mine, "out", workers=1)
print(ccgsim.results("out")["status"].tolist())
"""


@pytest.mark.slow
def test_a_sweep_runs_and_is_read_where_the_system_has_no_locks(tmp_path):
    command = [sys.executable, "-c", WITHOUT_LOCKS]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("['done', 'done']\n", 0), done.stderr
