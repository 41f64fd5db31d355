"""What speaks for a member: days from which something that he wrote has stood."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.utils import timezone

from smo_kit.comments.models import Entry
from smo_kit.comments.states import CLAIMED, State
from smo_kit.core.identities import of_member
from smo_kit.core.settings import site_id
from smo_kit.spam.services import GOOD_DAYS

STANDS: Final = dt.timedelta(days=3)
"""After so long a published comment speaks for its author: readers and moderators have had their time."""


def good_days(user_id: Any, *, without: object = None) -> int:
    """Return on how many days (of UTC) a member has published what stands still; so many as count, at the most.

    Many texts of one day are one. What is reported doesn't count until a moderator has said that it may stay, and
    nothing does while anything of his is spam. What he has claimed was written by an address, which earns no trust.
    ``without`` is the primary key of the comment that is judged.
    A guest has none: anybody may type his address.
    """
    if user_id is None:
        return 0
    own = Entry.objects.of_site(site_id()).filter(person__in=of_member(user_id)).exclude(pk=without or 0)
    if own.filter(state=State.SPAM).exists():
        return 0
    standing = (
        own.published().exclude(actions__verb=CLAIMED).filter(reports=0, published_at__lt=timezone.now() - STANDS)
    )
    return len(standing.datetimes("published_at", "day", tzinfo=dt.UTC)[:GOOD_DAYS])
