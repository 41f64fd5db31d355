"""The page of one's own notifications: by a signed link without a password, and for members who are signed in."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from smo_kit.comments.answers import message, readable
from smo_kit.core.answers import ELSEWHERE, SeeOther, answer, language_of, require_form, unstored
from smo_kit.core.emails import BadAddress
from smo_kit.core.limits import client_address
from smo_kit.core.origin import is_own_form
from smo_kit.core.own_urls import own_address
from smo_kit.core.refusals import Reason, Refused, note_refusal
from smo_kit.core.tokens import BadToken, Expired, read
from smo_kit.notify import services
from smo_kit.notify.links import DONE, MANAGE, UNDO_SECONDS, done_token, manage_token
from smo_kit.notify.models import Subscriber
from smo_kit.notify.preferences import SAID, TOO_MANY, act, shown
from smo_kit.notify.subscribers import row_of, subscriber_of
from smo_kit.notify.views import RETRY_AFTER

LANGUAGE: Final = "l"
"""Names the language in the address of a member's page."""
GONE: Final = _("What this link led to is not there any more.")
OLDER: Final = _("This link does not work any more, for a newer one was asked for.")
ASK_ANEW: Final = _("If news of comments goes to this address, a mail with the link is on its way.")


@csrf_exempt  # the token is the proof
@require_form
@readable
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """Show the notifications of the person to whom the link was sent; do what a button says."""
    try:
        subscriber = _subscriber_of(token)
    except Refused as refused:
        return _link_form(request, refused)
    with override(language_of(subscriber.language or get_language() or "")):
        if request.method != "POST":
            return _page(request, subscriber)
        done = act(subscriber, request.POST, client=client_address(request))
        return _done(own_address("smo_notify:manage", manage_token(subscriber)), subscriber, done)


@csrf_exempt  # is_own_form() asks for the same
@login_required
@require_form
@readable
def mine(request: HttpRequest) -> HttpResponse:
    """Show a member his notifications; do what a button says.

    They speak the language of the page that he comes from (``l``), else his own.
    """
    with override(_language_for(request)):
        return _mine(request)


def _mine(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, row_of(request.user), is_mine=True)
    if not is_own_form(request):
        note_refusal(Reason.CSRF, HTTPStatus.FORBIDDEN)
        return message(request, ELSEWHERE, status=HTTPStatus.FORBIDDEN, language=get_language() or "")
    subscriber = subscriber_of(request.user, language=get_language() or "")
    done = act(subscriber, request.POST, client=client_address(request))
    return _done(own_address("smo_notify:mine"), subscriber, done, request.GET.get(LANGUAGE, ""))


def _language_for(request: HttpRequest) -> str:
    asked = request.GET.get(LANGUAGE, "")
    if asked in dict(settings.LANGUAGES):
        return asked
    return language_of(row_of(request.user).language or get_language() or "")


@csrf_exempt  # as above
@require_form
@readable
def link(request: HttpRequest) -> HttpResponse:
    """Send the link to one's own page by mail: whatever is known of an address, the answer is the same."""
    if request.method != "POST":
        return _link_form(request)
    try:
        if not is_own_form(request):
            raise Refused(ELSEWHERE, status=HTTPStatus.FORBIDDEN, reason=Reason.CSRF)
        _send_link(request)
    except Refused as refused:
        return _link_form(request, refused)
    return message(request, _("Thank you"), ASK_ANEW, language=get_language() or "")


def _send_link(request: HttpRequest) -> None:
    """Do so. Raises Refused."""
    address = request.POST.get("email", "").replace("\0", "")
    if not address.strip():
        raise Refused(_("Please give an e-mail address like name@example.org."), field="email")
    try:
        is_free = services.send_link(address, client=client_address(request))
    except BadAddress as error:
        raise Refused(str(error), field="email") from error
    if not is_free:
        raise Refused(TOO_MANY, status=HTTPStatus.TOO_MANY_REQUESTS)


def _subscriber_of(token: str) -> Subscriber:
    """Return whose page a link opens. Raises Refused."""
    try:
        pk, generation = read(MANAGE, token)
    except BadToken as error:
        status = HTTPStatus.GONE if isinstance(error, Expired) else HTTPStatus.BAD_REQUEST
        raise Refused(str(error), status=status, reason=Reason.FORGED) from error
    subscriber = Subscriber.objects.here().filter(pk=pk).first()
    if subscriber is None:
        raise Refused(GONE, status=HTTPStatus.GONE)
    if str(subscriber.generation) != generation:
        raise Refused(OLDER, status=HTTPStatus.GONE, reason=Reason.FORGED)
    return subscriber


def _page(request: HttpRequest, subscriber: Subscriber, *, is_mine: bool = False) -> HttpResponse:
    done, was, d = _what_was_done(request.GET.get("done", ""), subscriber)
    asked = request.GET.get(LANGUAGE, "")
    context = {
        **shown(subscriber, request.GET.get("page")),
        "action": f"{request.path}?{urlencode({LANGUAGE: asked})}" if asked else request.path,
        "language": asked,
        "is_mine": is_mine,
        "said": SAID.get(done, ""),
        "undo": {"end": "again", "leave": "follow"}.get(done, ""),
        "undo_fields": {"was": was, "d": d},
    }
    return answer(request, "smo_kit/notify/manage.html", context, language=get_language() or "")


def _done(address: str, subscriber: Subscriber, done: dict[str, str], language: str = "") -> HttpResponse:
    query = {"done": done_token(subscriber, **done) if done else "", LANGUAGE: language}
    query = {name: value for name, value in query.items() if value}
    return unstored(SeeOther(f"{address}?{urlencode(query)}" if query else address))


def _what_was_done(token: str, subscriber: Subscriber) -> tuple[str, str, str]:
    """Return what this subscriber has done just now: nobody's link lets his page say what is not so."""
    try:
        pk, done, was, d = read(DONE, token, UNDO_SECONDS)
    except BadToken:
        return "", "", ""
    return (done, was, d) if pk == str(subscriber.pk) else ("", "", "")


def _link_form(request: HttpRequest, refused: Refused | None = None) -> HttpResponse:
    context = {
        "action": own_address("smo_notify:link"),
        "error": refused.sentence if refused else "",
        "wrong": refused.field if refused else "",
        "email": request.POST.get("email", "").replace("\0", ""),
    }
    status = refused.status if refused else HTTPStatus.OK
    response = answer(request, "smo_kit/notify/link.html", context, language=get_language() or "", status=status)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        response.headers["Retry-After"] = RETRY_AFTER
    return response
