"""Pages that links of mails lead to: they act by POST alone, since mail scanners open every link."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest
from django.utils.functional import classproperty
from django.utils.translation import get_language
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
from smo_kit.notify.desk import wanted_in
from smo_kit.notify.kinds import Frequency
from smo_kit.notify.links import CONFIRM, END, EVERYTHING, manage_token
from smo_kit.notify.models import Subscriber, Subscription

HOUR: Final = 3600
AGAIN: Final = "again"
ALL: Final = "all"
"""Names of what buttons send along: what was before and shall be again; that it is about all mails."""
FOLLOWED: Final = "followed"
CONCERNED: Final = "concerned"
"""What was before a discussion was muted: he followed it, or heard of what concerned himself."""


class Confirm(ActionPage):
    """Somebody proves that an address is his, and follows what he has asked for."""

    purpose = CONFIRM

    @classproperty
    def max_age(cls) -> int:  # noqa: N805
        return notify_settings().confirm_hours * HOUR

    def ask(self, request: HttpRequest, *parts: str) -> Page:
        _pk, _mark, discussion, _browser, frequency = parts
        title = _title_of(_discussion(discussion))
        text = (
            _("News of comments on “%(title)s” will be sent to your address.")
            if title
            else _("Answers will be sent to your address.")
        )
        words = [text % {"title": title}, _how_often(frequency)]
        return Page(title=_("Confirm your address"), text=" ".join(filter(None, words)), button=_("Confirm"))

    def act(self, request: HttpRequest, *parts: str) -> Page:
        pk, mark, about, browser, frequency = parts
        discussion = _discussion(about)
        is_done = _is_done(pk, discussion)
        browsers = tuple(dict.fromkeys(filter(None, (browser, author_mark(visitor_of(request))))))
        subscriber = services.confirm(int(pk), mark, discussion, browsers=browsers, frequency=frequency)
        if subscriber is None:
            text = _("The address was changed or deleted since. Subscribe once more on the page itself.")
            return Page(title=_("This link can't be used"), text=text, status=410)
        return Page(
            title=_("Your address is confirmed already") if is_done else _("Your address is confirmed"),
            text=_("Each mail has a link that ends it."),
            link=_own_page(subscriber),
        )


class End(ActionPage):
    """Ends the mails about a discussion, or all; the mail program's own button does it by the same POST (RFC 8058).

    Whoever has the mail can do so, also one to whom it was passed on: what he ends, its owner can begin again on his
    own page.
    """

    purpose = END

    def ask(self, request: HttpRequest, *parts: str) -> Page:
        if parts[1] == EVERYTHING:
            return Page(title=_("Unsubscribe"), text=_no_more(request), button=_("Unsubscribe"))
        title = _title_of(_discussion(parts[1])) or _("a page that is not there any more")
        text = _("You will get no more mail about comments on “%(title)s”.") % {"title": title}
        return Page(title=_("Unsubscribe"), text=text, button=_("Unsubscribe"), others=(_end_all_button(),))

    def act(self, request: HttpRequest, *parts: str) -> Page:
        subscriber = Subscriber.objects.here().filter(pk=parts[0]).first()
        discussion = _discussion(parts[1])
        if subscriber is None:
            return Page(title=_("You are unsubscribed"), text=_no_more(request))
        if AGAIN in request.POST:
            return self._undone(request, subscriber, discussion)
        if parts[1] == EVERYTHING or ALL in request.POST:
            before = {AGAIN: subscriber.frequency, ALL: "1"}
            services.end_all(subscriber)
            return self._done(subscriber, _no_more(request), before)
        if discussion is None:  # its page was deleted, and nothing comes of it
            return Page(title=_("You are unsubscribed"), text=_("Nothing comes of this page any more."))
        before = {AGAIN: FOLLOWED if _has_row(subscriber, discussion) else CONCERNED}
        services.mute(subscriber, discussion)
        text = _("You get no more mail about comments on “%(title)s”.") % {"title": _title_of(discussion)}
        return self._done(subscriber, text, before, _end_all_button())

    def _done(self, subscriber: Subscriber, text: str, before: dict[str, str], *others: Any) -> Page:
        slip = _("It was a slip: subscribe me again")
        title, link = _("You are unsubscribed"), _own_page(subscriber)
        return Page(title=title, text=text, button=slip, fields=before, others=others, link=link)

    def _undone(self, request: HttpRequest, subscriber: Subscriber, discussion: Discussion | None) -> Page:
        before = request.POST[AGAIN]
        if subscriber.frequency == Frequency.NEVER:
            services.set_frequency(subscriber, wanted_in(before) or Frequency.INSTANT)
        if discussion is not None and ALL not in request.POST:
            (services.leave if before == CONCERNED else services.follow)(subscriber, discussion)
        return Page(title=_("Subscribed again"), text=_("You get these mails again."), link=_own_page(subscriber))


def _discussion(pk: str) -> Discussion | None:
    return None if pk == EVERYTHING else Discussion.objects.filter(pk=pk).first()


def _is_done(pk: str, discussion: Discussion | None) -> bool:
    """Say whether a link was followed before."""
    rows = Subscriber.objects.here().filter(pk=pk, confirmed_at__isnull=False)
    if discussion is not None:
        rows = rows.filter(subscriptions__discussion=discussion, subscriptions__is_muted=False)
    return rows.exists()


def _has_row(subscriber: Subscriber, discussion: Discussion) -> bool:
    return Subscription.objects.filter(subscriber=subscriber, discussion=discussion).exists()


def _how_often(frequency: str) -> str:
    return {
        "instant": _("Each comes at once."),
        "daily": _("All news of comments comes in one mail a day."),
        "weekly": _("All news of comments comes in one mail a week."),
    }.get(frequency, "")


def _own_page(subscriber: Subscriber) -> tuple[str, str]:
    return own_address("smo_notify:manage", manage_token(subscriber)), _("Your notifications")


def _end_all_button() -> tuple[str, dict[str, str]]:
    return _("End all mails about comments"), {ALL: "1"}


def _title_of(discussion: Discussion | None) -> str:
    if discussion is None:
        return ""
    card = card_of(discussion.key, language=discussion.language or get_language() or "")
    return card.title if card else ""


def _no_more(request: HttpRequest) -> str:
    return _("%(site)s sends you no more news of comments.") % {"site": site_name(request)}


confirm = Confirm.as_view()
end = End.as_view()
