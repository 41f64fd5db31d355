"""What the suite has django-allauth do otherwise: errors in sentences, safe accounts, mails by the outbox.

::

    ACCOUNT_ADAPTER = "smo_kit.login.adapters.AccountAdapter"
    SOCIALACCOUNT_ADAPTER = "smo_kit.login.adapters.SocialAdapter"
"""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from smo_kit.core.own_urls import own_address
from smo_kit.login.faults import fault_of
from smo_kit.login.health import failed
from smo_kit.login.starting import refuse, safe_next
from smo_kit.login.trying import arrived, ended_badly

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts of this site."""


class SocialAdapter(DefaultSocialAccountAdapter):
    """Accounts that readers have elsewhere."""

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Never: an address that a provider names is no proof that its user owns an account of ours."""
        return False

    def authenticate_by_email(self, sociallogin: Any) -> None:
        """Find nobody, whatever the provider says of the address."""

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: BaseException | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Lead to the page that says what went wrong, with the other ways and the way back."""
        state = (extra_context or {}).get("state") or {}
        app = provider.sub_id if hasattr(provider, "sub_id") else str(provider)
        fault = fault_of(error, exception)
        logger.info("Signing in by %s came to nothing: %s.", app, fault, exc_info=exception)
        failed(app, fault, exception)
        back = ended_badly(request, fault, exception)
        raise ImmediateHttpResponse(back or refuse(safe_next(request, state.get("next", "/")), fault, app))

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        """Fill the account that is to be; a test of the owner's ends here, before anything is looked up or saved."""
        user = super().populate_user(request, sociallogin, data)
        arrived(request, sociallogin, data)
        return user

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Return to the member's own page."""
        return own_address("smo_login:account")
