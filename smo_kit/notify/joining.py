"""The wish to follow survives signing in: it is carried out when he who pressed the button has come in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from smo_kit.comments.targets import Target, target_of_form
from smo_kit.core.emails import BadAddress
from smo_kit.core.joining import register_joiner
from smo_kit.core.limits import client_address
from smo_kit.core.own_urls import own_address
from smo_kit.core.refusals import Refused
from smo_kit.core.way_back import way_back
from smo_kit.core.wishes import keep_wish, take_wish, wish_of
from smo_kit.notify import services
from smo_kit.notify.kinds import Frequency
from smo_kit.notify.preferences import wanted_in
from smo_kit.notify.services import Asked
from smo_kit.notify.subscribers import row_of

APP: Final = "notify"
LENGTH: Final = 20
"""Letters that are kept of each choice; none that is offered has more."""
REPLIES: Final = "replies"
ANSWERED: Final = _("You get a mail when somebody answers you.")
FOLLOWING: Final = _("You follow this discussion.")
ON_THE_SITE: Final = _("You follow this discussion on the site, without mail.")
MEMBERS: Final[Mapping[Asked, Any]] = {
    Asked.DONE: FOLLOWING,
    Asked.MAILED: _("You follow this discussion on the site. For mails, press the button in the one we have sent you."),
    Asked.TOO_MANY: _("You follow this discussion on the site. For mails, try again in an hour: many were asked for."),
    Asked.ONLY_HERE: _("You follow this discussion on the site. For mails, give your account an e-mail address."),
}
"""What a member reads who has pressed the button."""


def remember(request: HttpRequest, target: Target) -> str:
    """Keep what a guest has chosen, and return where he comes back to: the page that he was reading."""
    address = {"o": target.discussion.key.sign(), "l": target.language}
    chosen = {name: request.POST.get(name, "")[:LENGTH] for name in ("what", "often")}
    keep_wish(request, APP, {**address, **chosen})
    page = way_back(request) or f"{target.card.url}#comments"
    if url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return page
    return f"{own_address('smo_notify:follow')}?{urlencode(address)}"


def remembered(request: HttpRequest) -> dict[str, Any]:
    """Return what was chosen in this browser within the last hour, to sign in; {} for nothing."""
    return wish_of(request, APP)


def follow_as(request: HttpRequest, user: Any, target: Target, chosen: Mapping[str, str]) -> Any:
    """Follow a discussion in the name of a member, and return what he is told. Raises BadAddress."""
    often, only_replies = chosen.get("often", ""), chosen.get("what") == REPLIES
    asked = services.ask(
        "",
        None if only_replies else target.discussion,
        language=target.language,
        frequency=often if often == Frequency.NEVER else wanted_in(often),
        client=client_address(request),
        user=user,
    )
    if row_of(user).frequency == Frequency.NEVER:
        return ON_THE_SITE
    return ANSWERED if only_replies and asked is Asked.DONE else MEMBERS[asked]


def on_joined(request: HttpRequest, user: Any, browser: str) -> None:
    """Carry out what was wished in this browser, once."""
    wish = take_wish(request, APP)
    if not wish:
        return
    try:
        target = target_of_form(request, wish)
        with override(target.language):
            said = follow_as(request, user, target, wish)
            messages.success(request, f"{target.card.title}: {said}", fail_silently=True)
    except (Refused, BadAddress):
        return


register_joiner(APP, on_joined)
