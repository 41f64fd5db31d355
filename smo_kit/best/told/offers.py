"""What a block has offered on a page, signed: the page's script sends it back when a reader has seen or followed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

from django.core.signing import BadSignature, Signer

from smo_kit.best.layouts import BLOCK_LENGTH
from smo_kit.core.subjects import ForgedKey, Key

_SALT: Final = "smo_kit.offer"
_BETWEEN: Final = "*"
"""``quote`` leaves none in what it quotes, and a form sends it as it is."""


class ForgedOffer(ForgedKey):
    """The string is no offer that this site has printed."""


@dataclass(frozen=True, slots=True)
class Offering:
    """The pages that a block offers, in order; ``page`` is where it stands, None: a page without a subject.

    Its keys are of subjects, without a language.
    """

    block: str
    page: Key | None
    keys: tuple[Key, ...]


def token_of(block: str, page: Key | None, keys: Sequence[Key]) -> str:
    """Return what a page prints of an offer: the same at every render, without a comma, safe in an attribute.

    Raises ValueError for a block of more than ``BLOCK_LENGTH`` letters.
    """
    if not 0 < len(block) <= BLOCK_LENGTH:
        raise ValueError(f"{block!r}: a block's name has at most {BLOCK_LENGTH} letters.")
    parts = (quote(block, safe=":"), _written(page) if page else "", *map(_written, keys))
    return Signer(salt=_SALT).sign(_BETWEEN.join(parts))


def read_token(token: str) -> Offering:
    """Return the offer of a printed string. Raises ForgedOffer."""
    try:
        block, page, *keys = Signer(salt=_SALT).unsign(token).split(_BETWEEN)
        return Offering(unquote(block), _read(page) if page else None, tuple(map(_read, keys)))
    except (BadSignature, ValueError) as error:
        raise ForgedOffer(token) from error


def _written(key: Key) -> str:
    return f"{key.content_type_id}.{quote(key.object_pk, safe='')}"


def _read(part: str) -> Key:
    content_type, pk = part.split(".", 1)
    return Key(int(content_type), unquote(pk))
