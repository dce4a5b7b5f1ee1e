"""The page for Mesa users: it builds, its sliders reach the model, and a missing extra is told."""

from __future__ import annotations

import importlib
import inspect
import sys

import pytest

from ccgsim.foundation import extras
from ccgsim.foundation.problems import Problems


def test_without_the_extra_the_line_that_installs_it_is_told(monkeypatch):
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    monkeypatch.delitem(sys.modules, "ccgsim.solara_page", raising=False)
    with pytest.raises(Problems, match=r"ccgsim\[solara\]"):
        importlib.import_module("ccgsim.solara_page")


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # Solara's own
def test_the_page_renders_and_its_sliders_reach_the_model():
    solara = pytest.importorskip("solara")
    from ccgsim import solara_page

    _, render = solara.render(solara_page.page, handle_error=False)
    render.close()
    wanted = inspect.signature(solara_page.District.__init__).parameters
    assert set(solara_page.PARAMETERS) == set(wanted) - {"self"}
    model = solara_page.District("site_b", network_size=20, policy_uncertainty=0.6, dialogue=0.9, rng=4)
    model.step()
    assert (model.recipe.site.practices, model.recipe.policy.dialogue, model.seed, model.month) == (20, 0.9, 4, 1)
    assert {name for names in solara_page.SHARES for name in names} <= set(model.measures)
