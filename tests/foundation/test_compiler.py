"""Compiled rules: whole where Python calls them, parts of their callers elsewhere; what is kept can travel."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numba
import pytest
from numba.core.caching import NullCache

from ccgsim.foundation import compiled
from ccgsim.foundation.compiled import inlined, njit
from ccgsim.foundation.compiler import Rule

pytestmark = pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="without Numba nothing is compiled")


@njit
def twice(x):
    return 2.0 * x


@inlined
def once_more(x):
    return twice(x) + x


@njit
def outer(x):
    return once_more(x) + twice(x)


@njit
def refusing(x):
    if x < 0:
        raise ValueError("below nothing")
    return x


@njit
def outer_that_refuses(x):
    return refusing(x) + 1


def test_a_rule_that_only_rules_call_has_no_machine_code_of_its_own():
    outer._cache = NullCache()  # one kept by an earlier run of the tests would need no parts
    assert outer(1.5) == 7.5
    assert len(outer.overloads) == 1
    for part in (twice, once_more):
        assert not part.overloads
        assert list(part._parts) == [(numba.float64,)]


def test_a_rule_that_rules_and_python_call_gives_both_the_same():
    @njit
    def half(x):
        return 0.5 * x

    @njit
    def quarter(x):
        return half(half(x))

    assert quarter(3.0) == 0.75
    assert half(3.0) == 1.5
    assert (len(half.overloads), len(half._parts)) == (1, 1)


def test_what_a_part_raises_reaches_python():
    assert outer_that_refuses(1) == 2
    with pytest.raises(ValueError, match="below nothing"):
        outer_that_refuses(-1)


def drawn(cache: Path) -> str:
    """What a process says that draws by two rules, kept in that folder."""
    code = (
        "from ccgsim.foundation.chance import normal, uniforms; import numpy as np; "
        "print(uniforms(7, 1, np.arange(3))[1], normal(7, 1, 0, 1, 0))"
    )
    environment = os.environ | {"CCGSIM_CACHE": str(cache)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def first(tmp_path_factory) -> tuple[Path, str]:
    """A folder in which a process has kept its rules, and what it said."""
    folder = tmp_path_factory.mktemp("kept")
    return folder, drawn(folder)


def test_only_what_python_calls_is_kept_on_disk(first):
    folder, said = first
    assert drawn(folder) == said
    kept = {path.name.split(".py3")[0] for path in folder.rglob("*.nbi")}
    assert kept == {"chance._fill-ccgsim.foundation.chance", "chance.normal-ccgsim.foundation.chance"}


@pytest.mark.parametrize("ending", ["nbi", "nbc"])
def test_a_kept_rule_that_is_damaged_is_compiled_anew(first, tmp_path, ending):
    folder, said = first
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    damaged = next(tmp_path.rglob(f"chance.normal*.{ending}"))
    damaged.write_bytes(damaged.read_bytes()[:5])
    assert drawn(tmp_path) == said
    assert len(damaged.read_bytes()) > 5


@pytest.fixture
def seed(tmp_path):
    """A folder of compiled rules, and the seed made of it for a folder of the same name elsewhere."""
    home = tmp_path / "machine" / ("a" * 16)
    home.mkdir(parents=True)
    (home / "rule.nbi").write_bytes(b"index")
    (home / "rule.1.nbc").write_bytes(b"code" * 100)
    (home / "other.txt").write_text("not a compiled rule")
    return compiled.plant(home, tmp_path / "seeds")


def test_a_seed_brings_the_compiled_rules_to_another_folder(seed, tmp_path):
    folder = tmp_path / "elsewhere" / ("a" * 16)
    folder.mkdir(parents=True)
    assert compiled.unpack(seed, folder)
    assert {path.name for path in folder.iterdir()} == {"rule.nbi", "rule.1.nbc", "compiled"}
    assert (folder / "rule.1.nbc").read_bytes() == b"code" * 100


@pytest.mark.parametrize("harm", ["damaged", "unchecked", "missing"])
def test_a_seed_that_is_not_as_it_was_packed_is_not_used(seed, tmp_path, harm):
    if harm == "damaged":
        seed.write_bytes(seed.read_bytes()[:-1] + b"?")
    elif harm == "unchecked":
        seed.with_name(f"{'a' * 16}.sha256").unlink()
    else:
        seed.unlink()
    folder = tmp_path / "elsewhere" / ("a" * 16)
    folder.mkdir(parents=True)
    assert not compiled.unpack(seed, folder)
    assert not list(folder.iterdir())


def test_a_seed_is_checked_by_sha_256(seed):
    assert seed.with_name(f"{'a' * 16}.sha256").read_text().strip() == hashlib.sha256(seed.read_bytes()).hexdigest()


def test_every_compiled_function_of_the_package_is_a_rule():
    from ccgsim.processes.ties import fading

    assert isinstance(fading.fade, Rule)


def test_rules_of_a_run_are_compiled_beforehand_for_the_types_that_the_run_gives_them():
    code = (
        "from ccgsim import simulate; from ccgsim.lab import rehearsal, warming; "
        "simulate('site_f', 0, 43); rehearsal.rehearse(); "
        "print(*[list(rule.overloads) == [warming.signature(rule)] for rule in warming.RULES])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == {"True"}
