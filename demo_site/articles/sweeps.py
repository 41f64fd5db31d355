"""What the demo's worker does now and then, as a site would by cron."""

from __future__ import annotations

import io
import logging
import time
from typing import Final

from django.core.management import call_command

SWEEPS: Final = {"smo_verify_shares": 2, "smo_send_mail": 3, "smo_sync": 600, "clearsessions": 3600}
"""Commands that find what is due, and after how many seconds each runs again. All run once at the start."""

logger = logging.getLogger(__name__)


def sweep(due: dict[str, float]) -> None:
    """Run the commands whose time has come; ``due`` holds their times. One that fails is tried again when due."""
    for name, seconds in SWEEPS.items():
        if time.monotonic() < due[name]:
            continue
        due[name] = time.monotonic() + seconds
        try:
            call_command(name, stdout=io.StringIO(), stderr=io.StringIO())
        except Exception:
            logger.exception("%s failed; it is tried again in %s s.", name, seconds)
