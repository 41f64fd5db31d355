"""Pages that links of mails lead to: they act by POST alone, since mail scanners open every link."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from django.http import HttpRequest
from django.utils.functional import classproperty
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smo_kit.comments.models import Discussion
from smo_kit.comments.people import author_mark
from smo_kit.core.addresses import sign_in_url, site_name
from smo_kit.core.durations import HOUR
from smo_kit.core.own_urls import own_address
from smo_kit.core.shown import card_of
from smo_kit.core.tokens import BadToken, read
from smo_kit.core.visitors import visitor_of
from smo_kit.mail.views import ActionPage, Page
from smo_kit.notify import services
from smo_kit.notify.conf import notify_settings
from smo_kit.notify.kinds import Frequency
from smo_kit.notify.links import CONFIRM, END, EVERYTHING, NOTHING, UNDO, UNDO_SECONDS, manage_token, undo_token
from smo_kit.notify.models import Subscriber, Subscription
from smo_kit.notify.preferences import wanted_in
from smo_kit.notify.subscribers import account_of, ended_by

AGAIN: Final = "again"
ALL: Final = "all"
"""Names of what buttons send along: a token that takes back what was done; that it is about all mails."""
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
        pk, _mark, about, frequency = parts
        waits = _waits(pk)
        if waits and not _is_his(request, waits):
            return _sign_in(request, waits)
        title = _title_of(_discussion(about))
        if title:
            text = _("News of comments on “%(title)s” will be sent to your address.") % {"title": title}
        elif about == EVERYTHING:
            text = _("Answers will be sent to your address.")
        else:
            text = _("You say by this that the address is yours.")
        account = _("It is the address of the account “%(account)s”.") % {"account": account_of(waits)} if waits else ""
        words = [text, _how_often(frequency), account]
        return Page(title=_("Confirm your address"), text=" ".join(filter(None, words)), button=_("Confirm"))

    def act(self, request: HttpRequest, *parts: str) -> Page:
        pk, mark, about, frequency = parts
        waits = _waits(pk)
        if waits and not _is_his(request, waits):
            return replace(_sign_in(request, waits), status=403)
        discussion = _discussion(about)
        was_proved, is_done = _is_done(pk, None), _is_done(pk, discussion)
        subscriber = services.confirm(
            int(pk),
            mark,
            discussion,
            browser=author_mark(visitor_of(request)),
            frequency=frequency,
            follows=discussion is not None or about == EVERYTHING,
        )
        if subscriber is None:
            text = _("The address was changed or deleted since. Subscribe once more on the page itself.")
            return Page(title=_("This link can't be used"), text=text, status=410)
        return Page(
            title=_("Your address is confirmed already") if is_done else _("Your address is confirmed"),
            text=_("Each mail has a link that ends it."),
            on=_page_of(discussion),
            link=_own_page(subscriber, is_owner=not was_proved),
        )


class End(ActionPage):
    """Ends the mails about a discussion, or all; the mail program's own button does it by the same POST (RFC 8058).

    Whoever has the mail can do so, also one to whom it was passed on: what he ends, its owner can begin again on his
    own page.
    """

    purpose = END

    def ask(self, request: HttpRequest, *parts: str) -> Page:
        _pk, _mark, about = parts
        if about == EVERYTHING:
            text = _("%(site)s will send you no more news of comments.") % {"site": site_name(request)}
            return Page(title=_("Unsubscribe"), text=text, button=_("Unsubscribe"))
        title = _title_of(_discussion(about)) or _("a page that is not there any more")
        text = _("You will get no more mail about comments on “%(title)s”.") % {"title": title}
        return Page(title=_("Unsubscribe"), text=text, button=_("Unsubscribe"), others=(_end_all_button(),))

    def act(self, request: HttpRequest, *parts: str) -> Page:
        pk, mark, about = parts
        subscriber, discussion = ended_by(pk, mark), _discussion(about)
        if AGAIN in request.POST:
            return self._undone(request.POST[AGAIN], subscriber)
        if subscriber is None:
            return Page(title=_("You are unsubscribed"), text=_no_more(request))
        if about == EVERYTHING or ALL in request.POST:
            before = wanted_in(subscriber.frequency)
            services.end_all(subscriber)
            return self._done(subscriber, _no_more(request), EVERYTHING, before)
        if discussion is None:  # its page was deleted, and nothing comes of it
            return Page(title=_("You are unsubscribed"), text=_("Nothing comes of this page any more."))
        before = _before(subscriber, discussion)
        services.mute(subscriber, discussion)
        title = _title_of(discussion) or _("a page that is not there any more")
        text = _("You get no more mail about comments on “%(title)s”.") % {"title": title}
        return self._done(subscriber, text, about, before, _end_all_button())

    def _done(self, subscriber: Subscriber, text: str, about: str, before: str, *others: Any) -> Page:
        """Say so. It can be taken back by who has done it just now, and had something ``before``."""
        slip = _("It was a slip: subscribe me again") if before else ""
        fields = {AGAIN: undo_token(subscriber, about, before)} if before else {}
        title, link = _("You are unsubscribed"), _own_page(subscriber)
        return Page(title=title, text=text, button=slip, is_quiet=True, fields=fields, others=others, link=link)

    def _undone(self, token: str, subscriber: Subscriber | None) -> Page:
        about, before = _read_undo(token, subscriber)
        if subscriber is None or not before:
            text = _("It can't be taken back here any more. Subscribe once more, or ask for the link to your page.")
            return Page(title=_("This link can't be used"), text=text, link=_link_page(), status=410)
        discussion = _discussion(about)
        if about == EVERYTHING and subscriber.frequency == Frequency.NEVER:
            services.set_frequency(subscriber, before)
        elif discussion is not None:
            (services.leave if before == CONCERNED else services.unmute)(subscriber, discussion)
        return Page(title=_("Subscribed again"), text=_("You get these mails again."), link=_own_page(subscriber))


def _discussion(pk: str) -> Discussion | None:
    return None if pk in {EVERYTHING, NOTHING} else Discussion.objects.filter(pk=pk).first()


def _is_done(pk: str, discussion: Discussion | None) -> bool:
    """Say whether a link was followed before."""
    rows = Subscriber.objects.here().filter(pk=pk, confirmed_at__isnull=False)
    if discussion is not None:
        rows = rows.filter(subscriptions__discussion=discussion, subscriptions__is_muted=False)
    return rows.exists()


def _before(subscriber: Subscriber, discussion: Discussion) -> str:
    """Return what somebody has of a discussion; "": nothing, he has muted it already."""
    row = Subscription.objects.filter(subscriber=subscriber, discussion=discussion).first()
    if row is None:
        return CONCERNED
    return "" if row.is_muted else FOLLOWED


def _read_undo(token: str, subscriber: Subscriber | None) -> tuple[str, str]:
    try:
        pk, about, before = read(UNDO, token, UNDO_SECONDS)
    except BadToken:
        return "", ""
    return (about, before) if subscriber is not None and pk == str(subscriber.pk) else ("", "")


def _waits(pk: str) -> Subscriber | None:
    """Return a member whose address is not proved: nobody but he proves it, for what it had becomes his."""
    rows = Subscriber.objects.here().select_related("user")
    return rows.filter(pk=pk, user__isnull=False, confirmed_at__isnull=True).first()


def _is_his(request: HttpRequest, subscriber: Subscriber) -> bool:
    return request.user.is_authenticated and request.user.pk == subscriber.user_id


def _sign_in(request: HttpRequest, subscriber: Subscriber) -> Page:
    text = _("The account “%(account)s” has asked for this. If it is yours, sign in to it first; if not, do nothing.")
    link = (sign_in_url(request.get_full_path()), _("Sign in"))
    return Page(title=_("Confirm your address"), text=text % {"account": account_of(subscriber)}, link=link)


def _how_often(frequency: str) -> str:
    return {
        "instant": _("Each comes at once."),
        "daily": _("All news of comments comes in one mail a day."),
        "weekly": _("All news of comments comes in one mail a week."),
    }.get(frequency, "")


def _own_page(subscriber: Subscriber, *, is_owner: bool = False) -> tuple[str, str]:
    """Return the way to one's own page: a guest who has just proved his address goes on at once, others ask for it."""
    if subscriber.user_id is not None:
        return own_address("smo_notify:mine"), _("Your notifications")
    if is_owner:
        return own_address("smo_notify:manage", manage_token(subscriber)), _("Your notifications")
    return _link_page()


def _link_page() -> tuple[str, str]:
    return own_address("smo_notify:link"), _("Your notifications")


def _end_all_button() -> tuple[str, dict[str, str]]:
    return _("End all mails about comments"), {ALL: "1"}


def _title_of(discussion: Discussion | None) -> str:
    page = _page_of(discussion)
    return page[1] if page else ""


def _page_of(discussion: Discussion | None) -> tuple[str, str] | None:
    """Return address and title of the page of a discussion; None where nobody can read it."""
    if discussion is None:
        return None
    card = card_of(discussion.key, language=discussion.language or get_language() or "")
    return (card.url, card.title) if card else None


def _no_more(request: HttpRequest) -> str:
    return _("%(site)s sends you no more news of comments.") % {"site": site_name(request)}


confirm = Confirm.as_view()
end = End.as_view()
