"""Compiled rules: where Numba keeps them and when a kept one is too old.

Numba's own cache looks at the file of a function only, so an edit of an imported file would bring stale numbers
back. We therefore keep one folder for each state of those sources, the interpreter and the libraries, and import
Numba only after it is told where that folder is. Every rule of the package is compiled by `njit` from here, for any
machine of its kind: what one machine has compiled can be shipped to another (docs/decisions/0021).
"""

from __future__ import annotations

import atexit
import hashlib
import io
import logging
import lzma
import os
import re
import shutil
import sys
import sysconfig
import tarfile
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

KEPT_KEYS = 5
SEEDS = Path(__file__).with_name("seeds")  # what a wheel brings: KEY.tar.xz and, to check it, KEY.sha256
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
    """Hash of the sources that compiled rules come from, and of the versions and the platform of machine code."""
    root = Path(__file__).parent if root is None else root
    digest = hashlib.sha256()
    for name in ("numba", "llvmlite", "numpy"):
        digest.update(f"{name} {version(name)} ".encode())
    digest.update(f"{sys.implementation.cache_tag} {sysconfig.get_platform()} ".encode())
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
    if not (folder / _MARK).exists():
        unpack(SEEDS / f"{folder.name}.tar.xz", folder)
    return folder


def plant(folder: Path, seeds: Path) -> Path:
    """The seed of a folder of compiled rules, written into `seeds` with what checks it: KEY.tar.xz and KEY.sha256."""
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w:xz") as archive:
        for path in sorted(folder.glob("*.nb[ic]")):
            archive.add(path, path.name)
    seeds.mkdir(parents=True, exist_ok=True)
    seed = seeds / f"{folder.name}.tar.xz"
    seed.write_bytes(sink.getvalue())
    seed.with_name(f"{folder.name}.sha256").write_text(f"{hashlib.sha256(sink.getvalue()).hexdigest()}\n", "ascii")
    return seed


def unpack(seed: Path, folder: Path) -> bool:
    """Whether the seed's compiled rules now lie in the folder: not where it is missing, damaged or the disk is full."""
    try:
        data = seed.read_bytes()
        if hashlib.sha256(data).hexdigest() != seed.with_name(f"{folder.name}.sha256").read_text("ascii").strip():
            _log.warning("%s is damaged: the rules are compiled instead", seed)
            return False
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:xz") as archive:
            for member in archive:
                content = archive.extractfile(member)
                if content is not None:
                    _put(folder / Path(member.name).name, content.read())
    except (OSError, tarfile.TarError, lzma.LZMAError, UnicodeDecodeError):
        return False
    (folder / _MARK).touch()
    return True


def _put(path: Path, data: bytes) -> None:
    """Written under another name first: a process beside this one reads all of it or nothing."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_bytes(data)
    os.replace(part, path)


CACHE = _prepare()
os.environ["NUMBA_CACHE_DIR"] = str(CACHE)  # for child processes
os.environ["NUMBA_DISABLE_INTEL_SVML"] = "1"  # vector maths of another library would differ in the last bit
os.environ.setdefault("NUMBA_CPU_NAME", "generic")  # what one machine compiles serves all of its kind

import numba  # noqa: E402

# Both are needed: the variables are read when numba is imported, which the user may have done before us.
numba.config.CACHE_DIR = str(CACHE)
numba.config.DISABLE_INTEL_SVML = 1
if numba.config.CPU_NAME is None:
    numba.config.CPU_NAME, numba.config.CPU_FEATURES = "generic", ""

from ccgsim.foundation.compiler import Rule


def njit(function: Any) -> Any:
    """The function, compiled when it is first called; as it is where Numba is switched off."""
    return function if numba.config.DISABLE_JIT else Rule.of(function)


def inlined(function: Any) -> Any:
    """The same for small functions in hot loops: always taken into the rule that calls them."""
    return function if numba.config.DISABLE_JIT else Rule.of(function, forceinline=True)


def is_compiled() -> bool:
    """True where an earlier run left all rules compiled for these sources."""
    return bool(numba.config.DISABLE_JIT) or (CACHE / _MARK).exists()


def mark_compiled() -> None:
    """Note that a whole run has been compiled, so that the next need not announce it."""
    if not numba.config.DISABLE_JIT:
        (CACHE / _MARK).touch()
