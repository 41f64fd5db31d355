"""The form by which people follow a discussion: guests give an address, members press a button."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from smo_kit.comments.answers import message, readable
from smo_kit.comments.people import author_mark
from smo_kit.comments.targets import Target, back_from, target_of_form
from smo_kit.core import entrance
from smo_kit.core.access import ways_for
from smo_kit.core.answers import ELSEWHERE, Acting, answer, is_for_script, require_form
from smo_kit.core.emails import BadAddress
from smo_kit.core.limits import client_address
from smo_kit.core.origin import is_own_form
from smo_kit.core.own_urls import own_address
from smo_kit.core.refusals import Reason, Refused
from smo_kit.core.way_back import GO_ON, leading_back, way_back
from smo_kit.notify import services
from smo_kit.notify.joining import ANSWERED, FOLLOWING, ON_THE_SITE, REPLIES, follow_as, remember, remembered
from smo_kit.notify.kinds import Frequency
from smo_kit.notify.models import Subscriber, Subscription
from smo_kit.notify.preferences import BY_MAIL, TOO_MANY, wanted_in
from smo_kit.notify.services import Asked
from smo_kit.notify.subscribers import row_of, subscriber_of
from smo_kit.spam.conf import spam_settings
from smo_kit.spam.services import TrapError, read_traps, trap_fields

AS_BEFORE: Final = _("at once, or as I chose before")
FILLED: Final = _("A field that nobody sees was filled in. Please press the button once more.")
QUICK: Final = _("That was faster than people are. Please press the button once more.")
CONSTANT: Final = _("If the address is right, a mail is on its way: press the button in it.")
"""What a stranger reads, whatever is known of the address."""
RETRY_AFTER: Final = "3600"


@csrf_exempt  # is_own_form() asks for the same, and what was typed is shown again
@require_form
@readable
def follow(request: HttpRequest) -> HttpResponse:
    """Show the form that follows a discussion; take what was sent by it."""
    data = request.POST if request.method == "POST" else request.GET
    try:
        target = target_of_form(request, data)
    except Refused as refused:
        return message(request, refused.sentence, language=data.get("l", ""), status=refused.status)
    with override(target.language):
        try:
            return _take(request, target) if request.method == "POST" else _form(request, target)
        except Refused as refused:
            return _form(request, target, refused)


def _take(request: HttpRequest, target: Target) -> HttpResponse:
    """Do what was asked for. Raises Refused."""
    if not is_own_form(request):
        raise Refused(ELSEWHERE, status=HTTPStatus.FORBIDDEN, reason=Reason.CSRF)
    if entrance.FIELD in request.POST and not request.user.is_authenticated:
        then = remember(request, target)
        return entrance.enter(request, request.POST[entrance.FIELD], then, target.discussion.key.speaking(""))
    acting = Acting(request)
    if request.user.is_authenticated:
        return acting.marked(_form(request, target, said=_of_member(request, target)))
    _must_be_a_person(request, target)
    asked = _ask(request, target, author_mark(acting.visitor))
    known = ANSWERED if _only_replies(request) else FOLLOWING
    text = known if asked is Asked.DONE else CONSTANT
    links = () if is_for_script(request) else (back_from(request, target),)
    return acting.marked(message(request, _("Thank you"), text, language=target.language, links=links))


def _said(request: HttpRequest, name: str) -> str:
    """Return what was chosen in a form; where it is only opened, by a guest who then did not sign in."""
    return str((request.POST if request.method == "POST" else remembered(request)).get(name, ""))


def _of_member(request: HttpRequest, target: Target) -> Any:
    """Follow, leave or mute in the name of a member; return what is to be said beside the state that the form shows."""
    act, discussion = request.POST.get("act"), target.discussion
    if act == "follow":
        try:
            return follow_as(request, request.user, target, request.POST)
        except BadAddress as error:
            raise Refused(str(error)) from error
    subscriber = subscriber_of(request.user, language=target.language)
    does = {"mute": services.mute, "leave": services.leave}.get(str(act))
    if does is not None:
        does(subscriber, discussion)
    return ""


def _ask(request: HttpRequest, target: Target, browser: str) -> Asked:
    try:
        asked = services.ask(
            request.POST.get("email", "").replace("\0", ""),
            None if _only_replies(request) else target.discussion,
            language=target.language,
            frequency=wanted_in(_said(request, "often")),
            browser=browser,
            client=client_address(request),
        )
    except BadAddress as error:
        raise Refused(str(error), field="email") from error
    if asked is Asked.TOO_MANY:
        raise Refused(TOO_MANY, status=HTTPStatus.TOO_MANY_REQUESTS)
    return asked


def _only_replies(request: HttpRequest) -> bool:
    return _said(request, "what") == REPLIES


def _paces(row: Subscriber | None, chosen: str) -> list[tuple[str, Any, bool]]:
    """Return how often mail may be wanted. Nobody's present choice is changed by what he leaves as it stands."""
    offered: list[tuple[str, Any]] = [(one.value, one.label) for one in BY_MAIL]
    if row is None:
        offered.insert(0, ("", AS_BEFORE))
    else:
        offered.append((Frequency.NEVER.value, Frequency.NEVER.label))
        chosen = chosen or (row.frequency if row.pk else Frequency.INSTANT)
    return [(value, label, value == chosen) for value, label in offered]


def _must_be_a_person(request: HttpRequest, target: Target) -> None:
    """Raise Refused for what programs do. Who was only quick presses the button again."""
    try:
        traps = read_traps(request.POST, target.discussion.key)
    except TrapError as error:
        raise Refused(error.text, reason=Reason.FORGED) from error
    if traps.honeypot:
        raise Refused(FILLED, reason=Reason.SPAM)
    if (timezone.now() - traps.opened).total_seconds() < spam_settings().fast_seconds:
        raise Refused(QUICK, reason=Reason.SPAM)
    if not request.POST.get("email", "").strip():
        raise Refused(_("Please give an e-mail address like name@example.org."), field="email")


def _form(request: HttpRequest, target: Target, refused: Refused | None = None, said: Any = "") -> HttpResponse:
    traps = trap_fields(target.discussion.key, request.POST)
    user = request.user if request.user.is_authenticated else None
    row = row_of(user) if user else None
    known = (
        Subscription.objects.filter(subscriber=row, discussion=target.discussion).first() if row and row.pk else None
    )
    then = way_back(request)
    context = {
        "action": leading_back(own_address("smo_notify:follow"), then),
        "back": back_from(request, target)[0],
        "goes_on": GO_ON if then and known and not known.is_muted else "",
        "page_title": target.card.title,
        "hidden": {"o": target.discussion.key.sign(), "l": target.language, "opened": traps.opened},
        "honeypot": traps.honeypot,
        "is_member": user is not None,
        "state": "" if known is None else "muted" if known.is_muted else "following",
        "following": ON_THE_SITE if row and row.frequency == Frequency.NEVER else FOLLOWING,
        "mine": f"{own_address('smo_notify:mine')}?{urlencode({'l': target.language})}" if user else "",
        "lost": own_address("smo_notify:link"),
        "often": _paces(row, _said(request, "often")),
        "email": request.POST.get("email", "").replace("\0", ""),
        "only_replies": _only_replies(request),
        "ways": ways_for(request),
        "error": refused.sentence if refused else "",
        "wrong": refused.field if refused else "",
        "said": said,
    }
    status = refused.status if refused else HTTPStatus.OK
    response = answer(request, "smo_kit/notify/follow.html", context, language=target.language, status=status)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        response.headers["Retry-After"] = RETRY_AFTER
    return response
