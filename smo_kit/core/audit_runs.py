"""The last audit of a site: run in the background from the admin, kept for it."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import override

from smo_kit.core.auditing import audit_site
from smo_kit.core.events import event, event_logger
from smo_kit.core.models import Audit
from smo_kit.core.sayings import packed
from smo_kit.core.settings import site_id
from smo_kit.core.tasks import enqueue_on_commit, task

logger = event_logger(__name__)

SECONDS: Final = 20.0
"""A run from the admin reads pages no longer: without a worker a person waits for it. ``smo_audit`` reads all."""
LOST: Final = dt.timedelta(minutes=5)
"""A run that has told nothing for so long was killed."""
STEP: Final = 25
"""Pages between two notes of how far it has come."""


def last_audit() -> Audit | None:
    """Return the site's last audit, or that which runs."""
    return Audit.objects.filter(site_id=site_id()).first()


def is_running(audit: Audit | None) -> bool:
    """Say whether an audit is under way."""
    return audit is not None and audit.finished is None and timezone.now() - audit.started < LOST


def start_audit(language: str, home: str) -> bool:
    """Let the site be audited in the background, its texts in this language; False if that is under way already.

    ``home`` is how the site is known to who asks: its scheme and host.
    """
    if is_running(last_audit()):
        return False
    fresh = {"started": timezone.now(), "finished": None, "done": 0, "total": 0}
    Audit.objects.update_or_create(site_id=site_id(), defaults=fresh)
    enqueue_on_commit(run_audit, language, home)
    return True


@task
def run_audit(language: str, home: str) -> None:
    """Audit the site for as long as a run from the admin may take, and keep the report."""
    row = Audit.objects.filter(site_id=site_id())
    try:
        with override(language):
            for progress in audit_site(seconds=SECONDS, home=home):
                if progress.report is not None:
                    keep_report(progress.report)
                elif progress.done % STEP == 0:
                    row.update(done=progress.done, total=progress.total)
    except Exception:
        row.update(finished=timezone.now())
        logger.exception(
            "The audit broke off; the report of the one before is kept.", extra=event("core.audit_broke_off")
        )
        raise


def keep_report(report: dict[str, Any]) -> None:
    """Keep the report of a whole site for the admin."""
    now = timezone.now()
    begun = now - dt.timedelta(seconds=report["seconds"])
    kept = {"started": begun, "finished": now, "report": packed(report), "done": report["pages"]}
    Audit.objects.update_or_create(site_id=site_id(), defaults=kept)
