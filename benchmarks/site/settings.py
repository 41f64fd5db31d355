"""A small site that has both: ours, and what a site would use instead. The middleware is the same for both."""

from __future__ import annotations

import os

import dj_database_url

SECRET_KEY = "only-for-benchmarks"
DEBUG = False
ALLOWED_HOSTS = ["*"]
DATABASES = {"default": dj_database_url.parse(os.environ.get("DATABASE_URL", "sqlite://:memory:"), conn_max_age=None)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.staticfiles",
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
    "meta",
    "django_social_share",
    "hitcount",
    "benchmarks.site",
    "benchmarks.peer",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
ROOT_URLCONF = "benchmarks.site.urls"
WSGI_APPLICATION = "benchmarks.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SITE_ID = 1
USE_TZ = True
STATIC_URL = "/static/"
META_SITE_PROTOCOL = "https"
META_SITE_DOMAIN = "bench.example"
META_USE_OG_PROPERTIES = META_USE_TWITTER_PROPERTIES = META_USE_SCHEMAORG_PROPERTIES = True
META_USE_TITLE_TAG = True
SMO_KIT = {
    # The load comes from one machine: each reader's address is in the header that a proxy would send.
    "CORE": {"base_url": "https://bench.example", "site_name": "Bench", "trusted_proxies": 1},
    "ENGAGEMENT": {"buffer_seconds": int(os.environ.get("BUFFER_SECONDS", "1"))},
}
