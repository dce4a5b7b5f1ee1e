"""An address of a scheduler is known for one before anything is begun."""

from __future__ import annotations

import pytest

from ccgsim.foundation.problems import Problems
from ccgsim.lab.sweep.address import Address


@pytest.mark.parametrize(
    "text", ["tcp://127.0.0.1:8786", "node7:8786", "tls://[::1]:1", "tcp://x:1/", "ws://x", "inproc://1"]
)
def test_what_dask_tells_is_an_address(text):
    Address(text).check()


@pytest.mark.parametrize(
    "text", ["tcp://127.0.0.1", "node7", "", "tcp://:8786", "tcp://x:0", "x:99999", "tcp://x:eight"]
)
def test_what_has_no_host_or_port_is_refused(text):
    with pytest.raises(Problems, match="must be tcp://HOST:PORT"):
        Address(text).check()
