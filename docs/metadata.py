"""What catalogues read of the project, written from pyproject.toml: CITATION.cff, codemeta.json, recipe/meta.yaml.

python -m docs.metadata            writes the files
python -m docs.metadata --check    exits 1 where one is stale
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from docs.tables import only_checked

ROOT = Path(__file__).parents[1]
LICENCES = "https://spdx.org/licenses"
CONDA_NAMES = {"dask": "dask-core", "matplotlib": "matplotlib-base"}  # where conda-forge calls a library otherwise


@cache
def project() -> dict[str, Any]:
    """The table [project] of pyproject.toml."""
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


def title() -> str:
    """The name with what it is."""
    words: str = project()["description"]
    return f"{project()['name']}: an {words[0].lower()}{words[1:]}"


def citation() -> str:
    """CITATION.cff, as GitHub, Zenodo and Zotero read it."""
    about = project()
    lines = [
        "cff-version: 1.2.0",
        "message: If you use ccgsim in research or teaching, please cite it as below.",
        "type: software",
        f"title: {json.dumps(title())}",
        f"version: {about['version']}",
        f"license: {about['license']}",
        "authors:",
        *(f"  - name: {author['name']}" for author in about["authors"]),
        "keywords:",
        *(f"  - {word}" for word in about["keywords"]),
    ]
    return "\n".join(lines) + "\n"


def codemeta() -> str:
    """codemeta.json (CodeMeta 3.0), as archives and harvesters read it."""
    about = project()
    made = {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "SoftwareSourceCode",
        "name": title(),
        "identifier": about["name"],
        "description": about["description"],
        "version": about["version"],
        "license": f"{LICENCES}/{about['license']}",
        "author": [{"@type": "Organization", "name": author["name"]} for author in about["authors"]],
        "keywords": about["keywords"],
        "programmingLanguage": {"@type": "ComputerLanguage", "name": "Python", "version": about["requires-python"]},
        "runtimePlatform": f"Python {about['requires-python']}",
        "softwareRequirements": about["dependencies"],
        "applicationCategory": "Agent-based simulation",
        "readme": "README.md",
        "softwareHelp": {
            "@type": "CreativeWork",
            "name": "Model description after the ODD protocol",
            "url": "docs/odd.md",
        },
    }
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def conda_need(need: str) -> str:
    """A dependency as a recipe of conda writes it: `typer >=0.27.2,<0.29`."""
    name, bounds = re.fullmatch(r"([\w.-]+)(.*)", need.replace(" ", ""), re.DOTALL).groups()  # type: ignore[union-attr]
    name = name.lower()
    return f"{CONDA_NAMES.get(name, name)} {bounds}".rstrip()


def recipe() -> str:
    """recipe/meta.yaml: a recipe for conda-build, from the source distribution beside it."""
    about = project()
    python = f"python {about['requires-python']}"
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    teach = about["optional-dependencies"]["teach"]
    script = "{{ PYTHON }} -m pip install . -vv --no-deps --no-build-isolation"
    lines = [
        "# Written from pyproject.toml by python -m docs.metadata.",
        "# To build: python3 -m uv build --sdist && conda build -c conda-forge recipe",
        "package:",
        f"  name: {about['name']}",
        f'  version: "{about["version"]}"',
        "source:",
        f"  url: ../dist/{about['name']}-{about['version']}.tar.gz",
        "build:",
        "  number: 0",
        "  noarch: python",
        f"  script: {script}",
        "  entry_points:",
        *(f"    - {name} = {where}" for name, where in about["scripts"].items()),
        "requirements:",
        "  host:",
        *(f"    - {each}" for each in (python, "pip", *map(conda_need, build))),
        "  run:",
        *(f"    - {each}" for each in (python, *map(conda_need, about["dependencies"]))),
        "  run_constrained:  # the lesson: conda install these too",
        *(f"    - {conda_need(each)}" for each in teach),
        "test:",
        "  imports:",
        f"    - {about['name']}",
        "  commands:",
        f"    - {about['name']} --version",
        f"    - {about['name']} run site_a --months 3 --no-figures --out run",
        "about:",
        f"  license: {about['license']}",
        f"  license_file: {about['license-files'][0]}",
        f"  summary: {about['description']}",
    ]
    return "\n".join(lines) + "\n"


def files() -> dict[Path, str]:
    """Every file with its text."""
    made = {"CITATION.cff": citation(), "codemeta.json": codemeta(), "recipe/meta.yaml": recipe()}
    return {ROOT / name: text for name, text in made.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files, or with --check tell whether they are fresh: 0, or 1 where one is stale."""
    check = only_checked("docs.metadata", "CITATION.cff, codemeta.json and the recipe, from pyproject.toml.", arguments)
    stale = [path for path, text in files().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        if check:
            print(f"{path.relative_to(ROOT)} is stale: run python -m docs.metadata")
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(files()[path], encoding="utf-8", newline="\n")
    return int(check and bool(stale))


if __name__ == "__main__":
    raise SystemExit(main())
