"""Numbers that may mean something else than they say: a sign between thousands, a code for 'no answer'."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ccgsim.foundation.problems import Problem, fault_at, shown
from ccgsim.survey.reading.raw import Context, Raw, Said, listed
from ccgsim.survey.reading.values import SIGNS, is_missing, mark_of, worth

NONE = "none"  # of --no-answer: every number is a frequency
CALLED = {",": "comma", ".": "point"}
_THOUSANDS = {sign: re.compile(rf"[1-9]\d{{0,2}}(?:{re.escape(sign)}\d{{3}})+", re.ASCII) for sign in SIGNS}
_CODE = re.compile(r"77+|88+|99+|9*9[678]|[89]")  # what surveys write for 'refused', 'don't know', 'no answer'
_TIMES = 3  # so many times the greatest frequency is far above it
_LARGEST_SCALE = 5  # an 8 or 9 beside answers up to this is said


def decimal_of(text: str | None) -> str:
    """The decimal sign that --decimal names, '' where it does not; raises Problems."""
    if text is None or text in SIGNS:
        return text or ""
    named = {name: sign for sign, name in CALLED.items()}
    if text not in named:
        raise fault_at("", "--decimal", shown(text), "is neither point nor comma")
    return named[text]


def codes_of(text: str | None) -> frozenset[str] | None:
    """The marks that --no-answer names, as `Context.answer` looks them up; None where it is not given."""
    return None if text is None else frozenset(map(mark_of, _marks(text)))


def _marks(text: str) -> list[str]:
    """The marks of --no-answer as they are written."""
    return [part.strip() for part in text.split(",") if part.strip() not in ("", NONE)]


def unmet(text: str | None, raw: Raw, context: Context) -> list[str]:
    """What is to be said of marks of --no-answer that no answer of the file holds, whatever its relation or wave."""
    written = {context.answer(said.value) for said in raw.said if said.value} if text else set()
    # what is missing in every file is not looked for: readers take it before they ask for marks
    absent = [mark for mark in _marks(text or "") if mark_of(mark) not in context.met and not is_missing(mark)]
    if not absent:
        return []
    far, near, _ = _like_codes(written, context)
    like = f"; there {listed(far or near)} may mean it" if far or near else ""
    return [f"--no-answer names {listed(absent)}, which no answer in the file holds{like}"]


def check_marks(said: list[Said], context: Context) -> tuple[list[str], list[Problem]]:
    """What is to be said of these answers' numbers, and faults where they may mean two things."""
    told = [each for each in said if each.value]
    numbers = [each for each in told if (each.value or "")[:1].isdigit() and each.value not in context.words]
    notes, faults = ([], []) if context.decimal else _thousands(numbers, context)
    if context.no_answer is None:
        more, found = _codes(told, context)
        notes, faults = notes + more, faults + found
    return notes, faults


def _thousands(said: list[Said], context: Context) -> tuple[list[str], list[Problem]]:
    """1,234 may be one and a bit or a thousand and more; it is a decimal where the sign stands as one elsewhere."""
    written = {each.value or "" for each in said}
    clear = {sign for sign in SIGNS if any(sign in text and not _THOUSANDS[sign].fullmatch(text) for text in written)}
    notes, faults = [], []
    for sign, other in SIGNS.items():
        ambiguous = {text for text in written if _THOUSANDS[sign].fullmatch(text)} if sign not in clear else set()
        if not ambiguous:
            continue
        open_ = [each for each in said if each.value in ambiguous]
        text = open_[0].value or ""
        large = text.replace(sign, "")
        if sign == "." and other not in clear and text.count(sign) == 1:
            notes.append(f"{text} and the like are taken with a decimal point; --decimal comma makes it {large}")
        else:
            rule = f"may be {large} or {text}: --decimal {CALLED[other]} takes the first, --decimal {CALLED[sign]}"
            faults.append(context.fault(_places(open_), text, f"{rule} the second"))
    return notes, faults


def _codes(said: list[Said], context: Context) -> tuple[list[str], list[Problem]]:
    """Numbers such as 99 far above all others are refused; a single 8 or 9 beside a short scale is said."""
    far, near, most = _like_codes({each.value or "" for each in said}, context)
    names = ",".join(far or near)
    if far:
        rule = f"is far above all other frequencies, which go up to {most:g}: does it mean 'no answer'? Then"
        rule += f" --no-answer {names}; if it is a frequency, --no-answer {NONE}"
        return [], [context.fault(_places([each for each in said if each.value in far]), names, rule)]
    if near:
        told = f"above all other frequencies, up to {most:g}, stands {names}, and is taken as one too"
        return [f"{told}; if it means 'no answer': --no-answer {names}"], []
    return [], []


def _like_codes(written: set[str], context: Context) -> tuple[list[str], list[str], float]:
    """Numbers such as 99 far above all others, or an 8 or 9 beside a short scale; and the greatest of the others."""
    values = {text: found for text in written if (found := worth(text, context.words)) is not None}
    codes = {text for text in values if _CODE.fullmatch(text.removesuffix(".0")) and text not in context.words}
    far = _far_above(values, {text for text in codes if values[text] > 9}, _TIMES)
    near = codes if not far and 0 < _most(values, codes) <= _LARGEST_SCALE else set()
    in_order = sorted(far or near, key=lambda text: (values[text], text))
    return (in_order if far else []), (in_order if near else []), _most(values, far or near)


def _far_above(values: dict[str, float], codes: set[str], times: float) -> set[str]:
    most = _most(values, codes)
    return codes if codes and 0 < times * most <= min(values[text] for text in codes) else set()


def _most(values: dict[str, float], but: Iterable[str]) -> float:
    return max((value for text, value in values.items() if text not in but), default=0.0)


def _places(said: list[Said]) -> str:
    return listed([each.place for each in said])
