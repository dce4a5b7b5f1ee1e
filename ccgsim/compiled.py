"""Compiled rules: where Numba keeps them and when a kept one is too old.

Numba's own cache looks at the file of a function only, so an edit of an imported file would bring stale numbers
back. We therefore keep one folder for each state of those sources, the interpreter and the libraries, and import
Numba only after it is told where that folder is. Every rule of the package is compiled by `njit` from here.
"""

from __future__ import annotations

import atexit
import hashlib
import logging
import os
import re
import shutil
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

KEPT_KEYS = 5
_MARK = "compiled"
_KEY = re.compile("[0-9a-f]{16}")
_log = logging.getLogger("ccgsim")
_COMPILES = re.compile(r"\b(njit|inlined)\b")
_FROM = re.compile(r"^\s*from\s+(ccgsim|\.+)([\w.]*)\s+import\s+(\([^)]*\)|[^\n]+)", re.MULTILINE)
_PLAIN = re.compile(r"^\s*import\s[^\n]*?\bccgsim((?:\.\w+)+)", re.MULTILINE)


def compiled_sources(root: Path) -> list[Path]:
    """Files that hold compiled rules and, followed through their imports, every file whose values they may freeze."""
    texts = {path: path.read_text(encoding="utf-8") for path in root.rglob("*.py")}
    found: set[Path] = set()
    waiting = [path for path, text in texts.items() if _COMPILES.search(text)]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [near for near in _imported(root, path, texts[path]) if near in texts]
    return sorted(found)


def _imported(root: Path, path: Path, text: str) -> list[Path]:
    """Files of the package that the import lines of a file may mean: modules, packages, modules of packages."""
    places = [(root, module, "") for module in _PLAIN.findall(text)]
    for start, module, names in _FROM.findall(text):
        places.append((root if start == "ccgsim" else path.parents[len(start) - 1], module, names))
    files = []
    for folder, module, names in places:
        base = folder.joinpath(*module.strip(".").split(".")) if module else folder
        files += [base.with_suffix(".py"), base / "__init__.py"]
        files += [base / f"{name}.py" for name in re.findall(r"\w+", names)]
    return files


def source_key(root: Path | None = None) -> str:
    """Hash of the sources that compiled rules come from and of the versions that shape machine code."""
    root = Path(__file__).parent if root is None else root
    digest = hashlib.sha256()
    for name in ("numba", "numpy"):
        digest.update(f"{name} {version(name)} ".encode())
    digest.update(f"{sys.version} {sys.byteorder}".encode())
    for path in compiled_sources(root):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _cache_home() -> Path:
    if "CCGSIM_CACHE" in os.environ:
        return Path(os.environ["CCGSIM_CACHE"])
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "ccgsim"
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "ccgsim"


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _last_use(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:  # another process has just dropped it
        return 0.0


def _drop_old_keys(home: Path) -> None:
    """Keep the newest keys; whatever else lies in the folder is not ours."""
    keys = [path for path in home.iterdir() if _KEY.fullmatch(path.name) and path.is_dir()]
    for old in sorted(keys, key=_last_use, reverse=True)[KEPT_KEYS:]:
        shutil.rmtree(old, ignore_errors=True)


def _prepare() -> Path:
    home = _cache_home()
    folder = home / source_key()
    if not _writable(folder):
        spare = Path(tempfile.mkdtemp(prefix="ccgsim-"))
        atexit.register(shutil.rmtree, spare, ignore_errors=True)
        os.environ["CCGSIM_CACHE"] = str(spare)  # child processes share it and need not warn again
        _log.warning("%s cannot be written: compiled rules are kept in %s for this run only", home, spare)
        folder = spare / source_key()
        folder.mkdir()
        return folder
    os.utime(folder)
    _drop_old_keys(home)
    return folder


CACHE = _prepare()
os.environ["NUMBA_CACHE_DIR"] = str(CACHE)  # for child processes
os.environ["NUMBA_DISABLE_INTEL_SVML"] = "1"  # vector maths of another library would differ in the last bit

import numba  # noqa: E402

# Both are needed: the variables are read when numba is imported, which the user may have done before us.
numba.config.CACHE_DIR = str(CACHE)
numba.config.DISABLE_INTEL_SVML = 1

# Nobody calls a rule through a C pointer: without that second door rules compile, and load, faster.
_OPTIONS = {"cache": True, "nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}

njit = numba.njit(**_OPTIONS)
inlined = numba.njit(**_OPTIONS, forceinline=True)  # for small functions in hot loops


def is_compiled() -> bool:
    """True where an earlier run left all rules compiled for these sources."""
    return bool(numba.config.DISABLE_JIT) or (CACHE / _MARK).exists()


def mark_compiled() -> None:
    """Note that a whole run has been compiled, so that the next need not announce it."""
    if not numba.config.DISABLE_JIT:
        (CACHE / _MARK).touch()
