"""The site is built without a warning and without a network, and what tutorials and notebooks show is computed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TUTORIALS = [page.stem for page in (ROOT / "docs" / "tutorials").glob("*.md")]
NOTEBOOKS = [page.stem for page in (ROOT / "docs" / "notebooks").glob("*.ipynb")]
NO_NETWORK = {name: "http://127.0.0.1:9" for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")}
FROM_ELSEWHERE = re.compile(r"""<(?:script|img|iframe|link)\b[^>]*?(?:src|href)=["'](?:https?:)?//[^"']+["']""")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The built site: in the folder that SITE names, or in one that goes."""
    pytest.importorskip(
        "sphinx"
    )  # python3 -m uv run --group dev --group docs pytest -m slow tests/documents/test_site.py
    folder = Path(os.environ.get("SITE") or tmp_path_factory.mktemp("site"))
    words = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-E", "-q", "-b", "html", "docs", str(folder)]
    built = subprocess.run(words, cwd=ROOT, env=os.environ | NO_NETWORK, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


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
