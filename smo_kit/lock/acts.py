"""Answers to who opens a lock, and to his page that waits for news."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from smo_kit.core import entrance
from smo_kit.core.access import may, ways_for, who_may, why_not
from smo_kit.core.answers import (
    ELSEWHERE,
    Acting,
    SeeOther,
    is_for_script,
    language_of,
    require_form,
    unstored,
)
from smo_kit.core.durations import HOUR
from smo_kit.core.events import event, event_logger
from smo_kit.core.limits import client_within
from smo_kit.core.origin import is_own_form, is_unsaid
from smo_kit.core.own_urls import own_address
from smo_kit.core.refusals import Reason, Refused
from smo_kit.core.transactions import LOST
from smo_kit.lock.answers import GONE, OPEN, UNKNOWN, away, refused, told
from smo_kit.lock.models import Lock
from smo_kit.lock.news import last_of
from smo_kit.lock.offers import offers_for, state_for
from smo_kit.lock.opening import is_open, open_by
from smo_kit.lock.refs import ForgedRef, Ref
from smo_kit.lock.rendering import back_to
from smo_kit.lock.terms import Terms, terms_of
from smo_kit.lock.ways.way import Standing, Way, registered

logger = event_logger(__name__)

AGAIN: Final = "again"
"""Names a field of forms that only ask how it stands: they begin nothing and lead nowhere."""
AN_HOUR: Final = 600
"""So often may be asked from one address: a page that waits asks every quarter of a minute."""

NO_WAY: Final = gettext_lazy("It does not open that way. Please go back to the page and press one of its buttons.")
ENOUGH: Final = gettext_lazy("That was too much for one hour. Please try again later.")
NOTHING: Final = Standing(state="go")
"""How far somebody has come who has begun nothing."""


@csrf_exempt  # the page is cached, so its form has no token; is_own_form() asks for another proof
@require_form
def open_(request: HttpRequest, token: str) -> HttpResponse:
    """Open a lock by one of its ways (``way``), or say what is missing; by a look nothing opens."""
    try:
        ref = Ref.unsign(token)
    except ForgedRef:
        return refused(request, Refused(UNKNOWN, reason=Reason.FORGED))
    language, back = ref.key.language, back_to(ref)
    with override(language_of(language)):
        try:
            return _answered(request, ref)
        except Refused as why:
            return refused(request, why, language=language, back=back)
        except LOST:
            logger.exception("A lock can't be opened: the database is away.", extra=event("lock.database_away"))
            return away(request, back=back)


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """Say whether anything has happened to what somebody has done: 204 for nothing, else when, in a word.

    A page that waits asks often, so neither the session nor the database is asked.
    """
    word = last_of(request)
    response = HttpResponse(word, content_type="text/plain") if word else HttpResponse(status=HTTPStatus.NO_CONTENT)
    response.headers["Cache-Control"] = "no-store"
    return response


def _answered(request: HttpRequest, ref: Ref) -> HttpResponse:
    page = own_address("smo_lock:show", ref.sign())
    if request.method != "POST" or (is_unsaid(request) and not is_own_form(request)):
        return unstored(SeeOther(page))  # an old browser is asked there, by a form that has a token
    if not is_own_form(request):
        raise Refused(ELSEWHERE, status=HTTPStatus.FORBIDDEN, reason=Reason.CSRF)
    if not client_within(request, "lock", limit=AN_HOUR, seconds=HOUR):
        raise Refused(ENOUGH, status=HTTPStatus.TOO_MANY_REQUESTS)
    terms = _terms(ref)
    if is_open(request, ref, terms):
        return _opened(request, page)
    if not may(request, "unlock", ref.key):
        return _turned_away(request, ref, page)
    return _by_a_way(request, ref, terms, page)


def _by_a_way(request: HttpRequest, ref: Ref, terms: Terms, page: str) -> HttpResponse:
    """Begin with the way whose button was pressed, or say how it stands: by whichever way he has come the furthest."""
    acting, is_press = Acting(request), AGAIN not in request.POST
    way, then = request.POST.get("way", ""), back_to(ref) if is_for_script(request) else page
    if is_press:
        _way(way, ref, terms).begin(acting.visitor, terms)
    standing = state_for(request, ref, terms, way, visitor=acting.visitor, then=then) or NOTHING
    if standing.is_done:
        open_by(acting.visitor, ref, terms, standing.way, standing.network, request=request)
        return acting.marked(_opened(request, page))
    if is_press and standing.where:
        return acting.marked(_said(request, "go", standing) or unstored(SeeOther(standing.where)))
    told = f"{page}?{urlencode({'way': way})}" if is_press else page
    return acting.marked(_said(request, standing.state, replace(standing, where="")) or unstored(SeeOther(told)))


def _way(way: str, ref: Ref, terms: Terms) -> Way:
    """Return a way that the lock offers. Raises Refused."""
    found = registered(way) if way in {one.way for one in offers_for(ref, terms)} else None
    if found is None:
        raise Refused(NO_WAY)
    return found


def _terms(ref: Ref) -> Terms:
    """Return the terms of a lock that is there. Raises Refused: it may have been removed while somebody waited."""
    terms = terms_of(ref)
    if terms is None or not Lock.objects.filter(pk=terms.lock_id).exists():
        raise Refused(GONE, status=HTTPStatus.NOT_FOUND)
    return terms


def _opened(request: HttpRequest, page: str) -> HttpResponse:
    return _said(request, "open", Standing(state="done", sentence=OPEN)) or unstored(SeeOther(page))


def _turned_away(request: HttpRequest, ref: Ref, page: str) -> HttpResponse:
    """Say who may not. A guest goes to sign in, and comes back."""
    why = why_not(request.user, "unlock", who_may("unlock", ref.key))
    if not ways_for(request):
        raise Refused(why, status=HTTPStatus.FORBIDDEN)
    if not is_for_script(request):
        return entrance.enter(request, request.POST.get(entrance.FIELD, ""), page, ref.key.speaking(""))
    where = entrance.enter(request, "", back_to(ref), ref.key.speaking("")).headers.get("Location", "")
    return told({"state": "go", "sentence": str(why), "seconds": 0, "where": where})


def _said(request: HttpRequest, state: str, standing: Standing) -> HttpResponse | None:
    """Return what the script is told; None where no script asks."""
    if not is_for_script(request):
        return None
    words = {"sentence": str(standing.sentence), "seconds": standing.seconds, "where": standing.where}
    return told({"state": state, "left": standing.left, **words})
