"""ccgsim: an agent-based laboratory of the advice networks of England's clinical commissioning groups.

Nothing heavy is imported until it is used.
"""

from __future__ import annotations

import importlib
from functools import partialmethod
from types import ModuleType
from typing import Any

_HOMES = {
    "compare": "ccgsim.lab.comparison",
    "depart": "ccgsim.lab.depart.result",
    "experiment": "ccgsim.lab.experiment.experiment",
    "network": "ccgsim.scenario.brought.network",
    "results": "ccgsim.lab.sweep.results",
    "sweep": "ccgsim.lab.sweep.sweep",
    "Comparison": "ccgsim.lab.comparison",
    "Departures": "ccgsim.lab.depart.result",
    "Network": "ccgsim.scenario.brought.network",
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
# How notebooks show results: class, and the function of ccgsim.report.pages.notebook that draws it when asked.
_SHOWN = {
    "ccgsim.run": {"Run": "run_html", "Replicates": "run_html"},
    "ccgsim.lab.comparison": {"Comparison": "comparison_html"},
    "ccgsim.lab.depart.result": {"Departures": "departures_html"},
    "ccgsim.scenario.brought.network": {"Network": "network_html"},
}
__all__ = [
    "GP",
    "CommissioningModel",
    "Comparison",
    "Departures",
    "Experiment",
    "Network",
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
    "depart",
    "experiment",
    "load",
    "network",
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
    home = importlib.import_module(_HOMES[name])
    _show_in_notebooks(home)
    return getattr(home, name)


def _show_in_notebooks(home: ModuleType) -> None:
    """Give the classes of a module their tables and figures: reports stand above results, and know them."""
    for name, drawn in _SHOWN.get(home.__name__, {}).items():
        vars(home)[name]._repr_html_ = partialmethod(_drawn, drawn)


def _drawn(result: Any, function: str) -> str:
    return str(getattr(importlib.import_module("ccgsim.report.pages.notebook"), function)(result))


def __dir__() -> list[str]:
    return sorted(__all__)
