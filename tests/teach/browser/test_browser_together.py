"""A class in a real browser: a student joins, decides, bets; the lecturer plays, and both see what came of it."""

from __future__ import annotations

import json

import pytest

from ccgsim.teach.lesson.play.board import opened
from ccgsim.teach.lesson.scenes import SCENE
from ccgsim.teach.server.gate import Entry
from teach.browsing import AXE, axe_faults, press_on, ready, scrub_to, tab
from teach.serving import served

pytestmark = pytest.mark.slow
TELEPHONE = {"width": 390, "height": 844}


@pytest.fixture
def class_home():
    with served(entry=Entry("http://192.0.2.7:8321/")) as running:
        yield f"http://{running.host}/"


@pytest.fixture
def lecturer(browser, class_home):
    with tab(browser, class_home) as opened_tab:
        ready(opened_tab, class_home)
        yield opened_tab


@pytest.fixture
def student(browser, class_home):
    with tab(browser, class_home, viewport=TELEPHONE) as opened_tab:
        ready(opened_tab, f"{class_home}#student")
        opened_tab.fill("#student-name", "Anna")
        press_on(opened_tab, ".student form button")
        opened_tab.get_by_text("You are Anna").wait_for()
        yield opened_tab


def faults(*pages) -> list[str]:
    return [fault for page in pages for fault in axe_faults(page)] if AXE.is_file() else []


def test_a_student_decides_on_a_telephone_and_the_class_sees_what_came_of_it(lecturer, student, tmp_path):
    lecturer.click("#class")
    lecturer.get_by_text("192.0.2.7").wait_for()
    assert faults(lecturer) == []
    lecturer.click("#to-board")
    lecturer.locator("dialog select").select_option("36")
    lecturer.click("#convene")
    for turn in range(6):
        student.get_by_text(f"Half year {turn + 1} of 6").wait_for()
        student.fill("#give", str(10 * turn))
        press_on(student, "#decide")
        student.get_by_text(f"Decided: {10 * turn}%").wait_for()
        if turn == 1:
            student.reload()
            student.get_by_text(f"Decided: {10 * turn}%").wait_for()
        assert student.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"]
        lecturer.get_by_text("1 of 1 have decided").wait_for()
        lecturer.click("#advance")
    student.get_by_text("The end, month 36").wait_for()
    lecturer.wait_for_selector("#debrief[data-done=true]")
    assert "too few" in lecturer.inner_text("#debrief")
    assert faults(lecturer, student) == []
    with lecturer.expect_download() as coming:
        lecturer.click("#save-class")
    coming.value.save_as(tmp_path / "class.json")
    saved = (tmp_path / "class.json").read_text(encoding="utf-8")
    assert [list(turn.values()) for turn in json.loads(saved)["given"]] == [[n / 10] for n in range(6)]
    assert opened(saved).saved().decode() == saved


def test_the_first_student_may_be_the_accountable_officer(lecturer, student):
    lecturer.click("#class")
    lecturer.click("#to-board")
    lecturer.check("#officer")
    lecturer.click("#convene")
    student.get_by_text("You are the accountable officer").wait_for()
    assert [student.get_attribute("#give", end) for end in ("min", "max")] == ["20", "85"]
    student.fill("#give", "60")
    press_on(student, "#decide")
    student.get_by_text("Decided: 60%").wait_for()
    lecturer.click("#advance")
    student.get_by_text("Half year 2 of 10").wait_for()
    assert student.inner_text("[data-seen=held]") == "60%"
    assert student.locator("[data-seen=heard]").count() == 0, "that is a GP's to see"
    assert faults(lecturer, student) == []


def test_the_class_bets_and_sees_who_was_right_and_why(lecturer, student):
    lecturer.locator("header nav li button").nth(3).click()
    lecturer.wait_for_selector("body[data-scene=pressure]")
    lecturer.click("#poll")
    options = SCENE["pressure"].bet
    press_on(student, f"[data-guess={options[0]}]")
    lecturer.get_by_text("1 of 1 have bet").wait_for()
    scrub_to(lecturer, SCENE["pressure"].config.months)
    lecturer.click("#reveal:not([disabled])")
    lecturer.wait_for_selector("#revealed")
    told = lecturer.inner_text("#revealed")
    right = "Right: Anna" in told
    student.get_by_text("You saw it coming." if right else "It went otherwise.").wait_for()
    for sentence in student.locator("section [role=status] p").all_inner_texts()[1:]:
        assert sentence in told
    assert faults(lecturer, student) == []


def test_a_student_may_go_through_the_lesson_alone_and_come_back(browser, class_home):
    with tab(browser, class_home) as page:
        ready(page, f"{class_home}#student")
        page.get_by_role("button", name="Go through the lesson by yourself").click()
        page.wait_for_selector("#scene-title")
