"""Section `start`: what imports and the first compilation cost, each in a fresh interpreter."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from statistics import median

from benchmarks.timing import Table

_TIMED = "from time import perf_counter as t; a = t(); {work}; print(t() - a)"
_KERNEL = (
    "from benchmarks import reference, workload; from time import perf_counter as t; "
    "w = workload.graph(20, 0); r = reference.start(w); "
    "a = t(); reference.simulate(*r, 1, 0); print(t() - a)"
)
_IMPORTS = ("numpy", "numba", "mesa", "ccgsim", "ccgsim.foundation.chance")


def seconds(code: str, cache: str) -> float:
    """Seconds that a fresh interpreter prints after running `code` with its compiled rules kept in `cache`."""
    environment = {**os.environ, "CCGSIM_CACHE": cache}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout)


def section(quick: bool) -> Table:
    """Seconds to import each package, to compile the reference kernel and to load it compiled."""
    repeats = 1 if quick else 3
    with tempfile.TemporaryDirectory() as cache:
        compiling = seconds(_KERNEL, cache)
        loading = median(seconds(_KERNEL, cache) for _ in range(repeats))
        imports = [
            (f"import {name}", median(seconds(_TIMED.format(work=f"import {name}"), cache) for _ in range(repeats)))
            for name in _IMPORTS
        ]
    rows = [*imports, ("first run of the kernel: compiling", compiling), ("first run of the kernel: kept", loading)]
    return Table("Imports and compilation", ("what", "seconds"), rows, ["Never part of the rates of other sections."])
