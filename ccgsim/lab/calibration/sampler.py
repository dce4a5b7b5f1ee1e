"""How pyABC's candidates are tried: in a fixed order, each with its own random numbers, on worker processes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pyabc.population import Particle, Sample
from pyabc.sampler import Sampler

from ccgsim.foundation.work.parallel import spread
from ccgsim.lab.calibration import luck
from ccgsim.lab.calibration.failures import Failure, Failures, failure_of

LARGEST_BATCH = 4000
Watch = Callable[[int, int, int], None]  # generation, accepted, tried


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Makes the candidate of a generation with a given number, always the same one."""

    simulate: Callable[[], Particle]
    seed: int
    generation: int

    def __call__(self, number: int) -> Particle:
        with luck.seeded(self.seed, self.generation, number):
            return self.simulate()


class InOrder(Sampler):  # type: ignore[misc]
    """Accepts the first n acceptable candidates in the order of their numbers: workers change only the time taken."""

    def __init__(self, seed: int, workers: int | None, watch: Watch, failures: Failures) -> None:
        super().__init__()
        self._seed, self._workers, self._watch, self._failures = seed, workers, watch, failures

    def sample_until_n_accepted(
        self,
        n: int,
        simulate_one: Callable[[], Particle],
        t: int,
        *,
        max_eval: float = math.inf,
        all_accepted: bool = False,
        ana_vars: Any = None,
    ) -> Sample:
        """A sample with n accepted candidates; not `ok` if fewer were found among `max_eval`.

        The last two arguments belong to pyABC's interface and are not used.
        """
        sample, tried, accepted = self._create_empty_sample(), 0, 0
        failed: list[Failure] = []
        for particle in self._candidates(simulate_one, t, n, max_eval):
            failed += failure_of(particle.sum_stat, t, tried)
            sample.append(particle)
            tried += 1
            accepted += int(particle.accepted)
            self._watch(t, accepted, tried)
            if accepted == n:
                break
        self._failures.keep(t, failed)
        self.nr_evaluations_ = tried
        sample.ok = accepted == n
        return sample

    def _candidates(self, simulate_one: Callable[[], Particle], t: int, n: int, most: float) -> Iterator[Particle]:
        """Candidates 0, 1, ... in batches whose size follows from the acceptance rate so far."""
        act, first, accepted = _Candidate(simulate_one, self._seed, t), 0, 0
        while first < most:
            rate = (accepted + 1) / (first + 1)
            size = int(min(math.ceil((n - accepted) / rate), LARGEST_BATCH, most - first))
            for particle in spread(act, range(first, first + size), self._workers):
                accepted += int(particle.accepted)
                yield particle
            first += size
