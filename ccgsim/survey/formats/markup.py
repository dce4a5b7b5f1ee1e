"""XML read with care: no entities, no files from outside; a light tree that knows its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from ccgsim.survey.reading.raw import Context

_DOCTYPE = re.compile(r"<!DOCTYPE\s+[\w:]+(\s+(SYSTEM|PUBLIC)(\s+\"[^\"]*\"|\s+'[^']*')+)?\s*>")
_DEEPEST = 200  # elements within elements


@dataclass(slots=True)
class Element:
    """An element: its name without a namespace, its attributes, what it holds, its line."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def all(self, *tags: str) -> Iterator[Element]:
        """The children of these names."""
        return (child for child in self.children if child.tag in tags)

    def within(self, *tags: str) -> Iterator[Element]:
        """Every element of these names below this one, in the order of the file."""
        for child in self.children:
            if child.tag in tags:
                yield child
            yield from child.within(*tags)

    def get(self, name: str, default: str = "") -> str:
        """An attribute, or the default."""
        return self.attributes.get(name, default)

    @property
    def place(self) -> str:
        """Where the element begins."""
        return f"line {self.line}"


class _Builder(ContentHandler):
    """Builds the tree."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.root: Element | None = None
        self._open: list[Element] = []
        self._where: Any = None

    def setDocumentLocator(self, locator: Any) -> None:
        """Keep the parser's place."""
        self._where = locator

    def startElement(self, name: str, attrs: Any) -> None:
        """Open an element."""
        own = {key.rpartition(":")[2]: attrs[key] for key in attrs.getNames()}
        found = Element(name.rpartition(":")[2], own, self._where.getLineNumber() or 1)
        if len(self._open) > _DEEPEST:
            raise self.context.refuse(f"has elements nested more than {_DEEPEST} deep", found.place)
        if self._open:
            self._open[-1].children.append(found)
        else:
            self.root = found
        self._open.append(found)

    def endElement(self, name: str) -> None:
        """Close it."""
        self._open.pop()

    def characters(self, content: str) -> None:
        """Add text to the element that is open."""
        if self._open:
            self._open[-1].text += content


def tree(text: str, context: Context) -> Element:
    """The root of an XML text; raises Problems for entities, files from outside and what is no XML."""
    from defusedxml import DefusedXmlException
    from defusedxml.sax import parseString

    builder = _Builder(context)
    try:
        parseString(_undeclared(text).encode("utf-8"), builder, forbid_dtd=False)
    except DefusedXmlException:
        rule = "declares entities or names a file from outside, which is refused; save it without a document type"
        raise context.refuse(rule, f"line {_line_of(text)}") from None
    except SAXParseException as error:
        rule = f"is not valid XML: {error.getMessage()}"
        raise context.refuse(rule, f"line {error.getLineNumber() or 1}") from None
    except (ValueError, UnicodeError) as error:
        if hasattr(error, "problems"):
            raise
        raise context.refuse(f"is not valid XML: {error}") from None
    if builder.root is None:
        raise context.refuse("is XML without any element")
    return builder.root


def _undeclared(text: str) -> str:
    """The text without an XML declaration, whose encoding no longer holds, and without the name of a document type
    that declares nothing here; its lines stay."""
    start = _DOCTYPE.sub(lambda found: "\n" * found[0].count("\n"), text.lstrip("\ufeff \t\r\n"), count=1)
    if start.startswith("<?xml") and "?>" in start:
        declared, rest = start.split("?>", 1)
        return "\n" * declared.count("\n") + rest
    return start


def _line_of(text: str) -> int:
    place = text.find("<!DOCTYPE")
    return 1 + text.count("\n", 0, max(place, 0))
