"""Elements of a large XML file, one at a time: no entities are expanded, nothing else is opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final
from xml.etree.ElementTree import Element, ParseError  # types; defusedxml reads

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from smo_kit.comments.transfer.foreign import BadFile, opened

_CONTROL: Final = bytes(set(range(32)) - {9, 10, 13})
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")


class _Clean:
    """A file without the control characters that XML forbids and exports are full of, line by line as it was."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._start = raw.read(2)
        self._drop = b"" if self._start in _WIDE else _CONTROL

    def read(self, size: int = -1) -> bytes:
        start, self._start = self._start, b""
        data = start + self._raw.read(size)
        return data.translate(None, self._drop) or (self.read(size) if data else b"")


def elements(file: Path, *names: str) -> Iterator[Element]:
    """Yield the elements of these local names as each ends. Raises BadFile, which names the line; OSError."""
    with opened(file) as raw:
        above: list[Element] = []
        wanted = 0
        try:
            for event, element in iterparse(_Clean(raw), events=("start", "end"), forbid_dtd=True):
                step = 1 if event == "start" else -1
                wanted += step if local(element) in names else 0
                if step > 0:
                    above.append(element)
                    continue
                above.pop()
                if wanted:
                    continue
                if local(element) in names:
                    yield element
                if above:
                    above[-1].remove(element)
        except BadFile:
            raise
        except ParseError as error:
            line, column = error.position
            raise BadFile(f"line {line}, column {column}: this is no right XML ({error.msg}).") from error
        except DefusedXmlException as error:
            raise BadFile("It declares a document type or entities, which no export does and could do harm.") from error
        except (UnicodeError, LookupError, ValueError) as error:
            raise BadFile(f"Its letters can't be read: {error}. Save it in UTF-8.") from error


def local(element: Element) -> str:
    """Return an element's name without its namespace: exports differ in the addresses of these."""
    return str(element.tag).rpartition("}")[2]


def child(element: Element, name: str) -> Element | None:
    """Return the first child of a local name."""
    return next((one for one in element if local(one) == name), None)


def text_of(element: Element | None, name: str) -> str:
    """Return what stands in a child, "" if there is none."""
    found = child(element, name) if element is not None else None
    return (found.text or "").strip() if found is not None else ""


def attribute(element: Element | None, name: str) -> str:
    """Return an attribute by its local name."""
    attributes = element.attrib if element is not None else {}
    return next((value for key, value in attributes.items() if key.rpartition("}")[2] == name), "")
