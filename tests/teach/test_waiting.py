"""While the rules are compiled the address answers at once, and the lesson begins of itself."""

from __future__ import annotations

import http.client
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from queue import SimpleQueue

import pytest
from websockets.exceptions import InvalidStatus

from ccgsim import Problems
from ccgsim.cli import teach
from ccgsim.cli.options.worlds import Teach
from ccgsim.foundation.problems import refuse
from ccgsim.teach.config import link
from ccgsim.teach.server.waiting import Loading
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


def test_a_page_that_waits_is_told_how_far_the_rules_are():
    ready, loading = threading.Event(), Loading()
    with served(ready=ready.is_set, loading=loading) as server, asked(server.port) as answer:
        assert loading.words in _until(answer, "being loaded")
        loading.compiling(16, 38)
        assert "16 of 38" in _until(answer, "Compiling")
        ready.set()
        answer.read()


def _until(answer: http.client.HTTPResponse, words: str) -> str:
    """What an open answer says up to these words."""
    told = ""
    while words not in told:
        told += answer.read1(10_000).decode()
    return told


def test_the_address_answers_before_the_model_is_loaded():
    code = "import sys, ccgsim.cli.teach, ccgsim.teach.server.server; print({'numba', 'pandas'} & sys.modules.keys())"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_an_address_that_other_machines_can_use_is_told_where_they_may(host):
    order = teach.checked(Teach(port=0, host=host, no_browser=True, quiet=True))
    order.listening.close()
    assert order.address == f"http://127.0.0.1:{order.port}/"
    told = " ".join(teach.notice(order))
    if host == "127.0.0.1":
        assert told == ""
    else:
        assert f"http://{teach.own_address()}:{order.port}/" in told


def test_what_keeps_the_rules_from_being_ready_ends_the_server_and_is_told(monkeypatch):
    def fails() -> None:
        raise refuse("rules", "x", "cannot be compiled here")

    monkeypatch.setattr(teach, "warm_up", fails)
    order = teach.checked(Teach(port=0, no_browser=True, quiet=True))
    with pytest.raises(Problems, match="cannot be compiled here"):
        teach.carry_out(order)


def test_a_page_that_waits_is_let_go_when_the_lesson_is_ended_before_it_is_ready(monkeypatch, capfd):
    told: SimpleQueue[bytes] = SimpleQueue()

    def waits() -> None:
        with asked(order.port) as answer:
            assert WORDS in answer.read1(10_000).decode()
            signal.raise_signal(signal.SIGINT)
            told.put(answer.read())

    monkeypatch.setattr(teach, "warm_up", waits)
    order = teach.checked(Teach(port=0, no_browser=True, quiet=True))
    teach.carry_out(order)
    assert b"ended before it was ready" in told.get(timeout=30)
    assert capfd.readouterr().err == ""


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
