"""Texts that others wrote do nothing to what shows them."""

from __future__ import annotations

import pytest

from ccgsim.foundation.inputs.texts import loosely, one_line, text_fault, visible
from ccgsim.foundation.problems import Problem


@pytest.mark.parametrize("text", ["Site B", "Costs $5 <b> & [/b]", "Ynys Môn 安 👩‍⚕️", "e\u0301", "", "שלום"])
def test_texts_of_any_language_may_stand(text):
    assert text_fault(text) == "" and visible(text) == text


@pytest.mark.parametrize("sign", ["\x1b", "\0", "\x07", "\x9b", "\x7f", "\u202e", "\u2028", "\ud800", "\uffff", "\b"])
def test_signs_that_do_something_are_refused_and_made_visible(sign):
    assert f"U+{ord(sign):04X}" in text_fault(f"a{sign}b", several_lines=True)
    shown = visible(f"a{sign}b")
    assert shown.startswith("a\\") and shown.endswith("b") and shown.isascii()


def test_line_ends_and_tabs_stand_in_texts_of_several_lines_only():
    assert text_fault("a\n\tb", several_lines=True) == ""
    assert "a line break" in text_fault("a\nb") and "a tab" in text_fault("a\tb")


def test_no_part_of_a_fault_reaches_a_terminal_raw():
    problem = Problem("a\x1b.toml", "k\x1b[31m\n", "\x9b", "is \x1b wrong\nin two lines", "\x07x")
    assert str(problem) == "a\\x1b.toml k\\x1b[31m\\n = \\x9b: is \\x1b wrong\nin two lines (did you mean \\x07x?)"


def test_names_are_compared_without_what_nobody_sees():
    assert one_line("  A \u00a0 B\u200b\t\ufeff") == "A B" and one_line("e\u0301") == "é"
    assert loosely("Site \u2014 B") == "site_b"
