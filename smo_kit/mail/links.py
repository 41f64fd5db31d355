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


def unsubscribe_url(address: str, kind: str, base: str = "") -> str:
    """Return where a recipient ends the mails of a kind; "" if they can't be ended. It tells no address, and lasts.

    ``base`` is what the address begins with, base_url() without it. Raises BadAddress and UnknownKind.
    """
    if not kind_of(kind).can_unsubscribe:
        return ""
    token = sign(UNSUBSCRIBE, mark(address), kind)
    return f"{base or base_url()}{reverse('smo_mail:unsubscribe', args=[token])}"
