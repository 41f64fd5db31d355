"""An address is proved for the first time: what opened its account before is worth nothing, whoever made it.

A stranger could sign up with somebody's address, by a password or a network of his own, and wait until the owner comes
in by mail and the account is worth something. What has been shown in the very session that proves the address stays.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any, Final

from allauth.account.internal.stagekit import unstash_login
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from smo_kit.login.dependents import rows_of_allauth

RECORDS: Final = "account_authentication_methods"
OWNER: Final = "account_authentication_methods_user"
"""Keys of a session, of django-allauth: by which steps somebody has shown who he is, and as which member."""
PASSWORDS: Final = {"password", "password_reset"}


def on_confirmed(sender: Any, request: HttpRequest, email_address: EmailAddress, **kwargs: object) -> None:
    """Drop them, unless this is the sign-up itself, a member who is signed in, or an act in the admin."""
    user: Any = email_address.user
    if _has_proved(user, but=email_address.pk) or _is_his_own(request, user):
        return
    records = _shown(request, user)
    with transaction.atomic():
        if not any(one.get("method") in PASSWORDS for one in records):
            _drop_password(request, user)
        _drop_others(user, records)


def on_password_reset(sender: Any, request: HttpRequest, user: Any, **kwargs: object) -> None:
    """Drop all but the password, which has just been set by who reads the mail."""
    if not _has_proved(user):
        with transaction.atomic():
            _drop_others(user, _shown(request, user))


def _has_proved(user: Any, but: object = None) -> bool:
    proved: QuerySet[Any] = EmailAddress.objects.filter(user=user, verified=True).exclude(pk=but)
    return proved.exists()


def _is_his_own(request: HttpRequest, user: Any) -> bool:
    if request.user == user:
        return True
    if request.resolver_match is not None and request.resolver_match.app_name == "admin":
        return True
    begun = unstash_login(request, peek=True)
    return bool(begun and begun.signup and begun.user == user)


def _shown(request: HttpRequest, user: Any) -> list[dict[str, Any]]:
    """Return by which steps somebody has shown, in this session, that the account is his."""
    records, owner = request.session.get(RECORDS), user._meta.pk.value_to_string(user)
    if not isinstance(records, list) or request.session.get(OWNER, owner) != owner:  # older ones do not say whose
        return []
    return [one for one in records if isinstance(one, dict)]


def _drop_password(request: HttpRequest, user: Any) -> None:
    """Let no password open the account, nor a session that is open."""
    had_one = user.has_usable_password()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    if had_one:
        said = _("The password from before you confirmed your address works no more. You can set a new one.")
        messages.info(request, said, fail_silently=True)


def _drop_others(user: Any, records: list[dict[str, Any]]) -> None:
    """Delete networks, second factors and the like."""
    steps = [one for one in records if one.get("method") == "socialaccount"]
    his = [Q(provider=one.get("provider"), uid=one.get("uid")) for one in steps]
    for rows in rows_of_allauth(user):
        if rows.model is SocialAccount:
            rows.exclude(reduce(or_, his, Q(pk__in=[]))).delete()
        elif rows.model is not EmailAddress:
            rows.delete()
