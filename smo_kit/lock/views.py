"""The private page of a lock: what it hides, for those to whom it is open; for all others the ways to open it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from smo_kit.core.answers import answer, is_for_script, language_of, unstored
from smo_kit.core.events import event, event_logger
from smo_kit.core.refusals import Reason, Refused
from smo_kit.core.shown import card_of
from smo_kit.core.transactions import LOST
from smo_kit.lock.again import close_files
from smo_kit.lock.answers import GONE, OPEN, UNKNOWN, away, refused
from smo_kit.lock.offers import state_for
from smo_kit.lock.opening import is_open
from smo_kit.lock.pages import SOURCE as WHOLE_PAGE
from smo_kit.lock.pages import WholePage, to_whole_page
from smo_kit.lock.refs import ForgedRef, Ref
from smo_kit.lock.rendering import back_to, card_context
from smo_kit.lock.sources import Elsewhere, Gone, hidden_part
from smo_kit.lock.terms import Terms, terms_of
from smo_kit.lock.trials import variant_of

logger = event_logger(__name__)

TEMPLATE: Final = "smo_kit/lock/page.html"
TURNED_AWAY: Final = _("The site does not show you this page now. Please load it again: it says what is to be done.")


@require_safe
def show(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show the hidden part, or how it opens."""
    try:
        ref = Ref.unsign(token)
    except ForgedRef:
        return refused(request, Refused(UNKNOWN, reason=Reason.FORGED))
    with override(language_of(ref.key.language)):
        try:
            return _shown(request, ref)
        except Elsewhere as elsewhere:
            return _passed_on(request, elsewhere, ref)
        except Gone:
            why = Refused(GONE, status=HTTPStatus.NOT_FOUND)
            return refused(request, why, language=ref.key.language, back=back_to(ref))
        except LOST:
            logger.exception("A lock can't be opened: the database is away.", extra=event("lock.database_away"))
            return away(request, back=back_to(ref))


def _shown(request: HttpRequest, ref: Ref) -> HttpResponseBase:
    terms = terms_of(ref)
    if terms is None:
        raise Gone(ref.name)
    if not is_open(request, ref, terms):
        return _closed(request, ref, terms)
    if ref.source == WHOLE_PAGE and is_for_script(request):
        return to_whole_page()
    part = hidden_part(request, ref)
    return part.answer() if isinstance(part, WholePage) else _opened(request, ref, part)


def _closed(request: HttpRequest, ref: Ref, terms: Terms) -> HttpResponse:
    """Show how it opens, and come back by itself while something is under way; to a script, say that it is closed.

    Who has done what it takes is asked for nothing more: one press opens it, for a look changes nothing.
    """
    if is_for_script(request):
        return unstored(HttpResponse(status=HTTPStatus.NO_CONTENT))
    standing = state_for(request, ref, terms, request.GET.get("way", ""))
    context = {**_page(request, ref), **card_context(ref, terms, variant_of(terms)), "part": None, "standing": standing}
    if standing and standing.is_done:
        context |= {"title": OPEN, "text": "", "offers": []}
    response = answer(request, TEMPLATE, context, language=ref.key.language, status=HTTPStatus.FORBIDDEN)
    if standing and standing.state == "waiting":
        response.headers["Refresh"] = str(standing.seconds)
    return response


def _opened(request: HttpRequest, ref: Ref, part: SafeString) -> HttpResponse:
    if is_for_script(request):
        return unstored(HttpResponse(part))
    return answer(request, TEMPLATE, {**_page(request, ref), "part": part}, language=ref.key.language)


def _page(request: HttpRequest, ref: Ref) -> dict[str, Any]:
    card = card_of(ref.key, language=ref.key.language, request=request)
    return {"page": card.title if card else "", "back": back_to(ref)}


def _passed_on(request: HttpRequest, elsewhere: Elsewhere, ref: Ref) -> HttpResponseBase:
    """Hand on what the site answers in the page's place; a script is told to load the page."""
    if is_for_script(request):
        close_files(elsewhere.response)
        return refused(request, Refused(TURNED_AWAY, status=HTTPStatus.FORBIDDEN))
    response: Any = elsewhere.response
    response.cookies.clear()
    return unstored(response)
