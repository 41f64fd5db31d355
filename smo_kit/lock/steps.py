"""Steps of readers towards an open lock: one goes to a network, his share gets on, he does something here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from smo_kit.core.access import may
from smo_kit.core.events import event, event_logger
from smo_kit.core.signals import engaged
from smo_kit.core.visitors import Visitor
from smo_kit.lock import news
from smo_kit.lock.opening import begin, is_open
from smo_kit.lock.policies import networks_of
from smo_kit.lock.refs import ForgedRef, Ref
from smo_kit.lock.terms import terms_of
from smo_kit.lock.ways.sharing import REF, SHARE
from smo_kit.share.models import PersonalLink
from smo_kit.share.rungs import Rung
from smo_kit.share.signals import rung_reached, went_out

logger = event_logger(__name__)


def on_went_out(sender: Any, link: PersonalLink, visitor: Visitor, request: HttpRequest, **kwargs: object) -> None:
    """Begin with the lock whose button led out. Nothing of it keeps anybody from going there."""
    token = request.GET.get(REF)
    if token is None:
        return
    try:
        _begin(Ref.unsign(token), link, visitor, request)
    except ForgedRef:
        return
    except Exception:
        logger.exception(
            "That somebody shares to open a lock can't be written down now.", extra=event("lock.share_not_noted")
        )


def _begin(ref: Ref, link: PersonalLink, visitor: Visitor, request: HttpRequest) -> None:
    terms = terms_of(ref)
    if terms is None or SHARE not in terms.conf.ways or ref.key.fields != link.key.fields:
        return
    is_offered = link.network in {one.id for one in networks_of(terms.conf)}
    if is_offered and may(request, "unlock", ref.key) and not is_open(request, ref, terms):
        begin(visitor, terms, SHARE, link.network)


def on_rung_reached(sender: Any, link: PersonalLink, rung: Rung, **kwargs: object) -> None:
    """Have the sharer's page ask whether his lock is open."""
    if link.user_id is not None:
        news.tell_member(link.user_id)
    else:
        news.tell_browser(link.sharer)


def on_engaged(sender: Any, visitor: Visitor | None, **kwargs: object) -> None:
    """Have the pages of who has done something ask again: it may be what a lock wants."""
    if visitor is not None:
        news.tell_visitor(visitor)


went_out.connect(on_went_out, dispatch_uid="smo_kit.lock.went_out")
rung_reached.connect(on_rung_reached, dispatch_uid="smo_kit.lock.rung_reached")
engaged.connect(on_engaged, dispatch_uid="smo_kit.lock.engaged")
