"""A survey written into a file and read, and what it says of itself."""

from __future__ import annotations

import pytest

from ccgsim.foundation.problems import Problems


def told(network, *words):
    """The one warning that holds all the words."""
    found = [each for each in network.warnings if all(word in each for word in words)]
    assert len(found) == 1, network.warnings
    return found[0]


def refused(call, *args, **asked):
    with pytest.raises(Problems) as why:
        call(*args, **asked)
    return why.value.problems
