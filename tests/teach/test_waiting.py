"""While the rules are compiled the address answers at once, and the lesson begins of itself."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from websockets.exceptions import InvalidStatus

from ccgsim import Problems
from ccgsim.cli import teach
from ccgsim.foundation.problems import refuse
from ccgsim.teach.config import link
from teach.browsing import SLOW, tab
from teach.serving import page, served, short

WORDS = "The lesson is getting ready"


@contextmanager
def asked(port: int, host: str = "") -> Iterator[http.client.HTTPResponse]:
    """The answer to a request for the page's address, perhaps under another name."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", "/", headers={"Host": host} if host else {})
    with closing(line), line.getresponse() as answer:
        yield answer


def test_the_address_answers_at_once_and_loads_the_lesson_when_it_is_ready():
    ready = threading.Event()
    with served(ready=ready.is_set) as server:
        with asked(server.port) as answer:
            first = answer.read1(10_000).decode()
            assert WORDS in first
            assert "begin.js" not in first
            assert "default-src 'none'" in answer.getheader("Content-Security-Policy")
            with pytest.raises(InvalidStatus):
                server.connect().close()
            with asked(server.port, host="evil.example") as refused:
                assert refused.status == 400
            ready.set()
            assert b"begin.js" in answer.read()
        with asked(server.port) as answer:
            assert WORDS not in answer.read().decode()
        with page(server) as here:
            assert here.welcome["type"] == "welcome"


def test_what_keeps_the_rules_from_being_ready_ends_the_server_and_is_told(monkeypatch):
    def fails() -> None:
        raise refuse("rules", "x", "cannot be compiled here")

    monkeypatch.setattr(teach, "warm_up", fails)
    order = teach.checked(0, "127.0.0.1", browser=False)
    with pytest.raises(Problems, match="cannot be compiled here"):
        teach.carry_out(order, talk=False)


@pytest.mark.slow
def test_a_browser_waits_and_comes_to_the_run_of_its_link(browser):
    ready = threading.Event()
    with served(ready=ready.is_set) as server:
        home = f"http://{server.host}/"
        with tab(browser, home) as opened:
            opened.goto(home + link(short()), wait_until="commit")
            opened.get_by_text(WORDS).wait_for()
            ready.set()
            opened.wait_for_selector("body[data-ready=true][data-scene=sandbox]", timeout=SLOW)
            assert opened.url == home + link(short())
