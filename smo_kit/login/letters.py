"""Mails of django-allauth go into the outbox, so that a mail server that is away stops nobody."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, Final

from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest
from django.utils.translation import get_language

from smo_kit.core.emails import BadAddress, in_small
from smo_kit.core.events import event, event_logger
from smo_kit.core.marks import mark
from smo_kit.login.kinds import CODE, LINK, NEWS
from smo_kit.login.ways import name_of
from smo_kit.mail.letters import Ends
from smo_kit.mail.services import letter_from_templates, post, recall

logger = event_logger(__name__)

ENDS: Final = Ends(subject="_subject.txt", text="_message.txt", html="_message.html")
"""How django-allauth names the templates of a mail."""
_OPENS: Final = ("key", "activate_url", "password_reset_key")
"""What stands in the context of a mail whose link opens something."""


def send(prefix: str, address: str, context: Mapping[str, Any], request: HttpRequest | None) -> None:
    """Put a mail of django-allauth's into the outbox: ``prefix`` names its templates.

    Of several codes for one address the newest alone goes out: the others are worth nothing.
    """
    kind = CODE if context.get("code") else LINK if any(context.get(one) for one in _OPENS) else NEWS
    known = {**context, "email": address, "current_site": get_current_site(request) if request else None}
    try:
        fields = {"key": _only_one(address)} if kind == CODE else {}
        letter = letter_from_templates(
            prefix, known, to=address, kind=kind, language=get_language() or "", request=request, ends=ENDS, **fields
        )
    except BadAddress:
        logger.warning("A mail of sign-in has no address that mail can be sent to.", extra=event("login.no_address"))
        return
    post(letter)


def ways_of(address: str) -> dict[str, Any]:
    """Return by which ways the owner of an address can sign in: names of networks, and whether he has a password.

    An account that has not proved the address tells nothing: whoever reads the mail need not be who made it.
    """
    users = filter_users_by_email(address)
    proved = EmailAddress.objects.filter(email=address, verified=True, user__in=users)
    apps = (
        SocialAccount.objects.filter(user__in=proved.values("user")).order_by("pk").values_list("provider", flat=True)
    )
    owners = {one.user_id for one in proved}
    return {
        "networks": [name_of(app) for app in dict.fromkeys(apps)],
        "has_password": any(user.has_usable_password() for user in users if user.pk in owners),
        "is_proved": bool(owners),
    }


def _only_one(address: str) -> str:
    """Withdraw the codes for an address that have not gone out, and return the key of the next."""
    prefix = f"login-code:{mark('smo_kit.login.code', in_small(address))[:32]}:".lower()
    recall(key_prefix=prefix)
    return f"{prefix}{secrets.token_hex(8)}"
