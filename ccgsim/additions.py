"""What others add to a world without changing the model: steps of the month and measures, as Python functions.

Both are read from what callers of `ccgsim.simulate` and `CommissioningModel` give, and told in the manifest.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Any

from ccgsim.course import STEPS, Step
from ccgsim.foundation.inputs.arguments import function
from ccgsim.foundation.problems import Problem, Problems, gathering, nearest, refuse, shown
from ccgsim.measures.catalogue import NAMES
from ccgsim.world.state import World

Measure = Callable[[World], Any]  # a number, or one for each CCG


def steps_read(name: str, value: Any) -> tuple[Step, ...]:
    """Steps that can be added to the month, in turn: a reader of arguments. Raises Problems with every fault."""
    if isinstance(value, (str, Mapping)) or not isinstance(value, Iterable):
        raise refuse(name, value, "must be a list such as [ccgsim.Step('tire', act, after='engagement')]")
    found: list[Problem] = []
    month, steps = list(STEPS), list(value)
    for place, step in enumerate(steps):
        key = f"{name}[{place}]"
        if not isinstance(step, Step):
            found.append(Problem("", key, shown(step), "must be a ccgsim.Step"))
            continue
        with gathering(found):
            function(f"{key}.act", step.act)
        if rule := _name_fault(step.name, month, "another step"):
            found.append(Problem("", f"{key}.name", shown(step.name), rule))
        if step.after not in month:
            rule = f"is no step of the month; there are {', '.join(month)}"
            found.append(Problem("", f"{key}.after", shown(step.after), rule, nearest(step.after, month)))
        month.append(step.name)
    if found:
        raise Problems(found)
    return tuple(steps)


def measures_read(name: str, value: Any) -> dict[str, Measure]:
    """Measures that can stand beside the model's own, by name: a reader of arguments. Raises Problems."""
    if not isinstance(value, Mapping):
        raise refuse(name, value, "must be a dictionary such as {'tired': function_of_the_world}")
    found: list[Problem] = []
    for key, act in value.items():
        with gathering(found):
            function(f"{name}.{key}", act)
        if rule := _name_fault(key, (*NAMES, "month", "seed"), "a column of the series"):
            found.append(Problem("", f"{name}.{key}", shown(key), rule))
        elif not key.isidentifier():
            found.append(Problem("", f"{name}.{key}", shown(key), "must be a name of letters, digits and _"))
    if found:
        raise Problems(found)
    return dict(value)


def _name_fault(name: object, taken: Container[str], by: str) -> str:
    """What is wrong with a new name, or ''."""
    if not isinstance(name, str):
        return "must be a name in quotes"
    if not name:
        return "is empty; a name is needed"
    return f"is the name of {by} already; choose another" if name in taken else ""


def facts(steps: Sequence[Step], measures: Mapping[str, Measure]) -> dict[str, Any]:
    """What a manifest says of them: names, places in the month, and functions with the SHA-256 of their source."""
    added: dict[str, Any] = {}
    if steps:
        added["steps"] = [{"name": step.name, "after": step.after, **_origin(step.act)} for step in steps]
    if measures:
        added["measures"] = [{"name": name, **_origin(act)} for name, act in measures.items()]
    return added


def _origin(act: Callable[[World], Any]) -> dict[str, str | None]:
    """Where a function comes from; an object that is called stands for its class."""
    source = act if inspect.isroutine(act) else type(act)
    try:
        fingerprint = hashlib.sha256(inspect.getsource(source).encode()).hexdigest()
    except (OSError, TypeError):  # typed at a prompt
        fingerprint = None
    return {"function": f"{source.__module__}.{source.__qualname__}", "sha256": fingerprint}
