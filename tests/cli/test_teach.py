"""The command `teach`, as a user meets it."""

from __future__ import annotations

import importlib.util
import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from ccgsim.cli import teach
from ccgsim.cli.options.worlds import Teach
from ccgsim.foundation.problems import Problems

TEACH = [sys.executable, "-m", "ccgsim", "teach", "--no-browser"]


@pytest.mark.slow  # loads every rule in a process of its own
def test_it_tells_its_address_serves_the_page_and_ends_quietly_on_ctrl_c():
    with subprocess.Popen([*TEACH, "--port", "0"], stderr=subprocess.PIPE, text=True) as running:
        signal_to_end = signal.SIGINT
        try:
            address = next(found.group() for line in running.stderr if (found := re.search(r"http://\S+", line)))
            assert address.startswith("http://127.0.0.1:")
            with urllib.request.urlopen(address) as answer:
                assert b"<!doctype html>" in answer.read().lower()
        finally:
            running.send_signal(signal_to_end)
        told = running.stderr.read()
        assert running.wait(30) == 0
    assert "The lesson has ended." in told
    assert "Traceback" not in told


def test_a_port_in_use_is_told_with_one_that_may_be_free():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run([*TEACH, "--port", str(port)], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert f"--port {port + 1}" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_none_is_refused():
    done = subprocess.run([*TEACH, "--port", "99999"], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "0 to 65535" in done.stderr


def test_without_the_extra_the_line_that_installs_it_is_told(monkeypatch, capsys):
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "uvicorn" else found(name))
    with pytest.raises(Problems, match=re.escape("pip install 'ccgsim[teach]'")) as refused:
        teach.checked(Teach(port=0, no_browser=True))
    assert "uvicorn" in str(refused.value)
