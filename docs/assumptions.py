"""The log of assumptions: how good the evidence for each parameter is, who holds it, and what hangs on it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ccgsim.foundation.quantity import Quantity
from ccgsim.lab.validation.baseline import shipped
from ccgsim.lab.validation.patterns import PATTERNS
from ccgsim.scenario.parameters import all_parameters
from docs.tables import DOCS, allowed, given, table

EVIDENCE = DOCS / "evidence.md"
CLAIMS = DOCS / "claims.json"
DEVELOPERS, USER = "the developers", "the user"
QUALITIES = {
    "sourced": "a study, a count or a report is named, often for the mechanism and not for its size",
    "fitted": "chosen so that the model meets a figure of a source",
    "mechanism": "a source says that there is such an effect, its size is assumed",
    "assumed": "nothing in the sources gives it",
}
WEIGHTS = {
    "high": "a pattern that the model shows fails without it",
    "suspected": "in draws of all assumed values it goes with the failure of a claim; chance is not ruled out",
    "not tested": "nobody has switched it off by itself; `ccgsim claim` and `ccgsim sensitivity` can look",
}
BY_DESIGN = "ablation."  # switches for tests of the model, not statements about the world


@dataclass(frozen=True)
class Entry:
    """One parameter in the log."""

    name: str
    quantity: Quantity
    quality: str
    owners: tuple[str, ...]
    hangs: tuple[str, ...]  # patterns that fail without it
    suspected: tuple[str, ...]  # claims that it may break

    @property
    def weight(self) -> str:
        """How much is known to depend on it."""
        return "high" if self.hangs else "suspected" if self.suspected else "not tested"

    @property
    def row(self) -> tuple[str, ...]:
        """Its line in the table."""
        known = [f"on it hangs {', '.join(self.hangs)}"] * bool(self.hangs)
        known += [f"may break {', '.join(self.suspected)}"] * bool(self.suspected)
        told = f"{self.weight}: {'; '.join(known)}" if known else self.weight
        value = (given(self.quantity.default), allowed(self.quantity))
        return (f"`{self.name}`", self.quantity.meaning, *value, self.quality, ", ".join(self.owners), told)


HEAD = ("parameter", "what is assumed", "value", "allowed", "quality", "who holds the evidence", "weight")


def quality_of(source: str) -> str:
    """How good the evidence for a value is, by what its source says."""
    if source.startswith("fitted"):
        return "fitted"
    if source.startswith("assumed"):
        return "mechanism" if re.search(r"\bE\d+\b", source) else "assumed"
    return "sourced"


@cache
def findings() -> dict[str, str]:
    """The study or body behind each key of evidence.md, such as E17."""
    rows = re.findall(r"^\| (E\d+) \| .* \| ([^|]+) \|$", EVIDENCE.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(rows)


def owners_of(source: str) -> tuple[str, ...]:
    """Who holds the evidence for a value: studies, bodies, or the developers for what is assumed."""
    found = [owner for key in re.findall(r"\bE\d+\b", source) for owner in findings()[key].split(", ")]
    if source.startswith("assumed"):
        found = [DEVELOPERS, *found]
    if source == "given by the user":
        found = [USER]
    return tuple(dict.fromkeys(found or [source.removeprefix("fitted to ")]))


def hanging() -> dict[str, list[str]]:
    """Patterns that are shown, by each parameter that their ablation sets."""
    shown = {row["id"] for row in shipped()["patterns"] if row["shown"]}
    found: dict[str, list[str]] = {}
    for pattern in PATTERNS:
        for section, values in pattern.ablation.items() if pattern.id in shown else ():
            for key in values:
                found.setdefault(f"{section}.{key}", []).append(pattern.id)
    return found


def suspected() -> dict[str, list[str]]:
    """Claims by each parameter that goes with their failure."""
    found: dict[str, list[str]] = {}
    for claim in json.loads(CLAIMS.read_text(encoding="utf-8"))["claims"]:
        for each in claim["breaks"]:
            found.setdefault(each["parameter"], []).append(claim["id"])
    return found


def entries() -> Iterator[Entry]:
    """Every parameter that states something about the world."""
    hangs, may_break = hanging(), suspected()
    for name, quantity in all_parameters().items():
        if not name.startswith(BY_DESIGN):
            owners = owners_of(quantity.source)
            known = (tuple(each.get(name, ())) for each in (hangs, may_break))
            yield Entry(name, quantity, quality_of(quantity.source), owners, *known)


def log() -> str:
    """The whole log, a table for each section."""
    sections: dict[str, list[Entry]] = {}
    for entry in entries():
        sections.setdefault(entry.name.partition(".")[0], []).append(entry)
    return "\n\n".join(f"### {name}\n\n{table(HEAD, [entry.row for entry in each])}" for name, each in sections.items())


def scales() -> str:
    """What the words for quality and weight mean, and how many parameters have each of both."""
    counts = Counter((entry.quality, entry.weight) for entry in entries())
    rows = [
        (f"**{name}**: {meaning}", *(counts[name, weight] for weight in WEIGHTS)) for name, meaning in QUALITIES.items()
    ]
    total = ("all", *(sum(counts[name, weight] for name in QUALITIES) for weight in WEIGHTS))
    meanings = "\n".join(f"* **{name}**: {meaning}." for name, meaning in WEIGHTS.items())
    return f"Weight:\n\n{meanings}\n\n{table(('quality', *WEIGHTS), [*rows, total])}"


def owners() -> str:
    """Everybody who holds evidence, with the number of parameters and of findings that rest on it."""
    parameters = Counter(owner for entry in entries() for owner in entry.owners)
    keys = Counter(owner for held in findings().values() for owner in held.split(", "))
    names = sorted({*parameters, *keys}, key=lambda name: (-parameters[name], name))
    return table(("who", "parameters", "findings"), [(name, parameters[name], keys[name]) for name in names])


def left_out() -> str:
    """Findings that the model has in part, by a scenario or not at all, as evidence.md tells them."""
    text = EVIDENCE.read_text(encoding="utf-8").split("## What the sources tell")[1]
    rows = [row for row in re.findall(r"^\| (.+) \| (.+) \| (.+) \|$", text, re.MULTILINE) if row[1] != "in the model"]
    told = [row for row in rows if row[1] in ("left out", "by a scenario") or row[1].endswith("in part")]
    return table(("what is assumed to matter little, or elsewhere", "where it stands", "how, or why not"), told)


def heaviest() -> str:
    """Assumed values on which a shown pattern hangs: what new evidence would help most."""
    rows = [entry for entry in entries() if entry.weight == "high" and entry.quality in ("assumed", "mechanism")]
    return table(HEAD, [entry.row for entry in rows])


BLOCKS = {"scales": scales, "owners": owners, "heaviest": heaviest, "left_out": left_out, "log": log}
