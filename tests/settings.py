"""A small site with every app of the suite, for the unit tests."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

import dj_database_url
import django

ROOT = Path(__file__).parent
SECRET_KEY = "only-for-tests"
DEBUG = False
HAS_CMS = bool(find_spec("cms") and find_spec("djangocms_versioning"))
ALLOWED_HOSTS = ["*"]
DATABASES = {"default": dj_database_url.parse(os.environ.get("DATABASE_URL", "sqlite://:memory:"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROVIDERS = ("dummy", "github", "google", "mailru", "odnoklassniki", "openid_connect", "telegram", "vk", "yandex")
CMS = ["cms", "menus", "treebeard", "sekizai", "djangocms_text", "djangocms_versioning", "smo_kit.contrib.cms"]
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.staticfiles",
    "django_comments",
    "django_comments_xtd",
    "smo_kit.comments",
    "smo_kit.notify",
    "smo_kit.login",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    *(f"allauth.socialaccount.providers.{name}" for name in PROVIDERS),
    "smo_kit.core",
    "smo_kit.networks",
    "smo_kit.engagement",
    "smo_kit.mail",
    "smo_kit.spam",
    "smo_kit.meta",
    "smo_kit.share",
    "smo_kit.follow",
    "smo_kit.ratings",
    "smo_kit.best",
    "smo_kit.lock",
    "tests.blog",
    *(CMS if HAS_CMS else []),
    *(["django.contrib.sitemaps", "demo_site.articles"] if find_spec("demo_site") else []),  # the checkout has it
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "smo_kit.login.middleware.ProviderFaults",
]
ROOT_URLCONF = "tests.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
ACCOUNT_ADAPTER = "smo_kit.login.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "smo_kit.login.adapters.SocialAdapter"
SOCIALACCOUNT_FORMS = {"signup": "smo_kit.login.forms.SignupForm"}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_RATE_LIMITS: dict[str, str] = {}
SITE_ID = 1
COMMENTS_APP = "django_comments_xtd"
COMMENTS_XTD_MAX_THREAD_LEVEL = 4
X_FRAME_OPTIONS = "SAMEORIGIN"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский")]
LOCALE_PATHS = [ROOT.parent / "smo_kit" / "core" / "locale"]  # where makemessages gathers the strings of all apps
CMS_CONFIRM_VERSION4 = True
CMS_TEMPLATES = [("cms_page.html", "Page")]
CMS_CATCH_PLUGIN_500_EXCEPTION = False
SILENCED_SYSTEM_CHECKS = ["treebeard.E001"]  # says what changes in its next version
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"
MEDIA_URL = "/media/"
MEDIA_ROOT = tempfile.mkdtemp(prefix="smo-kit-media-")
atexit.register(shutil.rmtree, MEDIA_ROOT, ignore_errors=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if django.VERSION >= (6, 1):
    MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SMO_KIT: dict[str, dict[str, object]] = {"CORE": {"site_name": "Test site"}, "ENGAGEMENT": {"buffer_seconds": 0}}
