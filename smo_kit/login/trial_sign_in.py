"""Trying a way of signing in out: to the provider and back, and nobody is signed in, made or changed.

django-allauth brings the ``SocialAccount`` of a person up to date before it asks anybody, so a test ends as soon as it
is known who has come: in ``SocialAdapter.populate_user``. What ties the answer to the test is the random ``state`` in
its address, which only this session knows.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Final, cast

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, get_random_string
from django.utils.dateparse import parse_datetime

from smo_kit.core.answers import SeeOther, unstored
from smo_kit.login.faults import BREAKS, Fault, sentence_of
from smo_kit.login.health import harmless, succeeded
from smo_kit.login.naming import whole_name
from smo_kit.login.starting import go

PERMISSION: Final = "smo_login.test_sign_in"
TEST: Final = "smo_login_test"
"""Key of the session: the test that is under way."""
OUTCOME: Final = "smo_login_outcome"
"""Key of the session: what the last test brought. No address of a person."""
STATE_LENGTH: Final = 32


def begin(request: HttpRequest, app: str, page: str) -> HttpResponse:
    """Go to a provider for a test, which ends at ``page``: an address in the admin. Ask for the permission before."""
    state = get_random_string(STATE_LENGTH)
    request.session.pop(OUTCOME, None)
    request.session[TEST] = {"app": app, "state": state, "page": page, "user": str(request.user.pk)}

    def refusal(then: str, fault: Fault, way: str) -> HttpResponse:
        return _end(request, {"fault": fault.value})

    return go(request, app, page, process=AuthProcess.REDIRECT, data={}, state_id=state, refusal=refusal, is_test=True)


def arrived(request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> None:
    """End the test, if this is the answer to one: raise ``ImmediateHttpResponse`` with the way back to its page.

    ``data`` are the fields of a person, their names tidied by ``claims.tidy_names``.
    """
    test = _answered(request)
    if test is None:
        return
    with suppress(PermissionDenied):  # most providers have spent it already
        sociallogin.provider.unstash_redirect_state(request, test["state"])
    if sociallogin.account.provider != test["app"]:
        raise ImmediateHttpResponse(_end(request, {"fault": Fault.LOST.value}))
    succeeded(test["app"])
    raise ImmediateHttpResponse(_end(request, _seen(sociallogin, data)))


def ended_badly(request: HttpRequest, fault: Fault, error: BaseException | None = None) -> HttpResponse | None:
    """Return the way back to the page of the test that came to nothing; None if this is no answer to a test."""
    if _answered(request) is None:
        return None
    said = f"{type(error).__name__}: {error}" if error else _said(request)
    return _end(request, {"fault": fault.value, "detail": harmless(said)})


def outcome(request: HttpRequest, app: str, name: Any) -> dict[str, Any] | None:
    """Return what the last test of this session brought, if it was one of this way: what the page says of it."""
    found = request.session.get(OUTCOME)
    if not isinstance(found, dict) or found.get("app") != app:
        return None
    return {**found, "at": parse_datetime(found["at"]), "sentence": sentence_of(found.get("fault", ""), name)}


def _answered(request: HttpRequest) -> dict[str, str] | None:
    """Return the test of this session that the request answers."""
    test = request.session.get(TEST)
    state = request.GET.get("state") or request.POST.get("state") or ""
    is_answer = isinstance(test, dict) and constant_time_compare(str(test.get("state")), state)
    return cast("dict[str, str]", test) if is_answer else None


def _end(request: HttpRequest, found: dict[str, Any]) -> HttpResponse:
    """Keep what was found for who began the test, if he still may know it, and lead back."""
    test = request.session.pop(TEST)
    if str(request.user.pk) == test["user"] and request.user.has_perm(PERMISSION):
        request.session[OUTCOME] = {"app": test["app"], "at": timezone.now().isoformat(), **found}
    return unstored(SeeOther(test["page"]))


def _seen(sociallogin: Any, data: dict[str, Any]) -> dict[str, Any]:
    provider, addresses = sociallogin.provider, sociallogin.email_addresses
    return {
        "name": whole_name(data) or data["username"],
        "has_address": bool(addresses),
        "is_verified": any(one.verified for one in addresses),
        "has_picture": bool(data.get("picture") or _picture(sociallogin)),
        "scopes": list(provider.get_scope()) if hasattr(provider, "get_scope") else [],
    }


def _picture(sociallogin: Any) -> str:
    try:
        return str(sociallogin.provider.wrap_account(sociallogin.account).get_avatar_url() or "")
    except BREAKS:
        return ""


def _said(request: HttpRequest) -> str:
    """Return what the provider has put into the address that it sends people back to (RFC 6749, 4.1.2.1)."""
    return " ".join(request.GET[name] for name in ("error", "error_description") if request.GET.get(name))
