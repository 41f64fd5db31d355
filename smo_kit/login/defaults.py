"""What an application that says nothing gets: the scopes and the PKCE that its network's record names."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount import app_settings

from smo_kit.networks.logins import OPENID_CONNECT, Login
from smo_kit.networks.registry import network_of_login


def login_of(app_id: str, provider: str) -> Login | None:
    """Return the record of signing in by an application: its network's, or that of any OpenID Connect; else None."""
    network = network_of_login(app_id) or network_of_login(provider)
    if network is not None:
        return network.login
    return OPENID_CONNECT if provider == OPENID_CONNECT.provider else None


def fill_in(app: Any) -> Any:
    """Return an application of django-allauth whose settings say what it leaves open; the site's own words go first.

    Settings that are no object of JSON, as anybody can write them into the table, count as none: ``is_garbled``.
    """
    app.is_garbled = bool(app.settings) and not isinstance(app.settings, dict)
    app.settings = {} if app.is_garbled else app.settings or {}
    login = login_of(app.provider_id or app.provider, app.provider)
    if login is None:
        return app
    whole = app_settings.PROVIDERS.get(app.provider, {})
    missing: dict[str, Any] = {}
    if login.scopes is not None and "SCOPE" not in whole:
        missing["scope"] = list(login.scopes)
    if login.pkce is not None and "OAUTH_PKCE_ENABLED" not in whole:
        missing["oauth_pkce_enabled"] = login.pkce
    app.settings = missing | app.settings
    return app
