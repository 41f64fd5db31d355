"""What the demo's own network tells a site of a person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from demo_site.provider.people import BY_ID


class Adapter(DefaultOIDCAdapter):
    """django-allauth's, with pictures and in our words."""

    scope_display = {"profile": _("your name and your picture"), "email": _("your e-mail address")}

    def get_claims(self, purpose: Any, user: Any, client: Any, scopes: Iterable[str], **more: Any) -> dict[str, Any]:
        """Add the address of the picture, if the person shows it."""
        claims: dict[str, Any] = super().get_claims(purpose, user, client, scopes, **more)
        person = BY_ID.get(user.username)
        if person and person.has_picture and "profile" in scopes:
            claims["picture"] = self.request.build_absolute_uri(reverse("portrait", args=[person.id]))
        return claims
