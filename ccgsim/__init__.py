"""ccgsim: an agent-based laboratory of the advice networks of England's clinical commissioning groups.

Nothing heavy is imported until it is used.
"""

from __future__ import annotations

import importlib
from typing import Any

_HOMES = {
    "compare": "ccgsim.lab.comparison",
    "experiment": "ccgsim.lab.experiment.experiment",
    "results": "ccgsim.lab.sweep.results",
    "sweep": "ccgsim.lab.sweep.sweep",
    "Comparison": "ccgsim.lab.comparison",
    "Experiment": "ccgsim.lab.experiment.experiment",
    "simulate": "ccgsim.run",
    "replicate": "ccgsim.run",
    "Run": "ccgsim.run",
    "Replicates": "ccgsim.run",
    "load": "ccgsim.scenario.scenario",
    "Scenario": "ccgsim.scenario.scenario",
    "Step": "ccgsim.course",
    "Problems": "ccgsim.foundation.problems",
    "CommissioningModel": "ccgsim.model",
    "GP": "ccgsim.agents",
    "PCTStaff": "ccgsim.agents",
    "Provider": "ccgsim.agents",
    "PatientGroup": "ccgsim.agents",
    "PolicyBody": "ccgsim.agents",
    "Nurse": "ccgsim.agents",
}
__all__ = [
    "GP",
    "CommissioningModel",
    "Comparison",
    "Experiment",
    "Nurse",
    "PCTStaff",
    "PatientGroup",
    "PolicyBody",
    "Problems",
    "Provider",
    "Replicates",
    "Run",
    "Scenario",
    "Step",
    "__version__",
    "compare",
    "experiment",
    "load",
    "replicate",
    "results",
    "simulate",
    "sweep",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("ccgsim")
    if name not in _HOMES:
        raise AttributeError(f"module 'ccgsim' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
