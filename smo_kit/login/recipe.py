"""What the owner of a site writes to set a way of signing in up: into settings.py, or into the admin of allauth."""

from __future__ import annotations

import json
import re
from typing import Any, Final
from urllib.parse import urlencode

from allauth.socialaccount.models import SocialApp
from django.apps import apps

from smo_kit.core.own_urls import address_if_any
from smo_kit.core.settings import site_id
from smo_kit.login.setup import OWN_FIELDS, PACKAGE, Setup
from smo_kit.networks.logins import OPENID_CONNECT

EXAMPLE: Final = "https://id.example.org"


def installed_line(setup: Setup) -> str:
    """Return the line for INSTALLED_APPS."""
    return f'"{PACKAGE}{setup.provider}",'


def app_settings(setup: Setup) -> dict[str, Any]:
    """Return what belongs into the ``settings`` of the application and is no secret: scopes, PKCE, the issuer."""
    login = setup.login
    found: dict[str, Any] = {}
    if setup.provider == OPENID_CONNECT.provider:
        kept = setup.app.settings.get("server_url") if setup.app else ""
        found["server_url"] = kept or (login.server if login else "") or EXAMPLE
    if login and login.scopes is not None:
        found["scope"] = list(login.scopes)
    if login and login.pkce is not None:
        found["oauth_pkce_enabled"] = login.pkce
    return found


def settings_snippet(setup: Setup) -> str:
    """Return what is written into settings.py; what is secret comes from the environment."""
    app: dict[str, Any] = {}
    if setup.id != setup.provider:
        app |= {"provider_id": setup.id, "name": str(setup.name)}
    app |= {field: _Expression(f'os.environ["{_variable(setup, field)}"]') for field in _asked(setup)}
    kept = {**{field: app.pop(field) for field in _asked(setup) if field not in OWN_FIELDS}, **app_settings(setup)}
    if kept:
        app["settings"] = kept
    return f"import os\n\nSOCIALACCOUNT_PROVIDERS = {_written({setup.provider: {'APPS': [app]}})}\n"


def variables(setup: Setup) -> dict[str, Any]:
    """Return the variables of the environment that the snippet reads, and what the provider calls their values."""
    return {_variable(setup, field): setup.labels[field] for field in _asked(setup)}


def table_url(setup: Setup, site_name: str) -> str:
    """Return the form of django-allauth for this application, filled in as far as can be.

    "" where nothing is to be done there: its admin or the provider is not installed, or the settings have it already.
    """
    if setup.app and setup.app.pk:
        return _reverse(site_name, "change", setup.app.pk)
    if setup.apps or setup.elsewhere:
        return "" if setup.app else _reverse(site_name, "changelist")
    if not setup.is_installed:
        return ""
    words = {"provider": setup.provider, "name": str(setup.name)}
    if setup.id != setup.provider:
        words["provider_id"] = setup.id
    if apps.is_installed("django.contrib.sites"):
        words["sites"] = str(site_id())
    url = _reverse(site_name, "add")
    return url and f"{url}?{urlencode(words)}"


def table_settings(setup: Setup) -> str:
    """Return what belongs into the field "settings" of that form; "" for nothing."""
    found = app_settings(setup)
    return json.dumps(found) if found else ""


class _Expression(str):
    """Stands in the snippet without quotes."""

    __slots__ = ()


def _asked(setup: Setup) -> list[str]:
    """Return what the provider gives, and nobody else can know."""
    known = app_settings(setup)
    return [field for field in setup.labels if field not in known]


def _written(value: Any, indent: str = "") -> str:
    """Return a value as Python, in the layout of ruff and Black."""
    if isinstance(value, _Expression) or not isinstance(value, (str, dict, list)):
        return str(value)
    if isinstance(value, str) or (isinstance(value, list) and not isinstance(value[0], dict)):
        return json.dumps(value, ensure_ascii=False)
    deeper = f"{indent}    "
    if isinstance(value, list):
        lines = [_written(one, deeper) for one in value]
    else:
        lines = [f"{json.dumps(name, ensure_ascii=False)}: {_written(one, deeper)}" for name, one in value.items()]
    start, end = "[]" if isinstance(value, list) else "{}"
    return "\n".join([start, *(f"{deeper}{line}," for line in lines), f"{indent}{end}"])


def _variable(setup: Setup, field: str) -> str:
    return re.sub(r"\W+", "_", f"{setup.id}_{field}", flags=re.ASCII).strip("_").upper()


def _reverse(site_name: str, view: str, *args: object) -> str:
    meta = SocialApp._meta
    return address_if_any(f"{site_name}:{meta.app_label}_{meta.model_name}_{view}", *args)
