"""What sign-in keeps of a person: his accounts at networks, his addresses, his picture."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.utils.translation import gettext_lazy as _

from smo_kit.core.addresses import absolute
from smo_kit.core.people import Erasure, Holder, Person, register_holder
from smo_kit.login.models import Portrait
from smo_kit.login.portraits import faces

ACCOUNT = ("provider", "uid", "date_joined", "last_login", "extra_data")
"""No tokens: they would open the account for whoever finds the file."""


def export(person: Person) -> dict[str, list[Any]]:
    """Return what networks have said of him, his addresses, and where his picture is."""
    his = {"user__in": person.user_ids}
    found = faces(person.user_ids)
    return {
        "networks": list(SocialAccount.objects.filter(**his).order_by("pk").values(*ACCOUNT)),
        "addresses": list(EmailAddress.objects.filter(**his).order_by("pk").values("email", "verified", "primary")),
        "pictures": [
            {"picture": absolute(found[one.user_id]) if one.user_id in found else "", "at": one.at}
            for one in Portrait.objects.filter(**his).order_by("pk")
        ],
    }


def erase(person: Person, how: Erasure) -> dict[str, int]:
    """Delete all of it, with the tokens: who has no password can't sign in any more."""
    his = {"user__in": person.user_ids}
    portraits, accounts = Portrait.objects.filter(**his), SocialAccount.objects.filter(**his)
    addresses = EmailAddress.objects.filter(**his)
    counts = {"pictures": portraits.count(), "networks": accounts.count(), "addresses": addresses.count()}
    for rows in (portraits, accounts, addresses):
        rows.delete()
    return counts


register_holder(Holder(id="login", label=_("Sign-in"), export=export, erase=erase))
