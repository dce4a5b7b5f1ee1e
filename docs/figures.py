"""Every figure of the documents, and the one command that makes it anew.

python -m docs.figures                          rewrites the table of docs/reference/figures.md
python -m docs.figures --check                  exits 1 where the table is stale
python -m docs.figures NAME ... [--quick] [--out FOLDER]    makes these figures (with all that the same command makes)
"""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from docs.tables import DOCS, rewrite, table

PAGE, FOLDER, ROOT = DOCS / "reference" / "figures.md", DOCS / "figures", DOCS.parent
IMAGE = re.compile(r"""(?:!\[[^\]]*\]\(|src=")((?:[\w./]*/)?figures/\w+\.(?:png|svg))""")
OUT = "OUT"  # stands for the folder that a command writes to
ITSELF = "python -m docs."  # such a command knows where its figures belong


@dataclass(frozen=True)
class Made:
    """A command, and where it leaves each figure under the folder that it writes to."""

    command: str
    figures: dict[str, str]

    def words(self, folder: Path, quick: bool) -> list[str]:
        """The command line for a folder."""
        words = [
            str(folder) if word == OUT else word.replace(f"{OUT}/", f"{folder}/") for word in shlex.split(self.command)
        ]
        program = ["-m", "ccgsim"] if words[0] == "ccgsim" else []
        return [sys.executable, *program, *words[1:], *["--quick"] * (quick and not program)]


def under(*names: str) -> dict[str, str]:
    """Figures that lie at the top of the folder under their own names."""
    return {name: f"{name}.png" for name in names}


def curve(name: str) -> Made:
    """One of the five curves."""
    return Made(f"python experiments/curves.py {name} --seeds 12 --out OUT", under(name))


COMMANDS = (
    Made("python -m docs.overview", under("overview")),
    Made("python -m docs.validation", under("validation")),
    Made("python -m docs.claims", under("claims")),
    Made("python -m docs.pictures", under("lesson", "report")),
    Made("python -m docs.benchmarks", under("benchmarks")),
    Made("python experiments/vicious_circle.py --out OUT/vicious_circle.png", under("vicious_circle")),
    Made(
        "python experiments/phase_diagram.py --seeds 20 --out OUT",
        under("phases", "hysteresis", "warning", "draws"),
    ),
    Made("python experiments/too_late.py --seeds 30 --out OUT", under("too_late")),
    Made(
        "python experiments/levers.py --seeds 20 --costs scenarios/costs_example.csv --out OUT",
        under("levers", "pairs"),
    ),
    Made("python experiments/regimes.py --out OUT", under("regimes")),
    Made("python experiments/cases.py --out OUT", {"cases": "figures/cases.png"}),
    Made(
        "python experiments/icb_reorganisation.py --out OUT", {"icb_reorganisation": "figures/icb_reorganisation.png"}
    ),
    Made("python experiments/site_a_predicts_b.py --out OUT", under("site_a_predicts_b")),
    Made(
        "python experiments/robust_levers.py --seeds 1 --out OUT",
        {"robust_participation": "participation.png", "robust_stability": "stability.png"},
    ),
    Made("ccgsim sensitivity experiments/sensitivity.toml --out OUT", {"sensitivity": "sensitivity_participation.png"}),
    Made("ccgsim calibrate experiments/calibration.toml --out OUT", {"posterior": "posterior.png"}),
    curve("size_by_localities"),
    curve("density_by_closure"),
    curve("broker_exits_by_reliance"),
    curve("uncertainty_by_dialogue"),
    curve("step_in_steepness"),
)
BY_NAME = {name: made for made in COMMANDS for name in made.figures}


def shown() -> Iterator[tuple[str, Path]]:
    """Every figure that a document shows, by its name, and the document."""
    for page in (ROOT / "README.md", *sorted(DOCS.rglob("*.md"))):
        for image in IMAGE.findall(page.read_text(encoding="utf-8")):
            yield Path(image).stem, page


def figure_table() -> str:
    """Every figure with the page that shows it, the command that makes it, and what that runs."""
    pages: dict[str, list[Path]] = {}
    for name, page in shown():
        pages.setdefault(name, []).append(page)
    rows = [
        (
            f"`{name}`",
            ", ".join(map(link, pages.get(name, []))),
            f"`python -m docs.figures {name}`",
            runs(BY_NAME[name]),
        )
        for name in sorted(BY_NAME)
    ]
    return table(("figure", "shown in", "one command", "which runs"), rows)


def link(page: Path) -> str:
    """A link to a page, as seen from the page of the table."""
    if page.parent == ROOT:
        return "the README"
    place = page.relative_to(DOCS).as_posix()
    return f"[{page.stem}]({place.removeprefix('reference/') if place.startswith('reference/') else f'../{place}'})"


def runs(made: Made) -> str:
    """The command as one types it."""
    return f"`{made.command.replace(OUT, 'results/figures')}`"


def make(made: Made, folder: Path, quick: bool) -> None:
    """Run the command and put its figures into the folder; CalledProcessError where it fails."""
    if made.command.startswith(ITSELF):
        subprocess.run([sys.executable, *shlex.split(made.command)[1:]], cwd=ROOT, check=True)
        return
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(made.words(Path(place), quick), cwd=ROOT, check=True)
        for name, file in made.figures.items():
            shutil.copyfile(Path(place) / file, folder / f"{name}.png")


def main(arguments: Sequence[str] | None = None) -> int:
    """Make figures, or rewrite their table, or check that the table is fresh: 0, or 1 where it is stale."""
    parser = argparse.ArgumentParser(prog="python -m docs.figures", description="The figures of the documents.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BY_NAME)}; none: the table alone")
    parser.add_argument("--quick", action="store_true", help="few seeds, to see that it runs; needs --out")
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder of the figures, default docs/figures")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 where the table is stale")
    asked = parser.parse_args(arguments)
    if unknown := [name for name in asked.names if name not in BY_NAME]:
        parser.error(f"no such figure: {', '.join(unknown)}; there are {', '.join(BY_NAME)}")
    if asked.quick and asked.out == FOLDER:
        parser.error("--quick makes figures for nobody's eyes: name another folder with --out")
    if not asked.names:
        return rewrite(PAGE, {"figures": figure_table}, "docs.figures", asked.check)
    asked.out.mkdir(parents=True, exist_ok=True)
    for made in {BY_NAME[name].command: BY_NAME[name] for name in asked.names}.values():
        make(made, asked.out, asked.quick)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
