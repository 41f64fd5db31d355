"""Pages that links of mails lead to: they act by POST alone, since mail scanners open every link."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from django.utils.functional import classproperty
from django.utils.translation import gettext as _

from smo_kit.comments.models import Discussion
from smo_kit.comments.pages import card_of
from smo_kit.comments.people import author_mark
from smo_kit.core.addresses import site_name
from smo_kit.core.own_urls import own_address
from smo_kit.core.visitors import visitor_of
from smo_kit.mail.views import ActionPage, Page
from smo_kit.notify import services
from smo_kit.notify.conf import notify_settings
from smo_kit.notify.kinds import Frequency
from smo_kit.notify.links import CONFIRM, END, EVERYTHING, manage_token
from smo_kit.notify.models import Subscriber

HOUR: Final = 3600
AGAIN: Final = "again"
ALL: Final = "all"
"""Names of what buttons send along."""


class Confirm(ActionPage):
    """Somebody proves that an address is his, and follows what he has asked for."""

    purpose = CONFIRM

    @classproperty
    def max_age(cls) -> int:  # noqa: N805
        return notify_settings().confirm_hours * HOUR

    def ask(self, request: HttpRequest, *parts: str) -> Page:
        title = _title_of(_discussion(parts[2]))
        text = (
            _("News of comments on “%(title)s” will be sent to your address.")
            if title
            else _("Answers will be sent to your address.")
        )
        return Page(title=_("Confirm your address"), text=text % {"title": title}, button=_("Confirm"))

    def act(self, request: HttpRequest, *parts: str) -> Page:
        pk, mark, discussion, browser = parts
        browsers = tuple(dict.fromkeys(filter(None, (browser, author_mark(visitor_of(request))))))
        subscriber = services.confirm(int(pk), mark, _discussion(discussion), browsers=browsers)
        if subscriber is None:
            return Page(title=_("This link can't be used"), text=_("The address is another one by now."), status=410)
        return Page(
            title=_("Your address is confirmed"),
            text=_("Each mail has a link that ends it."),
            link=(own_address("smo_notify:manage", manage_token(subscriber)), _("Your notifications")),
        )


class End(ActionPage):
    """Ends the mails about a discussion, or all; the mail program's own button does it by the same POST (RFC 8058)."""

    purpose = END

    def ask(self, request: HttpRequest, *parts: str) -> Page:
        title = _title_of(_discussion(parts[1]))
        if not title:
            return Page(title=_("Unsubscribe"), text=_no_more(request), button=_("Unsubscribe"))
        text = _("You will get no more mail about comments on “%(title)s”.") % {"title": title}
        return Page(title=_("Unsubscribe"), text=text, button=_("Unsubscribe"))

    def act(self, request: HttpRequest, *parts: str) -> Page:
        subscriber = Subscriber.objects.here().filter(pk=parts[0]).first()
        discussion = _discussion(parts[1])
        if subscriber is None:
            return Page(title=_("You are unsubscribed"), text=_no_more(request))
        if AGAIN in request.POST:
            return self._undone(subscriber, discussion)
        if discussion is None or ALL in request.POST:
            services.end_all(subscriber)
            text = _no_more(request)
        else:
            services.mute(subscriber, discussion)
            text = _("You get no more mail about comments on “%(title)s”.") % {"title": _title_of(discussion)}
        slip = _("It was a slip: subscribe me again")
        link = (own_address("smo_notify:manage", manage_token(subscriber)), _("Your notifications"))
        return Page(title=_("You are unsubscribed"), text=text, button=slip, fields={AGAIN: "1"}, link=link)

    def _undone(self, subscriber: Subscriber, discussion: Discussion | None) -> Page:
        if subscriber.frequency == Frequency.NEVER:
            services.set_frequency(subscriber, Frequency.INSTANT)
        if discussion is not None:
            services.follow(subscriber, discussion)
        return Page(title=_("Subscribed again"), text=_("You get these mails again."))


def _discussion(pk: str) -> Discussion | None:
    return None if pk == EVERYTHING else Discussion.objects.filter(pk=pk).first()


def _title_of(discussion: Discussion | None) -> str:
    card = card_of(discussion.key) if discussion else None
    return card.title if card else ""


def _no_more(request: HttpRequest) -> str:
    return _("%(site)s sends you no more news of comments.") % {"site": site_name(request)}


confirm = Confirm.as_view()
end = End.as_view()
