"""Commenting on a page, for whoever opens something in return. Of guests the browser is known that wrote."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from smo_kit.comments.discussions import discussion_key
from smo_kit.comments.models import Entry
from smo_kit.comments.people import author_mark
from smo_kit.comments.rendering import form_address
from smo_kit.core.answers import language_of, reader_of
from smo_kit.core.deeds import Deed, register_deed
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key
from smo_kit.core.way_back import leading_back


def _is_done(request: HttpRequest, key: Key) -> bool:
    """Say whether a published comment is his, in whatever language of the page."""
    reader = reader_of(request)
    if reader is None:
        return False
    his = Q(author_mark=author_mark(reader)) if reader.key else Q(pk=None)
    if reader.user_id is not None:
        his |= Q(comment__user_id=reader.user_id)
    columns = {f"discussion__{name}": value for name, value in key.fields.items()}
    return Entry.objects.published().filter(his, discussion__site_id=site_id(), **columns).exists()


def _where(request: HttpRequest, key: Key, then: str) -> str:
    language = language_of(key.language)
    with override(language):
        return leading_back(form_address(discussion_key(key, language)), then)


register_deed(
    Deed(
        id="comment",
        label=_("Comment on this page"),
        is_done=_is_done,
        where=_where,
        waits=_("It opens as soon as your comment can be read here. It may be looked at first."),
        order=30,
    )
)
