"""What a lock offers its readers, and how far one of them has come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
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
from smo_kit.lock.ways.way import Ask, Offer, Standing, registered

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


def state_for(
    request: HttpRequest, ref: Ref, terms: Terms, pressed: str = "", *, visitor: Visitor | None = None, then: str = ""
) -> Standing | None:
    """Return the furthest that a reader has come by any way that he has begun; None: he has begun nothing.

    ``pressed`` is the way whose button he has pressed: he is told what it takes, whatever else is under way. Without
    ``visitor`` the reader is who asks; without ``then`` he comes back to the private page.
    """
    reader = visitor or reader_of(request)
    if reader is None:
        return None
    offered = {offer.way for offer in offers_for(ref, terms)}
    begun: dict[str, list[Opening]] = {pressed: []} if pressed else {}
    for row in of_reader(reader, terms.lock_id).tried(timezone.now() - FRESH):
        begun.setdefault(row.way, []).append(row)
    then = then or own_address("smo_lock:show", ref.sign())
    found = {
        way: one.stand(Ask(request=request, ref=ref, terms=terms, visitor=reader, begun=rows, then=then))
        for way, rows in begun.items()
        if way in offered and (one := registered(way))
    }
    return _furthest(found.values(), found.get(pressed))


def _furthest(all_: Iterable[Standing], pressed: Standing | None) -> Standing | None:
    """Return the furthest, with the time of what comes first of all that is under way."""
    first = min(all_, key=lambda one: _FIRST[one.state], default=None)
    if first is None or first.state != "waiting":
        return first
    if pressed and pressed.state == "go":
        both = f"{pressed.sentence} {first.sentence}".strip()
        first = replace(first, sentence=both, where=pressed.where)
    waiting = [one for one in all_ if one.state == "waiting"]
    seconds = min(one.seconds for one in waiting)
    return replace(first, seconds=seconds, left=min((one.left for one in waiting if one.left), default=0))
