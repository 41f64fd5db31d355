"""What ``manage.py check`` says of notifications."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

Messages = list[checks.CheckMessage]


@checks.register("smo_kit")
def times_have_a_zone(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """E601: without time zones nobody can say when a digest is due."""
    if settings.USE_TZ:
        return []
    text = "USE_TZ is off, so it can't be worked out when a mail is due."
    return [checks.Error(text, hint="Set USE_TZ = True.", id="smo_kit.E601")]
