"""The JSON schemas of scenario and experiment files, written from the declarations that the checks read.

python -m docs.schemas            rewrites ccgsim/schemas/
python -m docs.schemas --check    exits 1 where a schema is stale
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ccgsim.foundation.meaning import PACKAGE
from ccgsim.foundation.quantity import ABOVE_0, MONTH, Quantity, quantities
from ccgsim.lab.experiment import checks as experiment_checks
from ccgsim.lab.experiment import targets
from ccgsim.lab.experiment.parts import CalibrationSize, SensitivitySize
from ccgsim.lab.experiment.varying import LEVELS
from ccgsim.lab.validation.patterns import PATTERNS
from ccgsim.measures.catalogue import NAMES
from ccgsim.scenario import checks, claims, wording
from ccgsim.scenario.brought import network as brought
from ccgsim.scenario.brought import own_calendar
from ccgsim.scenario.events import ACTS, LEVERS, MONTH_OF_EVENT, fields_of
from ccgsim.scenario.files import SCHEMA
from ccgsim.scenario.parameters import all_parameters, dated_parameters
from ccgsim.scenario.sections import HEADLINES, SECTIONS
from ccgsim.survey.choices import MISSING
from docs.tables import in_checkout, only_checked

FOLDER = PACKAGE / "schemas"
DRAFT = "http://json-schema.org/draft-07/schema#"  # what the usual editors read
DATE = r"^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$"
TEXT: dict[str, Any] = {"type": "string"}
NAME = TEXT | {"minLength": 1}
Schema = dict[str, Any]


def value(quantity: Quantity) -> Schema:
    """What a declared value may be."""
    if quantity.kind is bool:
        return {"type": "boolean"}
    if quantity.kind is str:
        return {"enum": list(quantity.options)} if quantity.options else NAME
    made: Schema = {"type": "integer" if quantity.kind is int else "number"}
    if quantity.low == ABOVE_0:
        made["exclusiveMinimum"] = 0
    elif quantity.low is not None and math.isfinite(quantity.low):
        made["minimum"] = quantity.low
    if quantity.high is not None and math.isfinite(quantity.high):
        made["maximum"] = quantity.high
    return {"anyOf": [made, {"type": "string", "pattern": DATE}]} if quantity.unit == MONTH else made


def told(quantity: Quantity) -> Schema:
    """The same, with what the value means, its unit, its source and its default."""
    unit = f" ({quantity.unit})" if quantity.unit else ""
    words = f"{quantity.meaning}{unit}. Source: {quantity.source}" if quantity.source else f"{quantity.meaning}{unit}"
    default = {} if quantity.default is None else {"default": quantity.default}
    return {**value(quantity), **({"description": words} if words else {}), **default}


def table(properties: Mapping[str, Schema], required: Iterable[str] = (), **more: Any) -> Schema:
    """A table with these keys and no others."""
    needed = list(required)
    known = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    return known | ({"required": needed} if needed else {}) | more


def fields(declared: Mapping[str, Quantity], **more: Schema) -> Schema:
    """A table of declared fields, of which those without a default are needed."""
    needed = [*more, *(name for name, quantity in declared.items() if quantity.default is None)]
    return table(more | {name: told(quantity) for name, quantity in declared.items()}, needed)


def section(kind: type) -> Schema:
    """A section of declared parameters."""
    words = " ".join((kind.__doc__ or "").split())
    return table({name: told(quantity) for name, quantity in quantities(kind)}, description=words)


def names(known: Sequence[str]) -> Schema:
    """A list of different names."""
    return {"type": "array", "items": {"enum": list(known)}, "minItems": 1, "uniqueItems": True}


def event() -> Schema:
    """A dated event: a month and one act."""
    settings = {name: {"$ref": "#/properties/{}/properties/{}".format(*name.split("."))} for name in dated_parameters()}
    levers = [
        {**fields(fields_of(lever), name={"const": name}), "description": lever.meaning}
        for name, lever in LEVERS.items()
    ]
    special = {"set": table(settings, minProperties=1), "abolish_pct": {"const": True}, "lever": {"oneOf": levers}}
    acts = {
        name: told(act) if isinstance(act, Quantity) else special[name] if act is None else fields(act)
        for name, act in ACTS.items()
    }
    return table({"month": told(MONTH_OF_EVENT), **acts}, ["month"], minProperties=2, maxProperties=2)


def claim() -> Schema:
    """What a scenario claims."""
    share = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^[+-]?\d+(\.\d+)? ?%$"}]}
    without = table({name: {"$ref": f"#/properties/{name}"} for name in SECTIONS}, minProperties=1)
    special = {"measure": {"enum": list(NAMES)}, "effect": share, "against": NAME, "without": without}
    declared = {"month": claims.CLAIM_MONTH, "share": claims.CLAIM_SHARE}
    known = {name: told(declared[name]) if name in declared else special[name] for name in claims.CLAIM}
    return table(known, [name for name in claims.CLAIM if name not in claims.MAY_BE_LEFT_OUT])


def scenario() -> Schema:
    """A scenario file."""
    known = {name: section(kind) for name, kind in SECTIONS.items()}
    head = {name: NAME if name == "based_on" else TEXT for name in checks.TEXTS}
    head |= {name: told(quantity) for name, quantity in checks.SETTINGS.items()}
    head["network"] = network()
    head["calendar"] = calendar()
    meaning = "What figures, reports and messages call bodies of the model"
    head["words"] = table({key: NAME | {"maxLength": wording.LONGEST} for key in wording.KEYS}, description=meaning)
    return page("Scenario of ccgsim", head | known | {"events": {"type": "array", "items": event()}, "claim": claim()})


def calendar() -> Schema:
    """Whose dates happen."""
    words = "Dates that happen: England's, none, or those of a list of one's own (CSV with month or date, what, size)"
    forms = [{"enum": [own_calendar.ENGLAND, own_calendar.NONE]}, {"type": "string", "pattern": r"\.[cC][sS][vV]$"}]
    return {"anyOf": forms, "description": words, "default": own_calendar.ENGLAND}


def network() -> Schema:
    """The file of a surveyed network, or a table with file and options."""
    texts = {name: {"anyOf": [NAME, {"type": "number"}]} for name in ("wave", "at_least", "no_answer")}
    special = texts | {"reversed": {"type": "boolean"}, "missing": {"enum": list(MISSING)}}
    known = {name: special.get(name, NAME) for name in ("file", *brought.OPTIONS)}
    known["draw"] = {"type": "integer", "minimum": 0}
    words = "The surveyed network with which the world begins: a file, or a table with file and options"
    return {"anyOf": [NAME, table(known, ["file"])], "description": words}


def axis(quantity: Quantity) -> Schema:
    """The values of a parameter that varies: a list, or an interval."""
    each = value(quantity)
    forms = [{"type": "array", "items": each, "minItems": 1, "uniqueItems": True}]
    if quantity.kind is not str and quantity.kind is not bool:
        forms.append(table({"low": each, "high": each, "levels": value(LEVELS)}, ["low", "high"]))
    return {"anyOf": forms, "description": told(quantity).get("description", "")}


def experiment() -> Schema:
    """An experiment file."""
    declared = {
        n: q for n, q in all_parameters().items() if not n.startswith("ablation.") and (q.options or q.kind is not str)
    }
    varied = {name: axis(quantity) for name, quantity in declared.items()}
    varied |= {short: {"$ref": f"#/properties/levers/properties/{name}"} for short, name in HEADLINES.items()}
    numbers = {"month": targets.month_until(checks.MONTHS.high), "value": targets.NUMBER, "sd": targets.SD}
    stated = fields(numbers, measure={"enum": list(NAMES)})
    fitted = {"enum": [pattern.id for pattern in PATTERNS if pattern.origin == "fitted"]}
    forms = [stated, table({"file": NAME}, ["file"]), table({"pattern": fitted}, ["pattern"])]
    sensitivity, calibrate = section(SensitivitySize), section(CalibrationSize)
    sensitivity["properties"]["methods"] = names(experiment_checks.ANALYSES)
    calibrate["properties"]["targets"] = {"type": "array", "items": {"oneOf": forms}}
    known = {name: section(kind) for name, kind in experiment_checks.DECLARED.items()}
    known |= {"levers": table(varied), "uncertainties": {"$ref": "#/properties/levers"}}
    head = dict.fromkeys(experiment_checks.TEXTS, TEXT) | {"scenario": NAME, "measures": names(NAMES)}
    head |= {name: told(quantity) for name, quantity in experiment_checks.SETTINGS.items()}
    head["network"] = network()
    return page("Experiment of ccgsim", head | known | {"sensitivity": sensitivity, "calibrate": calibrate}, "scenario")


def page(title: str, properties: Mapping[str, Schema], *needed: str) -> Schema:
    """A whole file."""
    head = {"schema": {"const": SCHEMA, "description": "Version of the form of this file"}}
    return {"$schema": DRAFT, "title": title, **table({**head, **properties}, ["schema", *needed])}


def files() -> dict[Path, str]:
    """The text of each schema, by its file."""
    made = {"scenario": scenario(), "experiment": experiment()}
    return {FOLDER / f"{name}.schema.json": json.dumps(each, indent=1) + "\n" for name, each in made.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the schemas, or with --check tell whether they are fresh: 0, or 1 where one is stale."""
    check = only_checked("docs.schemas", "JSON schemas of scenario and experiment files.", arguments)
    stale = [path for path, text in files().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        if check:
            print(f"{in_checkout(path)} is stale: run python -m docs.schemas")
        else:
            path.write_text(files()[path], encoding="utf-8", newline="\n")
    return int(check and bool(stale))


if __name__ == "__main__":
    raise SystemExit(main())
