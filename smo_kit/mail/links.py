"""Addresses in mails that end mails."""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from smo_kit.core.addresses import base_url
from smo_kit.core.tokens import sign
from smo_kit.mail.addresses import mark
from smo_kit.mail.kinds import kind_of

UNSUBSCRIBE: Final = "mail.unsubscribe"
"""What the token is for."""


def action_url(view: str, token: str, *, language: str = "", base: str = "") -> str:
    """Return the full address of an ActionPage, which speaks ``language``. ``base`` "": base_url()."""
    query = f"?l={language}" if language else ""
    return f"{base or base_url()}{reverse(view, args=[token])}{query}"


def unsubscribe_url(address: str, kind: str, *, language: str = "", base: str = "") -> str:
    """Return where a recipient ends the mails of a kind; "" if they can't be ended. It tells no address, and lasts.

    Raises BadAddress and UnknownKind.
    """
    if not kind_of(kind).can_unsubscribe:
        return ""
    token = sign(UNSUBSCRIBE, mark(address), kind)
    return action_url("smo_mail:unsubscribe", token, language=language, base=base)
