"""What can go wrong when somebody signs in, in sentences with a way on."""

from __future__ import annotations

from typing import Any, Final

from allauth.socialaccount.providers.base.constants import AuthError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from requests import RequestException


class Fault(TextChoices):
    """Its label is what the reader is told; ``%(name)s`` is the network's name."""

    DENIED = "denied", _("You have not allowed %(name)s to tell us who you are. Nothing was changed.")
    DOWN = "down", _("%(name)s does not answer at the moment. Please try again in a few minutes, or another way.")
    LOST = "lost", _("This sign-in has run out, or was begun in another browser. Please begin again.")
    UNCLEAR = (
        "unclear",
        _("%(name)s has answered something that we don't understand. Please try again, or another way."),
    )
    REFUSED = "refused", _("%(name)s does not let this site sign people in at the moment. Please use another way.")
    INACTIVE = "inactive", _("This account is closed. If that is a mistake, please write to the site.")
    CLOSED = "closed", _("New members can't join at the moment. Whoever has an account can still sign in.")
    OFTEN = "often", _("That was tried too often from here. Please try again in an hour.")
    UNKNOWN = "unknown", _("This site has no such way of signing in. Please use another one.")


SENT_ELSEWHERE: Final = "elsewhere"
OWNERS: Final = {Fault.DOWN, Fault.UNCLEAR, Fault.REFUSED}
"""What the owner must hear of: the reader can do nothing about it."""
BAD_CLIENT: Final = ("invalid_client", "unauthorized_client", "invalid_grant_type", "redirect_uri", "invalid_scope")


def fault_of(error: str | None, exception: BaseException | None) -> Fault:
    """Return what has gone wrong, from what django-allauth hands on."""
    if error == AuthError.CANCELLED or error == AuthError.DENIED:
        return Fault.DENIED
    if isinstance(exception, RequestException):
        return Fault.DOWN
    said = str(exception or "").lower()
    if any(word in said for word in BAD_CLIENT):
        return Fault.REFUSED
    return Fault.UNCLEAR if exception is not None else Fault.LOST


def sentence_of(code: str, name: Any) -> str:
    """Return what to tell the reader; "" for what is no fault of ours."""
    try:
        return str(Fault(code).label) % {"name": name}
    except ValueError:
        return ""
