"""What a lock offers its readers, and how far one of them has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import HttpRequest
from django.utils import timezone

from smo_kit.core.answers import reader_of
from smo_kit.core.discovery import modules_in
from smo_kit.core.own_urls import own_address
from smo_kit.core.visitors import Visitor
from smo_kit.lock import ways
from smo_kit.lock.opening import FRESH, of_reader
from smo_kit.lock.refs import Ref
from smo_kit.lock.terms import Terms
from smo_kit.lock.ways.sharing import SHARE
from smo_kit.lock.ways.waiting import WAIT
from smo_kit.lock.ways.way import Ask, Offer, Standing, Way, registered

if TYPE_CHECKING:
    from smo_kit.lock.models import Opening

_FIRST: Final = {"done": 0, "waiting": 1, "go": 2}


def offers_for(ref: Ref, terms: Terms) -> list[Offer]:
    """Return the controls of a lock, the same for every reader, in the order of its ways.

    What this site has not is left out. Beside sharing there is always something else: where nothing is left, waiting.
    """
    modules_in(ways)
    chosen = [*dict.fromkeys(terms.conf.ways)]
    found = [offer for way in chosen if (one := registered(way)) for offer in one.offers(ref, terms)]
    if all(offer.way == SHARE for offer in found) and (wait := registered(WAIT)):
        found += wait.offers(ref, terms)
    return found


def stand(request: HttpRequest, ref: Ref, terms: Terms, visitor: Visitor, way: Way, *, then: str = "/") -> Standing:
    """Say how far somebody has come by a way."""
    begun = list(of_reader(visitor, terms.lock_id).tried(timezone.now() - FRESH).filter(way=way.id))
    return way.stand(Ask(request=request, ref=ref, terms=terms, visitor=visitor, begun=begun, then=then))


def state_for(request: HttpRequest, ref: Ref, terms: Terms) -> Standing | None:
    """Return the furthest that who asks has come by what he has begun, the last first; None: he has begun nothing."""
    reader = reader_of(request)
    if reader is None:
        return None
    offered = {offer.way for offer in offers_for(ref, terms)}
    begun: dict[str, list[Opening]] = {}
    for row in of_reader(reader, terms.lock_id).tried(timezone.now() - FRESH):
        begun.setdefault(row.way, []).append(row)
    then = own_address("smo_lock:show", ref.sign())
    found = [
        one.stand(Ask(request=request, ref=ref, terms=terms, visitor=reader, begun=rows, then=then))
        for way, rows in begun.items()
        if way in offered and (one := registered(way))
    ]
    return min(found, key=lambda one: _FIRST[one.state], default=None)
