"""The command `parameters`: explains the parameters, and the steps of the month, as text or JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ccgsim.cli.options.worlds import Measures, Parameters
from ccgsim.cli.parts.answers import DONE, opening, print_json
from ccgsim.cli.parts.streams import warn
from ccgsim.report.words import glossary
from ccgsim.report.words.terminal import print_line


def answer(asked: Parameters) -> int:
    """Print what each parameter means and may be, the steps of the month, or both; returns the exit code."""
    if not asked.steps:
        return explain(glossary.PARAMETERS, asked, glossary.parameter_lines)
    from ccgsim.course import in_words  # imports the compiled rules, not needed for parameters alone

    return explain(glossary.PARAMETERS, asked, glossary.parameter_lines, in_words())


def explain(
    what: str,
    asked: Parameters | Measures,
    lines: Callable[[list[Any]], Iterable[str]],
    steps: Mapping[str, str] | None = None,
) -> int:
    """Print what is asked for in these lines, then the steps of the month (those alone if no word is given), and name
    the other list that has the words.
    """
    words, steps = asked.words or [], steps or {}
    rows = glossary.asked(what, words) if words or not steps else []
    if asked.as_json:
        listed = {what: rows} if rows else {}
        month = {"steps": [{"name": name, "what": does} for name, does in steps.items()]} if steps else {}
        print_json(opening(what) | listed | month)
        return DONE
    for line in (*lines(rows), *glossary.step_lines(steps)):
        print_line(line)
    if other := glossary.elsewhere(what, words):
        warn(f"See also `{other}`.")
    return DONE
