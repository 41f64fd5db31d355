"""The benchmark's site in this very process, over SQLite in memory."""

from __future__ import annotations

import os
from functools import cache

import django


@cache
def start() -> None:
    """Set Django up, once, and make the tables."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.site.settings"
    os.environ["DATABASE_URL"] = "sqlite://:memory:"
    django.setup()
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)
