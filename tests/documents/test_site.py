"""The site is built without a warning and without a network, and what tutorials and notebooks show is computed."""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path

import pytest
from teach.browsing import AXE, axe_faults, chromium, tab

from docs import site as sites

ROOT = Path(__file__).parents[2]
TUTORIALS = [page.stem for page in (ROOT / "docs" / "tutorials").glob("*.md")]
NOTEBOOKS = [page.stem for page in (ROOT / "docs" / "notebooks").glob("*.ipynb")]
NO_NETWORK = {name: "http://127.0.0.1:9" for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")}
LOOKED_AT = ("index", "tutorials/first_run", "notebooks/what_if", "explanation/model", "reference/commands", "odd")
FROM_ELSEWHERE = re.compile(r"""<(?:script|img|iframe|link)\b[^>]*?(?:src|href)=["'](?:https?:)?//[^"']+["']""")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The built site: in the folder that SITE names, or in one that goes."""
    pytest.importorskip(
        "sphinx"
    )  # python3 -m uv run --group dev --group docs pytest -m slow tests/documents/test_site.py
    folder = Path(os.environ.get("SITE") or tmp_path_factory.mktemp("site"))
    with pytest.MonkeyPatch.context() as patch:
        for name, nowhere in NO_NETWORK.items():
            patch.setenv(name, nowhere)
        sites.build(folder)
    return folder.resolve()


def text(site: Path, page: str) -> str:
    return (site / f"{page}.html").read_text(encoding="utf-8")


def test_every_tutorial_shows_what_its_commands_print(site):
    for name in TUTORIALS:
        assert re.search(r'<div class="[^"]*\bprinted\b', text(site, f"tutorials/{name}")), name


def test_every_notebook_shows_what_its_cells_give(site):
    for name in NOTEBOOKS:
        page = text(site, f"notebooks/{name}")
        assert "cell_output" in page and "Traceback" not in page, name


def test_public_names_stand_with_their_words(site):
    page = text(site, "reference/api")
    assert 'id="ccgsim.simulate"' in page and 'id="ccgsim.CommissioningModel"' in page


def test_no_page_loads_anything_from_elsewhere(site):
    pages = list(site.rglob("*.html"))
    assert len(pages) > 50
    assert {page.name: found for page in pages if (found := FROM_ELSEWHERE.findall(page.read_text("utf-8")))} == {}


def test_every_page_is_found_by_the_search(site):
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    assert all(f'"{page}"' in index for page in ("tutorials/first_run", "explanation/model", "reference/commands"))


def test_no_link_inside_the_site_leads_nowhere(site):
    assert sites.broken(site) == []


def test_links_that_lead_out_are_told_with_their_page(site):
    out = sites.external(site)
    assert out["https://doi.org/10.18564/jasss.4259"] == "odd.html"
    assert all(address.startswith("https://") for address in out)


def test_the_site_is_one_zip_that_a_reader_unpacks(site, tmp_path, capsys):
    assert sites.main([str(tmp_path / "site.zip"), "--built", str(site)]) == 0
    assert "odd.html: https://doi.org/10.18564/jasss.4259" in capsys.readouterr().out
    with zipfile.ZipFile(tmp_path / "site.zip") as made:
        names = made.namelist()
    assert "ccgsim-site/index.html" in names and "ccgsim-site/_static/site.css" in names
    assert not [name for name in names if "doctrees" in name]


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is installed by npm ci in ccgsim/teach/web")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_in_light_or_in_dark(site, scheme):
    with chromium() as browser:
        for name in LOOKED_AT:
            address = (site / f"{name}.html").as_uri()
            with tab(browser, site.as_uri(), color_scheme=scheme) as page:
                page.goto(address)
                assert axe_faults(page, preload=False) == [], name
