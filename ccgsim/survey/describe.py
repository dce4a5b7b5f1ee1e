"""What a surveyed network is like: size, density with its bounds, components, degrees, betweenness, unknown ties."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

from ccgsim.foundation.vocabulary import KINDS, ROLES
from ccgsim.foundation.work.progress import Progress
from ccgsim.survey.draws import MOST_PEOPLE, ties_of
from ccgsim.survey.network import Flags, Network, Places
from ccgsim.survey.over_draws import between, drawn, first_three

THRESHOLDS = (1, 2, 3, 4)
MOST_MATRIX = 3_000  # people of whom pairs are looked at one by one
MOST_STEPS = 12  # most thresholds in the table of densities


@dataclass(frozen=True, slots=True)
class Degrees:
    """Advisers named (out) and seekers (in) of each person; `most`: with all unknown ties present; shape (people,)."""

    into: Places
    out: Places
    most_in: Places
    most_out: Places


def degrees(network: Network, among: Flags | None = None) -> Degrees:
    """Degrees to and from others, or those of `among`, by the ties that count."""
    n, counted = len(network.people), network.counted
    inside = np.ones(n, bool) if among is None else among
    seeker, adviser = network.seeker[counted], network.adviser[counted]
    out = np.bincount(seeker[inside[adviser]], minlength=n)
    into = np.bincount(adviser[inside[seeker]], minlength=n)
    return Degrees(into, out, into + network.unknown_in(among), out + network.unknown_out(among))


def components(network: Network) -> Places:
    """Sizes of the weak components, the largest first; a person without ties is one of her own."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    n, counted = len(network.people), network.counted
    if n == 0:
        return np.empty(0, np.int64)
    ends = (network.seeker[counted], network.adviser[counted])
    graph = coo_array((np.ones(len(ends[0])), ends), shape=(n, n))
    _, label = connected_components(graph, directed=True, connection="weak")
    return np.sort(np.bincount(label))[::-1].astype(np.int64)


def share(ties: float, pairs: float) -> float | None:
    """Ties over pairs, None where there is no pair."""
    return float(ties) / float(pairs) if pairs > 0 else None


def board_of(network: Network) -> dict[str, Any]:
    """Members, ties between them, density and its bounds: all unknown ties absent, all present."""
    board = network.people.board
    members, inside = int(board.sum()), degrees(network, board)
    ties, most = int(inside.out[board].sum()), int(inside.most_out[board].sum())
    pairs = members * (members - 1)
    return {
        "members": members,
        "answered": int((board & network.people.answered).sum()),
        "ties": ties,
        "density": share(ties, pairs),
        "low": share(ties, pairs),
        "high": share(most, pairs),
        "unknown": most - ties,
    }


def bounds(network: Network) -> dict[str, list[float] | None]:
    """Lowest and highest values of figures: all unknown ties absent or present, as makes them lowest or highest.

    `density_if_contacts_too` also takes as unknown whom those ask who were never asked. `reciprocity`: share of the
    ties on the board that are returned.
    """
    people, n = network.people, len(network.people)
    ties, unknown, pairs = int(network.counted.sum()), int(network.unknown_out().sum()), n * (n - 1)
    never = int((n - 1 - degrees(network).out[~people.asked]).sum())
    board = board_of(network)
    return {
        "density": _ends(share(ties, pairs), share(ties + unknown, pairs)),
        "density_if_contacts_too": _ends(share(ties, pairs), share(ties + unknown + never, pairs)),
        "board_density": _ends(board["low"], board["high"]),
        "reciprocity": _reciprocity(network),
    }


def _ends(low: float | None, high: float | None) -> list[float] | None:
    return None if low is None or high is None else [low, high]


def _reciprocity(network: Network) -> list[float] | None:
    """Bounds of the share of ties on the board that are returned: unknown ones spoil pairs, or complete them."""
    n, board = len(network.people), network.people.board
    if n > MOST_MATRIX:
        return None
    unknown = np.zeros((n, n), bool)
    unknown[network.unknown_pairs()] = True
    inside = np.triu(board[:, None] & board, 1)
    there, may = ties_of(network), ties_of(network) | unknown
    surely, perhaps = (there & there.T & inside).sum(), (may & may.T & inside).sum()
    either = ((may | may.T) & inside).sum()
    alone = ((there ^ there.T) & ~(may & may.T) & inside).sum()
    if not either:
        return None
    low = float(2 * surely / (surely + either))
    return [low, float(2 * perhaps / (2 * perhaps + alone)) if perhaps + alone else low]


def thresholds(network: Network) -> dict[str, int] | None:
    """Ties with a frequency of at least 1, 2, 3, 4, whatever was asked for; None where the file has no frequencies."""
    if not network.valued:
        return None
    return {str(least): int((network.frequency >= least).sum()) for least in THRESHOLDS}


def densities(network: Network) -> list[dict[str, Any]]:
    """Ties and densities if only ties from each frequency on counted, a row a frequency that occurs, with its word."""
    n, board = len(network.people), network.people.board
    steps = np.unique(network.frequency) if network.valued else np.ones(1)
    if len(steps) > MOST_STEPS:
        steps = np.unique(np.ceil(steps))[:MOST_STEPS]
    inside = board[network.seeker] & board[network.adviser]
    members = int(board.sum())
    words = {worth: word for word, worth in network.chosen.words.items()}
    rows = []
    for least in steps.tolist():
        kept = network.frequency >= least
        whole, on_board = share(kept.sum(), n * (n - 1)), share((kept & inside).sum(), members * (members - 1))
        rows.append(
            {
                "at_least": least,
                "word": words.get(least, ""),
                "ties": int(kept.sum()),
                "density": whole,
                "board": on_board,
            }
        )
    return rows


def people_rows(
    network: Network, over: dict[str, Any] | None = None, progress: Progress | None = None
) -> list[dict[str, Any]]:
    """A row a person, with the bounds of degrees; `over`: what draws of the unknown ties give, from `drawn`.

    `outside_reach`: advisers outside the board; `alone`: those of them whom no other member is known to have. `top3`:
    the chance of being among the three highest in betweenness, None where ties are unknown and nothing was drawn.
    """
    people, found, counted = network.people, degrees(network), network.counted
    n, (reach, alone) = len(people), outside(network)
    central = between(network.seeker[counted], network.adviser[counted], n, progress)
    top = first_three(central)
    known = not (network.silent.any() or len(network.open_seeker))
    pairs = float((n - 1) * (n - 2))
    return [
        {
            "id": people.ids[row],
            "name": people.names[row],
            "kind": KINDS[people.kinds[row]],
            "kind_written": people.written[row],
            "role": ROLES[people.roles[row]],
            "board": bool(people.board[row]),
            "answered": bool(people.answered[row]) if people.asked[row] else None,
            "degree_in": int(found.into[row]),
            "degree_out": int(found.out[row]),
            "in_low": int(found.into[row]),
            "in_high": int(found.most_in[row]),
            "out_low": int(found.out[row]),
            "out_high": int(found.most_out[row]),
            "outside_reach": int(reach[row]) if people.board[row] else None,
            "alone": int(alone[row]) if people.board[row] else None,
            "betweenness": float(central[row]),
            "betweenness_raw": float(central[row]) * pairs,
            "top3": float(top[row]) if known else None,
            **(over["people"][people.ids[row]] if over else {}),
        }
        for row in range(n)
    ]


def outside(network: Network) -> tuple[Places, Places]:
    """Known advisers outside the board of each person, and those whom no other board member has; shape (people,)."""
    n, board = len(network.people), network.people.board
    chosen = network.counted & board[network.seeker] & ~board[network.adviser]
    seeker, adviser = network.seeker[chosen], network.adviser[chosen]
    only = np.bincount(adviser, minlength=n)[adviser] == 1
    return np.bincount(seeker, minlength=n), np.bincount(seeker[only], minlength=n)


def describe(network: Network, draws: int = 0, progress: Progress | None = None) -> dict[str, Any]:
    """The description as a document: every count and density of the ties that count, bounds, people, warnings.

    `draws`: how often unknown ties are drawn for `over_draws` and for each person's intervals and `top3`; `progress` of
    betweenness, which takes seconds where there are thousands of people.
    """
    over = drawn(network, draws)
    people, chosen = network.people, network.chosen
    n, ties, sizes, found = len(people), int(network.counted.sum()), components(network), degrees(network)
    isolated = np.flatnonzero((found.into == 0) & (found.out == 0))
    asked = people.asked
    return {
        "nodes": n,
        "ties": ties,
        "density": share(ties, n * (n - 1)),
        "density_asked": share(found.out[asked].sum(), asked.sum() * (n - 1)),
        "board": board_of(network),
        "kinds": dict(sorted(Counter(people.written).items())),
        "kinds_mapped": dict(sorted(Counter(KINDS[kind] for kind in people.kinds).items())),
        "components": len(sizes),
        "largest_component": int(sizes[0]) if n else 0,
        "isolated": [people.ids[row] for row in isolated],
        "nonrespondents": [people.ids[row] for row in np.flatnonzero(network.silent)],
        "unknown_pairs": int(network.unknown_out().sum()),
        "bounds": bounds(network),
        "over_draws": {"draws": over["draws"], **over["board"]} if over else None,
        "form": chosen.form,
        "columns": dict(chosen.columns),
        "people_columns": dict(chosen.people_columns),
        "words": dict(chosen.words),
        "relation": chosen.relation or None,
        "relations": list(chosen.relations),
        "wave": chosen.wave or None,
        "waves": list(chosen.waves),
        "at_least": chosen.at_least,
        "thresholds": thresholds(network),
        "densities": densities(network),
        "warnings": [*network.warnings, *_unheard(network)],
        "people": people_rows(network, over, progress),
    }


def _unheard(network: Network) -> list[str]:
    """What no figure can say, in words."""
    people, told = network.people, []
    if (~people.asked).any() and people.asked.any():
        number = int((~people.asked).sum())
        told.append(f"{number} people were not asked: whom they ask is unknown, and betweenness leaves it out")
    if network.silent.any() and (~people.board).any():
        told.append("contacts whom only people without an answer have are not in the file, nor in any figure")
    if network.silent.any() and len(people) > MOST_PEOPLE:
        told.append(f"unknown ties are drawn for up to {MOST_PEOPLE} people only; here there are bounds alone")
    return told
