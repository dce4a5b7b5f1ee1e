"""Which patterns stand behind what a page says of some measures, and how robust they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from ccgsim.foundation.meaning import PACKAGE
from ccgsim.lab.validation import baseline
from ccgsim.lab.validation.rules import rules_hash
from ccgsim.report.drawing.margins import most_telling_part, shown_of, verdict_on, yes_or_no
from ccgsim.report.findings.claims import share_of
from ccgsim.report.findings.evidence import numbers
from ccgsim.report.pages.page import Section, Table

Row = Mapping[str, Any]
# How the statistics of patterns name the measures.
NAMED = {
    "participation": r"participation|take part",
    "manager_control": r"control",
    "knowledge_mobility": r"mobility|circulation|openness",
    "stability": r"stability|persistence",
    "coherence": r"coherence",
    "efficacy": r"efficacy",
    "board_density": r"density",
    "ties_outside": r"ties",
}
HEAD = ("pattern", "statistic", "value [interval]", "wanted", "judgement", "holds without its mechanism", "robust")


def behind(measures: Sequence[str], words: str) -> Section:
    """The section on the patterns that name these measures, which `words` call what the page says."""
    document = baseline.shipped()
    found = naming(document["patterns"], measures)
    tables = (_table(found),) if found else ()
    return Section("What stands behind it", (_headline(document, found, words), _honestly(document), *tables))


def naming(patterns: Iterable[Row], measures: Iterable[str]) -> list[Row]:
    """The patterns of which a statistic names one of the measures, those that are shown first."""
    words = [NAMED[name] for name in measures if name in NAMED]
    wanted = re.compile(rf"\b({'|'.join(words)})\b" if words else r"(?!)", re.IGNORECASE)
    rows = [row for row in patterns if any(wanted.search(part["statistic"]) for part in row["parts"])]
    return sorted(rows, key=lambda row: (not row["shown"], not row["held"]))


def _headline(document: Row, found: Sequence[Row], words: str) -> str:
    emergent = [row for row in found if row["origin"] == "emergent"]
    shown = sum(row["shown"] for row in emergent)
    about = f"{shown} of {len(emergent)} emergent patterns about {words} are shown" if emergent else (
        f"No emergent pattern is about {words}: nothing in the sources has been held against it"
    )  # fmt: skip
    return (
        f"{about}. Over all measures: {shown_of(document)}. A pattern is shown if it follows from no setting, holds in "
        "the model as it stands, and fails once its mechanism is switched off."
    )


def _honestly(document: Row) -> str:
    same = document.get("rules") == rules_hash()
    since = "" if same else "; the code of the model has changed since, so they wait to be judged again"
    return (
        f"Judged on {document.get('seeds')} seeds with version {document.get('ccgsim')}{since}. Robust: the share of "
        "the plausible values of all assumed parameters in which the pattern holds (docs/claims.md)."
    )


def _table(found: Sequence[Row]) -> Table:
    return Table("Patterns about the same measures", HEAD, tuple(map(row_of, found)))


def row_of(row: Row) -> tuple[str, ...]:
    """The cells of a pattern under HEAD: its most telling part, the judgement, and its share of the plausible space."""
    part, _ = most_telling_part(row)
    robust = share_of(claims()[row["id"]]) if row["id"] in claims() else "not judged"
    without = yes_or_no(row["held_without_mechanism"])
    named = f"{row['id']} {row['claim']}"
    return (named, part["statistic"], numbers(part), part["tolerance"], verdict_on(row), without, robust)


@cache
def claims() -> dict[str, Row]:
    """The shipped judgement of claims over the plausible space, by pattern; {} if it is not there."""
    inside = PACKAGE / "docs" / "claims.json"
    place = inside if inside.is_file() else PACKAGE.parent / "docs" / "claims.json"
    document = json.loads(place.read_text(encoding="utf-8")) if place.is_file() else {"claims": []}
    return {claim["id"]: claim for claim in document["claims"]}
