"""The teacher's guide is a page of the lesson, and what it names is there."""

from __future__ import annotations

import base64
import re

from ccgsim.teach import limits
from ccgsim.teach.exports.guide import document, guide_html
from ccgsim.teach.lesson.scenes import SCENES
from teach.serving import page

GUIDE = document("teaching")


def test_the_guide_comes_as_a_page_before_any_run(server):
    with page(server) as here:
        told, _ = here.ask("file", type="export", what="guide")
    sent = base64.b64decode(told["data"])
    assert sent == guide_html()
    text = sent.decode()
    assert text.count("<table>") == 3
    assert "<h2>One hour</h2>" in text
    assert "href=" not in text


def test_it_has_an_answer_for_each_question():
    questions, answers = GUIDE.split("## Exam questions")[1].split("### Answer sheet")
    numbers = [re.findall(r"^(\d)\. ", part, re.M) for part in (questions, answers.split("\n## ")[0])]
    assert numbers[0] == numbers[1] == [str(n) for n in range(1, 8)]


def test_scenes_limits_and_times_are_those_of_the_lesson():
    scenes = [int(n) for n in re.findall(r"[Ss]cenes? (\d)", GUIDE)]
    assert max(scenes) <= len(SCENES) - 1
    assert f"of which {({4: 'four'})[limits.AN_ADDRESS]} pages may join" in re.sub(r"\s+", " ", GUIDE)
    for name, most in (("One hour", 60), ("Three hours", 180)):
        times = [int(t) for t in re.findall(r"^\| (\d+) \|", GUIDE.split(f"## {name}")[1].split("\n## ")[0], re.M)]
        assert times == sorted(times)
        assert times[-1] < most


def test_it_names_no_number_of_a_run():
    assert re.findall(r"\d+%", GUIDE) == []
