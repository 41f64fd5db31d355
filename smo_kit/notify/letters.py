"""Mails to an address that somebody has given: there is one link in them, and nothing of what anybody wrote."""

from __future__ import annotations

from typing import Any

from smo_kit.mail.letters import Letter, letter_from_templates
from smo_kit.notify.models import Subscriber


def letter_to(subscriber: Subscriber, name: str, kind: str, context: dict[str, Any], **fields: Any) -> Letter:
    """Return the letter of the templates ``name``, in the subscriber's language; ``fields`` are its own ones."""
    name, language = f"smo_kit/notify/mail/{name}", subscriber.language
    return letter_from_templates(name, context, to=subscriber.address, kind=kind, language=language, **fields)
