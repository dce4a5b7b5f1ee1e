"""Whatever comes in is answered with words, and the server goes on."""

from __future__ import annotations

import json
from contextlib import ExitStack

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed

from ccgsim import Problems
from ccgsim.teach import limits, messages
from teach.serving import page, served, short

TYPES = tuple(
    [
        "hello",
        "start",
        "step",
        "goto",
        "frames",
        "act",
        "look",
        "band",
        "cancel",
        "stories",
        "export",
        "play",
        "move",
        "classroom",
        "loop",
        *("sit", "decide", "guess", "convene", "advance", "reopen", "poll", "reveal", "dismiss", "debrief", "tell"),
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
KEYS = st.sampled_from(
    [
        "config",
        "months",
        "month",
        "world",
        "worlds",
        "job",
        "seeds",
        "what",
        "agent",
        "files",
        "move",
        "role",
        "token",
        "protocol",
        *("seat", "name", "turn", "give", "scene", "option", "file", "dialogue"),
        "x",
    ]
)
CLAIMED = st.builds(
    lambda kind, rest: {**rest, "type": kind}, st.sampled_from(TYPES), st.dictionaries(KEYS, JSON, max_size=4)
)


@given(st.text(max_size=300) | JSON.map(json.dumps) | CLAIMED.map(json.dumps))
def test_any_text_is_a_message_or_is_refused_with_a_reason(text):
    try:
        messages.read(text)
    except Problems as refused:
        answer = messages.error(text, refused)
        assert answer["problems"]
        json.dumps(answer, allow_nan=False)


def started(**world):
    """A start message with one such world, as text."""
    return json.dumps({"type": "start", "config": {"seed": 1, "months": 24, "worlds": [world]}})


HOSTILE = [
    "",
    "null",
    "[]",
    "{",
    '"hello"',
    "[" * 100_000,
    '{"type": "step", "months": 1e400}',
    '{"type": "step", "months": NaN}',
    '{"type": "step", "months": -1}',
    '{"type": "step", "months": true}',
    '{"type": "goto", "month": 99999999999999999999999999}',
    '{"type": "step", "extra": 1}',
    '{"type": "__class__"}',
    '{"type": "export", "what": "../../etc/passwd"}',
    '{"type": "look", "world": 5, "agent": 1}',
    '{"type": "look", "world": 0, "agent": "1; drop table"}',
    '{"type": "classroom", "job": "x", "files": []}',
    '{"type": "band", "job": "x", "measure": "__import__(\'os\')", "seeds": 1000000}',
    started(scenario="../../secret.toml"),
    started(scenario="england"),
    started(scenario="site_a", settings={"england.file": 1}),
    started(scenario="site_a", settings={"ablation.control_path": 1}),
    json.dumps({"type": "start", "config": {"seed": -1, "months": 999_999, "worlds": []}}),
    json.dumps({"type": "hello", "protocol": 1, "token": "x" * 1000}),
    json.dumps({"type": "move", "move": "\ud800"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def victim():
    with served() as running:
        yield running


def test_hostile_messages_are_answered_and_the_run_goes_on(victim):
    with page(victim) as here:
        here.start(short(months=30))
        for month, text in enumerate(HOSTILE, start=1):
            here.socket.send(text)
            answer, seen = here.until("error")
            assert answer["type"] == "error", text[:200]
            assert answer["problems"][0]["rule"], text[:200]
            assert seen == [] or month == 1, text[:200]
            assert here.ask("at", type="step")[0]["month"] == month


def test_bytes_are_no_message(victim):
    with page(victim) as here:
        here.socket.send(b"\x00\x01")
        assert here.until("error")[0]["problems"]


def test_the_first_message_must_be_hello(victim):
    with victim.connect() as socket:
        socket.send('{"type": "step"}')
        assert "hello" in json.loads(socket.recv(10))["problems"][0]["rule"]


def test_another_protocol_is_refused_in_words(victim):
    with victim.connect() as socket:
        socket.send('{"type": "hello", "protocol": 2}')
        assert "load the page again" in json.loads(socket.recv(10))["problems"][0]["rule"]


def test_who_only_errs_is_shown_out(victim):
    with victim.connect() as socket, pytest.raises(ConnectionClosed) as closed:
        for _ in range(limits.ERRORS + 1):
            socket.send("nonsense")
            socket.recv(10)
    assert closed.value.rcvd.code == 1008


def test_a_huge_message_ends_its_connection_and_no_other(victim):
    with page(victim) as quiet:
        with victim.connect() as socket, pytest.raises(ConnectionClosed) as closed:
            socket.send("x" * (limits.MESSAGE + 10))
            socket.recv(10)
        assert closed.value.rcvd.code == 1009
        quiet.start(short(months=12))
        assert quiet.ask("at", type="step")[0]["month"] == 1


def test_more_pages_than_allowed_are_told_so(victim):
    with ExitStack() as leaving:
        for _ in range(limits.CONNECTIONS):
            socket = leaving.enter_context(victim.connect())
            socket.send('{"type": "hello", "protocol": 1}')
            socket.recv(10)
        with victim.connect() as late:
            assert "The class is full" in json.loads(late.recv(10))["problems"][0]["rule"]
    with page(victim) as again:
        assert again.welcome["token"]


def test_jobs_are_few_and_have_names_of_their_own(victim):
    with page(victim) as here:
        here.start(short(months=60))
        for job in ("one", "one", "two", "three"):
            here.say(type="band", job=job, seeds=60)
        told = [here.until("error")[0] for _ in range(2)]
        assert all("at a time" in each["problems"][0]["rule"] for each in told)
        for job in ("one", "two"):
            here.say(type="cancel", job=job)
