"""Files that users give: regular ones of a stated size, text in UTF-8, TOML; anything else is told and never hangs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ccgsim.foundation.files.reading import MOST_LIST, MOST_TOML, Unreadable, bytes_of, text_of, toml_of
from ccgsim.foundation.problems import Problems
from ccgsim.lab.experiment.experiment import experiment
from ccgsim.scenario.scenario import load

HEAD = "schema = 1\n"
STUDY = f'{HEAD}scenario = "site_a"\n'


@pytest.fixture
def special(tmp_path) -> list[Path]:
    """Paths that are there and are no regular files, or too large; reading any of them to its end takes for ever."""
    found = [Path("/dev/zero"), Path("/dev/urandom"), Path("/dev/stdin"), tmp_path / "pipe.toml", tmp_path / "huge"]
    os.mkfifo(found[3])
    with found[4].open("wb") as stream:
        stream.truncate(50_000_000_000)
    return found


SAID = "is a pipe, a device or the like|is larger than|there is no such file"  # the last where there is no input


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes among files")
def test_endless_and_special_files_are_refused_wherever_a_file_is_read(special, tmp_path):
    def stated(text: str) -> Path:
        (tmp_path / "mine.toml").write_text(text)
        return tmp_path / "mine.toml"

    for place in special:
        ways = (
            lambda place=place: load(place if str(place).endswith(".toml") else f"{place.parent}/{place.name}"),
            lambda place=place: load(stated(f'{HEAD}based_on = "{place.parent}/{place.name}"')),
            lambda place=place: load(stated(f'{HEAD}[england]\nfile = "{place}"')),
            lambda place=place: load(stated(f'{HEAD}[ablation]\ncontrol_path = "{place}"')),
            lambda place=place: load("england").overridden({"england.file": str(place)}),
            lambda place=place: load("site_a").with_(ablation={"control_path": str(place)}),
            lambda place=place: experiment(place),
            lambda place=place: experiment(stated(f'{STUDY}[design]\nmethod = "list"\nfile = "{place}"')),
            lambda place=place: experiment(stated(f'{STUDY}[calibrate]\ntargets = [{{ file = "{place}" }}]')),
        )
        for way in ways:
            with pytest.raises(Problems, match=SAID) as refused:
                way()
            assert len(refused.value.problems) == 1


def test_the_largest_file_that_is_read_is_stated(tmp_path):
    path = tmp_path / "large"
    path.write_bytes(b"x" * 2_000_001)
    assert len(bytes_of(path, 3_000_000)) == 2_000_001
    with pytest.raises(Unreadable, match="is larger than 2 MB, the most that is read"):
        bytes_of(path, 2_000_000)
    assert MOST_TOML == 1_000_000 and MOST_LIST == 16_000_000


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs files that state no size")
def test_a_file_of_the_system_that_states_no_size_is_read_no_further_than_allowed():
    with pytest.raises(Unreadable, match="is larger than"):
        bytes_of(Path("/proc/self/status"), 10)


@pytest.mark.parametrize(
    ("name", "said"),
    [("none", "no such file"), (".", "is a folder"), ("x" * 5000, "cannot be read"), ("a\0b", "no file can have")],
)
def test_what_cannot_be_opened_says_why(name, said, tmp_path):
    with pytest.raises(Unreadable, match=said):
        bytes_of(tmp_path / name, 10)


@pytest.mark.skipif(os.name == "nt", reason="such a name cannot be made there")
def test_a_name_in_another_encoding_is_refused(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.toml"
    with open(path, "w") as stream:
        stream.write(HEAD)
    with pytest.raises(Problems, match="has a name that is not UTF-8 text"):
        load(os.fsdecode(path))


def test_text_loses_its_byte_order_mark_and_keeps_its_line_ends(tmp_path):
    (tmp_path / "x").write_bytes("\ufeffa\r\nb\rc\n".encode())
    assert text_of(tmp_path / "x", 100) == "a\r\nb\rc\n"


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (b"a\nb\nc\xe9", 3, "'é' in Windows-1252"),
        (b"a\rb\rc\xe9", 3, "save the file as UTF-8"),
        ("a".encode("utf-16"), 1, "UTF-16"),
        (b"PK\x03\x04", 1, "workbook"),
        (b"a\n\0", 2, "zero byte"),
    ],
)
def test_what_is_no_text_is_told_with_its_line(content, line, said, tmp_path):
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(Unreadable, match=said) as refused:
        text_of(tmp_path / "x", 100)
    assert refused.value.line == line


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 0,5", "0,5 is to be written 0.5"),
        ("x = 50% # half", "50% is to be written 0.5"),
        ("x = 320,000", "320,000 is to be written 320000"),
        ("x = \u20130.5", "\u20130.5 is to be written -0.5"),
        ("x = True", "True is to be written true"),
        ("x = 2013-06", 'write a date in quotes: "2013-06"'),
        ("x = June 2013", 'write a date in quotes: "2013-06"'),
        ("x = \u201cSite B\u201d", "curly quotes"),
        ("x = site \u2014 b", "long dash"),
        ("x = [{ month = 2013-06, broker_exit = 1 }]", 'write a date in quotes: "2013-06"'),
        ("x = { effect = 0,5 }", "0,5 is to be written 0.5"),
        ("y = 1\nx: 0.4", "a line is NAME = VALUE"),
        ('x = "0.4\ny = 1', "a quote is opened on this line and not closed"),
        ("x = [1; 2]", "Unclosed array"),
    ],
)
def test_toml_that_is_none_says_what_may_be_the_matter(text, said, tmp_path):
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Problems, match="is not valid TOML: ") as refused:
        toml_of(tmp_path / "x.toml", "mine")
    (problem,) = refused.value.problems
    line = next(number for number, line in enumerate(text.split("\n"), start=1) if line.startswith("x"))
    assert (problem.file, problem.key) == ("mine", f"line {line}") and said in problem.rule
    assert "Expected" not in problem.rule and "Illegal" not in problem.rule
