"""What can go wrong when somebody signs in, in sentences with a way on."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.core.exceptions import (
    ImproperlyConfigured,
    MultipleObjectsReturned,
    ObjectDoesNotExist,
    PermissionDenied,
)
from django.db import IntegrityError
from django.db.models import TextChoices
from django.urls import NoReverseMatch
from django.utils.translation import gettext_lazy as _
from requests import ConnectionError as Unreachable
from requests import HTTPError, RequestException, Timeout
from requests.exceptions import ChunkedEncodingError


class Fault(TextChoices):
    """Its label is what the reader is told; ``%(name)s`` is the network's name."""

    DENIED = "denied", _("You have not allowed %(name)s to tell us who you are. Nothing was changed.")
    DOWN = "down", _("%(name)s does not answer at the moment. Please try again in a few minutes, or another way.")
    LOST = "lost", _("This sign-in has run out, or was begun in another browser. Please begin again.")
    CODE = "code", _("This code has run out, or was mistyped too often. Please begin again.")
    UNCLEAR = (
        "unclear",
        _("%(name)s has answered something that we don't understand. Please try again, or another way."),
    )
    REFUSED = "refused", _("%(name)s does not let this site sign people in at the moment. Please use another way.")
    INACTIVE = "inactive", _("This account is closed. If that is a mistake, please write to the site.")
    CLOSED = "closed", _("New members can't join at the moment. Whoever has an account can still sign in.")
    OFTEN = "often", _("That was tried too often from here. Please try again in an hour.")
    WAIT = "wait", _("That was tried too often. Please wait a few minutes, and try again.")
    UNKNOWN = "unknown", _("This site has no such way of signing in. Please use another one.")
    TAKEN = "taken", _("This account of %(name)s is connected with another member already. Nothing was changed.")
    OTHER = "other", _("That is another account. Nothing was changed. Please use the one that is connected here.")
    SWAPPED = "swapped", _("This was begun by another member. Nothing was changed. Please begin again.")


OWNERS: Final = {Fault.DOWN, Fault.UNCLEAR, Fault.REFUSED}
"""What the owner must hear of: the reader can do nothing about it."""

THROTTLES: Final = {Fault.OFTEN, Fault.WAIT}
STRANGE: Final = {Fault.LOST, Fault.CODE, Fault.SWAPPED}
"""What comes back belongs to no start of this browser, or to one that is too old."""

BAD_CLIENT: Final = (
    "invalid_client",
    "unauthorized_client",
    "unsupported_grant_type",
    "unsupported_response_type",
    "redirect_uri",
    "invalid_scope",
)
"""Words of errors for which the application is to blame, or how it is set up (RFC 6749, 4.1.2.1 and 5.2)."""
DENIALS: Final = (
    "access_denied",
    "user_denied",
    "user_cancelled",
    "consent_required",
    "interaction_required",
    "login_required",
)
SPENT: Final = ("invalid_grant", "bad_verification_code")
"""What is said of a code that was used already, or is old: a page loaded anew, say."""
AWAY: Final = ("server_error", "temporarily_unavailable")

BREAKS: Final = (
    RequestException,
    OAuth2Error,
    PermissionDenied,
    ObjectDoesNotExist,
    MultipleObjectsReturned,
    ImproperlyConfigured,
    NoReverseMatch,
    IntegrityError,
    RecursionError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
)
"""What django-allauth raises when a provider is away, answers something else than it knows, or an application is not
set up; IntegrityError: two tabs made the same account at once."""


MISSET: Final = (MultipleObjectsReturned, ImproperlyConfigured, NoReverseMatch)
"""What is raised, whatever a reader does, when an application is not set up, or twice."""


def fault_of(error: str | None, exception: BaseException | None, *, said: str = "", is_known: bool = True) -> Fault:
    """Return what has gone wrong, from what django-allauth hands on.

    ``said`` is the provider's own word for it, which counts only if the answer is one to a start of this browser
    (``is_known``).
    """
    if error in (AuthError.CANCELLED, AuthError.DENIED):
        return Fault.DENIED
    if exception is not None:
        return fault_of_exception(exception)
    if not is_known:
        return Fault.LOST
    if _has(said, DENIALS):
        return Fault.DENIED
    if _has(said, AWAY):
        return Fault.DOWN
    return Fault.REFUSED if _has(said, BAD_CLIENT) else Fault.UNCLEAR


def fault_of_exception(exception: BaseException) -> Fault:
    """Return what an exception means to the reader."""
    if isinstance(exception, (PermissionDenied, IntegrityError)):
        return Fault.LOST
    if isinstance(exception, ObjectDoesNotExist):
        return Fault.UNKNOWN
    if isinstance(exception, MISSET):
        return Fault.REFUSED
    if isinstance(exception, (Unreachable, Timeout, ChunkedEncodingError)):
        return Fault.DOWN
    if isinstance(exception, HTTPError):
        return _of_status(exception)
    said = str(exception)
    if _has(said, BAD_CLIENT):
        return Fault.REFUSED
    return Fault.LOST if _has(said, SPENT) else Fault.UNCLEAR


def sentence_of(code: str, name: Any) -> str:
    """Return what to tell the reader; "" for what is no fault of ours."""
    try:
        return str(Fault(code).label) % {"name": name}
    except ValueError:
        return ""


def _of_status(error: HTTPError) -> Fault:
    status = error.response.status_code if error.response is not None else 0
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return Fault.REFUSED
    is_away = status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS
    return Fault.DOWN if is_away else Fault.UNCLEAR


def _has(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text.lower() for word in words)
