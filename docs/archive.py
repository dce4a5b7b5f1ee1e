"""The archive for the CoMSES Net model library: code, data, documentation and narrative, held against its review list.

python -m docs.archive ccgsim.zip          writes the archive; exits 1 where a point of the list is not met
python -m docs.archive ccgsim.zip --check  looks at an archive that is there

The library asks that a model can be run with little effort, that a narrative after the ODD protocol stands by itself,
and that the code is clean (https://www.comses.net/reviews/). Its form wants title, authors, licence, language, version.
"""

from __future__ import annotations

import argparse
import json
import posixpath
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from docs.metadata import ROOT, project, title
from docs.zipped import zipped

CODE, DATA, NARRATIVE = "code/", "data/", "docs/"
STUDIES = re.compile(r"(?:docs|experiments|scenarios)/[\w.]+\.(?:csv|json)|ccgsim/lab/validation/baseline\.json")
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
READ_FIRST = ("odd", "stress", "trace", "assumptions", "evidence", "validation")
ELEMENTS = ("Purpose and patterns", "Entities, state variables, and scales", "Process overview and scheduling",
            "Design concepts", "Initialization", "Input data", "Submodels")  # fmt: skip
FORMS = ("name", "description", "version", "license", "author", "keywords", "programmingLanguage")
UNCLEAN = re.compile(r"__pycache__|\.pyc$|\.DS_Store|(?:^|/)\.venv/|node_modules|\.orig$|\.rej$|~$")
MOST_BYTES = 50_000_000
Files = Mapping[str, bytes]


def tracked() -> list[str]:
    """Every file of the checkout; SystemExit where it is none."""
    found = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if found.returncode:
        raise SystemExit("The archive is made in a checkout: git finds none here.")
    return [name for name in found.stdout.split("\0") if name and (ROOT / name).is_file()]


def contents() -> dict[str, bytes]:
    """The files of the archive by their names in it."""
    names = tracked()
    files = {f"{CODE}{name}": (ROOT / name).read_bytes() for name in names}
    files |= {f"{DATA}{name}": (ROOT / name).read_bytes() for name in names if STUDIES.fullmatch(name)}
    files |= {f"{NARRATIVE}{page}.md": narrative(page) for page in READ_FIRST}
    for name in ("LICENSE", "CITATION.cff", "codemeta.json"):
        files[name] = (ROOT / name).read_bytes()
    return files | {"README.md": welcome(), "CHECKLIST.md": checklist(files).encode()}


def narrative(page: str) -> bytes:
    """A page of the narrative, its links to what is not part of it led into the code's documentation."""
    text = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    own = {f"{name}.md" for name in READ_FIRST}
    return LINK.sub(lambda link: link[0] if link[1] in own else f"](../{CODE}docs/{link[1]}", text).encode()


def welcome() -> bytes:
    """What somebody reads first who unpacks the archive."""
    about = project()
    return f"""# {title()}

Version {about["version"]}, {about["license"]}. Needs Python {about["requires-python"]} and pip; this installs all else:

    cd code && python3 -m pip install uv && python3 -m uv run ccgsim run site_a

| folder | holds |
| --- | --- |
| `docs/` | the narrative: `odd.md` (ODD, with a summary at its head), `stress.md`, `trace.md`, `assumptions.md` |
| `code/` | the whole source with tests, scenarios, experiments and its own documentation (`code/README.md`) |
| `data/` | tables that published pages were written from, as CSV and JSON |

`CHECKLIST.md` says how the points of the library's review are met.
""".encode()


def runs(files: Files) -> list[str]:
    """What keeps a stranger from running it."""
    needed = ("pyproject.toml", "uv.lock", "README.md", "LICENSE", "scenarios/site_a.toml", "ccgsim/cli/app.py")
    faults = [f"{CODE}{name} is missing" for name in needed if f"{CODE}{name}" not in files]
    told = files.get(f"{CODE}README.md", b"").decode()
    return faults + ["the code's README does not say how to run it"] * ("ccgsim run site_a" not in told)


def narrated(files: Files) -> list[str]:
    """What the narrative lacks."""
    faults = [f"{NARRATIVE}{page}.md is missing" for page in READ_FIRST if f"{NARRATIVE}{page}.md" not in files]
    odd = files.get(f"{NARRATIVE}odd.md", b"").decode()
    faults += [f"odd.md has no element {name!r}" for name in ELEMENTS if f"{name}\n" not in odd]
    faults += [] if re.search(r"!\[[^\]]+\]\(", odd) else ["odd.md shows no diagram"]
    for page in READ_FIRST:
        text = files.get(f"{NARRATIVE}{page}.md", b"").decode()
        faults += [
            f"{page}.md leads to {link}, which is missing" for link in LINK.findall(text) if not has(files, link)
        ]
    return faults


def has(files: Files, link: str) -> bool:
    """Whether a link of the narrative leads to a file or a folder of the archive."""
    name = posixpath.normpath(posixpath.join(NARRATIVE, link))
    return name in files or any(each.startswith(f"{name}/") for each in files)


def clean(files: Files) -> list[str]:
    """What does not belong into an archive."""
    faults = [f"{name} does not belong here" for name in files if UNCLEAN.search(name)]
    size = sum(map(len, files.values()))
    return faults + [f"{size:,} bytes are more than {MOST_BYTES:,}"] * (size > MOST_BYTES)


def described(files: Files) -> list[str]:
    """What the library's form would ask for and not find."""
    about = json.loads(files.get("codemeta.json", b"{}"))
    faults = [f"codemeta.json has no {name!r}" for name in FORMS if not about.get(name)]
    if about and about.get("version") != project()["version"]:
        faults.append(f"codemeta.json is of version {about.get('version')}, the code of {project()['version']}")
    return faults + [f"{name} is missing" for name in ("LICENSE", "CITATION.cff") if name not in files]


def with_data(files: Files) -> list[str]:
    """Whether the data behind published pages are there, in forms that anybody reads."""
    held = [name for name in files if name.startswith(DATA)]
    return [] if any(name.endswith(".csv") for name in held) else [f"{DATA} holds no table"]


POINTS: Mapping[str, tuple[str, Callable[[Files], list[str]]]] = {
    "It can be run with little effort": ("one command installs and runs it; `.ci/run` does so from this archive", runs),
    "A narrative stands by itself": ("`docs/odd.md`, after the ODD protocol, with a diagram", narrated),
    "The code is clean": (
        "ruff, mypy and tests run on every change; limits of size are in `code/CONTRIBUTING.md`",
        clean,
    ),
    "Data are there": ("`data/`; scenarios are in `code/scenarios`, the rest is computed", with_data),
    "The form can be filled in": ("`codemeta.json`, `CITATION.cff`, `LICENSE`", described),
}


def checklist(files: Files) -> str:
    """How each point of the review is met, in words."""
    lines = [f"* **{point}.** {how[0].upper()}{how[1:]}." for point, (how, _) in POINTS.items()]
    return "\n".join(["# Points of the CoMSES review", "", *lines, "", f"{len(files)} files.", ""])


def faults(files: Files) -> list[str]:
    """Everything for which the library would send the archive back."""
    return [f"{point}: {fault}" for point, (_, look) in POINTS.items() for fault in look(files)]


def held_in(path: Path) -> dict[str, bytes]:
    """The files of an archive."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the archive and hold it against the list: 0, or 1 where a point is not met."""
    parser = argparse.ArgumentParser(prog="python -m docs.archive", description="The archive for the CoMSES library.")
    parser.add_argument("out", type=Path, metavar="OUT.zip", help="the archive")
    parser.add_argument("--check", action="store_true", help="look at an archive that is there, write none")
    asked = parser.parse_args(arguments)
    if not asked.check:
        zipped(asked.out, contents())
    found = faults(held_in(asked.out))
    for fault in found:
        print(fault, file=sys.stderr)
    if not found:
        print(f"{asked.out}: {asked.out.stat().st_size / 1e6:.1f} MB, all {len(POINTS)} points of the list are met")
    return int(bool(found))


if __name__ == "__main__":
    raise SystemExit(main())
