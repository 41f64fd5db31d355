"""Answers to who rates: to the script in figures, else with a page that says what he has given, and changes it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final, TypeAlias

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.csrf import csrf_exempt

from smo_kit.core import entrance
from smo_kit.core.access import may, ways_for, who_may, why_not
from smo_kit.core.addresses import with_query
from smo_kit.core.answers import (
    AWAY,
    ELSEWHERE,
    Acting,
    SeeOther,
    answer,
    language_of,
    reader_of,
    require_form,
    unstored,
)
from smo_kit.core.cards import Card
from smo_kit.core.durations import DAY, HOUR
from smo_kit.core.events import event, event_logger
from smo_kit.core.limits import client_within, daily_mark, known_address
from smo_kit.core.origin import is_own_form, is_unsaid
from smo_kit.core.own_urls import own_address
from smo_kit.core.refusals import Reason, Refused
from smo_kit.core.subjects import ForgedKey
from smo_kit.core.transactions import LOST
from smo_kit.core.way_back import GO_ON, leading_back, way_back
from smo_kit.ratings.conf import ratings_settings
from smo_kit.ratings.joining import remember
from smo_kit.ratings.rendering import context_of, for_script
from smo_kit.ratings.scales import choice_of
from smo_kit.ratings.services import UNKNOWN, card_of_rated, given_by, has_just_given, has_rated, summary_of, unrate
from smo_kit.ratings.services import rate as give
from smo_kit.ratings.signed import Thing
from smo_kit.ratings.words import own_words

logger = event_logger(__name__)

Link: TypeAlias = tuple[str, Any]
"""An address, and what a link to it says."""

VALUE: Final = "rate"
"""Name of the buttons; in an address, of what a reader wants to give."""

LANGUAGE: Final = "l"
ENOUGH: Final = gettext_lazy("Enough guests have rated this page from your network today. Please try again tomorrow.")
ENOUGH_BUT_MEMBERS: Final = gettext_lazy(
    "Enough guests have rated this page from your network today. Please sign in: ratings of members are always taken."
)


@csrf_exempt  # the page is cached, so its form has no token; is_own_form() asks for another proof
@require_form
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """Take what a reader gives (``rate``; "" takes it back), and show him what it is."""
    try:
        thing = Thing.unsign(token).speaking(request.GET.get(LANGUAGE, ""))
    except ForgedKey:
        return _refused(
            request, Refused(_("This page is not known here. Please load it again."), reason=Reason.FORGED), ""
        )
    with override(language_of(thing.key.language)):
        try:
            return _answer(request, thing)
        except LOST:
            logger.exception("A rating can't be answered: the database is away.", extra=event("ratings.database_away"))
            return _given_back(request, thing)


def _answer(request: HttpRequest, thing: Thing) -> HttpResponse:
    language = thing.key.language
    try:
        card = card_of_rated(thing.key, language=language, request=request)
    except Refused as refused:
        return _refused(request, refused, language)
    try:
        return _given(request, thing, card) if request.method == "POST" else _shown(request, thing, card)
    except Refused as refused:
        return _refused(request, refused, language, back=_back(request, card))


def _given(request: HttpRequest, thing: Thing, card: Card) -> HttpResponse:
    here, value = _address(request, thing), request.POST.get(VALUE)
    if value is None:
        raise Refused(UNKNOWN)
    if is_unsaid(request) and not is_own_form(request):  # an old browser: it is asked by a form that has a token
        is_known = choice_of(thing.kind, value, ratings_settings())
        return unstored(SeeOther(with_query(here, f"{VALUE}={value}" if is_known else "")))
    if not is_own_form(request):
        raise Refused(ELSEWHERE, status=HTTPStatus.FORBIDDEN, reason=Reason.CSRF)
    if not may(request, "rate", thing.key):
        why = why_not(request.user, "rate", who_may("rate", thing.key))
        return _turned_away(request, thing, card, value, Refused(why, status=HTTPStatus.FORBIDDEN))
    _must_be_few(request)
    if value and not _are_guests_few(request, thing):
        why = ENOUGH_BUT_MEMBERS if ways_for(request) else ENOUGH
        return _turned_away(request, thing, card, value, Refused(why, status=HTTPStatus.TOO_MANY_REQUESTS))
    acting = Acting(request)
    newcomer = "" if acting.is_known or acting.visitor.user_id is not None else _origin(request)
    if value:
        give(thing.key, value, acting.visitor, kind=thing.kind, request=request, newcomer=newcomer)
    elif not (_is_for_script(request) and has_just_given(thing.key, acting.visitor, kind=thing.kind)):
        unrate(thing.key, acting.visitor, kind=thing.kind)
    if _is_for_script(request):
        return acting.marked(_figures(thing, given_by(thing.key, acting.visitor, kind=thing.kind)))
    return acting.marked(unstored(SeeOther((value and way_back(request)) or here)))


def _turned_away(request: HttpRequest, thing: Thing, card: Card, value: str, refused: Refused) -> HttpResponse:
    """Say why not. A guest is offered to sign in, with what he wants to give; with ``join`` he goes there."""
    ways = ways_for(request)
    if ways and entrance.FIELD in request.POST:
        remember(request, thing, value)
        way = request.POST[entrance.FIELD]
        return entrance.enter(request, way, _address(request, thing), thing.key.speaking(""))
    if not ways or _is_for_script(request):
        raise refused
    shown = {"action": _address(request, thing), "value": value, "ways": ways}
    context = {"title": refused.sentence, "back": _back(request, card), **shown}
    template = "smo_kit/ratings/refused.html"
    return answer(request, template, context, language=thing.key.language, status=refused.status)


def _must_be_few(request: HttpRequest) -> None:
    """Raise Refused when too much comes from the reader's network address."""
    if not client_within(request, "ratings", limit=ratings_settings().ratings_an_hour, seconds=HOUR):
        raise Refused(_("That was too much for one hour. Please try again later."), status=HTTPStatus.TOO_MANY_REQUESTS)


def _are_guests_few(request: HttpRequest, thing: Thing) -> bool:
    """Count a guest who has not rated this page yet, wherever his cookie is from, and say whether his address has no
    more of them today than it may.
    """
    reader = reader_of(request)
    if reader and (reader.user_id is not None or has_rated(thing.key, reader, kind=thing.kind)):
        return True
    what = f"ratings:{thing.kind}:{thing.key.content_type_id}.{thing.key.object_pk}"
    return client_within(request, what, limit=ratings_settings().newcomers_a_day, seconds=DAY)


def _origin(request: HttpRequest) -> str:
    """Return where a newcomer comes from; "" if nobody knows: all readers would be one."""
    return known_address(request) and f"{daily_mark(request)} {request.headers.get('User-Agent', '')}"


def _figures(thing: Thing, own: str) -> HttpResponse:
    summary = summary_of(thing.key, kind=thing.kind)
    return unstored(JsonResponse(for_script(summary, ratings_settings(), own), safe=False))


def _shown(request: HttpRequest, thing: Thing, card: Card) -> HttpResponse:
    """Show what this reader has given, and how it is changed or taken back."""
    conf = ratings_settings()
    own = given_by(thing.key, reader_of(request), kind=thing.kind)
    if _is_for_script(request):
        return _figures(thing, own)
    wanted = choice_of(thing.kind, request.GET.get(VALUE, ""), conf)
    context: dict[str, Any] = {
        "title": own_words(thing.kind, own, conf) or _("Your rating"),
        "card": card,
        "action": _address(request, thing),
        "back": _back(request, card),
        "thing": thing.mark,
        "wanted": wanted if wanted and wanted.value != own else None,
        **context_of(summary_of(thing.key, kind=thing.kind), conf, own),
    }
    return answer(request, "smo_kit/ratings/given.html", context, language=thing.key.language)


def _refused(request: HttpRequest, refused: Refused, language: str, back: Link | None = None) -> HttpResponse:
    if _is_for_script(request):
        return unstored(JsonResponse({"error": str(refused.sentence)}, status=refused.status))
    context = {"title": refused.sentence, "back": back}
    return answer(request, "smo_kit/ratings/refused.html", context, language=language, status=refused.status)


def _given_back(request: HttpRequest, thing: Thing) -> HttpResponse:
    """Return an answer that is made without the database, with what the reader wanted to give."""
    if _is_for_script(request):
        return _refused(request, Refused(AWAY, status=HTTPStatus.SERVICE_UNAVAILABLE), thing.key.language)
    shown = {"action": _address(request, thing), "value": request.POST.get(VALUE)}
    context = {"title": AWAY, "frame": "smo_kit/part.html", **shown}
    html = render_to_string("smo_kit/ratings/refused.html", {**context, "csrf_token": get_token(request)})
    response = HttpResponse(html, status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": "60"})
    return unstored(response)


def _address(request: HttpRequest, thing: Thing) -> str:
    return leading_back(own_address("smo_ratings:rate", thing.sign()), way_back(request))


def _back(request: HttpRequest, card: Card) -> Link:
    """Return where a reader goes on, and what the link says."""
    then = way_back(request)
    return (then, GO_ON) if then else (card.url, _("Back to the page"))


def _is_for_script(request: HttpRequest) -> bool:
    """Say whether the script asks, which takes anything: a browser that shows a page asks for HTML first."""
    accepted = request.headers.get("Accept", "")
    return bool(accepted) and "text/html" not in accepted
