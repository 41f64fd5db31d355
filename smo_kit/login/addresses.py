"""One mailbox, one account: an address is known however it is spelled."""

from __future__ import annotations

from functools import reduce
from operator import or_

from allauth.account import app_settings
from allauth.account.internal.flows.manage_email import sync_email_address
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db.models import Q

from smo_kit.core.emails import as_read, in_small


def as_known_here(address: str) -> str:
    """Return an address as an account of this site writes it, else as mail is sent to it. Raises BadAddress.

    django-allauth compares letter by letter, so that ``a@bücher.example`` and its Punycode would be two people. The
    database may take another address for the same, such as ``a@bucher.example``: so its rows are compared here again.
    """
    sent = in_small(address)
    ways = list(dict.fromkeys((sent, as_read(sent), address.lower())))
    rows = EmailAddress.objects.filter(email__in=ways).order_by("-verified", "pk").values_list("email", flat=True)
    return next((one for one in rows if one in ways), "") or _of_a_user(ways) or sent


def _of_a_user(ways: list[str]) -> str:
    """Return how an account without a row of its own for the address writes it, such as one made in the admin.

    An address in capital letters gets a row in small ones, unproved: else django-allauth would not find it.
    """
    field = app_settings.USER_MODEL_EMAIL_FIELD
    if not field:
        return ""
    any_way = reduce(or_, (Q(**{f"{field}__iexact": one}) for one in ways))
    users = get_user_model()._default_manager.filter(any_way).order_by("pk")
    user = next((one for one in users if str(getattr(one, field)).lower() in ways), None)
    if user is None:
        return ""
    stored = str(getattr(user, field))
    if stored != stored.lower():
        sync_email_address(user, stored.lower())
    return stored.lower()
