"""What to do with a developer's slip that a reader must not be punished for."""

from __future__ import annotations

from django.conf import settings

from smo_kit.core.events import event, event_logger

logger = event_logger("smo_kit")


def fault(error: Exception) -> None:
    """Raise the error while developing (DEBUG); else log it, with its cure, and let the page go on."""
    if settings.DEBUG:
        raise error
    logger.error("%s", error, extra=event("core.fault"))
