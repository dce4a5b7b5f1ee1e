"""The page docs/validation.md and its forest plot, written from the shipped baseline of `ccgsim validate`.

python -m docs.validation            rewrites the blocks between the markers and draws the figure
python -m docs.validation --check    exits 1 where a block or the figure is stale
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ccgsim.lab.validation.baseline import shipped
from ccgsim.lab.validation.bounds import bounds_of
from ccgsim.lab.validation.judging import RIGHT
from ccgsim.report.drawing.margins import ORIGINS, digits, shown_of, verdict_on, yes_or_no
from ccgsim.report.figures.forest import forest_figure
from ccgsim.scenario.parameters import parameter_rows
from docs.tables import DOCS, only_checked, rewrite, table

PAGE = DOCS / "validation.md"
OTHERS = DOCS / "other_seeds.json"  # judged with `ccgsim validate --seed 8000 --out docs/other_seeds.json`
FIGURES = DOCS / "figures"
LAST_PATTERN = 44  # of the description that the patterns come from
Row = Mapping[str, Any]


def headline() -> str:
    """How many patterns of each origin hold, and which numbers have no pattern here."""
    document = shipped()
    lines = [f"**{shown_of(document)}**, version {document['ccgsim']}, {document['seeds']} seeds."]
    for origin in ORIGINS:
        rows = [row for row in document["patterns"] if row["origin"] == origin]
        if rows and origin in ("set", "fitted"):  # what is reported can neither hold nor fail
            lines.append(f"{origin.capitalize()}: {sum(row['held'] for row in rows)} of {len(rows)} hold.")
    known = {row["id"] for row in document["patterns"]}
    absent = [name for name in (f"P{n}" for n in range(1, LAST_PATTERN + 1)) if name not in known]
    if absent:
        lines.append(f"Not judged here: {', '.join(absent)}.")
    return " ".join(lines)


def other_seeds() -> str:
    """What is shown on seeds that neither the search nor the first judgement saw, and which patterns fare otherwise.

    A set or fitted pattern fares otherwise where it holds in one of the two only.
    """
    others = json.loads(OTHERS.read_text(encoding="utf-8"))
    first, last = others["first_seed"], others["first_seed"] + others["seeds"] - 1
    here, there = ([row["id"] for row in each["patterns"] if good(row)] for each in (shipped(), others))
    apart = {
        "only there": [name for name in there if name not in here],
        "only on the first": [name for name in here if name not in there],
    }
    told = [f"{', '.join(names)} {where}" for where, names in apart.items() if names]
    same = "" if others["rules"] == shipped()["rules"] else " They were judged with other rules than those above."
    return f"**On seeds {first} to {last}: {shown_of(others)}** ({'; '.join(told) or 'the same ones'}).{same}"


def good(row: Row) -> bool:
    """Whether an emergent pattern is shown, or a set or fitted one holds."""
    return verdict_on(row) in ("shown", "held")


def pattern_tables() -> str:
    """The patterns part by part, a table for each origin."""
    parts = []
    for origin, meaning in ORIGINS.items():
        patterns = [row for row in shipped()["patterns"] if row["origin"] == origin]
        if patterns:
            rows = [line for row in patterns for line in pattern_rows(row)]
            parts.append(f"### {origin.capitalize()}: {meaning}\n\n{table(PATTERN_HEAD, rows)}")
    return "\n\n".join(parts)


PATTERN_HEAD = (
    *("id", "claim", "source", "origin", "statistic", "value", "interval", "tolerance"),
    *("held", "without its mechanism", "held without", "shown"),
)


def pattern_rows(pattern: dict[str, Any]) -> list[tuple[str, ...]]:
    """One row a part of a pattern; the first bears the verdict on the whole."""
    parts = pattern.get("parts") or [pattern]
    without = {part["statistic"]: part for part in pattern.get("without") or []}
    rows = []
    for place, part in enumerate(parts):
        first = place == 0
        head = [str(pattern[key]) if first else "" for key in ("id", "claim", "source", "origin")]
        held = yes_or_no(pattern["held"]) if first and len(parts) == 1 else yes_or_no(part["held"])
        if first and len(parts) > 1:
            held = f"{held}; the whole: {yes_or_no(pattern['held'])}"
        there = without.get(part["statistic"])
        tail = [
            f"{digits(there['value'])}, {interval(there)}" if there else "–",
            *(yes_or_no(pattern[key]) if first else "" for key in ("held_without_mechanism", "shown")),
        ]
        seen_here = (part["statistic"], digits(part["value"]), interval(part), str(part["tolerance"]))
        rows.append((*head, *seen_here, held, *tail))
    return rows


def interval(part: Row) -> str:
    """The ends of a part's interval."""
    return f"{digits(part['low'])} to {digits(part['high'])}"


def misses() -> str:
    """For each pattern that does not hold, and each emergent one that is not shown, what was seen."""
    lines = [miss(row) for row in shipped()["patterns"] if verdict_on(row) in ("not held", "held without")]
    return "\n".join(lines) or "Every pattern holds."


def miss(row: Row) -> str:
    """One pattern: the parts that fail, each with the reason, or why it is not shown although it holds."""
    head = f"* **{row['id']} {row['claim']}** ({row['source']}, {row['origin']})."
    if row["held"]:
        return f"{head} it holds, but without its mechanism too: {'; '.join(map(seen, row['without']))}."
    failing = [part for part in row["parts"] if not part["held"]]
    holding = len(row["parts"]) - len(failing)
    rest = f" {holding} of {len(row['parts'])} parts hold." if holding else ""
    return f"{head} {' '.join(reason(part) for part in failing)}{rest}"


def reason(part: Row) -> str:
    """Why a part fails."""
    if part["value"] is None:
        return f"{part['statistic']}: undefined, where {part['tolerance']} was wanted."
    bounds = bounds_of(part["tolerance"])
    ends = min(bounds.margin(part["low"]), bounds.margin(part["high"]))
    if bounds.margin(part["value"]) < 0:
        why = "the value lies outside"
    elif ends < 0:
        why = "the value lies inside, its interval reaches outside"
    else:
        why = f"the interval lies inside, but fewer than {RIGHT:.0%} of worlds agree"
    return f"{seen(part)}; {why}."


def seen(part: Row) -> str:
    """What a part came to, and what was wanted."""
    found = f"{digits(part['value'])} [{digits(part['low'])}, {digits(part['high'])}]"
    return f"{part['statistic']}: {found} against {part['tolerance']}"


def assumed() -> str:
    """How many parameters are assumed, fitted, or name a source."""
    sources = [row["source"] for row in parameter_rows()]
    guessed, fitted = (sum(source.startswith(word) for source in sources) for word in ("assumed", "fitted"))
    return (
        f"Of {len(sources)} parameters {guessed} are assumed and {fitted} fitted. The other "
        f"{len(sources) - guessed - fitted} name a source, often for the mechanism and not for its size."
    )


BLOCKS = {"headline": headline, "others": other_seeds, "tables": pattern_tables, "misses": misses, "assumed": assumed}


def main(arguments: Sequence[str] | None = None) -> int:
    """Rewrite the page and draw the figure, or with --check tell whether it is fresh: 0, or 1 where it is stale."""
    command = "docs.validation"
    check = only_checked(command, "docs/validation.md, from numbers.", arguments)
    figures = {FIGURES / file: data for file, data in forest_figure(shipped()).files("validation")}
    return rewrite(PAGE, BLOCKS, command, check, figures)


if __name__ == "__main__":
    raise SystemExit(main())
