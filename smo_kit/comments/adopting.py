"""Comments that others have written into django-comments-xtd's tables get an Entry beside them.

Of those tables only ``parent_id`` is believed: ``thread_id``, ``order`` and ``nested_count`` of a stock site are wrong
wherever several readers have written at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from django_comments.models import CommentFlag
from django_comments_xtd.models import DISLIKEDIT_FLAG, LIKEDIT_FLAG

from smo_kit.comments import tree_paths
from smo_kit.comments.bulk import update_rows
from smo_kit.comments.markup import tidy, to_html
from smo_kit.comments.models import Discussion, Entry, Vote
from smo_kit.comments.people import member_mark, person_of
from smo_kit.comments.scores import score_of
from smo_kit.comments.states import State, state_of_flags
from smo_kit.comments.storage import XtdComment
from smo_kit.comments.tree_repair import right_parents, tree_of
from smo_kit.core.chunks import in_chunks
from smo_kit.core.members import email_of

VALUES: Final = {LIKEDIT_FLAG: 1, DISLIKEDIT_FLAG: -1}


def adopt(discussion: Discussion) -> int:
    """Give an Entry to each comment of a discussion's subject that has none; return how many had none."""
    comments = XtdComment.norel_objects.filter(
        content_type_id=discussion.content_type_id, object_pk=discussion.object_pk, site_id=discussion.site_id
    )
    parents = dict(comments.order_by().values_list("pk", "parent_id"))
    known = dict(Entry.objects.filter(comment__in=comments.values("pk")).values_list("pk", "path"))
    paths = paths_of(parents, known)
    orphans = sorted((pk for pk in parents if pk not in known), key=lambda pk: (len(paths[pk]), pk))
    for pks in in_chunks(orphans):
        rows = XtdComment.norel_objects.order_by().select_related("user").in_bulk(pks)  # by the primary key alone
        votes = votes_of(pks)
        tally = Counter((vote.entry_id, vote.value) for vote in votes)
        entries = [entry_for(rows[pk], discussion, paths[pk], tally) for pk in pks if pk in rows]
        Entry.objects.bulk_create(entries, ignore_conflicts=True)
        Vote.objects.bulk_create(votes, ignore_conflicts=True)
    if orphans:
        recount(discussion)
    return len(orphans)


def paths_of(parents: Mapping[int, int], known: Mapping[int, str]) -> dict[int, str]:
    """Return the path of each comment by its id, from ``parents`` {id: id of the parent}.

    Who has no parent here, or only himself, starts a thread; so does the oldest of those that answer in a circle.
    """
    right, _, _ = right_parents(parents)
    paths = dict(known)
    for thread in tree_of(right, set()).thread.values():
        for pk in thread:
            if pk not in paths:
                paths[pk] = tree_paths.path_under("" if right[pk] == pk else paths[right[pk]], pk)
    return paths


def entry_for(comment: XtdComment, discussion: Discussion, path: str, tally: Mapping[tuple[int, int], int]) -> Entry:
    """Return the Entry, not yet saved, of a comment that has none. ``tally`` has the votes by (id, value)."""
    address = (email_of(comment.user) if comment.user else "") or comment.user_email
    state = state_of_flags(is_public=comment.is_public, is_removed=comment.is_removed)
    likes, dislikes = tally.get((comment.pk, 1), 0), tally.get((comment.pk, -1), 0)
    ids = tree_paths.ids_of(path)
    return Entry(
        comment=comment,
        discussion=discussion,
        parent_id=ids[-2] if len(ids) > 1 else None,
        root_id=ids[0],
        path=path,
        state=state,
        published_at=comment.submit_date if state is State.PUBLISHED else None,
        language=discussion.language,
        html=to_html(tidy(comment.comment)),
        person=person_of(user_id=comment.user_id, email=address),
        likes=likes,
        dislikes=dislikes,
        score=score_of(likes, dislikes),
    )


def votes_of(pks: Iterable[int]) -> list[Vote]:
    """Return the votes, not yet saved, that members gave by flags of django-comments-xtd."""
    flags = CommentFlag.objects.filter(comment_id__in=pks, flag__in=VALUES).order_by("pk")
    last = {(flag.comment_id, flag.user_id): VALUES[flag.flag] for flag in flags}
    return [Vote(entry_id=pk, voter=member_mark(user), value=value) for (pk, user), value in last.items()]


def recount(discussion: Discussion) -> int:
    """Count a whole discussion anew; return how many comments had a wrong number of published ones below them."""
    published = Entry.objects.filter(discussion=discussion).published()
    sizes: Counter[int] = Counter()
    n = 0
    for path in published.values_list("path", flat=True).iterator():
        sizes.update(tree_paths.ancestors_of(path))
        n += 1
    wrong = [
        (pk, sizes[pk])
        for pk, size in Entry.objects.filter(discussion=discussion).values_list("pk", "size").iterator()
        if size != sizes[pk]
    ]
    update_rows(Entry, ["size"], [(size, pk) for pk, size in wrong])
    last = Entry.objects.last_published(discussion.pk)
    Discussion.objects.filter(pk=discussion.pk).update(count=n, last_at=last, version=discussion.version + 1)
    discussion.refresh_from_db()
    return len(wrong)
