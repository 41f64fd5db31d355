"""A comment's text is changed: what readers see is made anew, and the change written down."""

from __future__ import annotations

from typing import Any

from smo_kit.comments.markup import tidy, to_html
from smo_kit.comments.mentions import mentioned, participants, permalink
from smo_kit.comments.models import Action, Entry
from smo_kit.comments.moves import touch
from smo_kit.comments.states import EDITED
from smo_kit.comments.storage import XtdComment, key_of_comment
from smo_kit.spam.services import note as keep_print


def rewrite(entry: Entry, text: str, *, user: Any = None, before: str = "") -> None:
    """Write a comment's new text. ``user`` did it if it was not the author; ``before``: the old text, for the log.

    The caller holds the lock of the thread.
    """
    names = participants(entry.discussion, text)
    XtdComment.norel_objects.filter(pk=entry.pk).update(comment=text)
    entry.comment.comment = text
    entry.html, entry.mentions = to_html(tidy(text), mentioned(names)), names.in_text(text)
    entry.save(update_fields=["html", "mentions"])
    Action.objects.write(entry, EDITED, user=user, note=before)
    touch(entry.discussion_id)
    keep_print(text, key_of_comment(entry.pk))


def is_rendered(entry: Entry, text: str) -> bool:
    """Say whether what readers see was made of this text."""
    spoken_to = XtdComment.norel_objects.filter(pk__in=entry.mentions) if entry.mentions else ()
    return entry.html == to_html(tidy(text), {one.user_name: permalink(one.pk) for one in spoken_to})
