"""Subscribing to a discussion, for whoever opens something in return.

A guest is known by the browser in which he has proved his address: by the link in his mail, opened there.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import TextField
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from smo_kit.comments.discussions import discussion_key
from smo_kit.comments.people import author_mark
from smo_kit.core.answers import language_of, reader_of
from smo_kit.core.deeds import Deed, register_deed
from smo_kit.core.own_urls import own_address
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key
from smo_kit.core.way_back import leading_back
from smo_kit.notify.models import Subscription


def _is_done(request: HttpRequest, key: Key) -> bool:
    """Say whether he hears of comments on this page, in whatever language of it."""
    reader = reader_of(request)
    if reader is None:
        return False
    columns = {f"discussion__{name}": value for name, value in key.fields.items()}
    rows = Subscription.objects.filter(is_muted=False, subscriber__site_id=site_id(), **columns)
    if reader.user_id is not None and rows.filter(subscriber__user=reader.user_id).exists():
        return True
    if not reader.key:
        return False
    proved = rows.filter(subscriber__confirmed_at__isnull=False)
    return (
        proved.alias(browsers=Cast("subscriber__browsers", TextField()))
        .filter(browsers__contains=author_mark(reader))
        .exists()
    )


def _where(request: HttpRequest, key: Key, then: str) -> str:
    language = language_of(key.language)
    about = urlencode({"o": discussion_key(key, language).sign(), "l": language})
    return leading_back(f"{own_address('smo_notify:follow')}?{about}", then)


register_deed(
    Deed(
        id="subscribe",
        label=_("Subscribe to the discussion"),
        is_done=_is_done,
        where=_where,
        waits=_("It opens as soon as you have opened the link in our mail, in this browser."),
        order=20,
    )
)
