"""Texts that others wrote: what may not stand in one, and how it is shown where it does."""

from __future__ import annotations

import re
import unicodedata

# Controls, halves of characters, line and paragraph separators: a terminal obeys them, XML forbids most.
_FORBIDDEN = ("Cc", "Cs", "Zl", "Zp")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # letters behind them run backwards
_NO_CHARACTERS = frozenset("\ufffe\uffff")
_NOTHING = str.maketrans(dict.fromkeys("\ufeff\u200b\u2060"))  # marks without width that programs leave behind
_BETWEEN_WORDS = re.compile(r"[\s_\-\u2010-\u2015]+")


def is_harmful(character: str) -> bool:
    """True for a character that is no part of a text but does something to what shows it."""
    return unicodedata.category(character) in _FORBIDDEN or character in _TURNING or character in _NO_CHARACTERS


def text_fault(text: str, several_lines: bool = False) -> str:
    """Why a text cannot be shown as it is, or ''; line ends and tabs may stand where there may be several lines."""
    for character in text:
        if is_harmful(character) and not (several_lines and character in "\n\r\t"):
            what = "a line break" if character in "\n\r" else "a tab" if character == "\t" else "a control character"
            return f"holds {what} (U+{ord(character):04X}), which cannot be shown"
    return ""


def visible(text: str, keep: str = "") -> str:
    r"""The text with each harmful character written out (\x1b), but for those to keep."""
    return "".join(
        one.encode("unicode_escape").decode("ascii") if is_harmful(one) and one not in keep else one for one in text
    )


def trimmed(text: str) -> str:
    """The text without spaces around it and without marks that nobody sees."""
    return text.translate(_NOTHING).strip()


def one_line(text: str) -> str:
    """The text without spaces around it, runs of spaces within it one space, letters in their usual composed form."""
    return " ".join(unicodedata.normalize("NFC", trimmed(text)).split())


def loosely(name: str) -> str:
    """A name in small letters with one underscore between its words: 'Site B' as 'site_b'."""
    return _BETWEEN_WORDS.sub("_", name.strip()).casefold()
