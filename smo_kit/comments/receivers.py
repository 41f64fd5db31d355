"""What others do to comments: a stock admin, a script, django-comments-xtd's own views."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django_comments.models import CommentFlag
from django_comments_xtd.models import publish_or_unpublish_on_pre_save

from smo_kit.comments import tree
from smo_kit.comments.adopting import VALUES, entry_for
from smo_kit.comments.discussions import discussion_of
from smo_kit.comments.markup import tidy, to_html
from smo_kit.comments.models import Entry, Vote
from smo_kit.comments.moves import count, move, touch
from smo_kit.comments.people import member_mark
from smo_kit.comments.states import State, state_of_flags
from smo_kit.comments.storage import XtdComment, key_of_comment
from smo_kit.comments.votes import cast
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key
from smo_kit.spam.repeats import forget


def on_save(sender: Any, instance: XtdComment, created: bool, raw: bool = False, **kwargs: object) -> None:
    """Give a comment that others wrote its Entry; follow what they did to its flags and its text."""
    if raw or getattr(instance, "smo_is_ours", False) or instance.site_id != site_id():
        return
    with transaction.atomic():
        entry = Entry.objects.select_related("discussion").filter(pk=instance.pk).first()
        if entry is None:
            _take_in(instance)
            return
        _follow_flags(entry, instance)
        _follow_text(entry, instance)


def on_delete(sender: Any, instance: Entry, **kwargs: object) -> None:
    """Count a deleted comment out."""
    forget(key_of_comment(instance.pk))
    if instance.state == State.PUBLISHED:
        instance.state = State.REMOVED
        count(instance, State.PUBLISHED, State.REMOVED, is_told=False)


def on_flag(sender: Any, instance: CommentFlag, signal: Any, raw: bool = False, **kwargs: object) -> None:
    """Count a like or dislike that a member gave through django-comments-xtd, or took back."""
    if raw or instance.flag not in VALUES or getattr(instance, "smo_is_ours", False):
        return
    entry = Entry.objects.filter(pk=instance.comment_id).first()
    if entry is None:
        return
    voter, value = member_mark(instance.user_id), VALUES[instance.flag]
    if signal is post_save:
        cast(entry, voter, value)
    elif Vote.objects.filter(entry=entry, voter=voter, value=value).exists():  # else he has said otherwise since
        cast(entry, voter, 0)


def _take_in(comment: XtdComment) -> None:
    discussion = discussion_of(Key(comment.content_type_id, comment.object_pk))
    if discussion.pk is None or Entry.objects.filter(pk=comment.pk).exists():
        return  # a new discussion has taken it in already
    parent = Entry.objects.filter(pk=comment.parent_id, discussion=discussion).first()
    entry = entry_for(comment, discussion, tree.path_under(parent.path if parent else "", comment.pk), {})
    entry.save(force_insert=True)
    count(entry, None, State(entry.state))


def _follow_flags(entry: Entry, comment: XtdComment) -> None:
    flags = {"is_public": comment.is_public, "is_removed": comment.is_removed}
    if State(entry.state).flags != flags:
        move(entry, state_of_flags(**flags), verb="elsewhere")


def _follow_text(entry: Entry, comment: XtdComment) -> None:
    html = to_html(tidy(comment.comment))
    if not entry.mentions and html != entry.html:
        Entry.objects.filter(pk=entry.pk).update(html=html)
        touch(entry.discussion_id)


# It would publish what is held under a comment whenever that is saved, and count wrong.
pre_save.disconnect(publish_or_unpublish_on_pre_save, sender="django_comments_xtd.XtdComment")
post_save.connect(on_save, sender=XtdComment, dispatch_uid="smo_kit.comments.save")
post_delete.connect(on_delete, sender=Entry, dispatch_uid="smo_kit.comments.delete")
for _signal in (post_save, post_delete):
    _signal.connect(on_flag, sender=CommentFlag, dispatch_uid=f"smo_kit.comments.flag.{id(_signal)}")
