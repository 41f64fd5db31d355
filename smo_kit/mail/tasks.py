"""The task that says "look into the outbox": it carries no mail, and doing it twice does no harm."""

from __future__ import annotations

from smo_kit.core.tasks import task
from smo_kit.mail.sending import send_what_is_due


@task
def send_due(limit: int = 0) -> int:
    """Send what is due, at most ``limit`` mails (0: all); return how many were sent."""
    return send_what_is_due(limit=limit or None).sent
