"""What a visitor can do for a page, told by the app that lets him: whoever opens something in return asks here.

The truth is in that app's tables, not in what was counted: a rating that was taken back is no rating any more.
An app says it in its ``deeds.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.http import HttpRequest

from smo_kit.core.discovery import load_modules
from smo_kit.core.subjects import Key

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing that a visitor can do."""

    id: str
    """``rate``, ``comment``, ``subscribe``, ``sign_in``."""
    label: str | _StrPromise
    """What a button says that leads there: “Rate this page”."""
    is_done: Callable[[HttpRequest, Key], bool]
    """Says whether who asks has done it for a subject (its key has the page's language), and it still stands."""
    where: Callable[[HttpRequest, Key, str], str]
    """Returns the address where it is done, which leads back to an address of this site; "": on the page itself."""
    waits: str | _StrPromise = ""
    """A sentence for who has done it where it takes a while to count: a comment is read first, an address proved."""
    order: int = 50
    """The smaller stands first."""


_deeds: Final[dict[str, Deed]] = {}


def register_deed(deed: Deed) -> None:
    """Let visitors of this site do it."""
    _deeds[deed.id] = deed


def all_deeds() -> tuple[Deed, ...]:
    """Return what can be done on this site, in the order of the buttons."""
    load_modules("deeds")
    return tuple(sorted(_deeds.values(), key=lambda one: (one.order, one.id)))


def deed_of(deed_id: str) -> Deed | None:
    """Return the deed of this id, or None where no installed app has it."""
    return next((one for one in all_deeds() if one.id == deed_id), None)
