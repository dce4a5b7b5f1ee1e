"""Compiled rules: where Numba caches them, and when a cached one is out of date.

Numba's own cache checks only the file of a function, so after an edit of an imported file it would return stale
results. We therefore keep one folder for each state of the sources, the interpreter and the libraries, and set that
folder before Numba is imported. Every rule of the package is compiled by `njit` from here, for any machine of the same
kind, so compiled rules can be shipped to other machines (docs/decisions/0021).
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
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ccgsim.foundation.meaning import PACKAGE, meaning, reached

KEPT_KEYS = 5
SEEDS = PACKAGE / "seeds"  # packed compiled rules in a wheel: KEY.tar.xz with its checksum KEY.sha256
_MARK = "compiled"
_KEY = re.compile("[0-9a-f]{16}")
_log = logging.getLogger("ccgsim")
_COMPILES = re.compile(r"\b(njit|inlined)\b")
_MEANT = ".meant"  # NAME.meant in the folder of a key: sources with byte hash NAME have that key


def compiled_sources(root: Path = PACKAGE) -> list[Path]:
    """Files with compiled rules and, through their imports, every file whose values they may contain as constants."""
    return reached(root, [path for path in root.rglob("*.py") if _COMPILES.search(path.read_text(encoding="utf-8"))])


def source_key(root: Path = PACKAGE) -> str:
    """Hash of what compiled rules depend on: the meaning of their sources, versions, and the platform."""
    return hashlib.sha256(f"{_made_with()} {meaning(root, compiled_sources(root))}".encode()).hexdigest()[:16]


def _made_with() -> str:
    libraries = [f"{name} {version(name)}" for name in ("numba", "llvmlite", "numpy")]
    return " ".join([*libraries, str(sys.implementation.cache_tag), sysconfig.get_platform()])


def _key(home: Path) -> str:
    """The key of the current sources, from a file if already known: computing it takes half a second."""
    digest = hashlib.sha256(_made_with().encode())
    for path in sorted(PACKAGE.rglob("*.py")):
        digest.update(path.read_bytes())
    state = digest.hexdigest() + _MEANT
    if known := next(home.glob(f"*/{state}"), None):
        return known.parent.name
    key = source_key()
    with suppress(OSError):
        (home / key).mkdir(parents=True, exist_ok=True)
        (home / key / state).touch()
    return key


def _cache_home() -> Path:
    if stated := os.environ.get("CCGSIM_CACHE"):  # an empty one is none
        return Path(stated)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "ccgsim"
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "ccgsim"


def _refused(folder: Path) -> str:
    """Why nothing can be written into a folder, or ''."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except OSError as error:
        return os.strerror(error.errno) if error.errno else str(error)


def _last_use(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:  # another process has just removed it
        return 0.0


def _drop_old_keys(home: Path) -> None:
    """Remove all but the newest keys; other files in the folder are left alone."""
    keys = [path for path in home.iterdir() if _KEY.fullmatch(path.name) and path.is_dir()]
    for old in sorted(keys, key=_last_use, reverse=True)[KEPT_KEYS:]:
        shutil.rmtree(old, ignore_errors=True)


def _prepare(home: Path) -> Path:
    folder = home / _key(home)
    if why := _refused(folder):
        spare = Path(tempfile.mkdtemp(prefix="ccgsim-"))
        atexit.register(shutil.rmtree, spare, ignore_errors=True)
        os.environ["CCGSIM_CACHE"] = str(spare)  # child processes share it and do not warn again
        _log.warning(
            "%s cannot be written (%s): this run compiles its rules for itself alone, which takes a minute. "
            "CCGSIM_CACHE=FOLDER names another folder",
            home,
            why,
        )
        folder = spare / _key(spare)
        folder.mkdir(exist_ok=True)
        return folder
    os.utime(folder)
    _drop_old_keys(home)
    if not (folder / _MARK).exists():
        unpack(SEEDS / f"{folder.name}.tar.xz", folder)
    return folder


def plant(folder: Path, seeds: Path) -> Path:
    """Pack a folder of compiled rules into `seeds`, with its checksum: KEY.tar.xz and KEY.sha256."""
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
    """Unpack packed rules into the folder; False if the file is missing or damaged, or the disk is full."""
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
    """Write under another name first, so that other processes read all of it or nothing."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_bytes(data)
    os.replace(part, path)


HOME = _cache_home()
CACHE = _prepare(HOME)
KEPT = CACHE.parent == HOME  # else they are gone when this process ends
os.environ["NUMBA_CACHE_DIR"] = str(CACHE)  # for child processes
os.environ["NUMBA_DISABLE_INTEL_SVML"] = "1"  # Intel's vector maths would differ in the last bit
os.environ.setdefault("NUMBA_CPU_NAME", "generic")  # compiled code works on all machines of the same kind

import numba  # noqa: E402

# Both settings are needed: numba reads the variables when imported, and the user may have imported it before.
numba.config.CACHE_DIR = str(CACHE)
numba.config.DISABLE_INTEL_SVML = 1
if numba.config.CPU_NAME is None:
    numba.config.CPU_NAME, numba.config.CPU_FEATURES = "generic", ""

from ccgsim.foundation.compiler import Rule  # noqa: E402


def njit(function: Any) -> Any:
    """The function, compiled when first called; unchanged if Numba is switched off."""
    return function if numba.config.DISABLE_JIT else Rule.of(function)


def inlined(function: Any) -> Any:
    """Like `njit`, for small functions in hot loops: always inlined into the calling rule."""
    return function if numba.config.DISABLE_JIT else Rule.of(function, forceinline=True)


def is_compiled() -> bool:
    """Whether an earlier run has compiled all rules for these sources."""
    return bool(numba.config.DISABLE_JIT) or (CACHE / _MARK).exists()


def mark_compiled() -> None:
    """Record that all rules have been compiled, so that the next run does not announce it."""
    if not numba.config.DISABLE_JIT:
        (CACHE / _MARK).touch()
