"""The discussion of a subject: its row, its settings, whether it takes comments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from http import HTTPStatus
from typing import Any, Final

from django.db import DatabaseError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from smo_kit.comments.adopting import adopt
from smo_kit.comments.conf import CommentsConf, comments_settings
from smo_kit.comments.models import Discussion
from smo_kit.core.access import register_exception, who_may, why_not
from smo_kit.core.access_conf import Who, access_settings
from smo_kit.core.events import event, event_logger
from smo_kit.core.querysets import about
from smo_kit.core.refusals import Refused
from smo_kit.core.settings import AppSettings, site_id
from smo_kit.core.subjects import Key, key_of

logger = event_logger(__name__)

OF_A_PAGE: Final = ("hold", "view", "sort", "close_after_days")
"""Settings that a single page may have otherwise than the site; and ``WHO``."""
WHO: Final = "who"
"""Who may write there, among the options of a page; of the site it is ``core.access_conf.AccessConf.comment``."""


def discussion_key(subject: Model | Key, language: str = "") -> Key:
    """Return what a discussion hangs on: the subject alone, or with a language if each has its own."""
    per_language = comments_settings().per_language
    return key_of(subject, (language or get_language() or "") if per_language else "")


def discussion_of(subject: Model | Key, language: str = "") -> Discussion:
    """Return the discussion of a subject. The first one who asks makes its row and takes in older comments.

    On a database that can only be read just now, it is an empty one that is not saved.
    """
    key = discussion_key(subject, language)
    found = _find(key)
    if found is not None:
        return found
    try:
        with transaction.atomic():
            discussion, is_new = Discussion.objects.get_or_create(**_columns(key))
            if is_new:
                adopt(discussion)
        return discussion
    except DatabaseError as error:
        logger.warning(
            "The discussion of %s can't have its row now: %s", key, error, extra=event("comments.discussion_not_kept")
        )
        return Discussion(**_columns(key))


def counts_for(subjects: Iterable[Model | Key], language: str = "") -> dict[Key, int]:
    """Return how many comments readers can see of each of many subjects, by their keys, in one query."""
    keys = [discussion_key(subject, language) for subject in subjects]
    if not keys:
        return {}
    rows = Discussion.objects.filter(about(keys), site_id=site_id(), language=keys[0].language).values_list(
        "content_type_id", "object_pk", "language", "count"
    )
    found = {Key(*row[:3]): row[3] for row in rows}
    return {key.speaking(""): found.get(key, 0) for key in keys}


def conf_of(discussion: Discussion) -> CommentsConf:
    """Return the settings of a discussion: those of the site, but for what its page has otherwise."""
    own = {name: _own(discussion, name, comments_settings, name) for name in OF_A_PAGE if name in discussion.options}
    return replace(comments_settings(), **{name: value for name, value in own.items() if value is not None})


def who_may_write(discussion: Discussion) -> Who:
    """Return who may write in a discussion: as its page has it, else the site."""
    return _own_who(discussion) or who_may("comment")


def _own_who(discussion: Discussion) -> Who | None:
    who: Who | None = _own(discussion, WHO, access_settings, "comment") if WHO in discussion.options else None
    return who


def _own(discussion: Discussion, option: str, app: AppSettings[Any], name: str) -> Any:
    """Return what a page has of its own; None if that can't be."""
    try:
        return app.accept(name, discussion.options[option])
    except ValueError as error:
        logger.warning(
            "The discussion %s: %s %s",
            discussion.pk,
            option,
            error,
            extra=event("comments.option_wrong", discussion=discussion.pk),
        )
        return None


def is_open(discussion: Discussion, published: dt.datetime | None) -> bool:
    """Say whether a discussion takes comments. ``published`` is when its page appeared, if that is known."""
    if discussion.is_open is not None:
        return discussion.is_open
    days = conf_of(discussion).close_after_days
    return not (days and published and published < timezone.now() - dt.timedelta(days=days))


def must_be_open(discussion: Discussion, published: dt.datetime | None) -> None:
    """Raise Refused when the discussion takes no comments."""
    if not is_open(discussion, published):
        raise Refused(_("This discussion is closed."), status=HTTPStatus.FORBIDDEN)


def must_be_allowed(discussion: Discussion, user: Any) -> None:
    """Raise Refused when somebody (None: a guest) may not write in a discussion."""
    if sentence := why_not(user, "comment", who_may_write(discussion)):
        raise Refused(sentence, status=HTTPStatus.FORBIDDEN)


def _exception(subject: Key) -> Who | None:
    discussion = _find(discussion_key(subject))
    return _own_who(discussion) if discussion else None


def _find(key: Key) -> Discussion | None:
    return Discussion.objects.filter(**_columns(key)).first()


def _columns(key: Key) -> dict[str, Any]:
    return {"site_id": site_id(), "language": key.language, **key.fields}


register_exception("comment", _exception)
