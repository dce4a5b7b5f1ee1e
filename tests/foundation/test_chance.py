"""Chance is addressed: published vectors, distinct addresses, fair draws, the same bits with and without the compiler.

Statistics are held to 4.5 standard errors: a right generator fails one such check in about 150,000.
"""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ccgsim
from ccgsim.foundation import chance
from ccgsim.foundation.chance import (
    MAX_SEED,
    chance_of,
    geometric,
    normal,
    pair,
    philox,
    race,
    stream,
    uniform,
    uniforms,
    words,
)

ERRORS = 4.5
DRAWS = 200_000
HERE = stream("reference")
ONES = 0xFFFFFFFF

# Known answers of Random123 for philox4x32, ten rounds: counter, key, output.
PUBLISHED = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((ONES, ONES, ONES, ONES), (ONES, ONES), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]

address = st.tuples(
    st.integers(0, MAX_SEED),
    st.integers(0, 2**16 - 1),
    st.integers(0, 2**16 - 1),
    st.integers(0, 2**32 - 1),
    st.integers(0, 2**32 - 1),
)


def close(found: float, expected: float, standard_error: float) -> bool:
    return abs(found - expected) <= ERRORS * standard_error


@pytest.fixture(scope="module")
def luck() -> np.ndarray:
    return uniforms(0, HERE, np.arange(DRAWS))


@pytest.mark.parametrize(("counter", "key", "output"), PUBLISHED)
def test_philox_gives_its_published_vectors(counter, key, output):
    assert tuple(int(w) for w in philox(*(np.uint64(x) for x in (*counter, *key)))) == output


@given(address, address)
def test_distinct_addresses_give_distinct_words(one, other):
    assert (one == other) == (words(*one) == words(*other))


def test_every_part_of_an_address_matters():
    base = (5, 3, 7, 11, 13)
    neighbours = [tuple(x + (k == part) for k, x in enumerate(base)) for part in range(5)]
    swapped = (5, 3, 7, 13, 11)
    assert len({words(*place) for place in (base, swapped, *neighbours)}) == 7


def test_a_block_of_addresses_has_no_clash():
    places = {
        uniform(0, s, month, i, j) for s in range(1, 9) for month in range(20) for i in range(20) for j in range(20)
    }
    assert len(places) == 8 * 20 * 20 * 20


@given(address)
def test_a_uniform_lies_in_0_to_1_without_1(place):
    assert 0.0 <= uniform(*place) < 1.0


def test_the_extreme_words_stay_within_bounds():
    assert chance._unit(np.uint64(0), np.uint64(0)) == 0.0
    assert chance._unit(np.uint64(ONES), np.uint64(ONES)) == 1.0 - 2.0**-53


@given(address)
def test_a_normal_is_finite(place):
    assert math.isfinite(normal(*place))


def test_the_least_and_the_greatest_seed_are_seeds_like_any_other():
    seeds = (0, 1, 2, 2**32 - 1, 2**32, MAX_SEED - 1, MAX_SEED)
    assert len({words(seed, HERE, 0, 0, 0) for seed in seeds}) == len(seeds)


def test_a_hundred_thousand_seeds_begin_differently():
    assert len({pair(seed, HERE, 0, 0, 0) for seed in range(100_000)}) == 100_000


def test_uniforms_have_the_moments_and_the_flatness_of_the_uniform_distribution(luck):
    assert close(luck.mean(), 1 / 2, math.sqrt(1 / 12 / DRAWS))
    assert close(luck.var(), 1 / 12, math.sqrt(1 / 180 / DRAWS))
    share = np.bincount((luck * 20).astype(int), minlength=20) / DRAWS
    assert all(close(found, 0.05, math.sqrt(0.05 * 0.95 / DRAWS)) for found in share)


@pytest.mark.parametrize("other", [{"j": 1}, {"month": 1}, {"seed": 1}, {"stream_number": HERE + 1}])
def test_neighbouring_addresses_are_uncorrelated(luck, other):
    place = {"seed": 0, "stream_number": HERE, "month": 0, "j": 0} | other
    beside = uniforms(keys=np.arange(DRAWS), **place)
    assert close(np.corrcoef(luck, beside)[0, 1], 0.0, 1 / math.sqrt(DRAWS))
    assert close(np.corrcoef(luck[1:], luck[:-1])[0, 1], 0.0, 1 / math.sqrt(DRAWS))


def test_the_two_of_a_pair_are_uncorrelated_and_the_first_is_the_uniform():
    draws = np.array([pair(0, HERE, 0, i, 0) for i in range(DRAWS // 4)])
    assert close(np.corrcoef(draws.T)[0, 1], 0.0, 2 / math.sqrt(DRAWS))
    assert close(draws[:, 1].mean(), 1 / 2, 2 * math.sqrt(1 / 12 / DRAWS))
    assert draws[17, 0] == uniform(0, HERE, 0, 17, 0)


def test_normals_have_the_first_four_moments_of_the_normal_distribution():
    n = DRAWS // 4
    draws = np.array([normal(0, HERE, 0, i, 0) for i in range(n)])
    for power, expected, variance in ((1, 0, 1), (2, 1, 2), (3, 0, 15), (4, 3, 96)):
        assert close((draws**power).mean(), expected, math.sqrt(variance / n))


@pytest.mark.parametrize("mean", [1.0, 1.5, 4.0, 40.0])
def test_a_geometric_wait_has_the_mean_asked_for_and_lasts_a_month_at_least(luck, mean):
    waits = np.array([geometric(mean, x) for x in luck[: DRAWS // 4]])
    assert waits.min() == 1
    assert close(waits.mean(), mean, math.sqrt(mean * (mean - 1) / len(waits)))


def test_a_geometric_wait_is_one_month_at_the_least_luck_and_finite_at_the_greatest():
    assert geometric(4.0, 0.0) == 1
    assert 100 < geometric(4.0, 1.0 - 2.0**-53) < 200


def test_a_race_is_won_in_proportion_to_weight():
    weights, runs = (1.0, 2.0, 5.0, 0.0), DRAWS // 8
    lucks = np.stack([uniforms(0, HERE, np.arange(runs), j) for j in range(len(weights))], axis=1)
    wins = np.zeros(len(weights))
    for row in lucks:
        wins[min(range(len(weights)), key=lambda k: race(weights[k], row[k]))] += 1
    for won, weight in zip(wins / runs, weights, strict=True):
        chance_to_win = weight / sum(weights)
        assert close(won, chance_to_win, math.sqrt(chance_to_win * (1 - chance_to_win) / runs))


def test_a_candidate_without_weight_never_arrives():
    assert race(0.0, 0.5) == math.inf
    assert race(-1.0, 0.5) == math.inf


@pytest.mark.parametrize(("rate", "expected"), [(0.0, 0.0), (-1.0, 0.0), (0.1, 0.09516258196404048), (800.0, 1.0)])
def test_a_monthly_rate_becomes_the_chance_of_at_least_one_event(rate, expected):
    assert chance_of(rate) == pytest.approx(expected, abs=1e-15)


def test_a_newcomer_moves_nobodys_luck():
    town, with_newcomer = np.array([3, 8, 21, 40]), np.array([3, 8, 13, 21, 40])
    before = dict(zip(town.tolist(), uniforms(4, HERE, town, 9, 5), strict=True))
    after = dict(zip(with_newcomer.tolist(), uniforms(4, HERE, with_newcomer, 9, 5), strict=True))
    assert {key: after[key] for key in before} == before
    assert min(after, key=after.__getitem__) in (min(before, key=before.__getitem__), 13)


def test_many_draws_at_once_are_the_draws_one_by_one():
    keys, j = np.array([0, 1, 5, 2**32 - 1, 77, 78, 79]), np.arange(7)
    at_once = uniforms(MAX_SEED, HERE, keys, j, 60)
    assert at_once.tolist() == [uniform(MAX_SEED, HERE, 60, int(i), int(k)) for i, k in zip(keys, j, strict=True)]
    assert uniforms(0, HERE, np.array([], dtype=np.int64)).shape == (0,)
    crossed = uniforms(MAX_SEED, HERE, keys[:, None], j, 60)
    assert crossed.shape == (7, 7) and crossed.diagonal().tolist() == at_once.tolist()
    assert crossed[2].tolist() == uniforms(MAX_SEED, HERE, np.full(7, keys[2]), j, 60).tolist()


def test_every_stream_has_its_own_number():
    numbers = list(chance.STREAMS.values())
    assert len(set(numbers)) == len(numbers)
    assert 0 < min(numbers) <= max(numbers) < chance.FIRST_OF_OTHERS


def test_every_stream_that_the_package_draws_from_is_listed():
    texts = [path.read_text(encoding="utf-8") for path in Path(ccgsim.__file__).parent.rglob("*.py")]
    drawn = {name for text in texts for name in re.findall(r"stream\(\"(\w+)\"\)", text)}
    assert len(drawn) > 25
    assert drawn <= set(chance.STREAMS)


def test_a_stream_of_others_has_the_number_of_its_name_and_changes_no_other():
    before = dict(chance.STREAMS)
    assert chance.FIRST_OF_OTHERS <= stream("tiring") == stream("tiring") < 2**16
    assert stream("tiring") != stream("overtime")
    assert before == chance.STREAMS


def test_two_streams_of_one_number_are_refused(monkeypatch):
    monkeypatch.setattr(chance.zlib, "crc32", lambda _: 7)
    monkeypatch.setattr(chance, "_others", {})
    stream("tiring")
    with pytest.raises(ValueError, match="'overtime' and 'tiring' share a number"):
        stream("overtime")


SAMPLE = """
from ccgsim.foundation.chance import chance_of, geometric, normal, pair, race, uniform, words
place = [(seed, s, month, i, j) for seed in (0, 1, 2**53 - 1) for s in (1, 30) for month in (0, 60, 2**15)
         for i in (0, 1, 12345, 2**32 - 1) for j in (0, 7, 2**32 - 1)]
for p in place:
    luck = uniform(*p)
    reals = (luck, *pair(*p), normal(*p), chance_of(luck), race(0.3, luck))
    print(*(int(w) for w in words(*p)), *(x.hex() for x in reals), geometric(4.0, luck))
"""


def printed(without_compiler: str) -> str:
    environment = {**os.environ, "NUMBA_DISABLE_JIT": without_compiler}
    command = [sys.executable, "-W", "error::RuntimeWarning", "-c", SAMPLE]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def test_the_bits_are_the_same_with_and_without_the_compiler():
    compiled, plain = printed("0"), printed("1")
    assert compiled.count("\n") == 3 * 2 * 3 * 4 * 3
    assert compiled == plain
