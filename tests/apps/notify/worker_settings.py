"""The tests' site for workers that are processes of their own: they send to a port of this machine."""

import os

import django

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES, SMO_KIT

ROOT_URLCONF = "tests.apps.comments.urls"
DEFAULT_FROM_EMAIL = "Magazine <news@magazine.test>"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;",
    }
SMO_KIT = {**SMO_KIT, "NOTIFY": {"debounce_seconds": 0}}
_TASKS = "django.tasks" if django.VERSION >= (6, 0) else "django_tasks"
TASKS = {"default": {"BACKEND": f"{_TASKS}.backends.dummy.DummyBackend"}}  # the workers look by themselves
_SMTP = "django.core.mail.backends.smtp.EmailBackend"
_PORT = int(os.environ.get("SMTP_PORT", "25"))
if django.VERSION >= (6, 1):
    MAILERS = {"default": {"BACKEND": _SMTP, "OPTIONS": {"host": "127.0.0.1", "port": _PORT, "timeout": 30}}}
else:
    EMAIL_BACKEND = _SMTP
    EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = "127.0.0.1", _PORT, 30
