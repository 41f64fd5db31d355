"""The same site with eight ways of signing in; its page has our buttons, or what django-allauth brings."""

from __future__ import annotations

from benchmarks.site.settings import *  # noqa: F403
from benchmarks.site.settings import INSTALLED_APPS as WITHOUT
from benchmarks.site.settings import MIDDLEWARE as PLAIN

PROVIDERS = ("discord", "github", "google", "mailru", "microsoft", "twitch", "vk", "yandex")
INSTALLED_APPS = [
    *WITHOUT,
    "django.contrib.messages",
    "smo_kit.login",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    *(f"allauth.socialaccount.providers.{name}" for name in PROVIDERS),
]
MIDDLEWARE = [
    *PLAIN,
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "smo_kit.login.middleware.ProviderFaults",
]
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
ROOT_URLCONF = "benchmarks.site.login_urls"
ACCOUNT_ADAPTER = "smo_kit.login.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "smo_kit.login.adapters.SocialAdapter"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
SOCIALACCOUNT_PROVIDERS = {name: {"APP": {"client_id": name, "secret": "only-for-benchmarks"}} for name in PROVIDERS}
