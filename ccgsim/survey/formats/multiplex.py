"""Multiplex lists of ties: layer, from, to, weight, four numbers a line; names of layers in a file beside it."""

from __future__ import annotations

from pathlib import Path

from ccgsim.foundation.files.reading import Unreadable, bytes_of
from ccgsim.survey.formats.tokens import lines_of, tokens
from ccgsim.survey.reading.raw import Context, Raw, Said, is_whole

_MOST_LAYERS = 50
_MOST_NAMES = 100_000  # bytes of a file of names


def is_multiplex(text: str, ending: str) -> bool:
    """Whether every line is four numbers, of which the first are few: layers."""
    layers, lines = set(), 0
    for _, line in lines_of(text, "#"):
        words = line.split()
        if len(words) != 4 or not all(is_whole(word) for word in words[:3]):
            return False
        layers.add(words[0])
        lines += 1
    return 0 < len(layers) <= (_MOST_LAYERS if ending in (".edges", ".multiplex") else max(1, lines // 10))


def multiplex(text: str, context: Context) -> Raw:
    """The ties of every layer, a relation each."""
    raw = Raw("a multiplex list of ties: layer, from, to, weight")
    names = _layers(Path(context.file), raw)
    for line_number, line in lines_of(text, "#"):
        layer, one, other, weight = (token.text for token in tokens(line, line_number))
        place = f"line {line_number}"
        ends = (raw.add(context, one, place), raw.add(context, other, place))
        raw.said.append(Said(*ends, weight, place, names.get(layer, layer)))
    nodes = _beside(Path(context.file), "nodes")
    if nodes is not None:
        raw.notes.append(f"{nodes.name} stands beside the file; --people {nodes.name} reads the people from it")
    return raw


def _beside(path: Path, what: str) -> Path | None:
    """A file beside this one that belongs to it: NAME_layers.txt for NAME.edges."""
    names = (f"{path.stem}_{what}{ending}" for ending in (".txt", ".csv"))
    return next((path.with_name(name) for name in names if path.with_name(name).is_file()), None)


def _layers(path: Path, raw: Raw) -> dict[str, str]:
    """Names of layers by number."""
    found = _beside(path, "layers")
    if found is None:
        return {}
    try:
        text = bytes_of(found, _MOST_NAMES).decode("utf-8-sig", "replace")
    except Unreadable:
        return {}
    raw.notes.append(f"names of layers are read from {found.name} beside the file")
    rows = [[token.text for token in tokens(line, number)] for number, line in lines_of(text, "#")]
    return {row[0]: " ".join(row[1:]) for row in rows if len(row) > 1 and is_whole(row[0])}
