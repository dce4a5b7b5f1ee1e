"""The reports on folders of each kind."""

from __future__ import annotations

import pytest

from ccgsim.report.pages.kinds import page_of

from . import kept_folders as folders


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The report on a folder of each kind, made once."""
    place = tmp_path_factory.mktemp("kept")
    return {kind: page_of(maker(place / kind)) for kind, maker in folders.MAKERS.items()}
