"""The conversation of page and server, over a real websocket."""

from __future__ import annotations

import base64
import http.client
import json
import time

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from ccgsim.teach import limits
from ccgsim.teach.config import Action, plain
from ccgsim.teach.lesson import scenes
from teach.serving import Page, page, short


def test_the_whole_way_from_hello_to_the_last_month(server):
    with page(server) as here:
        assert not here.welcome["resumed"]
        assert {"kinds", "roles", "measures", "parameters", "scenes", "actions", "loop"} <= here.welcome.keys()
        started = here.start(short(months=12))
        assert started["month"] == 0
        at, seen = here.ask("at", type="step", months=2)
        assert (at["month"], at["end"]) == (2, False)
        assert [(f.month, f.world) for f in seen] == [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)]
        assert {f.run for f in seen} == {started["run"]}
        at, seen = here.ask("at", type="goto", month=240)
        assert (at["month"], at["end"], len(seen)) == (12, True, 20)
        at, seen = here.ask("at", type="step", months=1)
        assert (at["month"], at["end"], seen) == (12, True, [])
        at, seen = here.ask("at", type="goto", month=3)
        assert (at["month"], [f.month for f in seen]) == (12, [3, 3])
        _, seen = here.ask("at", type="frames", first=10, last=99)
        assert [f.month for f in seen] == [10, 10, 11, 11, 12, 12]


def test_reset_to_the_same_seed_shows_the_same_frames(server):
    with page(server) as here:
        seen = []
        for _ in range(2):
            here.start(short())
            seen.append(here.ask("at", type="goto", month=6)[1])
        assert [f.run for f in seen[0]] != [f.run for f in seen[1]]
        for one, other in zip(*seen, strict=True):
            assert one.measures.tobytes() == other.measures.tobytes()
            assert one.people["participation"].tobytes() == other.people["participation"].tobytes()


def test_an_action_enters_the_configuration_and_an_early_one_cuts_back(server):
    with page(server) as here:
        here.start(short())
        here.ask("at", type="goto", month=8)
        acted, _ = here.ask("acted", type="act", month=8, worlds=[0, 1], action="announce", value=0.5)
        done = [world["actions"] for world in acted["config"]["worlds"]]
        assert done == [[{"month": 8, "action": "announce", "value": 0.5}]] * 2
        here.ask("acted", type="act", month=3, worlds=[1], action="remove_broker")
        at, _ = here.until("at")
        assert at["month"] == 3


def test_a_dropped_connection_comes_back_to_its_run(server):
    with page(server) as here:
        here.start(short())
        here.ask("at", type="goto", month=7)
        token = here.welcome["token"]
    with server.connect() as socket:
        there = Page(socket, token)
        assert there.welcome["resumed"]
        started, _ = there.until("started")
        assert (started["month"], started["config"]) == (7, json.loads(json.dumps(plain(short()))))
        _, seen = there.ask("at", type="step")
        assert [f.month for f in seen] == [8, 8]


def test_a_second_tab_takes_the_run_over_and_the_first_is_told_so(server):
    with page(server) as first:
        first.start(short())
        with page(server, first.welcome["token"]) as second:
            assert second.welcome["resumed"]
            with pytest.raises(ConnectionClosed) as closed:
                while True:
                    first.socket.recv(5)
            assert closed.value.rcvd.code == 4001


def test_each_connection_has_its_own_run(server):
    with page(server) as one, page(server) as other:
        one.start(short(seed=1))
        other.start(short(seed=2))
        one.ask("at", type="goto", month=5)
        assert other.ask("at", type="step")[0]["month"] == 1
        assert one.welcome["token"] != other.welcome["token"]


def test_a_person_is_told_with_her_reasons(server):
    with page(server) as here:
        here.start(short())
        here.ask("at", type="goto", month=24)
        told, _ = here.ask("agent", type="look", world=0, agent=20)
        assert told["name"] == "GP 21"
        assert told["history"]["month"] == list(range(25))
        why = told["why"]
        assert sum(values[-1] for values in why["parts"].values()) == pytest.approx(why["worth"][-1], abs=1e-4)
        nobody, _ = here.ask("agent", type="look", world=0, agent=999_999)
        assert nobody["problems"][0]["rule"] == "nobody in this world has the key"


def test_many_seeds_come_as_a_band_that_grows_and_can_be_stopped(server):
    with page(server) as here:
        here.start(short(months=12))
        told, _ = here.ask("band", type="band", job="b", measure="participation", seeds=4)
        assert (told["seeds"], told["done"]) == (2, False)
        told, _ = here.until("band")
        assert (told["seeds"], told["done"], len(told["worlds"])) == (4, True, 2)
        for world in told["worlds"]:
            assert len(world["month"]) == 13
            assert all(
                low <= mid <= high
                for low, mid, high in zip(*(world[k] for k in ("low", "middle", "high")), strict=True)
            )
        here.say(type="band", job="long", seeds=60)
        here.say(type="cancel", job="long")
        while not (told := here.until("band")[0])["done"]:
            pass
        assert told["cancelled"]
        assert here.ask("at", type="step")[0]["month"] == 1


def test_files_are_made_in_memory_and_sent(server):
    with page(server) as here:
        here.start(short(months=12))
        here.ask("at", type="goto", month=12)
        begins = {
            "csv": b"world,seed,month",
            "toml": b"# From the lesson",
            "png": b"\x89PNG",
            "svg": b"<?xml",
            "worksheet": b"<!doctype html>",
            "card": b"<!doctype html>",
        }
        for what, start in begins.items():
            file, _ = here.ask("file", type="export", what=what)
            assert file["type"] == "file", file
            assert base64.b64decode(file["data"]).startswith(start), what


def test_months_come_no_faster_than_allowed(server):
    with page(server) as here:
        here.start(short(months=120))
        here.ask("at", type="step", months=12)
        began = time.monotonic()
        for _ in range(3):
            here.ask("at", type="step", months=12)
        assert time.monotonic() - began >= 2 * 12 / limits.SPEED


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", None, "http://127.0.0.1:1", "file://", "http://[", "ws://x"]
)
def test_a_page_from_elsewhere_gets_no_connection(server, origin):
    with pytest.raises(InvalidStatus) as refused:
        server.connect(origin=origin).close()
    assert refused.value.response.status_code == 403


def test_a_name_that_is_not_this_machines_is_refused(server):
    for name in ("evil.example", f"evil.example:{server.port}", "127.0.0.1.evil.example"):
        asked = http.client.HTTPConnection("127.0.0.1", server.port)
        asked.request("GET", "/", headers={"Host": name})
        assert asked.getresponse().status == 400
        asked.close()
    with pytest.raises(InvalidStatus):
        connect(f"ws://{server.host}/ws", origin="http://evil.example", additional_headers={"Host": "evil.example"})


@pytest.mark.parametrize(
    "path",
    [
        "/../server.py",
        "/..%2f..%2fcli.py",
        "/%2e%2e/session.py",
        "//etc/passwd",
        "/web/package.json",
        "/\\..\\server.py",
        "/%00",
        "/ws",
    ],
)
def test_nothing_but_the_built_files_is_served(server, path):
    asked = http.client.HTTPConnection("127.0.0.1", server.port)
    asked.putrequest("GET", path, skip_host=False)
    asked.endheaders()
    answer = asked.getresponse()
    assert answer.status in (400, 404), answer.read()[:200]
    asked.close()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(server, method):
    asked = http.client.HTTPConnection("127.0.0.1", server.port)
    asked.request(method, "/index.html", body="x")
    assert asked.getresponse().status in (404, 405)
    asked.close()


def test_the_page_may_only_talk_to_its_own_server(server):
    asked = http.client.HTTPConnection("127.0.0.1", server.port)
    asked.request("GET", "/")
    answer = asked.getresponse()
    policy = answer.getheader("Content-Security-Policy")
    assert f"connect-src 'self' ws://127.0.0.1:{server.port};" in policy
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    asked.close()


def test_a_configuration_with_faults_tells_them_all_and_keeps_the_run(server):
    with page(server) as here:
        here.start(short())
        here.ask("at", type="goto", month=4)
        bad = plain(short(Action(3, "announce", 9.0), Action(99, "nonsense")))
        told, _ = here.ask("started", type="start", config=bad)
        assert told["type"] == "error"
        assert told["about"] == "start"
        assert len(told["problems"]) == 3
        assert here.ask("at", type="step")[0]["month"] == 5


def test_stories_and_cuts_come_as_jobs(server):
    with page(server) as here:
        here.start(short(months=30))
        here.ask("at", type="goto", month=30)
        told, _ = here.ask("stories", type="stories", job="s", world=0)
        assert set(told["managers"]) == set(told["gps"])
        assert [cut["arrow"] for cut in told["model"]["cuts"]] == [arrow["id"] for arrow in here.welcome["loop"]]
        assert sum(count for _, count in told["gps"]["what is the main obstacle"]) > 0
        assert json.dumps(told)


def test_what_a_scene_says_is_told_once_its_run_has_ended(server):
    scene = scenes.SCENE["pressure"].config
    with page(server) as here:
        assert here.start(scene)["focus"] is None
        before, _ = here.ask("told", type="tell")
        assert (before["after"], before["outcome"]) == ([], None)
        here.ask("at", type="goto", month=scene.months)
        told, _ = here.ask("told", type="tell")
        assert told["outcome"] in scenes.SCENE["pressure"].bet
        assert len(told["after"]) >= 2
        often, _ = here.ask("often", type="often", job="o")
        assert (often["seeds"], often["done"]) == (2, False)
        here.ask("often", type="cancel", job="o")


def test_your_choices_are_answered_only_where_a_gp_is_followed(server):
    with page(server) as here:
        assert here.start(scenes.SCENE["one_gp"].config)["focus"] is not None
        chosen, _ = here.ask("chosen", type="choose", given=[0.5] * 7)
        assert chosen["month"] == 6
        assert chosen["you"]["hours"] == pytest.approx(0.5 * 40 * 6)
        refused, _ = here.ask("chosen", type="choose", given=[1.5])
        assert refused["type"] == "error"
        here.start(short())
        refused, _ = here.ask("chosen", type="choose", given=[0.5])
        assert refused["problems"][0]["rule"] == "follows no GP"
        refused, _ = here.ask("solved", type="solve", job="s")
        assert refused["problems"][0]["rule"] == "is no puzzle"


def test_worlds_are_called_by_what_differs_between_them(server):
    with page(server) as here:
        here.start(scenes.PRESETS["circle"][2])
        started = here.start(scenes.PRESETS["circle"][2])
        assert started["titles"][0] != started["titles"][1]
        assert "dialogue" in started["titles"][1]
        acted, _ = here.ask("acted", type="act", month=0, worlds=[0], action="close_pct")
        assert "close the PCT in month 0" in acted["titles"][0]
        assert "PCT" not in acted["titles"][1]
