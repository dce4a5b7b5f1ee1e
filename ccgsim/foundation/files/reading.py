"""The reader for all user files: regular files up to a limited size, UTF-8 text, TOML with hints on errors."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from pathlib import Path
from typing import Any

from ccgsim.foundation.inputs.hints import date_meant, meant
from ccgsim.foundation.problems import Problem, Problems, fault_at, shown

MOST_TOML = 1_000_000  # bytes of a scenario or an experiment
MOST_LIST = 16_000_000  # bytes of a list or a table
# First bytes of files that are not UTF-8 text, and the message for each.
_KINDS = {
    b"PK\x03\x04": "is a workbook or another packed file, not text; save the sheet as 'CSV UTF-8'",
    b"\xd0\xcf\x11\xe0": "is a workbook of an old Excel, not text; save the sheet as 'CSV UTF-8'",
    b"\xff\xfe": "is text in UTF-16; save it as UTF-8",
    b"\xfe\xff": "is text in UTF-16; save it as UTF-8",
    b"PAR1": "is a Parquet file, not text",
}
_LINE = re.compile(r"at line (\d+)")
_CURLY = "\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb"
_LONG = "\u2012\u2013\u2014\u2212"
_WITHIN = re.compile(r"=\s*(\d*,\d+|\d{4}-\d{2})\s*[,}]", re.ASCII)  # values within { } that are not valid TOML
_PLAINLY = {  # beginnings of the parser's messages, and plainer messages
    "Expected '='": "a line is NAME = VALUE or the [NAME] of a section",
    "Illegal character '\\n'": "a quote is opened on this line and not closed",
}
_KEY_VALUE = re.compile(r"[^=]*=\s*(.+?)\s*(?:#.*)?")


class Unreadable(ValueError):
    """A file cannot be read; `line` is the first faulty line, if the fault is in the contents."""

    def __init__(self, rule: str, line: int | None = None) -> None:
        super().__init__(rule)
        self.line = line


def access_fault(path: Path, most: int) -> str:
    """Why the path is not a regular file of at most `most` bytes, or ''."""
    try:
        os.fsencode(path).decode("utf-8")
        found = os.stat(path)
    except UnicodeDecodeError:
        return "has a name that is not UTF-8 text; rename the file"
    except FileNotFoundError:
        return "there is no such file"
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    except ValueError:  # a null character in the name
        return "is a name that no file can have"
    if stat.S_ISDIR(found.st_mode):
        return "is a folder, not a file"
    if not stat.S_ISREG(found.st_mode):
        return "is a pipe, a device or the like, not a file; save its contents to a file first"
    if found.st_size > most:
        return f"is larger than {most // 1_000_000} MB, the most that is read"
    return ""


def bytes_of(path: Path, most: int) -> bytes:
    """The contents of a regular file of at most `most` bytes; raises Unreadable."""
    if rule := access_fault(path, most):
        raise Unreadable(rule)
    try:
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from None
    if len(data) > most:  # some system files report no size
        raise Unreadable(f"is larger than {most // 1_000_000} MB, the most that is read")
    return data


def text_of(path: Path, most: int) -> str:
    """The text of a UTF-8 file, without byte-order mark, line ends unchanged; raises Unreadable."""
    data = bytes_of(path, most)
    for start, rule in _KINDS.items():
        if data.startswith(start):
            raise Unreadable(rule, 1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = data[error.start : error.start + 1]
        as_windows = byte.decode("cp1252", "replace")
        rule = f"is not text in UTF-8: byte 0x{byte.hex()}, '{as_windows}' in Windows-1252; save the file as UTF-8"
        raise Unreadable(rule, _line_at(data, error.start)) from None
    if "\0" in text:
        raise Unreadable("holds a zero byte: this is not a text file", text.count("\n", 0, text.index("\0")) + 1)
    return text


def _line_at(data: bytes, place: int) -> int:
    before = data[:place]
    return 1 + (before.count(b"\n") or before.count(b"\r"))


def toml_of(path: Path, label: str) -> dict[str, Any]:
    """The table of a TOML file; raises Problems, in which `label` names the file."""
    try:
        text = text_of(path, MOST_TOML).replace("\r\n", "\n")
    except Unreadable as why:
        raise fault_at(label, f"line {why.line}" if why.line else "", "", str(why)) from None
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise Problems([_toml_problem(text, str(error), label)]) from None


def _toml_problem(text: str, error: str, label: str) -> Problem:
    """The fault of invalid TOML: its line, and a hint or the parser's message."""
    found = _LINE.search(error)
    lines = text.split("\n")
    number = int(found[1]) if found else 0
    line = lines[number - 1].strip() if 1 <= number <= len(lines) else ""
    said = _hint(line) or next((words for start, words in _PLAINLY.items() if error.startswith(start)), error)
    place = f"line {number}" if line else ""
    return Problem(label, place, shown(line) if line else "", f"is not valid TOML: {said}")


def _hint(line: str) -> str:
    """A hint at what may be wrong with a line, or ''."""
    if any(quote in line for quote in _CURLY):
        return "the line holds curly quotes, which some programs put in: write straight ones"
    given = _KEY_VALUE.fullmatch(line)
    values = [given[1]] if given else []
    values += _WITHIN.findall(line)
    return next((hint for value in values if (hint := _hint_of_value(value))), "")


def _hint_of_value(value: str) -> str:
    if date_meant(value) or re.fullmatch(r"\d{4}-\d{2}", value):
        return f'write a date in quotes: "{date_meant(value) or value}"'
    meaning = meant(value, lambda reading: "" if reading == reading and not isinstance(reading, str) else "no")
    if meaning and meaning != value:
        return f"{value} is to be written {meaning}"
    if any(dash in value for dash in _LONG):
        return "the line holds a long dash where TOML wants a hyphen (-)"
    return ""
