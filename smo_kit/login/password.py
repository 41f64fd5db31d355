"""Signing in with a password: django-allauth's own form, which its own view takes."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import LoginView
from django.http import HttpRequest

from smo_kit.core.own_urls import address_if_any


def has_password() -> bool:
    """Say whether members of this site may sign in without a network."""
    return bool(address_if_any("account_login"))


def password_context(request: HttpRequest) -> dict[str, Any]:
    """Return what django-allauth's page of signing in has to show, with an empty form; {} without a password."""
    if not has_password():
        return {}
    view = LoginView()
    view.setup(request)
    context: dict[str, Any] = view.get_context_data(form=view.get_form_class()(request=request))
    if not get_adapter(request).is_open_for_signup(request):
        context["signup_url"] = ""
    return context
