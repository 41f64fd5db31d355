"""What a visitor had typed before he went to sign in, kept for a day so that he finds it again.

It is found by a word that stands in the address which he comes back to, so it outlives another session, a page without
script, and a session kept in a cookie. Only the word's mark is in the table.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any, Final

from django.apps import apps
from django.utils import timezone

from smo_kit.core.marks import mark, marks
from smo_kit.core.settings import site_id
from smo_kit.core.sweeps import register_sweep

HOURS: Final = 24


def keep(purpose: str, data: Mapping[str, str]) -> str:
    """Keep what was typed, and return the word that finds it: 32 letters and digits."""
    word = secrets.token_hex(16)
    _table().objects.create(site_id=site_id(), mark=mark(_salt(purpose), word), data=dict(data))
    return word


def kept(purpose: str, word: str) -> dict[str, str]:
    """Return what was typed; {} if the word is wrong, or it was forgotten or kept long ago."""
    row = _rows(purpose, word).filter(at__gt=_oldest()).first() if word else None
    return {str(name): str(value) for name, value in row.data.items()} if row else {}


def forget(purpose: str, word: str) -> None:
    """Throw it away: it was sent."""
    if word:
        _rows(purpose, word).delete()


def sweep() -> int:
    """Delete what nobody has come back to within a day of going to sign in; return how much that was."""
    return int(_table().objects.filter(at__lte=_oldest()).delete()[0])


def _rows(purpose: str, word: str) -> Any:
    return _table().objects.filter(site_id=site_id(), mark__in=marks(_salt(purpose), word))


def _oldest() -> dt.datetime:
    return timezone.now() - dt.timedelta(hours=HOURS)


def _salt(purpose: str) -> str:
    return f"smo_kit.kept.{purpose}"


def _table() -> Any:
    return apps.get_model("smo_core", "Kept")


register_sweep("kept drafts", sweep)
