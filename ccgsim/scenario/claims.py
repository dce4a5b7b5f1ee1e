"""The table [claim] of a scenario file: its keys, and their faults."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from ccgsim.foundation.problems import Problem, gathering, nearest, shown
from ccgsim.foundation.quantity import MONTH, Quantity
from ccgsim.measures.catalogue import NAMES
from ccgsim.scenario.events import LAST_MONTH
from ccgsim.scenario.files import find

CLAIM_MONTH = Quantity(None, 1, LAST_MONTH, MONTH, "Row in which the effect shows", "", int)
CLAIM_SHARE = Quantity(0.8, 0, 1, "share", "Part of seeds in which the claim holds", "", float)


def _measure_fault(value: object) -> str:
    return "" if value in NAMES else "must be a measure; `ccgsim measures` lists them"


def _effect_fault(value: object) -> str:
    """A claimed effect is a number, or text such as '-10%'."""
    if isinstance(value, str):
        return "" if re.fullmatch(r"[+-]?\d+(\.\d+)? ?%", value) else "must be a number or a share such as '-10%'"
    return Quantity(None, -math.inf, math.inf, "", "", "", float).fault(value)


def _against_fault(value: object) -> str:
    return "" if isinstance(value, str) and value else "must be the name of a shipped scenario, or of a file"


def _without_fault(value: object) -> str:
    return "" if isinstance(value, Mapping) and value else "must be a table of sections, such as redesign.speed = 0"


# The keys of a claim, each with the function that checks its value.
CLAIM: dict[str, Callable[[object], str]] = {
    "measure": _measure_fault,
    "effect": _effect_fault,
    "month": CLAIM_MONTH.fault,
    "against": _against_fault,
    "share": CLAIM_SHARE.fault,
    "without": _without_fault,
}
MAY_BE_LEFT_OUT = ("share", "without")


def claim_faults(claim: object, file: str, path: Path) -> list[Problem]:
    """Faults of a claim, without those inside the sections of its `without`; `path`: of the file it stands in."""
    if not isinstance(claim, Mapping):
        return [Problem(file, "claim", shown(claim), f"must be a table with {', '.join(CLAIM)}")]
    found = [
        Problem(file, f"claim.{k}", shown(v), f"unknown; a claim has {', '.join(CLAIM)}", nearest(k, list(CLAIM)))
        for k, v in claim.items()
        if k not in CLAIM
    ]
    missing = [key for key in CLAIM if key not in claim and key not in MAY_BE_LEFT_OUT]
    found += [Problem(file, f"claim.{key}", "", "is missing") for key in missing]
    for key, value in claim.items():
        if key in CLAIM and (rule := CLAIM[key](value)):
            near = nearest(value, NAMES) if key == "measure" else ""
            found.append(Problem(file, f"claim.{key}", shown(value), rule, near))
        elif key == "against":
            found += _faults_of_other(value, file, path)
    return found


def _faults_of_other(name: str, file: str, path: Path) -> list[Problem]:
    """Faults of the scenario that a claim is made against: there is none of this name, or it is this one."""
    found: list[Problem] = []
    with gathering(found):
        other, _ = find(name, path.parent, file, "claim.against")
        if other.resolve() == path.resolve():
            found.append(Problem(file, "claim.against", shown(name), "is this file: a claim needs another scenario"))
    return found
