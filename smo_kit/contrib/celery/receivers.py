"""``/smo/ready/`` asks whether Celery's broker takes tasks."""

from __future__ import annotations

from typing import Final

from celery import current_app
from django.conf import settings

from smo_kit.core.readiness import register_need

PATIENCE: Final = 2
"""Seconds for the broker to answer."""


def broker_answers() -> None:
    """Connect to the broker, once. Raises whatever says that it can't be reached."""
    if not any("Celery" in one["BACKEND"] for one in getattr(settings, "TASKS", {}).values()):
        return
    with current_app.connection_for_write(connect_timeout=PATIENCE) as connection:
        connection.ensure_connection(max_retries=0, timeout=PATIENCE)


register_need("broker", broker_answers)
