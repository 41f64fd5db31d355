"""What of mail grows old: mails that are done with, bounces that no longer count."""

from __future__ import annotations

from smo_kit.core.sweeps import register_sweep
from smo_kit.mail.bounces import sweep_bounces
from smo_kit.mail.conf import mail_settings
from smo_kit.mail.outbox import sweep


def sweep_mails() -> int:
    """Delete mails that are done with, after so many days; return how many."""
    return sweep(mail_settings().keep_days)


register_sweep("bounces", sweep_bounces)
register_sweep("mails", sweep_mails)
