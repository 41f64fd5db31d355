"""The words in which a way to open a lock is described: see ``waiting.py`` for the smallest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from django.http import HttpRequest
from django.utils.safestring import SafeString

from smo_kit.core.visitors import Visitor
from smo_kit.lock.opening import begin
from smo_kit.lock.refs import Ref
from smo_kit.lock.terms import Terms

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from smo_kit.lock.models import Opening


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A control of a lock, the same for every reader: a link that leads away, or a button of its form."""

    way: str
    label: str | _StrPromise
    href: str = ""
    """Where the link leads; "": it is a button."""
    network: str = ""
    colour: str = "#5b6470"
    mark: SafeString | str = ""
    """Shapes inside of ``<svg viewBox="0 0 24 24">``; "" for none."""
    in_window: bool = False
    """Whether the link opens in a small window over the page."""
    is_helper: bool = False
    """Whether it is a button that goes with the links before it."""

    @property
    def place(self) -> Literal["links", "helper", "others"]:
        """Where it stands: with its like."""
        return "links" if self.href else "helper" if self.is_helper else "others"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Who wants to open which lock, and what he has begun for it by one way."""

    request: HttpRequest
    ref: Ref
    terms: Terms
    visitor: Visitor
    begun: Sequence[Opening] = ()
    """What he has begun by this way and has not come to nothing, the last first."""
    then: str = "/"
    """Where he comes back to, an address of this site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far somebody has come by a way."""

    state: Literal["done", "waiting", "go"]
    """It opens; it is under way; there is something to do first."""
    way: str = ""
    network: str = ""
    """The network by which it is done, or which is waited for."""
    sentence: str | _StrPromise = ""
    """What he is told meanwhile."""
    seconds: int = 0
    """After so many it is worth while to ask again."""
    left: int = 0
    """After so many seconds it opens, if nothing opens it before; 0: nobody knows."""
    where: str = ""
    """The address where it is done, for who has just pressed the button; "": on the page itself."""

    @property
    def is_done(self) -> bool:
        """Whether the lock opens."""
        return self.state == "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to open a lock."""

    id: str
    offers: Callable[[Ref, Terms], list[Offer]]
    """Returns its controls; none where this site has it not."""
    stand: Callable[[Ask], Standing]
    """Says how far somebody has come. It asks the tables, and changes nothing."""
    begin: Callable[[Visitor, Terms], Opening | None]
    """Writes down that somebody has pressed its button, where that begins something."""


_ways: Final[dict[str, Way]] = {}


def register_way(way: Way) -> None:
    """Let locks be opened by it."""
    _ways[way.id] = way


def registered(way_id: str) -> Way | None:
    """Return a way by its id, or None."""
    return _ways.get(way_id)


def begins(way_id: str) -> Callable[[Visitor, Terms], Opening | None]:
    """Return what a way does whose time counts from the press of its button."""
    return lambda visitor, terms: begin(visitor, terms, way_id)
