"""The baseline of the patterns: the shipped document, and the test whether a pattern has stopped holding.

On as many seeds as before, or more, every part must hold. On fewer seeds, or others, a part may fail by chance: it
still counts as holding if its value is as close to the earlier one as chance allows. The mean of the first n of N seeds
differs from that of all N with standard deviation se sqrt(N/n - 1), that of n others with se sqrt(N/n + 1), where se is
the standard error on N seeds; the half-width of an interval is 1.7 to 2 se (docs/decisions/0012).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).with_name("baseline.json")
SURE = 2.0  # half-widths allowed with half the seeds: at most one false alarm in a thousand parts
BARE_HALF = 0.025  # half-width assumed for a part without interval, such as a share of worlds
Row = Mapping[str, Any]


def shipped() -> dict[str, Any]:
    """The document shipped with this version of ccgsim; without rows if there is none."""
    return json.loads(SHIPPED.read_text(encoding="utf-8")) if SHIPPED.exists() else {"patterns": []}


def compared(document: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """The document with `held_before` in each row (None for a new pattern), the stopped parts, and the baseline."""
    earlier = {row["id"]: row for row in before["patterns"]}
    rows = [{**row, "held_before": earlier.get(row["id"], {}).get("held")} for row in document["patterns"]]
    apart = document["first_seed"] != before.get("first_seed", 0)
    fallen = [part for row in rows if row["held_before"] for part in stopped(earlier[row["id"]], row, apart)]
    rules = before.get("rules")
    about = {"seeds": before.get("seeds"), "rules": rules, "same_rules": rules == document["rules"]}
    return {**document, "patterns": rows, "stopped": fallen, "baseline": about}


def stopped(before: Row, now: Row, apart: bool = False) -> list[dict[str, Any]]:
    """For a pattern that held and no longer does: the parts that have failed, each before and now.

    `apart`: the two were judged on different seeds, so that neither is a part of the other.
    """
    variance = max(0.0, before["seeds"] / now["seeds"] + (1 if apart else -1))
    pairs = zip_longest(before["parts"], now["parts"])
    return [
        {"id": now["id"], "statistic": (new or old)["statistic"], "before": old, "now": new}
        for old, new in pairs
        if not stands(old, new, variance)
    ]


def stands(old: Row | None, new: Row | None, variance: float) -> bool:
    """Whether a part holds, or differs no more than chance explains: `variance` of the difference, in units of se^2."""
    if new is None or new["held"]:
        return new is not None
    if old is None or old["value"] is None or new["value"] is None:
        return False
    half = (old["high"] - old["low"]) / 2 or BARE_HALF
    return bool(abs(new["value"] - old["value"]) < SURE * half * math.sqrt(variance))
