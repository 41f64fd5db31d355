"""Text that goes out to others: no control characters, cut where a reader would not notice."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from html import unescape
from itertools import accumulate
from typing import Final

import regex
from django.core.exceptions import SuspiciousOperation
from django.utils.html import strip_tags

ELLIPSIS: Final = "…"

_CONTROL: Final = regex.compile(r"[\p{Cc}\p{Cs}--[\n\t]]", regex.V1)
# Marks that turn the direction of what stands after them: a title must not turn the page around it (UAX #9).
_TURNING: Final = regex.compile("[\u202a-\u202e\u2066-\u2069]")
_TAG: Final = regex.compile("<[^<>]*>")
_CLUSTER: Final = regex.compile(r"\X")


def clean(text: object) -> str:
    """Return the text in NFC without control characters, lone surrogates and turning marks; None becomes ""."""
    whole = "" if text is None else str(text)
    return unicodedata.normalize("NFC", _TURNING.sub("", _CONTROL.sub("", whole)))


def one_line(text: object) -> str:
    """Return the text cleaned, in one line, with single spaces."""
    return " ".join(clean(text).split())


def initial_of(name: str) -> str:
    """Return the first letter of a name, as a capital; "·" if it has none."""
    return next((letter for letter in unicodedata.normalize("NFC", name) if letter.isalnum()), "·").upper()


def plain(html: object) -> str:
    """Return what a person reads in a piece of HTML, in one line."""
    text = clean(html)
    try:
        bare = strip_tags(text)
    except (AssertionError, SuspiciousOperation):  # markup that the parser gives up on
        bare = _TAG.sub(" ", text)
    return one_line(unescape(bare))


def graphemes(text: str) -> list[str]:
    """Return the text in what a reader takes for letters (UAX #29)."""
    return list(_CLUSTER.findall(text))


def cut(text: str, length: int, *, room: int | None = None) -> str:
    """Return at most ``length`` graphemes of the text; what is cut ends in "…".

    The cut is at the end of a word if that keeps at least two thirds of the room, else at a grapheme. ``room`` is what
    fits in code points (a column's width): a letter may wear a tower of accents.
    """
    if len(text) <= min(length, room or length):
        return text
    letters = graphemes(text if room is None else text[: room + 1])
    if len(letters) <= length and (room is None or len(text) <= room):
        return text
    kept = length - len(ELLIPSIS)
    if room is not None:
        kept = min(kept, bisect_right(list(accumulate(map(len, letters))), room - len(ELLIPSIS)))
    head = "".join(letters[: max(kept, 0)])
    if not letters[kept].isspace():
        words, _, rest = head.rpartition(" ")
        if words and len(rest) <= len(head) / 3:
            head = words
    return head.rstrip(" ,;:.–—-") + ELLIPSIS
