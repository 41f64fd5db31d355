"""Wrong settings of sign-in speak at ``check``."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as site
from django.core import checks

from smo_kit.login import checks as ours
from smo_kit.login.adapters import AccountAdapter
from tests.apps.login.conftest import APPS

SESSIONS, USERS, ACCOUNTS, FAULTS = ours.MIDDLEWARE


class OwnAdapter(AccountAdapter):
    pass


def ids(found: list[checks.CheckMessage]) -> list[str]:
    assert all(one.hint for one in found)
    return [str(one.id).removeprefix("smo_kit.") for one in found]


def found_in(settings: Any, **changes: Any) -> list[str]:
    """Return what the checks of sign-in say of settings, besides what they say of the tests' own (the dummy)."""
    for name, value in changes.items():
        setattr(settings, name, value)
    every = [one for one in checks.registry.registry.get_checks(True) if one.__module__ == ours.__name__]
    return [one for check in every for one in ids(check(None)) if one != "E709"]


WRONG: dict[str, tuple[dict[str, Any], list[str]]] = {
    "as it should be": ({}, []),
    "no adapter": ({"ACCOUNT_ADAPTER": "allauth.account.adapter.DefaultAccountAdapter"}, ["E701"]),
    "an adapter of another kind": ({"SOCIALACCOUNT_ADAPTER": "smo_kit.login.adapters.AccountAdapter"}, ["E701"]),
    "an adapter that is not there": ({"ACCOUNT_ADAPTER": "nowhere.Adapter"}, ["E701"]),
    "an adapter that is no class": ({"ACCOUNT_ADAPTER": "smo_kit.login.adapters.BEGUN_BY"}, ["E701"]),
    "an adapter of the site's own": ({"ACCOUNT_ADAPTER": "tests.apps.login.test_checks.OwnAdapter"}, []),
    "no middleware": ({"MIDDLEWARE": [one for one in site.MIDDLEWARE if one != FAULTS]}, ["E702"]),
    "middleware before sessions": (
        {"MIDDLEWARE": [FAULTS, *(one for one in site.MIDDLEWARE if one != FAULTS)]},
        ["E702"],
    ),
    "addresses sign in": ({"SOCIALACCOUNT_EMAIL_AUTHENTICATION": True}, ["E703"]),
    "addresses of a provider sign in": (
        {"SOCIALACCOUNT_PROVIDERS": {"google": {"EMAIL_AUTHENTICATION": True}}},
        ["E703"],
    ),
    "addresses of an application sign in": (
        {"SOCIALACCOUNT_PROVIDERS": {"google": {"APP": {"settings": {"email_authentication": True}}}}},
        ["E703"],
    ),
    "addresses of one of several sign in": (
        {"SOCIALACCOUNT_PROVIDERS": {"google": {"APPS": [{}, {"settings": {"email_authentication": True}}]}}},
        ["E703"],
    ),
    "they do not": ({"SOCIALACCOUNT_PROVIDERS": {"google": {"APPS": [{"settings": None}]}}}, []),
    "links sign in": ({"SOCIALACCOUNT_LOGIN_ON_GET": True}, ["E704"]),
    "addresses need no proof": ({"ACCOUNT_EMAIL_VERIFICATION": "optional"}, ["E705"]),
    "addresses of networks need none": ({"SOCIALACCOUNT_EMAIL_VERIFICATION": "none"}, ["E705"]),
    "a link proves them": ({"ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED": False}, ["E706"]),
    "networks alone": ({"SOCIALACCOUNT_ONLY": True, "SOCIALACCOUNT_EMAIL_VERIFICATION": "mandatory"}, ["E715"]),
    "no backend": ({"AUTHENTICATION_BACKENDS": ["django.contrib.auth.backends.ModelBackend"]}, ["E707"]),
    "a strict session": ({"SESSION_COOKIE_SAMESITE": "Strict"}, ["W710"]),
    "a session without a word": ({"SESSION_COOKIE_SAMESITE": None}, []),
    "a provider that is not installed": (
        {"SOCIALACCOUNT_PROVIDERS": {"discord": {"APP": {"client_id": "a"}}}},
        ["W711"],
    ),
    "a provider with settings alone": ({"SOCIALACCOUNT_PROVIDERS": {"discord": {"SCOPE": ["email"]}}}, []),
    "http": (
        {
            "SMO_KIT": {"CORE": {"base_url": "http://magazine.test"}},
            "SOCIALACCOUNT_PROVIDERS": {"vk": {"APP": {"a": 1}}},
        },
        ["W712"],
    ),
    "http where nobody minds": (
        {
            "SMO_KIT": {"CORE": {"base_url": "http://magazine.test"}},
            "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"APPS": APPS["openid_connect"]}},
        },
        [],
    ),
    "https": (
        {
            "SMO_KIT": {"CORE": {"base_url": "https://magazine.test"}},
            "SOCIALACCOUNT_PROVIDERS": {"vk": {"APP": {"a": 1}}},
        },
        [],
    ),
    "no limits": ({"ACCOUNT_RATE_LIMITS": False}, ["W714"]),
    "another limit": ({"ACCOUNT_RATE_LIMITS": {"login": "5/m/ip"}}, []),
    "tokens are kept": ({"SOCIALACCOUNT_STORE_TOKENS": True}, ["W713"]),
}


@pytest.mark.parametrize(("changes", "found"), WRONG.values(), ids=WRONG)
def test_settings_speak(settings: Any, changes: dict[str, Any], found: list[str]) -> None:
    """Without a database: a test that is not marked for one may not touch it."""
    assert found_in(settings, **changes) == found


def test_the_order_of_apps_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    in_order = list(apps.get_app_configs())
    assert ids(ours.our_templates_are_found(None)) == []
    monkeypatch.setattr(apps, "get_app_configs", lambda: sorted(in_order, key=lambda one: one.name))  # "a" goes before

    assert ids(ours.our_templates_are_found(None)) == ["E708"]


def test_the_provider_for_trying_out_speaks_where_the_site_is_public(settings: Any) -> None:
    assert ids(ours.nobody_signs_in_as_he_likes(None)) == ["E709"]
    settings.DEBUG = True
    assert ids(ours.nobody_signs_in_as_he_likes(None)) == []
