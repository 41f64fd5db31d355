"""The task that says "look into the outbox": it carries no mail, and doing it twice does no harm."""

from __future__ import annotations

from smo_kit.core.tasks import run_elsewhere, task
from smo_kit.mail.sending import send_what_is_due


@task
def send_due(limit: int = 0) -> int:
    """Send what is due, at most ``limit`` mails (0: all); return how many were sent.

    Where tasks run in the request that causes them, sources are left to workers: who posts waits for nobody's news.
    """
    return send_what_is_due(limit=limit or None, ask=run_elsewhere()).sent
