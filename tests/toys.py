"""Patterns that need no model, and documents of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from ccgsim.lab.validation import judging
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.patterns import Pattern
from ccgsim.lab.validation.patterns.pattern import Change

CUT: Change = {"ties": {"silo": 0.0}}


def above_half(bench: Bench, change: Change) -> tuple[judging.Verdict, ...]:
    """Seeds give .6 and a little more, nothing under the ablation."""
    values = np.array(bench.each(lambda seed: 0.0 if change else 0.6 + 0.001 * seed))
    return (judging.beyond("mean of the toy", values, 0.5, above=True),)


def undefined(bench: Bench, change: Change) -> tuple[judging.Verdict, ...]:
    """A level that no world defines."""
    return (judging.level("what is not there", np.full(len(bench.seeds), np.nan), 0.2, 0.4),)


def within(bench: Bench, change: Change) -> tuple[judging.Verdict, ...]:
    """A level that holds."""
    return (judging.level("a level", np.array(bench.each(lambda seed: 0.3 + 0.0001 * seed)), 0.2, 0.4),)


SHOWN = Pattern("P1", "A toy that needs its spring", "E1", "emergent", "toy", above_half, CUT)
LOST = Pattern("P2", "A toy that never moves", "E2", "emergent", "toy", undefined, CUT)
FITTED = Pattern("P10", "A toy made to fit", "E3", "fitted", "toy", within, most_seeds=3)
TOYS = (SHOWN, LOST, FITTED)


def part(value: float | None, half: float = 0.0, *, held: bool = True, **more: Any) -> dict[str, Any]:
    """A part of a row with an interval of that half-width."""
    ends = {"low": None, "high": None} if value is None else {"low": value - half, "high": value + half}
    return {"statistic": "toy", "value": value, **ends, "tolerance": "above 0", "held": held, **more}


def row(name: str, *parts: dict[str, Any], seeds: int = 60, **more: Any) -> dict[str, Any]:
    """A row of a document."""
    held = all(each["held"] for each in parts)
    head = {"id": name, "claim": "a claim", "source": "E1", "origin": "emergent", "scenario": "toy", **parts[0]}
    tail = {"held": held, "held_without_mechanism": None, "shown": False, "parts": list(parts), "without": []}
    return {**head, **tail, "seeds": seeds, **more}
