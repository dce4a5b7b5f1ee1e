"""Draws of the ties that a survey does not know: a small model of who asks whom, fitted to the answers there are.

For a seeker i and an adviser j, the log odds of a tie are

    b0 + b1 popularity of j + b2 popularity of i + b3 same kind + b4 same locality + b5 (j asks i) + activity of i

Ties to the board and ties to outside have coefficients of their own. Popularity is the logit of the share of those
who answered, i herself left out, who name j. Activity is normal around 0, spread as that of those who answered, and
a quarter wider for the silent, since who does not answer may differ. The posterior is that of the answers under the
weak priors below (normal approximation at its mode). A draw takes coefficients, then activities, then ties; where i
and j are both silent, in turns, as each may ask the other. Who was never asked is not drawn: the contacts' advice to
one another stays unknown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from ccgsim.foundation.chance import stream, uniforms
from ccgsim.survey.network import Flags, Network, Places

Real = NDArray[np.float64]
TIES, MODEL, SEEKERS = stream("unknown_ties"), stream("unknown_model"), stream("unknown_seekers")
# Priors (assumed): mean and spread of each coefficient; that of b0 is around the share of ties among the answers.
MEANS, SPREADS = np.array([0.0, 0.7, 0.3, 0.2, 0.3, 0.6]), np.array([1.0, 0.4, 0.4, 0.5, 0.5, 0.6])
ACTIVITY, ITS_WEIGHT = 0.8, 3.0  # spread of activity before any answer, and how many people's answers that is worth
SILENCE = 1.25  # how much wider the activity of the silent is spread: who does not answer may differ from who does
BORROWED = 2.0  # answers of the mean share that are added to everybody's popularity
STEPS, ROUNDS, SWEEPS = 8, 8, 4  # towards the mode, towards the spread of activity, over ties of two silent people
LONGEST = 2.0  # step towards the mode, in log odds
MOST_PEOPLE = 500
USUAL = 0.3  # share of ties where nobody answered


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known: ties that are there, pairs whose answer is there (both (people, people)), share on the board."""

    known: Flags
    heard: Flags
    middle: float


@dataclass(frozen=True, slots=True)
class Posterior:
    """Coefficients: mode and root of the covariance, (6,) and (6, 6). Activities of people: mode, how it moves with the
    coefficients, spread around that (0 for the silent), (people,), (people, 6), (people,). Their spread over people.
    """

    mode: Real
    root: Real
    activity: Real
    pull: Real
    wide: Real
    spread: float
    answers: int  # people who answered


@dataclass(frozen=True, slots=True)
class Layer:
    """The ties to the board, or to outside: posterior, unknown pairs (rows of those of a Model), what is known of
    each pair (pairs, 6).
    """

    number: int
    pairs: Places
    columns: Real
    posterior: Posterior

    def odds(self, seed: int, seeker: Places) -> tuple[Real, float]:
        """One draw of the log odds of each pair, and of the coefficient of answers that are drawn themselves."""
        of, number = self.posterior, self.number
        shift = (of.root * _normal(seed, MODEL, len(of.mode), number)).sum(axis=1)
        own = _normal(seed, SEEKERS, len(of.activity), number)
        degrees = of.answers + ITS_WEIGHT
        luck = uniforms(seed, MODEL, np.array([len(of.mode)]), number)
        spread = of.spread * np.sqrt(degrees / (2 * special.gammaincinv(degrees / 2, luck)))
        heard = of.activity - (of.pull * shift).sum(axis=1) + of.wide * own
        activity = np.where(of.wide > 0, heard, SILENCE * spread * own)
        coefficients = of.mode + shift
        return (self.columns * coefficients).sum(axis=1) + activity[seeker], float(coefficients[-1])


@dataclass(frozen=True, slots=True)
class Model:
    """The unknown pairs of a network, as seekers and advisers, and the layers from which they are drawn."""

    answers: Answers
    seeker: Places
    adviser: Places
    layers: tuple[Layer, ...]

    def draw(self, seed: int) -> Flags:
        """All ties of one draw, known ones among them, shape (people, people); the same seed, the same ties."""
        ties, unknown = self.answers.known.copy(), np.zeros_like(self.answers.known)
        unknown[self.seeker, self.adviser] = True
        for layer in self.layers:
            one, other = self.seeker[layer.pairs], self.adviser[layer.pairs]
            odds, coefficient = layer.odds(seed, one)
            both = unknown[other, one]
            for sweep in range(SWEEPS if both.any() else 1):
                luck = uniforms(seed, TIES, one, other, sweep)
                for turn in (one < other, one > other):
                    back = np.where(both, ties[other, one] - self.answers.middle, 0.0)
                    found = luck < special.expit(odds + coefficient * back)
                    ties[one[turn], other[turn]] = found[turn]
        return ties


def model_of(network: Network) -> Model | None:
    """The model of a network's unknown ties; None if there are none, or more than MOST_PEOPLE people.

    Draws are addressed by places: bring people into the order of their ids first (`network.in_order`).
    """
    people = network.people
    one, other = network.unknown_pairs()
    if not len(one) or len(people) > MOST_PEOPLE:
        return None
    answers = _answers(network)
    layers = []
    for number, to in enumerate((people.board, ~people.board)):
        pairs = np.flatnonzero(to[other])
        if len(pairs):
            layers.append(_layer(number, pairs, (one[pairs], other[pairs]), to, answers, network))
    return Model(answers, one, other, tuple(layers))


def ties_of(network: Network) -> Flags:
    """The known ties that count, shape (people, people)."""
    known = np.zeros((len(network.people), len(network.people)), bool)
    known[network.seeker[network.counted], network.adviser[network.counted]] = True
    return known


def heard_of(network: Network) -> Flags:
    """Pairs whose answer is there, a tie or none, shape (people, people)."""
    people = network.people
    heard = (people.asked & people.answered)[:, None] & ~np.eye(len(people), dtype=bool)
    heard[network.unknown_pairs()] = False
    return heard


def _answers(network: Network) -> Answers:
    people, known, heard = network.people, ties_of(network), heard_of(network)
    on_board = heard & people.board[:, None] & people.board
    return Answers(known, heard, _share(known, on_board))


def _share(known: Flags, among: Flags) -> float:
    """Share of ties among these pairs, not too near 0 or 1 for a logit."""
    return float(np.clip(known[among].mean(), 0.02, 0.98)) if among.any() else USUAL


def _layer(
    number: int, pairs: Places, ends: tuple[Places, Places], to: Flags, answers: Answers, network: Network
) -> Layer:
    """Fit the answers about advisers in `to`, for the unknown pairs with these ends."""
    seeker, adviser = np.nonzero(answers.heard & to)
    share = _share(answers.known, answers.heard & to)
    told = answers.known[seeker, adviser]
    posterior = _fit(_columns(seeker, adviser, share, answers, network), told, seeker, len(network.people), share)
    return Layer(number, pairs, _columns(*ends, share, answers, network), posterior)


def _columns(one: Places, other: Places, share: float, answers: Answers, network: Network) -> Real:
    """What the model knows of each pair, shape (pairs, 6)."""
    known, heard, people = answers.known, answers.heard, network.people
    places = np.array(people.localities)
    return np.column_stack(
        [
            np.ones(len(one)),
            _popularity(known, heard, other, share, heard[one, other], known[one, other]),
            _popularity(known, heard, one, answers.middle),
            (people.kinds[one] == people.kinds[other]) - 0.5,
            (places[one] == places[other]) & (places[one] != ""),
            np.where(heard[other, one], known[other, one] - answers.middle, 0.0),
        ]
    )


def _popularity(
    known: Flags, heard: Flags, who: Places, share: float, mine: Flags | int = 0, named: Flags | int = 0
) -> Real:
    """Logit of the share of the answers that name each of `who`, against the mean share; one's own is left out."""
    by, asked = (known & heard).sum(axis=0)[who] - (mine * named), heard.sum(axis=0)[who] - mine
    found: Real = special.logit((by + BORROWED * share) / (asked + BORROWED)) - special.logit(share)
    return found


def _fit(columns: Real, told: Flags, seeker: Places, people: int, share: float) -> Posterior:
    """The posterior of these answers, shape (pairs,), by Newton's method from the priors.

    Activities are eliminated from each step (Schur), and their spread is found by expectation and maximisation.
    """
    mean, narrow = MEANS.copy(), np.diag(1 / (SPREADS * SPREADS))
    mean[0] += special.logit(share)
    answering = np.bincount(seeker, minlength=people) > 0
    mode, activity, variance = mean.copy(), np.zeros(people), ACTIVITY * ACTIVITY
    for turn in range(1, ROUNDS * STEPS + 1):
        chance = special.expit((columns * mode).sum(axis=1) + activity[seeker])
        weight, left = chance * (1 - chance), told - chance
        each = np.bincount(seeker, weight, people) + 1 / variance
        shared = np.column_stack([np.bincount(seeker, weight * column, people) for column in columns.T])
        pull = shared / each[:, None]
        curved = np.einsum("pi,p,pj->ij", columns, weight, columns) - np.einsum("si,sj->ij", shared, pull)
        inverse = np.linalg.inv(curved + narrow)
        own = np.bincount(seeker, left, people) - activity / variance
        slope = (columns * left[:, None]).sum(axis=0) - (narrow * (mode - mean)).sum(axis=1)
        step = (inverse * (slope - (pull * own[:, None]).sum(axis=0))).sum(axis=1)
        mode = mode + np.clip(step, -LONGEST, LONGEST)
        activity = activity + np.clip((own - (shared * step).sum(axis=1)) / each, -LONGEST, LONGEST)
        if turn % STEPS == 0:
            doubt = (1 / each + np.einsum("si,ij,sj->s", pull, inverse, pull))[answering]
            told_of = (activity * activity)[answering].sum() + doubt.sum() + ITS_WEIGHT * ACTIVITY * ACTIVITY
            variance = float(told_of / (answering.sum() + ITS_WEIGHT))
    root, wide = np.linalg.cholesky(inverse).astype(float), np.where(answering, 1 / np.sqrt(each), 0.0)
    return Posterior(mode, root, activity, pull, wide, float(np.sqrt(variance)), int(answering.sum()))


def _normal(seed: int, stream_number: int, number: int, index: int) -> Real:
    """That many standard normal numbers, each at its place's address."""
    found: Real = special.ndtri(uniforms(seed, stream_number, np.arange(number), index))
    return found
