"""Texts that users supply: characters that are not allowed, how they are displayed, and initial capitals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# Control characters, surrogates, line and paragraph separators: terminals act on them, XML forbids most.
_FORBIDDEN = ("Cc", "Cs", "Zl", "Zp")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # they reverse the direction of text
_NO_CHARACTERS = frozenset("\ufffe\uffff")
_NOTHING = str.maketrans(dict.fromkeys("\ufeff\u200b\u2060"))  # zero-width characters that programs insert
_BETWEEN_WORDS = re.compile(r"[\s_\-\u2010-\u2015]+")


def capital(words: str) -> str:
    """The words with an initial capital, the others as they are."""
    return words[:1].upper() + words[1:]


def listed(words: Sequence[str]) -> str:
    """Words in a sentence: 'a, b and c'."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def is_harmful(character: str) -> bool:
    """Whether a character controls the display instead of being part of the text."""
    return unicodedata.category(character) in _FORBIDDEN or character in _TURNING or character in _NO_CHARACTERS


def text_fault(text: str, several_lines: bool = False) -> str:
    """Why a text cannot be displayed, or ''; line ends and tabs are allowed if `several_lines`."""
    for character in text:
        if is_harmful(character) and not (several_lines and character in "\n\r\t"):
            what = "a line break" if character in "\n\r" else "a tab" if character == "\t" else "a control character"
            return f"holds {what} (U+{ord(character):04X}), which cannot be shown"
    return ""


def visible(text: str, keep: str = "") -> str:
    r"""The text with each harmful character escaped (\x1b), except those in `keep`."""
    return "".join(
        one.encode("unicode_escape").decode("ascii") if is_harmful(one) and one not in keep else one for one in text
    )


def trimmed(text: str) -> str:
    """The text without surrounding spaces and invisible characters."""
    return text.translate(_NOTHING).strip()


def one_line(text: str) -> str:
    """The text trimmed, with single spaces between words, in Unicode form NFC."""
    return " ".join(unicodedata.normalize("NFC", trimmed(text)).split())


def loosely(name: str) -> str:
    """A name in lower case with underscores between words: 'Site B' as 'site_b'."""
    return _BETWEEN_WORDS.sub("_", name.strip()).casefold()
