"""A member keeps a way in, whichever page he disconnects his networks on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from allauth.account import app_settings
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.utils.translation import gettext_lazy as _

from smo_kit.login.ways import apps_here

LAST: Final = _(
    "This is your last way in. To disconnect it, connect another network first, or set a password and confirm an "
    "e-mail address."
)


def comes_in_by_password(user: Any) -> bool:
    """Say whether a member can sign in without a network. Where addresses must be confirmed, he needs one too."""
    if not user.has_usable_password():
        return False
    is_asked = app_settings.EMAIL_VERIFICATION == app_settings.EmailVerificationMethod.MANDATORY
    return not is_asked or EmailAddress.objects.filter(user=user, verified=True).exists()


def is_last(account: SocialAccount, accounts: Sequence[SocialAccount]) -> bool:
    """Say whether a member has no other account at a network that the site offers."""
    offered = {one.id for one in apps_here()}
    return not any(one.pk != account.pk and one.provider in offered for one in accounts)
