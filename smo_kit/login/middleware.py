"""A provider that is away, or answers what nobody expects: a sentence, where django-allauth alone answers with 500.

A code that has run out leads back with a sentence too, and never is it forgotten where the reader wanted to go on to.
Who signs in or out gets a cookie that says so to the script of pages, or loses it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

from allauth.socialaccount.providers import registry
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.utils.translation import activate, get_language

from smo_kit.core.answers import SeeOther, unstored
from smo_kit.core.events import event, event_logger
from smo_kit.core.own_urls import address_if_any
from smo_kit.login.faults import BREAKS, MISSET, OWNERS, Fault, fault_of_exception
from smo_kit.login.health import failed, for_the_log
from smo_kit.login.language_addresses import speak, spoken
from smo_kit.login.pending import look, look_at_form, then_of
from smo_kit.login.provider_calls import has_asked
from smo_kit.login.signed_in_cookie import mark_answer
from smo_kit.login.starting import refuse, sign_in_page
from smo_kit.login.trial_sign_in import ended_badly

logger = event_logger(__name__)

PROVIDERS: Final = "allauth.socialaccount.providers."
SPEAKING: Final = ("allauth.", "smo_kit.login.")
"""Modules whose views speak the language of ``?l=``."""
FORMS: Final = {
    "account_email_verification_sent": Fault.CODE,
    "account_confirm_login_code": Fault.CODE,
    "socialaccount_signup": Fault.LOST,
}
"""Views that lead back to the start without a word when what they wait for has run out."""


class ProviderFaults:
    """Stands after ``allauth.account.middleware.AccountMiddleware``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = get_language()
        response = self._answer(request)
        spoken = get_language()
        if spoken and spoken != before:
            response.headers.setdefault("Content-Language", spoken)
            activate(before or settings.LANGUAGE_CODE)
        mark_answer(request, response)
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match is None:
            return response
        is_provider = _is_provider(match)
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS and (is_provider or match.url_name in FORMS):
            return refuse(then_of(request), Fault.WAIT)
        if match.url_name in FORMS and _leads_to_the_start(response):
            return refuse(then_of(request), FORMS[match.url_name])
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Speak as the address asks for; look where the reader wanted to go on to, while the session still knows.

        Networks are disconnected on the member's own page, which locks their rows, and not on django-allauth's.
        """
        match = request.resolver_match
        if match is not None and getattr(match.func, "__module__", "").startswith(SPEAKING):
            speak(request)
        if match is not None and _is_provider(match):
            look(request)
        elif match is not None and match.url_name in FORMS:
            look_at_form(request)
        is_list = match is not None and match.url_name == "socialaccount_connections"
        return unstored(SeeOther(spoken("smo_login:account"))) if is_list else None

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        """Tell the forms on the way where giving up leads: to the other ways, and nothing is forgotten."""
        match = request.resolver_match
        if match is not None and match.url_name in FORMS and response.context_data is not None:
            response.context_data["smo_others"] = sign_in_page(then_of(request))
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a provider's own views; what fails elsewhere is none of ours."""
        match = request.resolver_match
        if match is None or not _is_provider(match) or not isinstance(exception, BREAKS):
            return None
        app, fault = _app_of(match), fault_of_exception(exception)
        level = logging.ERROR if fault in OWNERS else logging.INFO
        logger.log(level, "Signing in by %s broke off. %s", app, for_the_log(exception), extra=event("login.broke_off"))
        if has_asked(request) or isinstance(exception, MISSET):
            failed(app, fault, exception)
        return ended_badly(request, fault, exception) or refuse(then_of(request), fault, app)


def _is_provider(match: ResolverMatch) -> bool:
    return getattr(match.func, "__module__", "").startswith(PROVIDERS)


def _app_of(match: ResolverMatch) -> str:
    """Return the id of the application whose view this is: such names begin with that of its provider."""
    name = match.url_name or ""
    ids = [one.id for one in registry.get_class_list() if name.startswith(f"{one.id}_")]
    return str(match.kwargs.get("provider_id") or max(ids, key=len, default=""))


def _leads_to_the_start(response: HttpResponse) -> bool:
    start = address_if_any("account_login")
    return bool(start) and urlsplit(response.get("Location", "")).path == start
