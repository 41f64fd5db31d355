"""The benchmark's site with comments and notifications, which sends its mail to a port of this machine."""

import os

import django

from benchmarks.site.talk_settings import *  # noqa: F403
from benchmarks.site.talk_settings import INSTALLED_APPS, SMO_KIT

INSTALLED_APPS = [*INSTALLED_APPS, "smo_kit.notify"]
SMO_KIT = {**SMO_KIT, "NOTIFY": {"debounce_seconds": 0}, "SPAM": {"rules": (), "subject_limit": 1_000_000}}
SMO_KIT["MAIL"] = {"lease_seconds": int(os.environ.get("LEASE_SECONDS", "300"))}
DEFAULT_FROM_EMAIL = COMMENTS_XTD_FROM_EMAIL = "news@bench.test"
_TASKS = "django.tasks" if django.VERSION >= (6, 0) else "django_tasks"
TASKS = {"default": {"BACKEND": f"{_TASKS}.backends.dummy.DummyBackend"}}
_SMTP = "django.core.mail.backends.smtp.EmailBackend"
_PORT = int(os.environ.get("SMTP_PORT", "25"))
if django.VERSION >= (6, 1):
    MAILERS = {"default": {"BACKEND": _SMTP, "OPTIONS": {"host": "127.0.0.1", "port": _PORT, "timeout": 60}}}
else:
    EMAIL_BACKEND = _SMTP
    EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = "127.0.0.1", _PORT, 60
