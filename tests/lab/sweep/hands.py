"""Hands that do the jobs of a sweep in this process, and what its folder must hold."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np

from ccgsim.lab.sweep.plan import Plan
from tests.lab.sweep.plans import toy


class Here:
    """Hands that do every job in this process, in order or shuffled, and may stop after some."""

    def __init__(self, work, stop, *, order=None, after=None):
        self.work, self.order, self.after = work, order, after

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def outcomes(self, jobs):
        jobs = list(jobs)
        if self.order is not None:
            jobs = [jobs[place] for place in np.random.default_rng(self.order).permutation(len(jobs))]
        for number, job in enumerate(jobs):
            if number == self.after:
                return
            yield self.work.act(job)


def here(work, stop):
    return Here(work, stop)


def some(after, order=None):
    return lambda work, stop: Here(work, stop, after=after, order=order)


def bytes_of(folder: Path) -> dict[str, bytes]:
    """What must be equal between two sweeps of the same."""
    names = ["table.parquet", "table.csv", "design.parquet"]
    series = sorted(f"series/{path.name}" for path in (folder / "series").glob("*"))
    return {name: (folder / name).read_bytes() for name in (*names, *series)}


def changed(**facts) -> Plan:
    return dataclasses.replace(toy(), facts={"code": "toy", "scenario": {"toy": {"x": 1.0}}, **facts})
