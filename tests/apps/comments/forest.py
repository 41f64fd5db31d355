"""A discussion of many comments, written straight into the tables."""

from __future__ import annotations

import random

from django.utils import timezone

from smo_kit.comments import tree_paths
from smo_kit.comments.adopting import recount
from smo_kit.comments.models import Discussion, Entry
from smo_kit.comments.states import State
from smo_kit.comments.storage import XtdComment


def grow(discussion: Discussion, n: int, chance: random.Random, *, roots: int | None = None) -> list[Entry]:
    """Write so many published comments in threads; return their entries. ``roots``: how many threads there are."""
    entries: list[Entry] = []
    for number in range(n):
        starts = number < roots if roots else chance.random() < 0.2 or not entries
        parent = None if starts else chance.choice(entries[-60:] if not roots else entries)
        if parent is not None and parent.level >= 4:
            parent = parent.parent
        entries.append(_comment(discussion, parent, number))
    recount(discussion)
    return entries


def _comment(discussion: Discussion, parent: Entry | None, number: int) -> Entry:
    comment = XtdComment(
        content_type_id=discussion.content_type_id,
        object_pk=discussion.object_pk,
        site_id=discussion.site_id,
        user_name=f"Reader {number % 100}",
        user_email=f"reader{number % 100}@example.org",
        comment=f"Comment number {number}",
        submit_date=timezone.now(),
        parent_id=parent.pk if parent else 0,
    )
    comment.smo_is_ours = True
    comment.save_base(force_insert=True)
    return Entry.objects.create(
        comment=comment,
        discussion=discussion,
        parent=parent,
        root_id=parent.root_id if parent else comment.pk,
        path=tree_paths.path_under(parent.path if parent else "", comment.pk),
        state=State.PUBLISHED,
        published_at=comment.submit_date,
        person=f"{number % 100:064}",
        html=f"<p>Comment number {number}</p>",
    )
