"""Pages of the site: a link that leads nowhere is found, and what keys and screen readers need is put in once."""

from __future__ import annotations

import pytest

from docs import accessible, site


@pytest.fixture
def made(tmp_path):
    """A site of three pages."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "index.html").write_text('<h1 id="top">A</h1><a href="sub/b.html#here">b</a><a href="#top">up</a>')
    (tmp_path / "sub" / "b.html").write_text('<p id="here">B</p><a href="../index.html">a</a><img src="../a%20b.png">')
    (tmp_path / "a b.png").write_bytes(b"")
    (tmp_path / "c.html").write_text('<a href="https://example.org/x">out</a><a href="mailto:a@example.org">write</a>')
    return tmp_path


def test_links_that_lead_somewhere_are_no_fault(made):
    assert site.broken(made) == []


@pytest.mark.parametrize("link", ["nowhere.html", "index.html#bottom", "#bottom", "sub/", "missing.png"])
def test_a_link_that_leads_nowhere_is_told_with_its_page(made, link):
    (made / "d.html").write_text(f'<a href="{link}">x</a>')
    assert site.broken(made) == [f"d.html: {link}"]


def test_addresses_outside_are_told_with_their_page(made):
    assert site.external(made) == {"https://example.org/x": "c.html"}


def test_a_site_with_a_broken_link_is_not_packed(made, tmp_path_factory, capsys):
    (made / "d.html").write_text('<a href="nowhere.html">x</a>')
    out = tmp_path_factory.mktemp("out") / "site.zip"
    assert site.main([str(out), "--built", str(made)]) == 1
    assert "d.html: nowhere.html" in capsys.readouterr().err and not out.exists()


def test_a_page_gets_what_theme_and_pandas_left_out(made):
    (made / "d.html").write_text('<div class="table-wrapper x"><table><tr><th></th><th>a</th></tr></table></div>')
    for _ in range(2):
        accessible.mend(made)
    wanted = '<div tabindex="0" class="table-wrapper x"><table><tr><td></td><th>a</th></tr></table></div>'
    assert (made / "d.html").read_text() == wanted
