"""What the page of one's own notifications shows, and what its buttons do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from smo_kit.comments.models import Discussion
from smo_kit.core.converters import id_in
from smo_kit.core.emails import as_read
from smo_kit.core.settings import site_id
from smo_kit.notify import services
from smo_kit.notify.due_times import FOREVER, is_paused
from smo_kit.notify.kinds import Frequency
from smo_kit.notify.models import Subscriber, Subscription
from smo_kit.notify.page_cards import cards_of
from smo_kit.notify.subscriber_overview import suppressions_of

ON_PAGE: Final = 50
BY_MAIL: Final = (Frequency.INSTANT, Frequency.DAILY, Frequency.WEEKLY)
PAUSES: Final = {"week": dt.timedelta(days=7), "month": dt.timedelta(days=30)}

TOO_MANY: Final = _("Many mails were asked for. Please try again in an hour.")
PAUSED: Final = _("Your mails are paused. What comes meanwhile is sent afterwards.")
SAID: Final[Mapping[str, Any]] = {
    "save": _("It is saved."),
    "week": PAUSED,
    "month": PAUSED,
    "pause": PAUSED,
    "resume": _("You get mails again."),
    "again": _("You get mails again."),
    "lift": _("You get mails again."),
    "paused_again": _("Your mails are not ended any more. They are paused."),
    "follow": _("You follow this discussion."),
    "leave": _("You follow this discussion no more."),
    "mute": _("You hear nothing more of this discussion."),
    "end": _("You get no more mail."),
    "renew": _("Links of older mails don't work any more. The next mails have new ones."),
    "MAILED": _("A mail is on its way to you: press the button in it."),
    "DONE": _("Your address is confirmed."),
    "TOO_MANY": TOO_MANY,
    "ONLY_HERE": _("Your account has no e-mail address."),
}
"""What the page says when something was done."""


OWN_REASONS: Final[Mapping[str, Any]] = {
    "bounce": _("Nothing is sent to %(address)s, for mails came back from there."),
    "complaint": _("Nothing is sent to %(address)s, for a mail was reported as spam."),
    "unsubscribed": _("Nothing is sent to %(address)s, for mails to it were ended."),
}
"""Why an address is suppressed, where its owner himself may lift that."""
BY_EDITORS: Final = _("Nothing is sent to %(address)s: the editors of the site have ended mails to it.")


@dataclass(frozen=True, slots=True)
class Followed:
    """A discussion in the list."""

    pk: int
    title: str
    """"" where the page is gone."""
    url: str
    is_muted: bool


def masked(address: str) -> str:
    """Return an address by which only its owner knows it: ``a•••@example.org``."""
    name, _at, domain = as_read(address).rpartition("@")
    return f"{name[:1]}•••@{domain}" if domain else ""


def shown(subscriber: Subscriber, page: str | None) -> dict[str, Any]:
    """Return what the template shows of a subscriber; nothing is stored."""
    is_member = subscriber.user_id is not None
    rows = Subscription.objects.filter(subscriber=subscriber) if subscriber.pk else Subscription.objects.none()
    listed = Paginator(rows.select_related("discussion").order_by("-pk"), ON_PAGE).get_page(page)
    stopped, may_lift = _stopped(subscriber)
    choices = [*BY_MAIL, Frequency.NEVER] if is_member else BY_MAIL
    return {
        "subscriber": subscriber,
        "address": masked(subscriber.address),
        "is_member": is_member,
        "stopped": stopped,
        "may_lift": may_lift,
        "is_proved": subscriber.confirmed_at is not None,
        "gets_mail": subscriber.frequency != Frequency.NEVER,
        "paces": [(one.value, one.label) for one in BY_MAIL],
        "often": [(one.value, one.label, one == subscriber.frequency) for one in choices],
        "languages": [(code, name, code == _language_of(subscriber)) for code, name in settings.LANGUAGES],
        "is_paused": is_paused(subscriber, timezone.now()),
        "paused_until": None if subscriber.paused_until == FOREVER else subscriber.paused_until,
        "listed": listed,
        "followed": followed(list(listed.object_list)),
    }


def act(subscriber: Subscriber, data: Mapping[str, str], *, client: str) -> dict[str, str]:
    """Do what a button says, once more without harm; return what ``links.done_token`` is told of it."""
    what = data.get("act", "")
    does = _ACTS.get(what)
    if does is None:
        return {}
    return {"done": what, **(does(subscriber, data, client) or {})}


def _save(subscriber: Subscriber, data: Mapping[str, str], client: str) -> None:
    often, language = data.get("often", ""), data.get("language", "")
    is_choice = often in BY_MAIL or (often == Frequency.NEVER and subscriber.user_id is not None)
    if is_choice and often != subscriber.frequency:
        services.set_frequency(subscriber, often)
    services.choose(
        subscriber,
        replies="replies" in data,
        own_pages="own_pages" in data if subscriber.user_id is not None else subscriber.own_pages,
        language=language if language in dict(settings.LANGUAGES) else subscriber.language,
    )


def _pause(subscriber: Subscriber, data: Mapping[str, str], client: str) -> None:
    length = PAUSES.get(data["act"])
    services.pause(subscriber, timezone.now() + length if length else FOREVER)


def _resume(subscriber: Subscriber, data: Mapping[str, str], client: str) -> None:
    services.resume(subscriber)


def _end(subscriber: Subscriber, data: Mapping[str, str], client: str) -> dict[str, str]:
    was = subscriber.frequency
    services.end_all(subscriber)
    return {"was": was} if was in BY_MAIL else {}


def _again(subscriber: Subscriber, data: Mapping[str, str], client: str) -> dict[str, str]:
    if subscriber.frequency == Frequency.NEVER:
        services.set_frequency(subscriber, wanted_in(data.get("was", "")) or Frequency.INSTANT)
    return {"done": "paused_again"} if is_paused(subscriber, timezone.now()) else {}


def _lift(subscriber: Subscriber, data: Mapping[str, str], client: str) -> dict[str, str]:
    _text, may_lift = _stopped(subscriber)
    if not may_lift:
        return {"done": ""}
    suppressions_of(subscriber).delete()
    return {}


def _stopped(subscriber: Subscriber) -> tuple[str, bool]:
    """Return why an address is suppressed ("": it is not), and whether the subscriber may lift that."""
    reasons = set(suppressions_of(subscriber).values_list("reason", flat=True))
    if not reasons:
        return "", False
    is_own = reasons <= OWN_REASONS.keys()
    text = OWN_REASONS[min(reasons)] if is_own else BY_EDITORS
    return text % {"address": masked(subscriber.address)}, is_own and subscriber.confirmed_at is not None


def _renew(subscriber: Subscriber, data: Mapping[str, str], client: str) -> None:
    services.renew_links(subscriber)


def _prove(subscriber: Subscriber, data: Mapping[str, str], client: str) -> dict[str, str]:
    if subscriber.user_id is None:
        return {}
    return {"done": services.ask_for_proof(subscriber, client=client).name}


def _about(does: Callable[[Subscriber, Discussion], None]) -> Callable[..., dict[str, str]]:
    """Return an act on the discussion that the button names."""

    def act(subscriber: Subscriber, data: Mapping[str, str], client: str) -> dict[str, str]:
        discussion = _discussion(data.get("d", ""))
        if discussion is None:
            return {"done": ""}
        does(subscriber, discussion)
        return {"d": str(discussion.pk)}

    return act


def _discussion(pk: str) -> Discussion | None:
    return Discussion.objects.filter(pk=id_in(pk), site_id=site_id()).first()


def wanted_in(often: str) -> str:
    """Return how often somebody wants mail, "" for what is no such word."""
    return often if often in BY_MAIL else ""


def _language_of(subscriber: Subscriber) -> str:
    return subscriber.language or get_language() or settings.LANGUAGE_CODE


def followed(rows: Sequence[Subscription]) -> list[Followed]:
    """Return discussions with their pages."""
    language = get_language() or ""
    cards = cards_of((row.discussion, language) for row in rows)
    found = []
    for row in rows:
        card = cards[row.discussion_id, language]
        title, url = (card.title or card.url, f"{card.url}#comments") if card else ("", "")
        found.append(Followed(row.discussion_id, title, url, row.is_muted))
    return found


_ACTS: Final[Mapping[str, Callable[..., dict[str, str] | None]]] = {
    "save": _save,
    "week": _pause,
    "month": _pause,
    "pause": _pause,
    "resume": _resume,
    "end": _end,
    "again": _again,
    "lift": _lift,
    "renew": _renew,
    "prove": _prove,
    "follow": _about(services.follow),
    "leave": _about(services.leave),
    "mute": _about(services.mute),
}
