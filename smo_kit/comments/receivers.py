"""What others do to comments: a stock admin, a script, django-comments-xtd's own views."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django_comments.models import CommentFlag
from django_comments_xtd.models import publish_or_unpublish_on_pre_save

from smo_kit.comments import tree_paths
from smo_kit.comments.adopting import VALUES, entry_for
from smo_kit.comments.discussions import discussion_of
from smo_kit.comments.models import Entry
from smo_kit.comments.moderation import decide
from smo_kit.comments.moves import close_gap, count, lock_thread, move
from smo_kit.comments.states import State, state_of_flags
from smo_kit.comments.storage import XtdComment, key_of_comment, set_below
from smo_kit.comments.texts import is_rendered, rewrite
from smo_kit.comments.votes import cast, take_back, take_report
from smo_kit.core.identities import of_member
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key
from smo_kit.spam.repeats import forget

SAID_BY_FLAGS: Final = {CommentFlag.MODERATOR_APPROVAL: "publish", CommentFlag.MODERATOR_DELETION: "remove"}


def on_save(sender: Any, instance: XtdComment, created: bool, raw: bool = False, **kwargs: object) -> None:
    """Give a comment that others wrote its Entry; follow what they did to its flags and its text."""
    if raw or getattr(instance, "smo_is_ours", False) or instance.site_id != site_id():
        return
    with transaction.atomic():
        entry = Entry.objects.select_related("discussion").filter(pk=instance.pk).first()
        if entry is None:
            _take_in(instance)
            return
        if not created:
            set_below(tree_paths.ancestors_of(entry.path))  # its save() has counted by itself, and what is held too
        _follow_flags(entry, instance)
        _follow_text(entry, instance)


def on_delete(sender: Any, instance: Entry, **kwargs: object) -> None:
    """Count a deleted comment out."""
    forget(key_of_comment(instance.pk))
    if instance.state == State.PUBLISHED:
        instance.state = State.REMOVED
        count(instance, State.PUBLISHED, State.REMOVED, is_told=False)
    close_gap(instance)


def on_flag(sender: Any, instance: CommentFlag, raw: bool = False, **kwargs: object) -> None:
    """Follow what a member said of a comment through the other packages: a like, a dislike (or that it is taken back),
    a report, a moderator's word.
    """
    if raw or getattr(instance, "smo_is_ours", False):
        return
    entry = Entry.objects.select_related("comment", "discussion").filter(pk=instance.comment_id).first()
    if entry is None:
        return
    who, value, is_given = of_member(instance.user_id), VALUES.get(instance.flag, 0), "created" in kwargs
    if value:
        (cast if is_given else take_back)(entry, who, value)
    elif instance.flag == CommentFlag.SUGGEST_REMOVAL and is_given and entry.is_published:
        take_report(entry, who)
    elif is_given and (verdict := SAID_BY_FLAGS.get(instance.flag)):
        decide(entry, verdict, user=instance.user)


def _take_in(comment: XtdComment) -> None:
    discussion = discussion_of(Key(comment.content_type_id, comment.object_pk))
    if discussion.pk is None or Entry.objects.filter(pk=comment.pk).exists():
        return  # a new discussion has taken it in already
    parent = Entry.objects.filter(pk=comment.parent_id, discussion=discussion).first()
    entry = entry_for(comment, discussion, tree_paths.path_under(parent.path if parent else "", comment.pk), {})
    entry.save(force_insert=True)
    count(entry, None, State(entry.state))


def _follow_flags(entry: Entry, comment: XtdComment) -> None:
    flags = {"is_public": comment.is_public, "is_removed": comment.is_removed}
    if State(entry.state).flags != flags:
        move(entry, state_of_flags(**flags), verb="elsewhere")


def _follow_text(entry: Entry, comment: XtdComment) -> None:
    if not is_rendered(entry, comment.comment):
        lock_thread(entry.root_id)
        rewrite(entry, comment.comment)


# It would publish what is held under a comment whenever that is saved, and count wrong.
pre_save.disconnect(publish_or_unpublish_on_pre_save, sender="django_comments_xtd.XtdComment")
post_save.connect(on_save, sender=XtdComment, dispatch_uid="smo_kit.comments.save")
post_delete.connect(on_delete, sender=Entry, dispatch_uid="smo_kit.comments.delete")
for _signal in (post_save, post_delete):
    _signal.connect(on_flag, sender=CommentFlag, dispatch_uid=f"smo_kit.comments.flag.{id(_signal)}")
