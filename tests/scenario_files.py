"""Random scenario files as Hypothesis strategies: parameters within, at the edge of and beyond their ranges."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import strategies as st

from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.quantity import Quantity
from ccgsim.scenario.events import ACTS, LEVERS
from ccgsim.scenario.parameters import all_parameters, dated_parameters
from ccgsim.scenario.sections import SECTIONS
from ccgsim.world.population import key_of

NARROWED = {  # smaller worlds than the ranges allow, and values that mostly go together, so that many run
    "site.practices": (1, 40),
    "site.localities": (1, 6),
    "site.density": (0.3, 0.95),
    "site.ties_practices": (0, 20),
    "site.ties_pct": (0, 20),
    "site.ties_acute": (0, 5),
    "site.ties_regional": (0, 3),
    "site.ties_community": (0, 5),
    "site.ties_local_authorities": (0, 5),
    "site.ties_other": (0, 5),
    "people.pct_least": (2, 12),
    "people.pct_most": (12, 60),
    "start.burn_in": (0, 8),
    "stepping_in.low": (0, 0.5),
    "stepping_in.high": (0.5, 1),
    "turnover.broker_exits": (0, 0),  # the first comes at month 24
}
LONGEST = 14
ODD = [
    float("nan"),
    float("inf"),
    -1,
    -0.1,
    2,
    10**30,
    10**5000,
    0.5,
    True,
    "0.5",
    "",
    [1],
    {"x": 1},
    [],
    date(2013, 4, 1),
]
CONTROL = ("good.csv", "short.csv", "wild.csv", "words.csv", "nowhere.csv", "", "x" * 5000, "a\0b")
ODDITIES = st.sampled_from(ODD)


def within(name: str, quantity: Quantity) -> st.SearchStrategy[Any]:
    """A value that the declaration allows, often one of its bounds."""
    if quantity.kind is bool:
        return st.booleans()
    if quantity.kind is str:
        return st.sampled_from(quantity.options or CONTROL[:2])
    low, high = NARROWED.get(name, (quantity.low, quantity.high))
    between = st.integers if quantity.kind is int else st.floats
    return st.sampled_from([low, high]) | between(low, high)


def beyond(name: str, quantity: Quantity) -> st.SearchStrategy[Any]:
    """A value that may well not be allowed."""
    if quantity.kind is str:
        return ODDITIES | st.sampled_from(CONTROL)
    if quantity.low is None or quantity.high is None or quantity.high > 2**53:
        return ODDITIES
    near = [quantity.low - 1, quantity.high + 1, quantity.high * 10, quantity.low - 1e-9, quantity.high + 0.5]
    return ODDITIES | st.sampled_from(near)


@st.composite
def value(draw: st.DrawFn, name: str, quantity: Quantity, flawed: bool) -> Any:
    """A value of a parameter; in a flawed file one in twelve may break its rule."""
    wrong = flawed and draw(st.integers(0, 11)) == 0
    return draw(beyond(name, quantity) if wrong else within(name, quantity))


@st.composite
def sections(draw: st.DrawFn, flawed: bool) -> dict[str, Any]:
    """Some parameters of any sections, and all of one or more sections."""
    declared = all_parameters()
    chosen = draw(st.lists(st.sampled_from(sorted(declared)), max_size=12, unique=True))
    whole = draw(st.sets(st.sampled_from([name for name in SECTIONS if name != "ablation"])))
    chosen += [name for name in declared if name.partition(".")[0] in whole and name not in chosen]
    chosen += ["start.burn_in"]
    tables: dict[str, Any] = {}
    for name in chosen:
        section, key = name.split(".")
        tables.setdefault(section, {})[key] = draw(value(name, declared[name], flawed))
    if flawed and draw(st.integers(0, 4)) == 0:
        tables[draw(st.sampled_from(["polcy", "ties", "site", "claim"]))] = draw(ODDITIES)
    return tables


@st.composite
def people_of_a_world(draw: st.DrawFn) -> int:
    """The key of somebody who may well be there."""
    kind = draw(st.sampled_from([v.GP, v.PCT_STAFF, v.PROVIDER, v.POLICY_BODY, v.PATIENT_GROUP]))
    return key_of(0, kind, draw(st.integers(0, 0 if kind == v.PATIENT_GROUP else 4)))


@st.composite
def lever(draw: st.DrawFn, flawed: bool) -> dict[str, Any]:
    """Any lever, with what it takes."""
    name = draw(st.sampled_from(sorted(LEVERS)))
    declared = LEVERS[name]
    fields = dict(declared.fields or {})
    if declared.sets:
        fields = {"value": all_parameters()[declared.sets]}
    if name == "localities":
        fields = {"count": Quantity(None, 1, 12, "", "", "", int)}
    return {"name": name, **{key: draw(value(key, field, flawed)) for key, field in fields.items()}}


def begun_project() -> st.SearchStrategy[dict[str, Any]]:
    """Any project begun at a date, now and then in a locality that is not there."""
    wanted = {"pathway": st.sampled_from(v.PATHWAYS), "origin": st.sampled_from(v.ORIGINS)}
    return st.fixed_dictionaries(wanted, optional={"locality": st.integers(0, 2), "arena": st.sampled_from(v.ARENAS)})


@st.composite
def event(draw: st.DrawFn, months: int, flawed: bool) -> dict[str, Any]:
    """Any act in any month, now and then with a part missing or one too many."""
    seats = st.fixed_dictionaries({"role": st.sampled_from(v.ROLES[1:]), "kind": st.sampled_from(v.KINDS)})
    ends = st.fixed_dictionaries({"source": people_of_a_world(), "target": people_of_a_world()}).filter(
        lambda tie: tie["source"] != tie["target"]
    )
    dated = dated_parameters()
    names = draw(st.lists(st.sampled_from(sorted(dated)), min_size=1, max_size=3, unique=True))
    acts: dict[str, st.SearchStrategy[Any]] = {
        "set": st.fixed_dictionaries({name: value(name, dated[name], flawed) for name in names}),
        "broker_exit": st.integers(1, 8),
        "abolish_pct": st.just(True),
        "announce": st.floats(-1, 1),
        "lever": lever(flawed),
        "remove_tie": ends,
        "add_tie": ends,
        "remove_seat": seats,
        "add_seat": seats,
        "lower_participation": st.fixed_dictionaries({"of": st.just("top_quartile"), "by": st.floats(0, 1)}),
        "begin_project": begun_project(),
        "withdraw_funding": st.fixed_dictionaries({"pathway": st.sampled_from(v.PATHWAYS)}),
        "cut_staff": st.fixed_dictionaries({"share": st.floats(0, 1)}, optional={"after": st.integers(0, 12)}),
        "move_functions": st.fixed_dictionaries({"share": st.floats(0, 1)}),
        "cluster": st.fixed_dictionaries({}, optional={"officer": st.sampled_from(["own", "neighbour"])}),
        "merge_boards": st.fixed_dictionaries({"ccg": st.just(0), "into": st.just(1)}),
    }
    assert set(acts) == set(ACTS)
    alone = () if flawed else ("merge_boards",)  # these files hold one CCG
    act = draw(st.sampled_from([name for name in sorted(acts) if name not in alone]))
    made = {"month": draw(st.integers(0, months - 1)), act: draw(acts[act])}
    if flawed and draw(st.integers(0, 9)) == 0:
        made[draw(st.sampled_from([*acts, "month", "Month"]))] = draw(ODDITIES)
    return made


@st.composite
def scenario_files(draw: st.DrawFn) -> str:
    """The text of a scenario file; one in three may have faults."""
    flawed = draw(st.integers(0, 2)) == 0
    months = draw(st.integers(6, LONGEST))
    head: dict[str, Any] = {"schema": 1, "months": months, "calendar": draw(st.sampled_from(["england", "none"]))}
    if draw(st.booleans()):
        head["based_on"] = draw(st.sampled_from(["site_a", "site_b", "site_c", "site_e", "site_f"]))
    if flawed and draw(st.integers(0, 4)) == 0:
        head[draw(st.sampled_from([*head, "titel", "title", "based_on", "events"]))] = draw(ODDITIES)
    tables = draw(sections(flawed))
    tables = {name: table for name, table in tables.items() if name not in head}
    if "events" not in head:
        tables["events"] = draw(st.lists(event(months, flawed), max_size=8))
    return "".join(f"{json.dumps(key)} = {as_toml(held)}\n" for key, held in {**head, **tables}.items())


def as_toml(held: Any) -> str:
    """A value as TOML writes it, tables inline."""
    if isinstance(held, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {as_toml(item)}" for key, item in held.items()) + "}"
    if isinstance(held, list):
        return "[" + ", ".join(as_toml(item) for item in held) + "]"
    if isinstance(held, (bool, str)):
        return json.dumps(held)
    if isinstance(held, int) and abs(held) > 2**64:
        return hex(held)  # Python writes no decimals of thousands of digits
    return held.isoformat() if isinstance(held, date) else repr(held)
