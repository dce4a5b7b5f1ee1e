"""From what a file says to a checked network: people, ties, and what is not known; every fault at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import islice
from operator import attrgetter

import numpy as np

from ccgsim.foundation.files.lists import MOST_TOLD
from ccgsim.foundation.inputs.texts import visible
from ccgsim.foundation.kinds import HOLDER, TABLE
from ccgsim.foundation.problems import Problem, Problems, gathering, nearest, shown
from ccgsim.foundation.vocabulary import KINDS, NO_ROLE
from ccgsim.survey.choices import Asked, Taken, one_of, take, threshold
from ccgsim.survey.doubts import doubts
from ccgsim.survey.kinds import Meanings, default_kind, meanings
from ccgsim.survey.network import Chosen, Network, People
from ccgsim.survey.people import Listed, alone, listed_people, words_that_mean_nothing
from ccgsim.survey.reading.columns import plain
from ccgsim.survey.reading.marks import unmet
from ccgsim.survey.reading.raw import Context, PeopleTable, Raw, listed
from ccgsim.survey.sheets import KINDS as OFFERED


@dataclass(slots=True)
class Draft:
    """The network while it is made: the rows of people that are in it, and all that is to be said."""

    raw: Raw
    people: Listed
    taken: Taken
    rows: list[int]
    notes: list[str]
    faults: list[Problem]
    strange: tuple[str, ...] = ()  # words for roles that mean none


def network(raw: Raw, table: PeopleTable | None, asked: Asked, context: Context) -> Network:
    """The network that was asked for; raises Problems with every fault of ties, people and options."""
    faults: list[Problem] = list(raw.faults)
    means, kind, least = Meanings(), 0, None
    relation, relations, wave, waves, notes = "", [""], "", [""], list(raw.notes)
    with gathering(faults):
        means = meanings(asked.kinds)
    with gathering(faults):
        kind = default_kind(asked.kind, means)
    with gathering(faults):
        least = threshold(asked.at_least, context.words)
    with gathering(faults):
        relation, relations, said = one_of(raw.said, attrgetter("relation"), "relation", asked.relation)
        notes += [said] if said else []
    with gathering(faults):
        here = [each for each in raw.said if each.relation == relation]
        wave, waves, said = one_of(here, attrgetter("wave"), "wave", asked.wave)
        notes += [said] if said else []
    taken = take(raw, relation, wave, asked, context)
    notes += unmet(asked.no_answer, raw, context)
    people = listed_people(table, raw) if table is not None else alone(raw)
    draft = Draft(raw, people, taken, [], notes + taken.notes, [*faults, *taken.faults])
    _choose_people(draft, table, wave, len(waves) > 1)
    chosen = Chosen(
        form=visible(raw.form),
        relation=visible(relation),
        relations=tuple(map(visible, relations)) if any(relations) else (),
        wave=visible(wave),
        waves=tuple(map(visible, waves)) if any(waves) else (),
        at_least=least,
        columns={what: visible(name) for what, name in raw.columns.items()},
        people_columns={what: visible(name) for what, name in people.columns.items()},
        words={visible(word): value for word, value in taken.words.items()},
    )
    return _assembled(draft, chosen, (means, kind), asked, context)


def _choose_people(draft: Draft, table: PeopleTable | None, wave: str, several: bool) -> None:
    """Who is in the network: all of the table who were there in the wave; without a table all who are named."""
    people, taken = draft.people, draft.taken
    everybody = range(len(people.ids))
    if table is None:
        draft.rows = [row for row in everybody if not several or people.ids[row] in taken.ids]
        return
    named = {people.found[name] for name in taken.ids if name in people.found}
    there = {row for row in everybody if people.present(wave, row)}
    if absent := sorted(named - there):
        told = listed([people.ids[row] for row in absent])
        draft.notes.append(f"not there in wave {wave} by the table of people, and yet in its ties: {told}; kept")
    draft.rows = sorted(there | named)


def _assembled(draft: Draft, chosen: Chosen, kinds: tuple[Meanings, int], asked: Asked, context: Context) -> Network:
    place = {row: new for new, row in enumerate(draft.rows)}
    at = {name: place[row] for name, row in draft.people.found.items() if row in place}
    people = _people(draft, kinds, asked, at)
    faults = [*draft.faults, *draft.people.faults]
    if faults:
        named = [
            problem if problem.file or problem.key.startswith("--") else _in(context, problem) for problem in faults
        ]
        raise Problems(islice(dict.fromkeys(named), MOST_TOLD))
    seeker, adviser, frequency = _ties(draft.taken, at)
    opened = _open(draft, at, people, asked)
    chosen = replace(chosen, strange=tuple(map(visible, draft.strange)))
    found = Network(people, seeker, adviser, frequency, draft.raw.valued, *opened, chosen)
    warnings = (*draft.notes, *draft.people.notes, *_warnings(draft, found, context))
    return replace(found, warnings=tuple(visible(told) for told in dict.fromkeys(warnings)))


def _in(context: Context, problem: Problem) -> Problem:
    return Problem(context.file, problem.key, problem.value, problem.rule, problem.suggestion)


def _ties(taken: Taken, at: dict[str, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Ties as columns, sorted by seeker then adviser; two names of one person make one tie, the more frequent."""
    best: dict[tuple[int, int], float] = {}
    for (one, other), value in taken.ties.items():
        pair = (at[one], at[other])
        if pair[0] != pair[1]:
            best[pair] = max(value, best.get(pair, 0.0))
    pairs = sorted(best)
    ends = np.array(pairs, np.int64).reshape(-1, 2)
    return ends[:, 0], ends[:, 1], np.array([best[pair] for pair in pairs], float)


def _people(draft: Draft, kinds: tuple[Meanings, int], asked: Asked, at: dict[str, int]) -> People:
    listed_, rows = draft.people, draft.rows
    board = np.array([listed_.flag("board", row) is not False for row in rows], bool)
    if "board" in listed_.cells:
        board = np.array([listed_.flag("board", row) is True for row in rows], bool)
    roles = _roles(draft, kinds[0])
    numbers, written = _kinds(draft, kinds, roles)
    was_asked, answered = _answers(draft, board, at)
    if asked.missing == "none":
        answered = was_asked.copy()
    return People(
        ids=tuple(listed_.ids[row] for row in rows),
        names=tuple(listed_.cell("name", row) or listed_.ids[row] for row in rows),
        kinds=numbers,
        written=written,
        roles=roles,
        organisations=tuple(listed_.cell("organisation", row) for row in rows),
        localities=tuple(listed_.cell("locality", row) for row in rows),
        board=board,
        asked=was_asked,
        answered=answered & was_asked,
    )


def _roles(draft: Draft, means: Meanings) -> np.ndarray:
    strange: dict[str, list[str]] = defaultdict(list)
    found = []
    for row in draft.rows:
        word = draft.people.cell("role", row)
        role = means.role(word) if word else NO_ROLE
        if role is None:
            strange[word].append(draft.people.ids[row])
        found.append(NO_ROLE if role is None else role)
    draft.strange = tuple(strange)
    if strange:
        told = words_that_mean_nothing(strange)
        draft.notes.append(f"roles that are none of the model's count as no role: {told}; --kinds maps them")
    return np.array(found, np.int64)


def _kinds(draft: Draft, kinds: tuple[Meanings, int], roles: np.ndarray) -> tuple[np.ndarray, tuple[str, ...]]:
    """Numbers of kinds, and kinds as written. Where none is written it follows from the role, else from --kind."""
    means, default = kinds
    strange: dict[str, list[str]] = defaultdict(list)
    numbers, written, assumed = [], [], 0
    _drop_other_kinds(draft, means)
    for row, role in zip(draft.rows, roles.tolist(), strict=True):
        word = draft.people.cell("kind", row)
        kind = means.kind(word) if word else HOLDER.get(role, default)
        if kind is None:
            strange[word].append(draft.people.places[row])
        assumed += not word
        numbers.append(default if kind is None else kind)
        written.append(draft.people.cell("written", row) or word or KINDS[numbers[-1]])
    for word, places in strange.items():
        where = f"{listed(places)}, {draft.people.columns.get('kind', 'kind')}"
        rule = f"is no kind that is known: {', '.join(OFFERED)}; --kinds FILE says which of them it is"
        near = nearest(word, OFFERED) or nearest(word, list(means.kinds))
        draft.faults.append(Problem(draft.people.file, where, shown(word), rule, near))
    if assumed:
        who = "everybody" if assumed == len(draft.rows) else f"{assumed} people"
        taken = f"{TABLE[KINDS[default]].called[-1]} (--kind names another)"
        draft.notes.append(f"no kind is said for {who}: it follows from the role where one is said, else {taken}")
    return np.array(numbers, np.int64), tuple(written)


def _drop_other_kinds(draft: Draft, means: Meanings) -> None:
    """A column such as 'group' or 'type' may be something else: it is not used if none of its words means a kind."""
    name, cells = draft.people.columns.get("kind", ""), draft.people.cells.get("kind", [])
    words = sorted({cell for cell in cells if cell})
    if words and plain(name) not in ("kind", "kinds") and not any(means.kind(word) is not None for word in words):
        del draft.people.cells["kind"], draft.people.columns["kind"]
        draft.notes.append(f"the column {name} holds no word for a kind and is not used: {listed(words)}")


def _answers(draft: Draft, board: np.ndarray, at: dict[str, int]) -> tuple[np.ndarray, np.ndarray]:
    """Who was asked, and who answered: by the column 'answered', by rows of a matrix or a survey, else all."""
    people, raw = draft.people, draft.raw
    said = [people.flag("answered", row) for row in draft.rows]
    told = [value for value in said if value is not None]
    seeks = {at[one] for one, _ in draft.taken.ties if one in at}
    has_row = None if raw.answered is None else {at[name] for name in raw.answered if name in at}
    asked, answered, guessed = board.copy(), np.ones(len(board), bool), []
    wide = "respondent" in raw.columns
    for row, value in enumerate(said):
        if value is not None:
            asked[row], answered[row] = True, value
        elif has_row is not None:
            answered[row] = row in has_row
            asked[row] = board[row] or (wide and row in has_row)
        elif True in told and board[row]:
            answered[row] = row in seeks
            guessed += [row] if row not in seeks else []
    if guessed:
        names = listed([people.ids[draft.rows[row]] for row in guessed])
        draft.notes.append(f"on the board, and 'answered' is empty: {names}; counted as not answered")
    return asked, answered


def _open(draft: Draft, at: dict[str, int], people: People, asked: Asked) -> tuple[np.ndarray, np.ndarray]:
    """Single pairs whose answer is missing, of people who were asked and answered the rest."""
    if asked.missing == "none":
        return np.empty(0, np.int64), np.empty(0, np.int64)
    known = {(at[one], at[other]) for one, other in draft.taken.ties}
    pairs, places = [], []
    for (one, other), place in draft.taken.open.items():
        pair = (at[one], at[other])
        if pair not in known and people.asked[pair[0]] and people.answered[pair[0]]:
            pairs.append(pair)
            places.append(place)
    if places:
        draft.notes.append(f"single answers that are missing ({len(places)}), unknown and not absent: {listed(places)}")
    ends = np.array(sorted(set(pairs)), np.int64).reshape(-1, 2)
    return ends[:, 0], ends[:, 1]


def _warnings(draft: Draft, found: Network, context: Context) -> list[str]:
    people, told = found.people, []
    silent = [people.ids[row] for row in np.flatnonzero(found.silent)]
    if silent:
        on_board = bool(people.board[found.silent].all())
        whose = f"{int(people.board.sum())} board members" if on_board else f"{int(people.asked.sum())} people asked"
        told.append(f"no answer from {len(silent)} of {whose}, whose ties are unknown and not absent: {listed(silent)}")
    if draft.raw.unnamed:
        named = len([name for name in draft.raw.ids if name])
        told.append(f"n says {named + draft.raw.unnamed}, the ties name {named} people")
    if not draft.people.file:
        told.append(f"no table of people: all {len(people)} are taken as members of the board")
    elif "board" not in draft.people.cells:
        told.append(f"the table of people has no column 'board': all {len(people)} are taken as members of the board")
    if len(people) and not people.board.any():
        told.append("by the table of people nobody is on the board: no figure of a board can be given")
    if not len(found.seeker):
        told.append("there is no tie: this can be described, a simulation cannot start from it")
    return [*told, *doubts(found)]
