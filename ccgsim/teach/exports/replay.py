"""A run as a single HTML file: its compressed frames and the player that shows them (see README.md)."""

from __future__ import annotations

import base64
import html
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.problems import refuse
from ccgsim.teach import config as configs
from ccgsim.teach.exports.cite import cite
from ccgsim.teach.exports.pack import Pack
from ccgsim.teach.exports.series import title_of
from ccgsim.teach.messages import Caption
from ccgsim.teach.worlds import frames, loop
from ccgsim.teach.worlds.frames import MISSING, Frame
from ccgsim.teach.worlds.run import LessonRun

STATIC = Path(__file__).parents[1] / "static"
MEASURES = ("participation", "manager_control", "efficacy", "coherence", "stability", "knowledge_mobility",
            "outside_reach", "ties_outside", "uncertainty")  # fmt: skip
SEATED = 128  # added to the role of those on the board


def replay_html(run: LessonRun, captions: Sequence[Caption]) -> bytes:
    """The replay file: data, player and title, no external files; raises Problems if the player is not built."""
    script, look = (_built(name) for name in ("replay.js", "replay.css"))
    title = html.escape(" and ".join(title_of(run, world) for world in range(len(run.lanes))))
    data = base64.b64encode(payload(run, captions)).decode("ascii")
    page = (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline'; "
        "style-src 'unsafe-inline'; img-src data: blob:\">"
        f'<style>{look}</style></head><body><div id="replay"></div>'
        f"<noscript><p>{title}: this replay needs JavaScript.</p></noscript>"
        f'<script id="replay-data" type="text/plain">{data}</script><script>{script}</script></body></html>\n'
    )
    return page.encode("utf-8")


def _built(name: str) -> str:
    place = STATIC / name
    if not place.is_file():
        raise refuse("export", "replay", f"the player {name} has not been built")
    return place.read_text(encoding="utf-8").replace("</script", "<\\/script")


def payload(run: LessonRun, captions: Sequence[Caption]) -> bytes:
    """Header and arrays, packed with zlib."""
    pack, worlds = Pack(), []
    for lane in run.lanes:
        seen = [frames.decode(lane.frame(month)) for month in range(run.month + 1)]
        told = [{"month": month, "text": text} for month, text in run.marks(lane.number)]
        arrays = {**_people_arrays(pack, seen), **_tie_arrays(pack, seen, _keys(seen))}
        series = lane.series[list(MEASURES)].to_numpy(float)
        arrays |= {"series": pack.put("f4", series), "loop": pack.put("f4", np.array(lane.loops))}
        people = _people(seen, lane.names)
        worlds.append({"title": title_of(run, lane.number), "marks": told, "people": people, "arrays": arrays})
    header = _header(run, captions) | {"worlds": worlds}
    return pack.closed(header)


def _header(run: LessonRun, captions: Sequence[Caption]) -> dict[str, Any]:
    return {
        "schema": 1,
        "title": " and ".join(title_of(run, world) for world in range(len(run.lanes))),
        "config": configs.plain(run.config),
        "months": run.month,
        "measures": list(MEASURES),
        "kinds": list(v.KINDS),
        "roles": list(v.ROLES),
        "loop": list(loop.ARROWS),
        "captions": [{"month": caption.month, "text": caption.text} for caption in captions],
        "link": configs.link(run.config),
        "cite": cite(),
    }


def _keys(seen: list[Frame]) -> np.ndarray:
    return np.unique(np.concatenate([frame.people["key"] for frame in seen]))


def _people(seen: list[Frame], names: dict[int, str]) -> list[dict[str, Any]]:
    """Everyone who ever existed, by key: name, kind, first locality."""
    found: dict[int, dict[str, Any]] = {}
    for frame in seen:
        people = frame.people
        for key, kind, locality in zip(people["key"], people["kind"], people["locality"], strict=True):
            number = None if locality == MISSING else int(locality)
            found.setdefault(
                int(key), {"key": int(key), "name": names[int(key)], "kind": int(kind), "locality": number}
            )
    return [found[key] for key in sorted(found)]


def _people_arrays(pack: Pack, seen: list[Frame]) -> dict[str, Any]:
    """Values of everyone by month, shape (months + 1, people), as differences from the row before."""
    keys = _keys(seen)
    size = len(seen), len(keys)
    rows = {name: np.full(size, MISSING, np.uint8) for name in ("participation", "efficacy")}
    rows |= {name: np.zeros(size, np.uint8) for name in ("role", "size")}
    spots = np.zeros((*size, 2), np.int32)
    largest = max(float(frame.people["betweenness"].max(initial=0.0)) for frame in seen) or 1.0
    for month, frame in enumerate(seen):
        at, people = np.searchsorted(keys, frame.people["key"]), frame.people
        for name in ("participation", "efficacy"):
            rows[name][month, at] = people[name]
        rows["role"][month, at] = people["role"] + SEATED * (people["flags"] & frames.BOARD)
        rows["size"][month, at] = np.round(people["betweenness"] / largest * frames.SCALE)
        spots[month] = spots[month - 1] if month else 0
        spots[month, at] = np.column_stack([people["x"], people["y"]])
    places, place = np.unique(spots.reshape(-1, 2), axis=0, return_inverse=True)
    kind = "u1" if len(places) <= 256 else "u2"
    arrays = {name: pack.put("u1", differences(values)) for name, values in rows.items()}
    arrays["place"] = pack.put(kind, differences(place.reshape(size).astype(kind)))
    return arrays | {"x": pack.put("i2", places[:, 0]), "y": pack.put("i2", places[:, 1])}


def differences(rows: np.ndarray) -> np.ndarray:
    """Each row less the one before, modulo the integer type: rows that hardly change compress well."""
    changed = rows.copy()
    changed[1:] = rows[1:] - rows[:-1]
    return changed


def _tie_arrays(pack: Pack, seen: list[Frame], keys: np.ndarray) -> dict[str, Any]:
    """Ties as spells: seeker, adviser, first and last month, mean strength."""
    spells = _spells(seen, keys)
    columns = (("seeker", "u2"), ("adviser", "u2"), ("first", "u2"), ("last", "u2"), ("strength", "u1"))
    return {name: pack.put(kind, spells[:, n]) for n, (name, kind) in enumerate(columns)}


def _spells(seen: list[Frame], keys: np.ndarray) -> np.ndarray:
    """Rows (seeker, adviser, first, last, mean strength), sorted by first month, then by the two people."""
    people = len(keys)
    tables = []
    for frame in seen:
        row = np.searchsorted(keys, frame.people["key"])
        code = row[frame.ties["seeker"]].astype(np.int64) * people + row[frame.ties["adviser"]]
        tables.append(np.column_stack([code, np.full(len(code), frame.month), frame.ties["strength"]]))
    held = np.concatenate(tables)
    held = held[np.lexsort((held[:, 1], held[:, 0]))]
    begins = np.ones(len(held), bool)
    begins[1:] = (np.diff(held[:, 0]) != 0) | (np.diff(held[:, 1]) != 1)
    starts = np.flatnonzero(begins)
    if len(starts) == 0:
        return np.zeros((0, 5), np.int64)
    ends = np.append(starts[1:], len(held)) - 1
    strength = np.round(np.add.reduceat(held[:, 2], starts) / (ends - starts + 1)).astype(np.int64)
    code = held[starts, 0]
    spells = np.column_stack([code // people, code % people, held[starts, 1], held[ends, 1], strength])
    return np.asarray(spells[np.lexsort((spells[:, 1], spells[:, 0], spells[:, 2]))])
