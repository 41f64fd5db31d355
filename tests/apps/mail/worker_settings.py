"""A site that does nothing but send mail: for workers that are processes of their own."""

from __future__ import annotations

import os

import dj_database_url
import django

SECRET_KEY = "only-for-tests"
USE_TZ = True
DEFAULT_FROM_EMAIL = "news@magazine.test"
DATABASES = {"default": dict(dj_database_url.parse(os.environ["DATABASE_URL"]))}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    }
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "smo_kit.core",
    "smo_kit.mail",
    "tests.apps.mail.news",
]
ROOT_URLCONF = "tests.apps.mail.worker_urls"
SMO_KIT = {"CORE": {"base_url": "https://magazine.test"}, "MAIL": {"lease_seconds": 2, "batch": 10}}
_TASKS = "django.tasks" if django.VERSION >= (6, 0) else "django_tasks"
TASKS = {"default": {"BACKEND": f"{_TASKS}.backends.dummy.DummyBackend"}}  # the workers look by themselves
_SMTP = "django.core.mail.backends.smtp.EmailBackend"
_PORT = int(os.environ.get("SMTP_PORT", "25"))
if django.VERSION >= (6, 1):
    MAILERS = {"default": {"BACKEND": _SMTP, "OPTIONS": {"host": "127.0.0.1", "port": _PORT, "timeout": 1}}}
else:
    EMAIL_BACKEND = _SMTP
    EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = "127.0.0.1", _PORT, 1
