"""Lists of a whole site: the latest comments, and whose comments readers have liked most."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Max, Sum
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from smo_kit.comments.conf import ListsConf, comments_settings
from smo_kit.comments.mentions import permalink
from smo_kit.comments.models import Entry
from smo_kit.comments.people import shown_name
from smo_kit.comments.querysets import EntryQuerySet
from smo_kit.core.durations import MINUTE
from smo_kit.core.fragments import fragment
from smo_kit.core.models import CardRow
from smo_kit.core.querysets import about
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key
from smo_kit.core.text import cut, plain

EXCERPT: Final = 140
"""Letters of a comment that a list shows."""


@dataclass(frozen=True, slots=True)
class Latest:
    """A comment in a list."""

    name: str
    text: str
    at: dt.datetime
    address: str
    title: str
    """Of the page it stands on."""


@dataclass(frozen=True, slots=True)
class Commenter:
    """A person in a list."""

    name: str
    comments: int
    likes: int
    address: str
    """Of the last of his comments."""


def latest(limit: int) -> list[Latest]:
    """Return the last comments of pages that anybody may see: two queries."""
    entries = list(_rows().select_related("comment", "discussion").order_by("-published_at", "-pk")[: 3 * limit])
    titles = titles_of(entries)
    shown = [entry for entry in entries if subject_of(entry) in titles][:limit]
    return [
        Latest(
            entry.author_name,
            cut(plain(entry.html), EXCERPT),
            entry.comment.submit_date,
            permalink(entry.pk),
            titles[subject_of(entry)],
        )
        for entry in shown
    ]


def best_commenters(limit: int, days: int) -> list[Commenter]:
    """Return whose comments of so many days (0: of all time) have got most likes, by accounts and addresses."""
    rows = _rows().exclude(person="")
    if days:
        rows = rows.filter(published_at__gte=timezone.now() - dt.timedelta(days=days))
    liked = rows.filter(likes__gt=0).values_list("person").annotate(liked=Sum("likes"), n=Count("pk"), last=Max("pk"))
    likes = {person: sum_ for person, sum_, *_ in liked.order_by("-liked", "-n", "last")[:limit]}
    theirs = rows.filter(person__in=likes).values("person").annotate(n=Count("pk"), last=Max("pk")).order_by()
    found = [{**one, "liked": likes[one["person"]]} for one in theirs]
    found.sort(key=lambda one: (-one["liked"], -one["n"], one["last"]))
    names = dict(Entry.objects.filter(pk__in=[one["last"] for one in found]).values_list("pk", "comment__user_name"))
    return [Commenter(shown_name(names[one["last"]]), one["n"], one["liked"], permalink(one["last"])) for one in found]


def _rows() -> EntryQuerySet:
    rows = Entry.objects.published().filter(discussion__site_id=site_id())
    return rows.filter(discussion__language=get_language() or "") if comments_settings().per_language else rows


def latest_html(conf: ListsConf) -> SafeString:
    """Return the list of the latest comments, at most a minute old."""
    return fragment("latest", (conf, _minute()), lambda: _render("latest", conf, comments=latest(conf.limit)))


def commenters_html(conf: ListsConf) -> SafeString:
    """Return the list of the best commenters, at most a minute old."""

    def render() -> str:
        return _render("commenters", conf, people=best_commenters(conf.limit, conf.days))

    return fragment("commenters", (conf, _minute()), render)


def _minute() -> int:
    return int(timezone.now().timestamp()) // MINUTE


def subject_of(entry: Entry) -> tuple[int, str]:
    """Return what ``titles_of`` knows a comment's page by."""
    return entry.discussion.content_type_id, entry.discussion.object_pk


def titles_of(entries: Sequence[Entry]) -> dict[tuple[int, str], str]:
    """Return what the public ones of comments' pages are called, in the active language where they have it: in one
    query.
    """
    pages = about(Key(*subject_of(entry)) for entry in entries)
    rows = CardRow.objects.filter(pages).values_list("content_type_id", "object_pk", "language", "title")
    language = get_language() or ""
    ordered = sorted(rows, key=lambda row: row[2] == language)
    return {(content_type, pk): title for content_type, pk, _language, title in ordered}


def _render(name: str, conf: ListsConf, **context: Any) -> str:
    return render_to_string(f"smo_kit/comments/{name}.html", {"conf": conf, **context})
