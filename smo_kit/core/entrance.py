"""How a visitor becomes a member where he stands: one app signs people in, the forms of others show its ways.

A form that is sent with ``join`` is not done but kept (``core.kept``); whoever comes back finds it as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from smo_kit.core.addresses import sign_in_url
from smo_kit.core.answers import SeeOther, unstored
from smo_kit.core.subjects import Key

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

FIELD: Final = "join"
"""Name of the buttons that sign in: their value is the id of a way, "" for the page that has all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One account that a visitor may have elsewhere."""

    id: str
    name: str | _StrPromise
    mark: SafeString
    """Shapes inside of ``<svg viewBox="0 0 24 24">``; "" for none."""
    colour: str = "#5b6470"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """The app that signs people in."""

    ways: Callable[[], tuple[Way, ...]]
    """Returns the ways that the site has, in its order; asked for each page, so it is quick."""
    enter: Callable[[HttpRequest, str, str, Key | None], HttpResponse]
    """Starts with a way (its id, "" for a page with all) and comes back to an address of this site. ``Key``: what the
    visitor was reading. The request is a form of this site: its sender has been asked for."""


_entrances: Final[list[Entrance]] = []


def register_entrance(entrance: Entrance) -> None:
    """Have visitors sign in by it."""
    _entrances[:] = [entrance]


def ways_in() -> tuple[Way, ...]:
    """Return the ways of signing in that forms may offer: none without an app that has some."""
    return _entrances[0].ways() if _entrances else ()


def enter(request: HttpRequest, way: str, then: str, subject: Key | None = None) -> HttpResponse:
    """Answer a form whose button was ``join``: go and sign in, and come back to ``then``, an address of this site."""
    if _entrances:
        return _entrances[0].enter(request, way, then, subject)
    return unstored(SeeOther(sign_in_url(then)))
