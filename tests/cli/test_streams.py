"""What a command says finds its way, or the command says so and leaves with 3; nothing is left half-written."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from ccgsim.cli.app import main
from ccgsim.foundation.files.in_use import InUse
from ccgsim.foundation.work.lifeline import WorkersFail

FULL = Path("/dev/full")


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CCGSIM_DEBUG", raising=False)
    return tmp_path


def told(monkeypatch, capsys, stdout, *words: str) -> tuple[int, str]:
    """Exit code and standard error of a command whose standard output is this stream."""
    monkeypatch.setattr(sys, "argv", ["ccgsim", *words])
    monkeypatch.setattr(sys, "stdout", stdout)
    with pytest.raises(SystemExit) as left:
        main()
    return int(left.value.code or 0), capsys.readouterr().err


SAYING = [["--version"], ["--help"], ["scenarios", "--json"], ["parameters"], ["run", "site_z", "--json"]]


@pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("words", SAYING, ids=" ".join)
def test_what_a_full_device_does_not_take_is_told_and_exit_code_3(monkeypatch, capsys, words):
    with FULL.open("w") as full:
        code, err = told(monkeypatch, capsys, full, *words)
    assert (code, err) == (3, "standard output cannot be written: No space left on device\n")


@pytest.mark.parametrize("words", SAYING, ids=" ".join)
def test_a_reader_that_has_gone_is_told_and_exit_code_3(monkeypatch, capsys, words):
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as gone:
        code, err = told(monkeypatch, capsys, gone, *words)
    assert (code, err) == (3, "standard output cannot be written: its reader has gone\n")


@pytest.mark.parametrize("closed", [0, 1, 2])
def test_a_command_started_with_a_closed_stream_says_what_it_can(closed):
    command = [sys.executable, "-m", "ccgsim", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=lambda: os.close(closed))
    if closed == 1:
        assert done.returncode == 3 and done.stderr.startswith("standard output is closed")
    else:
        assert done.returncode == 0 and done.stdout.startswith("ccgsim ")


FAILURES = {
    "disk": (OSError(errno.ENOSPC, "full"), 3, "No space left on device"),
    "folder": (PermissionError(errno.EACCES, "no", "results"), 3, "results: Permission denied"),
    "memory": (MemoryError("Unable to allocate 3 TiB"), 1, "there is not enough memory (Unable to allocate 3 TiB)"),
    "a library": (
        ImportError("libblas.so: failed to map segment from shared object"),
        1,
        "there is not enough memory (libblas.so: failed to map segment from shared object)",
    ),
    "workers": (WorkersFail("workers were lost 3 times over"), 1, "workers were lost 3 times over"),
    "use": (InUse("out is in use by process 7"), 5, "out is in use by process 7"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_what_the_system_refuses_is_no_internal_error(name, place, monkeypatch, ccgsim_says):
    failure, expected, said = FAILURES[name]

    def fails(*_: object, **__: object) -> None:
        raise failure

    never = ModuleType("ccgsim.run")
    never.simulate = never.replicate = fails
    monkeypatch.setitem(sys.modules, "ccgsim.run", never)
    code, out, _ = ccgsim_says("run", "site_a", "--out", "deep/out", "--json")
    error = json.loads(out)["error"]
    assert (code, error["code"]) == (expected, expected)
    problem = error["problems"][0]
    assert said in f"{problem['file']}: {problem['rule']}" and "internal" not in problem["rule"]
    assert list(place.iterdir()) == []
