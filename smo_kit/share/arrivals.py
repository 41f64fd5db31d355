"""Where a personal link leads: to the page as it is now, with its card for robots that do not follow."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from django.apps import apps
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from smo_kit.core.answers import answer, unstored
from smo_kit.core.cards import Card
from smo_kit.core.events import event, event_logger
from smo_kit.core.refusals import Reason, note_refusal
from smo_kit.share.conf import share_settings
from smo_kit.share.links import shown
from smo_kit.share.services import address_of as page_address
from smo_kit.share.services import tracked
from smo_kit.share.sightings import see
from smo_kit.share.tokens import link_of

logger = event_logger(__name__)

UNKNOWN: Final = _("Nobody has made this link here. Look whether all of it was copied, to the last letter.")
GONE: Final = _("The page that was shared by this link is not there any more, or not everybody may see it.")
META: Final = "smo_kit.meta"


@transaction.non_atomic_requests
@require_safe
def arrive(request: HttpRequest, token: str) -> HttpResponse:
    """Lead on to the page that was shared. No cookie is set, and every agent gets the same bytes.

    302, for the page may move; without the token, so that it is not passed on from the address bar. Whoever does not
    follow finds the card of the page in the body. ``X-Robots-Tag`` says ``noindex`` and no more: this address is to
    stand in no list of results, which robots that preview links don't make; ``nofollow``, ``nosnippet``, or a line in
    robots.txt would keep those from the card. ``Referrer-Policy`` keeps the token out of what the page learns, and lets
    it see which site its reader comes from.
    """
    link = link_of(token)
    if link is None:
        return _refused(request, UNKNOWN, get_language() or "", HTTPStatus.NOT_FOUND)
    there = shown(link.key)
    if there is None:
        return _refused(request, GONE, link.language, HTTPStatus.GONE)
    if request.method == "GET":
        try:
            see(link, request)
        except DatabaseError:
            logger.warning(
                "Who came by a personal link can't be written now; he is let through.",
                exc_info=True,
                extra=event("share.arrival_not_noted"),
            )
    page, card = there
    url = tracked(page_address(card, request), link.network, share_settings())
    response = HttpResponseRedirect(url, content=_body(request, page, card, url))
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["Content-Language"] = card.language
    return unstored(response)


def _body(request: HttpRequest, page: Any, card: Card, url: str) -> str:
    head = "smo_kit/share/head_of_page.html" if apps.is_installed(META) else "smo_kit/share/head_alone.html"
    facts = {"request": request, "page": page, "card": card, "url": url, "head": head}
    with override(card.language):
        return render_to_string("smo_kit/share/arrival.html", {**facts, "canonical": page_address(card, request)})


def _refused(request: HttpRequest, sentence: Any, language: str, status: HTTPStatus) -> HttpResponse:
    note_refusal(Reason.GONE if status == HTTPStatus.GONE else Reason.FORGED, status)
    return answer(request, "smo_kit/share/refused.html", {"sentence": sentence}, language=language, status=status)
