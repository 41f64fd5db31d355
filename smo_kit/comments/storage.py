"""The one place that writes django-comments-xtd's tables.

Its own ``save()`` loses its way when several write at once and rewrites a thread's tail with each reply; its rows are
kept right here, so that a site goes on with it alone if the suite is taken out: ``thread_id``, ``parent_id``,
``level``, ``order`` (rising in the order of the tree, with gaps) and ``nested_count`` (published comments below).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db import connections, router
from django.db.models import F
from django_comments.models import Comment
from django_comments_xtd.models import XtdComment

from smo_kit.comments import tree_paths
from smo_kit.comments.bulk import insert_rows, update_rows
from smo_kit.comments.models import Entry
from smo_kit.comments.states import State
from smo_kit.core.subjects import Key

__all__ = [
    "PLACE",
    "XtdComment",
    "add_many",
    "add_missing",
    "add_reply",
    "add_root",
    "count_below",
    "key_of_comment",
    "mirror",
    "put",
    "set_below",
]

PLACE: Final = ("thread_id", "parent_id", "level", "order", "nested_count")
"""What django-comments-xtd keeps of a comment's place."""

SPREAD: Final = 64
"""How far after the comment before it a reply is numbered, where there is room: others may come between."""
GAP: Final = 4096
"""By how much the rest of a thread is moved where there is none."""


def add_root(fields: dict[str, Any]) -> XtdComment:
    """Write the comment that starts a thread."""
    comment = _insert(XtdComment(**fields))
    comment.thread_id = comment.parent_id = comment.pk
    XtdComment.norel_objects.filter(pk=comment.pk).update(thread_id=comment.pk, parent_id=comment.pk)
    return comment


def add_reply(fields: dict[str, Any], *, root_id: int, prefix: str) -> XtdComment:
    """Write a comment below the one whose path is ``prefix``. The caller holds the lock of the thread's root."""
    place = {"thread_id": root_id, "parent_id": tree_paths.ids_of(prefix)[-1], "level": tree_paths.level_of(prefix) + 1}
    return _insert(XtdComment(**fields, **place, order=_order_at_the_end_of(root_id, prefix)))


def add_many(comments: list[Comment]) -> None:
    """Write comments of django-comments, which get their primary keys; ``add_missing`` has to follow."""
    if connections[router.db_for_write(Comment)].features.can_return_rows_from_bulk_insert:
        Comment.objects.bulk_create(comments)
        return
    for comment in comments:
        comment.save_base(raw=True, force_insert=True)


def add_missing(parents: Mapping[int, int]) -> None:
    """Write what django-comments-xtd lacks of comments that only django-comments has; ``put`` has to follow.

    ``parents`` has the comment that each answers, by its primary key: itself, if it starts a thread.
    """
    columns = ("comment_ptr_id", *PLACE, "followup")
    insert_rows(XtdComment, columns, ((pk, parent, parent, 0, 1, 0, False) for pk, parent in parents.items()))


def put(places: Iterable[tuple[int, ...]]) -> None:
    """Bring comments to their places: PLACE, and the primary key last. The caller holds the locks of their threads."""
    update_rows(XtdComment, PLACE, places)


def key_of_comment(pk: int) -> Key:
    """Return the key of a comment itself: what the fingerprint of its text hangs on."""
    return Key(ContentType.objects.get_for_model(XtdComment).pk, str(pk))


def mirror(pk: int, state: State) -> None:
    """Let django-comments' flags say what our state says."""
    XtdComment.norel_objects.filter(pk=pk).update(**state.flags)


def count_below(ids: list[int], n: int) -> None:
    """Add to the number of published comments below each of these."""
    XtdComment.norel_objects.filter(pk__in=ids).update(nested_count=F("nested_count") + n)


def set_below(ids: list[int]) -> None:
    """Set the number of published comments below each of these to what is known here."""
    for pk, size in Entry.objects.filter(pk__in=ids).values_list("pk", "size"):
        XtdComment.norel_objects.filter(pk=pk).update(nested_count=size)


def leave_to_grandparent(pk: int, grandparent: int | None) -> None:
    """Let the replies to a comment that is deleted answer the one above it; without one they start threads."""
    replies = XtdComment.norel_objects.filter(parent_id=pk).exclude(pk=pk)
    replies.update(parent_id=grandparent or F("pk"))


def _insert(comment: XtdComment) -> XtdComment:
    comment.smo_is_ours = True  # receivers need not adopt it
    comment.save_base(force_insert=True)
    return comment


def _order_at_the_end_of(root_id: int, prefix: str) -> int:
    end, end_of_thread = tree_paths.last_under(prefix), tree_paths.last_under(tree_paths.step(root_id))
    orders = Entry.objects.values_list("comment__order", flat=True)
    before: int = orders.filter(path__gte=prefix, path__lt=end).order_by("-path")[0]
    after: int | None = orders.filter(path__gt=end, path__lt=end_of_thread).order_by("path").first()
    if after is None:
        return before + SPREAD
    if after - before < 2:
        XtdComment.norel_objects.filter(thread_id=root_id, order__gte=after).update(order=F("order") + GAP)
        after += GAP
    return before + min(SPREAD, (after - before) // 2)
