"""From bytes to text: UTF-8, UTF-16 and Windows-1252, told apart and said."""

from __future__ import annotations

import re

from ccgsim.survey.reading.raw import Context

MOST = 64_000_000  # bytes of a network file
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_OTHERS = {b"%PDF": "a PDF", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"PAR1": "a Parquet file"}
_OTHERS |= {b"\x1f\x8b": "a packed file", b"SQLite": "a database", b"{\\rtf": "a text with formatting"}
_ENCODING = re.compile(rb"\s*<\?xml\b[^>]*\bencoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_UTF8_PAIR = re.compile(rb"[\xc3-\xc5][\x80-\xbf]")  # a Latin letter with an accent in UTF-8


def text_of(data: bytes, context: Context) -> tuple[str, list[str]]:
    """The text, and what is to be said of its encoding; raises Problems if it is no text."""
    if not data.strip():
        raise context.refuse("is empty")
    for mark, what in _OTHERS.items():
        if data.startswith(mark):
            raise context.refuse(f"is {what}, not a table or a network")
    for mark, encoding in _BOMS.items():
        if data.startswith(mark):
            return _decoded(data, encoding, context), []
    if (declared := _declared(data)) is not None:
        return _decoded(data, declared, context), []
    if b"\0" in data[:4096]:
        return _without_mark(data, context)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        return _windows(data, error.start, context)


def _declared(data: bytes) -> str | None:
    """The encoding that XML declares, where it is one of a byte a sign; None for the others."""
    if (said := _ENCODING.match(data)) is None:
        return None
    name = said[1].decode("ascii").lower()
    return name if name.startswith(("iso-8859-", "windows-125", "cp125", "koi8-", "us-ascii")) else None


def _decoded(data: bytes, encoding: str, context: Context) -> str:
    try:
        text = data.decode(encoding)
    except LookupError:
        raise context.refuse(f"declares an encoding that is not known: {encoding}", "line 1") from None
    except UnicodeDecodeError as error:
        rule = f"begins as {encoding.removesuffix('-sig').upper()} and is damaged at byte {error.start + 1:,}"
        raise context.refuse(rule) from None
    return _checked(text, context)


def _without_mark(data: bytes, context: Context) -> tuple[str, list[str]]:
    """UTF-16 without its byte order mark has a zero in every second byte of English text."""
    for encoding, zeros in (("utf-16-le", data[1:4096:2]), ("utf-16-be", data[0:4096:2])):
        if zeros.count(0) > 0.7 * len(zeros):
            said = "has no byte order mark and a zero in every second byte: read as UTF-16"
            return _decoded(data, encoding, context), [said]
    raise context.refuse("holds zero bytes: this is not a text file, and no other form that is known")


def _windows(data: bytes, place: int, context: Context) -> tuple[str, list[str]]:
    line = 1 + data.count(b"\n", 0, place)
    byte = f"byte 0x{data[place]:02X}"
    if _UTF8_PAIR.search(data[:place]):
        raise context.refuse(f"is UTF-8 but for {byte}: damaged, or of two encodings; save it as UTF-8", f"line {line}")
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        line, byte = 1 + data.count(b"\n", 0, error.start), f"byte 0x{data[error.start]:02X}"
        rule = f"is neither UTF-8 nor Windows-1252 ({byte}); save it as UTF-8"
        raise context.refuse(rule, f"line {line}") from None
    said = f"is not UTF-8 ({byte} in line {line}): read as Windows-1252; look at the names with accents"
    return _checked(text, context), [said]


def _checked(text: str, context: Context) -> str:
    if "\0" in text:
        raise context.refuse("holds a zero byte: this is not a text file", f"line {text.count(chr(10)) + 1}")
    return text
