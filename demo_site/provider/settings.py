"""Settings of the demo's own network. It shares nothing with the magazine but the state folder and two secrets."""

from __future__ import annotations

from pathlib import Path

from demo_site import environment
from demo_site.provider.keys import signing_key

HERE = Path(__file__).resolve().parent
STATE = environment.state_folder(HERE.parent.parent)

SECRET_KEY = environment.secret(STATE / "provider_secret_key")
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": STATE / "provider.sqlite3",
        "OPTIONS": environment.SQLITE_OPTIONS,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "allauth",
    "allauth.account",
    "allauth.idp.oidc",
]
MIDDLEWARE = [
    "demo_site.provider.middleware.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "demo_site.provider.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ]
        },
    }
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody has one; the magazine's secret is random
LOGIN_URL = "account_login"
CSRF_FAILURE_VIEW = "demo_site.provider.views.shown_anew"

# Cookies know no ports: with the magazine's names one sign-in would end the other.
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_NAME = "provider_session"
CSRF_COOKIE_NAME = "provider_csrf"
LANGUAGE_COOKIE_NAME = "provider_language"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский")]
LOCALE_PATHS = [HERE.parent / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

IDP_OIDC_ADAPTER = "demo_site.provider.adapter.Adapter"
IDP_OIDC_PRIVATE_KEY = signing_key(STATE / "provider_key.pem")
CLIENT_SECRET = environment.secret(STATE / "client_secret")
CLIENT_ORIGINS = environment.origins()
"""Where the magazine is served."""
