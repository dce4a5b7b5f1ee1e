"""What happens to a world at a date: parameters set, brokers leaving, announcements, abolition, levers (section 6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.kinds import HOLDER
from ccgsim.foundation.problems import refuse
from ccgsim.measures.betweenness import most_central_board_member
from ccgsim.processes import insecurity
from ccgsim.scenario.events import Event
from ccgsim.world import reorganisation, seats
from ccgsim.world.build import EACH_CCG
from ccgsim.world.localities import form_localities
from ccgsim.world.projects import begin_project, withdraw_funding
from ccgsim.world.state import World

PAIRED_STRENGTH = 0.5  # E14: a GP and a manager who are paired keep in touch


def happen(world: World, event: Event) -> None:
    """Let one event happen to a world, before the processes of its month."""
    _ACTS[event.act](world, event.value)


def set_parameters(world: World, values: Mapping[str, Any]) -> None:
    """Set parameters by dotted name; those that are states of CCGs change in every CCG."""
    for name, value in values.items():
        section, key = name.split(".")
        if name in EACH_CCG:
            world.ccgs[EACH_CCG[name]] = value
        else:
            world.rules[section][key] = value


def broker_leaves(world: World, times: int) -> None:
    """The then most central board member of every CCG leaves, so many times over."""
    for _ in range(times):
        keys = np.array([most_central_board_member(world, ccg) for ccg in range(len(world.ccgs))])
        seats.vacate(world, world.actors.seat[world.rows_of(keys[keys >= 0])])


def abolish_pct(world: World, _: object = True) -> None:
    """PCTs close; staff who stay work for the CCG (E14)."""
    insecurity.abolish_pct(world.nation, world.actors, world.rules)


def announce(world: World, size: float) -> None:
    """An announcement unsettles policy by this much."""
    world.nation.announced += size


def statutory_seats(world: World) -> None:
    """Governing bodies must have a nurse, a secondary-care doctor and a lay member (E54): add those missing."""
    for ccg in range(len(world.ccgs)):
        for role in (v.NURSE_SEAT, v.SECONDARY_CARE_DOCTOR, v.LAY_MEMBER):
            if not ((world.seats.ccg == ccg) & (world.seats.role == role)).any():
                seats.add_seat(world, ccg, role, HOLDER[role])


def _add_seats(role: int, kind: int) -> Callable[[World, Mapping[str, Any]], None]:
    def act(world: World, lever: Mapping[str, Any]) -> None:
        for ccg in range(len(world.ccgs)):
            for _ in range(int(lever.get("count", 1))):
                seats.add_seat(world, ccg, role, kind)
        seats.fill(world)

    return act


def add_seat(world: World, seat: Mapping[str, Any]) -> None:
    """A seat more on every board."""
    _add_seats(v.ROLES.index(seat["role"]), v.KINDS.index(seat["kind"]))(world, {})


def remove_seat(world: World, seat: Mapping[str, Any]) -> None:
    """The youngest seat of that role and kind is abolished on every board."""
    role, kind = v.ROLES.index(seat["role"]), v.KINDS.index(seat["kind"])
    for ccg in range(len(world.ccgs)):
        found = np.flatnonzero((world.seats.ccg == ccg) & (world.seats.role == role) & (world.seats.kind == kind))
        if len(found):
            seats.remove_seats(world, found[-1:])


def add_tie(world: World, tie: Mapping[str, int]) -> None:
    """Someone takes up someone's advice; Problems where nobody has the key."""
    for end in ("source", "target"):
        if tie[end] not in world.actors.key:
            raise refuse(f"events.add_tie.{end}", tie[end], "nobody in this world has the key")
    ends = np.array([tie["source"]]), np.array([tie["target"]])
    seats.add_ties(world, *ends, float(world.rules[0].ties.start_strength))


def remove_tie(world: World, tie: Mapping[str, int]) -> None:
    """Someone stops taking someone's advice."""
    gone = (world.ties.source_key == tie["source"]) & (world.ties.target_key == tie["target"])
    world.ties = world.ties.picked(~gone)
    world.index()


def lower_participation(world: World, cut: Mapping[str, Any]) -> None:
    """The most capable quarter of GPs give less of their time, once."""
    gps = np.flatnonzero((world.actors.kind == v.GP) & (world.actors.active == 1))
    for ccg in range(len(world.ccgs)):
        here = gps[world.actors.ccg[gps] == ccg]
        able = here[world.actors.capability[here] >= np.quantile(world.actors.capability[here], 0.75)]
        world.actors.participation[able] = np.clip(world.actors.participation[able] - cut["by"], 0.0, 1.0)


# Levers: each takes the world and its declared fields.
def coaching(world: World, lever: Mapping[str, Any]) -> None:
    """The board members of widest reach are trained as brokers (E36)."""
    for members in _boards(world):
        best = members[np.argsort(-world.actors.brokerage[members], kind="stable")][: int(lever["count"])]
        world.actors.brokerage[best] *= 1.0 + lever["value"]


def second_broker(world: World, lever: Mapping[str, Any]) -> None:
    """Another member takes up part of the outside advisers of the member who has most, and of her reach (E36)."""
    shared = [_built_up(world, members, lever["share"]) for members in _boards(world) if len(members) > 1]
    if shared:
        seconds, ties = (np.concatenate(part) for part in zip(*shared, strict=True))
        chosen = world.ties[ties]
        seats.add_ties(world, world.actors.key[seconds], chosen.target_key, chosen.strength)


def second_broker_for(world: World, key: int, share: float) -> None:
    """Another member takes up part of the outside advisers of the member with this key, and of her reach."""
    first = world.row_of(key)
    members = np.flatnonzero((world.actors.board == 1) & (world.actors.ccg == world.actors.ccg[first]))
    others = members[members != first]
    if len(others) and len(others) < len(members):
        second, ties = _share_out(world, first, others, share)
        chosen = world.ties[ties]
        seats.add_ties(world, world.actors.key[second], chosen.target_key, chosen.strength)


def _built_up(world: World, members: np.ndarray, share: float) -> tuple[np.ndarray, np.ndarray]:
    """Raise the reach of a board's second broker to that share of the reach of who holds most outside ties."""
    outside = (world.actors.board[world.ties.source] == 1) & (world.actors.board[world.ties.target] == 0)
    held = np.array([(outside & (world.ties.source == row)).sum() for row in members])
    order = np.argsort(-held, kind="stable")
    return _share_out(world, members[order[0]], members[order[1:]], share)


def _share_out(world: World, first: int, others: np.ndarray, share: float) -> tuple[np.ndarray, np.ndarray]:
    """Raise the reach of the best connected of the others to that share of the first one's.

    Gives the second's row, once for each of the first's outside ties that she takes up, and the rows of those ties.
    """
    outside = (world.actors.board[world.ties.source] == 1) & (world.actors.board[world.ties.target] == 0)
    second = others[np.argmax(world.actors.brokerage[others])]
    world.actors.brokerage[second] = max(world.actors.brokerage[second], share * world.actors.brokerage[first])
    chosen = np.flatnonzero(outside & (world.ties.source == first))
    chosen = chosen[: round(len(chosen) * share)]
    return np.full(len(chosen), second), chosen


def pairing(world: World, lever: Mapping[str, Any]) -> None:
    """Part of the board's GPs each get a PCT manager; the pair keeps in touch and the manager feels safer (E14)."""
    world.ties.held_at = 0.0
    world.actors.sheltered = 0.0
    pairs = [_paired(world, members, lever["value"]) for members in _boards(world)]
    if pairs:
        gps, staff = (np.concatenate(side) for side in zip(*pairs, strict=True))
        world.actors["sheltered"][staff] = 0.5
        hold_pairs(world, world.actors.key[gps], world.actors.key[staff])


def _paired(world: World, members: np.ndarray, part: float) -> tuple[np.ndarray, np.ndarray]:
    """Rows of the GPs of a board who are paired, and of their managers."""
    gps = members[world.actors.kind[members] == v.GP]
    gps = gps[: round(len(gps) * part)]
    here = world.ccgs[world.actors.ccg[members[0]]]
    staff = np.arange(here.first, here.last)
    free = (world.actors.kind[staff] == v.PCT_STAFF) & (world.actors.active[staff] == 1)
    staff = staff[free & (world.actors.board[staff] == 0)][: len(gps)]
    return gps[: len(staff)], staff


def hold_pairs(world: World, some: np.ndarray, others: np.ndarray) -> None:
    """Hold the ties of each pair, both ways, at no less than the strength of a pair."""
    ends = np.concatenate([some, others]), np.concatenate([others, some])
    seats.add_ties(world, *ends, PAIRED_STRENGTH)
    rows = seats.ties_between(world, *(world.rows_of(keys) for keys in ends))
    held = rows[rows >= 0]
    world.ties.held_at[held] = PAIRED_STRENGTH
    world.ties.strength[held] = np.maximum(world.ties.strength[held], PAIRED_STRENGTH)


def executive_support(world: World, _: Mapping[str, Any]) -> None:
    """A management team supports every board."""
    world.ccgs.executive_support = 1


def localities(world: World, lever: Mapping[str, Any]) -> None:
    """Practices are grouped into localities whose leads sit on the board (E44)."""
    form_localities(world, int(lever["count"]))


def opt_in(world: World, _: Mapping[str, Any]) -> None:
    """Practices may refuse projects again, and a later mandate starts anew (E31)."""
    world.ccgs.mandate, world.ccgs.mandated = 0.0, 0


def alliance(world: World, lever: Mapping[str, Any]) -> None:
    """Providers of a pathway are funded for some months to seek each other's advice (E32)."""
    pathway = v.PATHWAYS.index(lever["pathway"])
    of_pathway = (world.actors.kind == v.PROVIDER) & np.isin(world.actors.sector, v.PROVIDED_BY[pathway])
    world.actors.allied_until[of_pathway] = world.month + lever["months"]


def shortage(world: World, lever: Mapping[str, Any]) -> None:
    """Providers of a sector lose part of their capacity (E33)."""
    of_sector = world.actors.sector == v.SECTORS.index(lever["sector"])
    world.actors.capacity[of_sector] *= 1.0 - lever["value"]


def _boards(world: World) -> list[np.ndarray]:
    members = np.flatnonzero(world.actors.board == 1)
    return [members[world.actors.ccg[members] == ccg] for ccg in np.unique(world.actors.ccg[members])]


def pull_lever(world: World, lever: Mapping[str, Any]) -> None:
    """Pull the lever that `name` names."""
    _LEVERS[lever["name"]](world, lever)


_LEVERS: dict[str, Callable[[World, Mapping[str, Any]], None]] = {
    "coaching": coaching,
    "second_broker": second_broker,
    "pairing": pairing,
    "executive_support": executive_support,
    "provider_seat": _add_seats(v.SECONDARY_CARE_DOCTOR, HOLDER[v.SECONDARY_CARE_DOCTOR]),
    "nurse_seat": _add_seats(v.NURSE_SEAT, HOLDER[v.NURSE_SEAT]),
    "patient_seat": _add_seats(v.LAY_MEMBER, HOLDER[v.LAY_MEMBER]),
    "localities": localities,
    "opt_in": opt_in,
    "alliance": alliance,
    "shortage": shortage,
}
_ACTS: dict[str, Callable[[World, Any], None]] = {
    "set": set_parameters,
    "broker_exit": broker_leaves,
    "abolish_pct": abolish_pct,
    "announce": announce,
    "lever": pull_lever,
    "remove_tie": remove_tie,
    "add_tie": add_tie,
    "remove_seat": remove_seat,
    "add_seat": add_seat,
    "lower_participation": lower_participation,
    "begin_project": begin_project,
    "withdraw_funding": withdraw_funding,
    "cut_staff": reorganisation.announce_cut,
    "move_functions": reorganisation.move_functions,
    "cluster": reorganisation.cluster,
    "merge_boards": reorganisation.merge_boards,
}
