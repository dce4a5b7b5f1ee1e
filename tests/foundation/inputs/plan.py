"""A small world, and a plan of a sweep on it."""

from __future__ import annotations

from worlds import small

WORLD = small()
PLAN = {"scenario": WORLD, "months": 2, "measures": ["coherence"], "levers": {"density": [0.4, 0.6]}}
