"""What comments throw away when it is old."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django_comments.models import Comment

from smo_kit.comments.conf import comments_settings
from smo_kit.comments.models import Entry
from smo_kit.comments.states import State
from smo_kit.core.chunks import in_chunks
from smo_kit.core.settings import site_id
from smo_kit.core.sweeps import register_sweep


def forget_pending() -> int:
    """Delete comments whose guests have not confirmed them within ``pending_days``; return how many."""
    before = timezone.now() - dt.timedelta(days=comments_settings().pending_days)
    due = Entry.objects.filter(
        state=State.PENDING, comment__submit_date__lt=before, comment__site_id=site_id(), replies=None
    )
    gone = 0
    for pks in in_chunks(list(due.order_by("pk").values_list("pk", flat=True))):
        still = Entry.objects.filter(pk__in=pks, state=State.PENDING).values_list("pk", flat=True)
        gone += Comment.objects.filter(pk__in=list(still)).delete()[1].get("django_comments.Comment", 0)
    return gone


register_sweep("unconfirmed comments", forget_pending)
