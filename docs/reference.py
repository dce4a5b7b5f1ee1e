"""The pages of docs/reference/ whose tables come from the declarations: commands, scenarios, measures, schemas, names.

python -m docs.reference            rewrites the blocks between the markers
python -m docs.reference --check    exits 1 where a block is stale
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import typer

import ccgsim
from ccgsim.cli.app import app
from ccgsim.measures.catalogue import MEASURES
from ccgsim.measures.in_words import IN_WORDS
from ccgsim.scenario.parameters import all_parameters
from ccgsim.scenario.scenario import load, names
from ccgsim.scenario.sections import HEADLINES, SECTIONS
from docs.schemas import FOLDER as SCHEMAS
from docs.tables import DOCS, allowed, given, only_checked, rewrite, table

FOLDER = DOCS / "reference"
Block = Callable[[], str]


def commands() -> dict[str, Any]:
    """Every command as Typer has it, by name, in the order of the help."""
    group: Any = typer.main.get_command(app)
    return dict(group.commands)


def command_pages() -> str:
    """Every command: what it does, how it is called, what it takes."""
    return "\n\n".join(command_page(name, command) for name, command in commands().items())


def command_page(name: str, command: Any) -> str:
    """One command."""
    rows = [(taken(each), default(each), each.help or "") for each in command.params]
    usage = " ".join(["ccgsim", name, *arguments(command), "[OPTIONS]"])
    takes = table(("takes", "default", "meaning"), rows)
    return f"## {name}\n\n{command.help}\n\n```text\n{usage}\n```\n\n{takes}"


def arguments(command: Any) -> list[str]:
    """The words that stand after a command's name."""
    return [word(each) for each in command.params if each.param_type_name == "argument"]


def word(argument: Any) -> str:
    """An argument as a usage line writes it: in brackets where it may be left out, with dots where it is repeated."""
    name: str = argument.metavar or argument.name.upper()
    if argument.nargs == -1 and not name.rstrip("]").endswith("..."):
        name = f"{name}..."
    return name if argument.required or name.startswith("[") else f"[{name}]"


def taken(parameter: Any) -> str:
    """An argument, or an option with what stands after it."""
    if parameter.param_type_name == "argument":
        return f"`{word(parameter)}`"
    value = "" if parameter.is_flag else f" {parameter.metavar or parameter.type.name.upper()}"
    return f"`{parameter.opts[0]}{value}`".replace("<int>", "N")


def default(parameter: Any) -> str:
    """What holds where it is not given."""
    if parameter.required:
        return "needed"
    if parameter.default is None or parameter.default is False:
        return ""
    return f"`{parameter.default}`"


def scenario_table() -> str:
    """Every shipped scenario with its question."""
    rows = [(f"`{name}`", *told_of(load(name))) for name in names()]
    return table(("name", "title", "question", "based on", "months"), rows)


def told_of(world: ccgsim.Scenario) -> tuple[str, ...]:
    """Title, question, base and length of a scenario."""
    return world.title, world.question, f"`{world.based_on}`" if world.based_on else "", str(world.months)


def headline_table() -> str:
    """The parameters that have a short name."""
    declared = all_parameters()
    rows = [
        (f"`{short}`", f"`{name}`", given(declared[name].default), allowed(declared[name]), declared[name].meaning)
        for short, name in HEADLINES.items()
    ]
    return table(("short name", "parameter", "default", "allowed", "meaning"), rows)


def section_table() -> str:
    """Every section in its own words."""
    rows = [(f"`[{name}]`", " ".join((kind.__doc__ or "").split())) for name, kind in SECTIONS.items()]
    return table(("section", "what it is about"), rows)


def measure_table() -> str:
    """Every monthly measure in a plain sentence."""
    return table(("measure", "unit", "what it says"), [(f"`{m.name}`", m.unit, IN_WORDS[m.name]) for m in MEASURES])


def python_names() -> str:
    """Every public name, for autodoc: functions, then classes."""
    public = [name for name in ccgsim.__all__ if not name.startswith("_")]
    classes = [name for name in public if inspect.isclass(getattr(ccgsim, name))]
    functions = [name for name in public if name not in classes]
    parts = [("## Functions", "function", functions), ("## Classes", "class", classes)]
    return "\n\n".join("\n\n".join([head, *(directive(kind, name) for name in which)]) for head, kind, which in parts)


def directive(kind: str, name: str) -> str:
    """What autodoc is asked to write of a name."""
    members = "   :members:\n" if kind == "class" else ""
    return f"### {name}\n\n```{{eval-rst}}\n.. auto{kind}:: ccgsim.{name}\n{members}```"


def schema_table(name: str) -> Block:
    """The keys at the top of a kind of file, as its schema has them."""
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    rows = [
        (f"`{key}`", form(each), "yes" if key in schema["required"] else "", each.get("description", ""))
        for key, each in schema["properties"].items()
    ]
    return lambda: table(("key", "is", "needed", "meaning"), rows)


def form(schema: Mapping[str, Any]) -> str:
    """What a value may be, in a word."""
    if "const" in schema:
        return f"`{schema['const']}`"
    words = {"object": "table", "array": "list", "integer": "whole number", "boolean": "true or false"}
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(form(each) for each in schema["anyOf"]))
    kind = schema.get("type", "object" if "$ref" in schema else "string")
    return words.get(kind, "text" if kind == "string" else kind)


PAGES: Mapping[str, Mapping[str, Block]] = {
    "commands": {"commands": command_pages},
    "scenarios": {"scenarios": scenario_table},
    "parameters": {"headlines": headline_table, "sections": section_table},
    "measures": {"measures": measure_table},
    "schemas": {"scenario": schema_table("scenario"), "experiment": schema_table("experiment")},
    "api": {"names": python_names},
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Rewrite the pages, or with --check tell whether they are fresh: 0, or 1 where one is stale."""
    command = "docs.reference"
    check = only_checked(command, "Pages of docs/reference/ from the declarations.", arguments)
    return max([rewrite(FOLDER / f"{name}.md", blocks, command, check) for name, blocks in PAGES.items()])


if __name__ == "__main__":
    raise SystemExit(main())
