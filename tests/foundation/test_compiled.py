"""Compiled rules are kept between runs and never outlive the sources that they came from."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ccgsim.foundation import compiled

NJIT = "from ccgsim.foundation.compiled import njit\n"
RULE = NJIT + "from ccgsim.worth import worth\n\n@njit\ndef rule(x):\n    return worth() * x\n"
WORTH = NJIT + "\n@njit\ndef worth():\n    return {}\n"
# Numba first, as in a notebook that has used it before.
ASK = "import numba; from ccgsim.rule import rule; print(rule(45))"
KEY = re.compile("[0-9a-f]{16}")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A small package of the same name that uses copies of what compiles, and `home`, where compiled rules are kept."""
    root = tmp_path / "ccgsim"
    for folder in (root, root / "foundation"):
        folder.mkdir()
        (folder / "__init__.py").touch()
    for name in ("compiled.py", "compiler.py", "meaning.py"):
        shutil.copy(Path(compiled.__file__).with_name(name), root / "foundation" / name)
    (root / "rule.py").write_text(RULE)
    (root / "worth.py").write_text(WORTH.format(2))
    return root


def run(package: Path, code: str, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("NUMBA_", "CCGSIM_"))}
    environment |= {"PYTHONPATH": str(package.parent), "CCGSIM_CACHE": str(home or package.parent / "home")}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"  # which knows an edit by second and size: those here are quicker
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, cwd=package.parent, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done


def kept(package: Path) -> list[str]:
    return sorted(path.name for path in (package.parent / "home").iterdir() if KEY.fullmatch(path.name))


def test_an_edit_of_an_imported_file_brings_the_new_number_even_where_numba_came_first(package):
    assert run(package, ASK).stdout == "90\n"
    (package / "worth.py").write_text(WORTH.format(3))
    assert run(package, ASK).stdout == "135\n"
    assert len(kept(package)) == 2
    assert all(list((package.parent / "home" / key).rglob("*.nbi")) for key in kept(package))
    assert not list(package.rglob("*.nbi"))  # never beside the sources


def test_with_one_key_for_all_sources_the_stale_number_would_come_back(package):
    file = package / "foundation" / "compiled.py"
    file.write_text(
        file.read_text().replace(
            "    digest = hashlib.sha256(_made_with", '    return "0" * 16\n    digest = hashlib.sha256(_made_with'
        )
    )
    assert run(package, ASK).stdout == "90\n"
    (package / "worth.py").write_text(WORTH.format(3))
    assert run(package, ASK).stdout == "90\n"


def test_a_folder_that_cannot_be_written_is_replaced_by_a_passing_one_with_one_warning(package):
    obstacle = package.parent / "a_file"
    obstacle.touch()
    ask = (
        "import logging, subprocess, sys; logging.basicConfig(format='%(message)s'); "
        "import ccgsim.foundation.compiled as c; "
        "from ccgsim.rule import rule; print(rule(45)); print(c.CACHE, flush=True); "
        "subprocess.run([sys.executable, '-c', 'from ccgsim.rule import rule; print(rule(45))'], check=True)"
    )
    done = run(package, ask, home=obstacle / "home")
    number, folder, number_of_child = done.stdout.split()
    assert (number, number_of_child) == ("90", "90")
    assert done.stderr.count("cannot be written") == 1
    assert str(package) not in folder
    assert not Path(folder).exists()
    assert not list(package.rglob("*.nbi"))


def test_an_empty_place_for_compiled_rules_is_none(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("CCGSIM_CACHE", "")
    assert compiled._cache_home() == tmp_path / "ccgsim"


def test_only_five_keys_are_kept_and_nothing_else_is_touched(package):
    home = package.parent / "home"
    for age, digit in enumerate("abcdef1"):
        (home / (digit * 16)).mkdir(parents=True)
        os.utime(home / (digit * 16), (1e9 - age, 1e9 - age))
    (home / "mine").mkdir()
    run(package, "import ccgsim.foundation.compiled")
    found = kept(package)
    assert len(found) == compiled.KEPT_KEYS == 5
    assert {digit * 16 for digit in "abcd"} < set(found)
    assert (home / "mine").is_dir()


def test_the_key_follows_names_and_contents_of_the_sources(package):
    first = compiled.source_key(package)
    assert first == compiled.source_key(package)
    (package / "worth.py").write_text(WORTH.format(3))
    second = compiled.source_key(package)
    (package / "worth.py").rename(package / "price.py")
    assert len({first, second, compiled.source_key(package)}) == 3


IMPORTS = [
    "from ccgsim.worth import worth",
    "from ccgsim.worth import (\n    worth,\n)",
    "from ccgsim import worth",
    "from ccgsim import (\n    rule_book,\n    worth as w,\n)",
    "import ccgsim.worth",
    "import ccgsim.worth as w",
    "from . import worth",
    "from .worth import worth",
]


@pytest.mark.parametrize("line", IMPORTS)
@pytest.mark.parametrize("decorator", ["@njit", "@inlined"])
def test_the_key_follows_a_plain_file_that_a_compiled_one_imports_in_whatever_form(package, line, decorator):
    (package / "rule.py").write_text(f"{line}\n\n{decorator}\ndef rule(x):\n    return x\n")
    (package / "worth.py").write_text("worth = 2\n")
    before = compiled.source_key(package)
    (package / "worth.py").write_text("worth = 3\n")
    assert compiled.source_key(package) != before


PLAIN = """from __future__ import annotations
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from ccgsim.price import Price
def worth(of: Price) -> float:
    \"\"\"What it is worth.\"\"\"
    if of < 0:
        raise ValueError(f"must be at least 0, not {of}")
    return 2 * of  # twice
"""
NO_MEANING = {
    "a comment": ("# twice", "# two times"),
    "a line": ("    return", "\n\n    return"),
    "a docstring": ("What it is worth.", "Its worth."),
    "a message": ("must be at least 0, not", "may not lie below 0 as does"),
    "a type": ("of: Price", "of: float"),
    "an import for types": ("    from ccgsim.price import Price", "    from ccgsim.price import Price, Worth"),
}


@pytest.mark.parametrize("what", NO_MEANING)
def test_what_no_number_comes_from_makes_no_new_key(package, what):
    (package / "worth.py").write_text(PLAIN)
    before, (old, new) = compiled.source_key(package), NO_MEANING[what]
    assert old in PLAIN
    (package / "worth.py").write_text(PLAIN.replace(old, new))
    assert compiled.source_key(package) == before


@pytest.mark.parametrize(("old", "new"), [("2 * of", "3 * of"), ("of < 0", "of <= 0"), ("def worth", "def price")])
def test_a_changed_rule_makes_a_new_key(package, old, new):
    (package / "worth.py").write_text(PLAIN)
    before = compiled.source_key(package)
    (package / "worth.py").write_text(PLAIN.replace(old, new))
    assert compiled.source_key(package) != before


def test_a_text_in_the_place_of_nothing_makes_a_new_key(package):
    keys = set()
    for value in ("None", "''"):
        (package / "worth.py").write_text(PLAIN.replace("2 * of", value))
        keys.add(compiled.source_key(package))
    assert len(keys) == 2


def test_after_a_new_comment_nothing_is_compiled_anew(package):
    run(package, ASK)
    (package / "rule.py").write_text("# told here\n" + RULE)
    assert run(package, ASK + "; print(len(rule._cache_misses))").stdout.split() == ["90", "0"]
    assert len(kept(package)) == 1
