"""The site of the tests with a replica that refuses writes and is behind: a copy of the database, opened to be read."""

from __future__ import annotations

import os

import django

from tests.settings import *  # noqa: F403

_FOLDER = os.environ["REPLICA_FOLDER"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": f"{_FOLDER}/writer.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
    },
    "replica": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": f"file:{_FOLDER}/replica.sqlite3?mode=ro",
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
DATABASE_ROUTERS = [*os.environ["REPLICA_FIRST"].split(), "tests.apps.core.replica_settings.Replicas"]


class Replicas:
    """As Django's documentation has it: one is written, the others are read."""

    def db_for_read(self, model, **hints):
        return "replica"

    def db_for_write(self, model, **hints):
        return "default"

    def allow_relation(self, one, other, **hints):
        return True


if django.VERSION < (6, 1):
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
