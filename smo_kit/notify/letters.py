"""Mails to an address that somebody has given: there is one link in them, and nothing of what anybody wrote."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, override

from smo_kit.mail.letters import Letter, letter_from_templates
from smo_kit.notify.models import Subscriber


def letter_to(subscriber: Subscriber, name: str, kind: str, context: dict[str, Any]) -> Letter:
    """Return the letter of the templates ``name``, in the subscriber's language."""
    with override(subscriber.language or None):
        reason = gettext("Somebody gave this address on the site. If it was not you, do nothing: no more mail comes.")
    return letter_from_templates(
        f"smo_kit/notify/mail/{name}",
        context,
        to=subscriber.address,
        kind=kind,
        language=subscriber.language,
        reason=reason,
    )
