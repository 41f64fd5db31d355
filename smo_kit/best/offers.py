from __future__ import annotations

from collections.abc import Sequence

from django.core.signing import Signer

from smo_kit.core.subjects import Key


def token_of(block: str, page: Key | None, keys: Sequence[Key]) -> str:
    return Signer(salt="smo_kit.best.offer").sign(repr((block, page, keys)))
