"""What a page tells of its reader: how long he read, what before, which offers he saw and which he followed.

Nothing in it is personal: it names pages, and no reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from smo_kit.best.told.offers import Offering, read_token
from smo_kit.core.subjects import ForgedKey, Key

MOST_SECONDS: Final = 600
"""Of reading, that count for a reader and a page a day; the script sends no more at once."""
MOST_PARTS: Final = 60
"""Offers and places that one page may tell of."""


class BadTale(ValueError):
    """No page of ours tells this."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a page tells. Keys are of subjects, without a language; ``page`` None: the page has none."""

    page: Key | None
    previous: Key | None
    """What was read before in the same tab; None also if it is not known here."""
    seconds: int
    """Of reading since the page last told, 0 to ``MOST_SECONDS``."""
    seen: tuple[Offering, ...]
    followed: tuple[tuple[Offering, int], ...]
    """Offers with the place that was followed; each of them is in ``seen`` too."""


def read_told(data: QueryDict) -> Told:
    """Return what a page's form tells: ``o`` its signed key, ``s`` seconds, ``p`` the key of the page before, ``f``.

    ``f`` is a list with commas: the token of each offer, after it the places that were followed. Where an offer stood
    its own token says: a page may show what belongs to another. Raises BadTale, and ForgedKey for a key or an offer
    that this site has not printed.
    """
    token = data.get("o", "")
    page = Key.unsign(token).speaking("") if token else None
    seen, followed = _offers(",".join(data.getlist("f")))
    if page is None and not seen:
        raise BadTale("It tells nothing.")
    return Told(page, _previous(data.get("p", "")), _number(data.get("s") or "0", MOST_SECONDS), seen, followed)


def _offers(text: str) -> tuple[tuple[Offering, ...], tuple[tuple[Offering, int], ...]]:
    parts: Sequence[str] = text.split(",") if text else ()
    if len(parts) > MOST_PARTS:
        raise BadTale("So much stands on no page.")
    seen: dict[str, Offering] = {}
    followed: dict[tuple[Offering, int], None] = {}
    token = ""
    for part in parts:
        if not part.isdigit():
            token = part
            seen[token] = seen.get(token) or read_token(token)
        elif token:
            followed[seen[token], _number(part, len(seen[token].keys) - 1)] = None
        else:
            raise BadTale("A place of no offer.")
    return tuple(seen.values()), tuple(followed)


def _previous(token: str) -> Key | None:
    try:
        return Key.unsign(token).speaking("")
    except ForgedKey:  # nothing was read before, or by an old key of the site
        return None


def _number(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST_SECONDS)) and int(text) <= most):
        raise BadTale(f"{text[:20]!r} is no number from 0 to {most}.")
    return int(text)
