"""A provider that is away, or answers what nobody expects: a sentence, where django-allauth alone answers with 500."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from requests import RequestException

from smo_kit.login.faults import Fault
from smo_kit.login.health import failed
from smo_kit.login.starting import UNCLEAR_ERRORS, refuse
from smo_kit.login.trying import ended_badly

logger = logging.getLogger(__name__)

PROVIDERS = "allauth.socialaccount.providers."


class ProviderFaults:
    """Stands after ``allauth.account.middleware.AccountMiddleware``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a provider's own views; what fails elsewhere is none of ours."""
        match = request.resolver_match
        if match is None or not getattr(match.func, "__module__", "").startswith(PROVIDERS):
            return None
        if not isinstance(exception, (RequestException, *UNCLEAR_ERRORS)):
            return None
        app = str(match.kwargs.get("provider_id") or match.func.__module__.removeprefix(PROVIDERS).partition(".")[0])
        fault = Fault.DOWN if isinstance(exception, RequestException) else Fault.UNCLEAR
        logger.error("Signing in by %s broke off.", app, exc_info=exception)
        failed(app, fault, exception)
        return ended_badly(request, fault, exception) or refuse("/", fault, app)
