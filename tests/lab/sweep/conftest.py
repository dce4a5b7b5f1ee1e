"""A sweep that nothing has disturbed, and numbers whose origin is found out once."""

from __future__ import annotations

import functools

import pytest

from ccgsim import run
from ccgsim.lab.sweep import store
from ccgsim.lab.sweep.sweep import carry_out
from tests.lab.sweep.hands import bytes_of, here
from tests.lab.sweep.plans import toy


@pytest.fixture
def origin(monkeypatch):
    """Where numbers come from is found out once, not for every sweep of these tests."""
    monkeypatch.setattr(store, "provenance", lambda began: found_out())


@pytest.fixture
def whole(tmp_path) -> dict[str, bytes]:
    """The bytes of a sweep that nothing has disturbed."""
    carry_out(toy(), tmp_path / "whole", here)
    return bytes_of(tmp_path / "whole")


@functools.cache
def found_out():
    return run.provenance(0.0)
