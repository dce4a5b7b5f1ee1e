"""A class joins from other machines with its code and not without; who guesses has to wait."""

from __future__ import annotations

import http.client
from contextlib import ExitStack, closing

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from ccgsim.cli import teach
from ccgsim.cli.options.worlds import Teach
from ccgsim.cli.parts.inviting import ALONE, drawn, own_address
from ccgsim.teach import limits
from ccgsim.teach.server.gate import COOKIE, Entry
from teach.serving import Served, device, line_from, page, served

THERE = "127.0.0.2"  # not the address that it reaches: another machine, as far as the server can tell


@pytest.fixture(scope="module")
def entry() -> Entry:
    return Entry("http://192.0.2.7:8321/", code="ABC234")


@pytest.fixture(scope="module")
def server(entry):
    with served(entry=entry) as running:
        yield running


def asked(server: Served, path: str, came_from: str = THERE, **headers: str) -> http.client.HTTPResponse:
    """The answer to a request from a machine."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30, source_address=(came_from, 0))
    line.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    with closing(line), line.getresponse() as answer:
        answer.text = answer.read().decode("utf-8", "replace")
        return answer


def test_another_machine_is_asked_for_the_code_and_gets_nothing_else(server):
    form = asked(server, "/")
    assert form.status == 403
    assert "Join code" in form.text
    assert "form-action 'self'" in form.getheader("Content-Security-Policy")
    for path in ("/app.js", "/index.css", "/icon.svg"):
        assert asked(server, path).status == 403
    with pytest.raises(InvalidStatus):
        server.connect(source_address=(THERE, 0)).close()


def test_this_machine_needs_no_code(server):
    assert asked(server, "/app.js", "127.0.0.1").status == 200
    with page(server) as here:
        assert here.welcome["type"] == "welcome"


def test_no_header_makes_another_machine_this_one(server):
    told = {"X_Forwarded_For": "127.0.0.1", "X_Real_IP": "127.0.0.1", "Forwarded": "for=127.0.0.1"}
    assert asked(server, "/app.js", **told).status == 403


@pytest.mark.parametrize("typed", ["ABC234", "abc234", "%20abc234%20"])
def test_the_code_opens_once_and_for_all(server, entry, typed):
    opened = asked(server, f"/?code={typed}")
    assert (opened.status, opened.getheader("Location")) == (303, "/")
    cookie = opened.getheader("Set-Cookie")
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert asked(server, "/app.js", Cookie=cookie.split(";")[0]).status == 200
    with device(server, THERE, entry) as there:
        assert there.welcome["type"] == "welcome"


def test_a_page_from_elsewhere_is_refused_even_with_the_code(server, entry):
    with pytest.raises(InvalidStatus):
        server.connect(origin="http://evil.example", additional_headers={"Cookie": f"{COOKIE}={entry.ticket}"}).close()


def test_who_guesses_has_to_wait_even_with_the_right_code_and_others_need_not():
    now = [0.0]
    entry = Entry(code="ABC234", clock=lambda: now[0])
    for n in range(limits.WRONG_CODES):
        assert "not the code" in entry.refusal(f"WRONG{n}", THERE)
    assert "Too many wrong codes" in entry.refusal("ABC234", THERE)
    assert entry.refusal("ABC234", "127.0.0.3") == ""
    now[0] = limits.BARRED_SECONDS + 1
    assert entry.refusal("ABC234", THERE) == ""


def test_a_ticket_or_a_code_with_strange_letters_is_a_wrong_one(server):
    assert asked(server, "/?code=%C3%A4%00%F0%9F%98%80").status == 403
    assert asked(server, "/app.js", Cookie=f"{COOKIE}=x").status == 403


def test_one_device_has_so_many_pages_and_is_told_so(server, entry):
    with ExitStack() as open_pages:
        for _ in range(limits.AN_ADDRESS):
            open_pages.enter_context(device(server, "127.0.0.9", entry))
        with line_from("127.0.0.9", server, entry) as more:
            assert "This device has" in more.recv(timeout=30)
            with pytest.raises(ConnectionClosed):
                more.recv(timeout=30)
        with device(server, "127.0.0.10", entry) as other:
            assert other.welcome["type"] == "welcome"


def test_a_class_listens_in_the_network_and_is_told_address_code_and_picture(monkeypatch):
    monkeypatch.setattr(teach, "own_address", lambda: "192.0.2.7")
    order = teach.checked(Teach(port=0, class_=True, no_browser=True))
    assert order.listening.getsockname()[0] == "0.0.0.0"
    order.listening.close()
    assert order.names == ("127.0.0.1", "localhost", "::1", "192.0.2.7")
    entry = Entry(order.address_elsewhere)
    told = "\n".join(teach.notice(order, entry))
    assert f"http://192.0.2.7:{order.port}/" in told
    assert entry.code in told
    assert "\n".join(drawn(entry.link)) in told
    assert entry.picture.startswith("data:image/svg+xml")


def test_a_machine_without_a_network_says_so(monkeypatch):
    monkeypatch.setattr(teach, "own_address", lambda: "127.0.0.1")
    order = teach.checked(Teach(port=0, class_=True, no_browser=True))
    order.listening.close()
    assert teach.notice(order, Entry(order.address_elsewhere)) == [ALONE]


def test_without_a_class_nothing_listens_beyond_this_machine():
    order = teach.checked(Teach(port=0, no_browser=True))
    assert order.listening.getsockname()[0] == "127.0.0.1"
    order.listening.close()
    assert own_address() not in order.names or own_address() == "127.0.0.1"


def test_codes_differ_and_have_no_letters_that_are_taken_for_one_another():
    codes = {Entry().code for _ in range(50)}
    assert len(codes) == 50
    assert all(len(code) == limits.CODE and not set(code) & set("01OI") for code in codes)
