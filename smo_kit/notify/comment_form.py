"""What the form for a comment asks: whether its author wants mail when somebody answers, or writes there at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.crypto import get_random_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from smo_kit.comments.additions import Addition, register_addition
from smo_kit.comments.models import Discussion, Entry
from smo_kit.comments.states import State
from smo_kit.core.emails import BadAddress
from smo_kit.core.limits import client_address
from smo_kit.notify.joining import REPLIES
from smo_kit.notify.models import Wish
from smo_kit.notify.services import Asked, wish

FIELD: Final = "followup"
ALL: Final = "all"
CHOICES: Final = (("", _("nothing")), (REPLIES, _("answers to me")), (ALL, _("all new comments here")))
HAPPENS: Final[Mapping[str, Any]] = {
    REPLIES: _("You get a mail when somebody answers you."),
    ALL: _("You get a mail when somebody writes here."),
}
GRANTS: Final[Mapping[bool, Any]] = {
    False: _("The button also subscribes you: you get a mail when somebody answers you."),
    True: _("The button also subscribes you: you get a mail when somebody writes on this page."),
}
"""What a guest reads before he says that the comment is his; whether he follows the whole discussion."""
ONE_MORE_STEP: Final = _("For mails, press the button in the one we have sent you.")
NOT_NOW: Final = _("You get no mail for now: many were asked for. Subscribe below the comments in an hour.")
NO_ADDRESS: Final = _("You get no mail, for your account has no e-mail address. News stands in your list on this site.")
NOT_YET: Final = _("You get no mail for now, for your comment is looked at first. Subscribe below the comments.")
BAD_ADDRESS: Final = _("You get no mail, for none can be sent to your address.")
REFUSED: Final[Mapping[Asked, Any]] = {
    Asked.TOO_MANY: NOT_NOW,
    Asked.ONLY_HERE: NO_ADDRESS,
    Asked.NOT_YET: NOT_YET,
}


def _html(request: HttpRequest, discussion: Discussion, data: Mapping[str, str]) -> SafeString:
    choices = [(value, label, value == data.get(FIELD, "")) for value, label in CHOICES]
    context = {"name": FIELD, "choices": choices, "mark": get_random_string(6)}
    return render_to_string("smo_kit/notify/followup.html", context)


def _taken(request: HttpRequest, entry: Entry, data: Mapping[str, str]) -> Any:
    wanted = data.get(FIELD, "")
    if wanted not in HAPPENS:
        return ""
    try:
        asked = wish(entry, whole=wanted == ALL, client=client_address(request))
    except BadAddress:
        return BAD_ADDRESS
    if asked is Asked.MAILED and entry.state != State.PENDING:  # else the mail that asks for the comment is the one
        return ONE_MORE_STEP
    return REFUSED.get(asked, HAPPENS[wanted])


def _grants(entry: Entry) -> Any:
    found = Wish.objects.filter(entry=entry).first()
    return GRANTS[found.is_whole] if found else ""


register_addition(Addition(id="notify", html=_html, taken=_taken, grants=_grants))
