"""Mails to an address that somebody has given: there is one link in them, and nothing of what anybody wrote."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, override

from smo_kit.comments.models import Discussion
from smo_kit.core.durations import MINUTE
from smo_kit.core.shown import card_of
from smo_kit.mail.kinds import Kind, register_kind
from smo_kit.mail.letters import Letter, letter_from_templates
from smo_kit.mail.services import post
from smo_kit.notify import kinds
from smo_kit.notify.conf import notify_settings
from smo_kit.notify.models import Subscriber
from smo_kit.notify.subscribers import account_of


def letter_to(subscriber: Subscriber, name: str, kind: str, context: dict[str, Any], **fields: Any) -> Letter:
    """Return the letter of the templates ``name``, in the subscriber's language; ``fields`` are its own ones."""
    name, language = f"smo_kit/notify/mail/{name}", subscriber.language
    return letter_from_templates(name, context, to=subscriber.address, kind=kind, language=language, **fields)


def ask_by_mail(
    subscriber: Subscriber,
    link: str,
    discussion: Discussion | None,
    *,
    frequency: str = "",
    follows: bool = True,
    again: bool = False,
) -> None:
    """Send the link that proves an address, once a minute: who presses twice gets it once. Nothing of what anybody
    wrote is in the mail."""
    card = card_of(discussion.key, language=subscriber.language) if discussion else None
    context = {
        "link": link,
        "hours": notify_settings().confirm_hours,
        "title": card.title if card else "",
        "follows": follows,
        "again": again,
        "account": account_of(subscriber),
    }
    with override(subscriber.language or None):
        reason = _why_asked(subscriber, again=again)
    about = discussion.pk if discussion else "answers" if follows else "proof"
    wish = (subscriber.pk, about, frequency or "-", subscriber.language.lower() or "-")
    minute = int(timezone.now().timestamp()) // MINUTE
    key = ":".join(map(str, (kinds.CONFIRM, *wish, minute)))
    post(letter_to(subscriber, "confirm", kinds.CONFIRM, context, reason=reason, key=key))


def _why_asked(subscriber: Subscriber, *, again: bool) -> str:
    if again:
        return gettext("You get this because news of comments was sent to this address.")
    if subscriber.confirmed_at is None:
        return gettext("Somebody gave this address on the site. If it was not you, do nothing: no more mail comes.")
    return gettext("Somebody gave this address on the site. If it was not you, do nothing: nothing changes.")


register_kind(Kind(id=kinds.CONFIRM, label=kinds.CONFIRM_LABEL, bounce_suppresses=True, is_secret=True))
