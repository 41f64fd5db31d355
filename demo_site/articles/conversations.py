"""The first comments of the magazine, from ``demo_site/content/comments/``, so that readers don't enter empty rooms."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import override
from django_comments_xtd.models import XtdComment

from demo_site.articles.models import Article, Author
from smo_kit.comments.models import Discussion, Entry
from smo_kit.comments.votes import cast
from smo_kit.core.settings import site_id
from smo_kit.notify.kinds import Frequency
from smo_kit.notify.services import follow, set_frequency
from smo_kit.notify.subscribers import prove, subscriber_of

FLAGS = {"removed": (True, True), "held": (False, False), "spam": (False, True)}
"""``is_public`` and ``is_removed``: how django-comments says it."""
FOLLOWED = 3
"""Discussions that the demo's admin follows at first."""
LANGUAGE = "en"
"""In which he reads."""


@dataclass(frozen=True)
class Said:
    """One comment of the files, in the order in which it was written."""

    words: dict[str, Any]
    parent: Said | None


def seed_comments() -> int:
    """Write the first comments, as any other program would that knows only django-comments; return their number."""
    if Entry.objects.exists():
        return 0
    articles = {article.key: article for article in Article.objects.all()}
    n = 0
    for language, _name in settings.LANGUAGES:
        file = settings.CONTENT / "comments" / f"{language}.json"
        threads = json.loads(file.read_text(encoding="utf-8"))
        for key, said in threads.items():
            if key in articles:
                with override(language):
                    n += _discussion(articles[key], list(_in_order(said)))
    return n


def _in_order(replies: list[dict[str, Any]], parent: Said | None = None) -> Iterator[Said]:
    for words in replies:
        said = Said(words, parent)
        yield said
        yield from _in_order(words.get("replies", []), said)


def _discussion(article: Article, every: list[Said]) -> int:
    authors = {author.slug: author for author in Author.objects.select_related("user")}
    written: dict[int, XtdComment] = {}
    for said in sorted(every, key=lambda one: float(one.words["hours"])):
        parent = written[id(said.parent)] if said.parent else None
        written[id(said)] = _comment(article, said, parent, authors.get(said.words["by"]))
    for said in every:
        if "state" in said.words:
            comment = written[id(said)]
            comment.refresh_from_db()  # replies have been counted meanwhile
            comment.is_public, comment.is_removed = FLAGS[said.words["state"]]
            comment.save()
    return len(written)


def _comment(article: Article, said: Said, parent: XtdComment | None, author: Author | None) -> XtdComment:
    name = author.name if author else said.words["by"]
    user = author.user if author else None
    comment = XtdComment(
        content_type=ContentType.objects.get_for_model(Article),
        object_pk=str(article.pk),
        site_id=site_id(),
        user=user,
        user_name=name,
        user_email="" if user else f"reader-{crc32(name.encode())}@example.org",
        comment=said.words["text"],
        submit_date=min(article.published_at + dt.timedelta(hours=said.words["hours"]), timezone.now()),
        parent_id=parent.pk if parent else 0,
    )
    comment.save()
    entry = Entry.objects.get(pk=comment.pk)
    for number in range(int(said.words.get("likes", 0))):
        cast(entry, [f"reader {number}"], 1)
    if said.words.get("is_pinned"):
        Entry.objects.filter(pk=entry.pk).update(pinned_at=comment.submit_date)
    return comment


def follow_some(name: str) -> None:
    """Let somebody follow the liveliest discussions, by mail too, so that his list and the outbox are not empty."""
    subscriber = prove(subscriber_of(get_user_model()._default_manager.get(username=name), language=LANGUAGE))
    for discussion in Discussion.objects.filter(language=LANGUAGE).order_by("-count")[:FOLLOWED]:
        follow(subscriber, discussion)
    set_frequency(subscriber, Frequency.INSTANT)


def make_accounts() -> None:
    """Give each author of the magazine an account, which nobody can sign in to."""
    users = get_user_model()._default_manager
    for author in Author.objects.filter(user=None):
        first, _space, last = author.name_en.partition(" ")
        user = users.create_user(author.slug, f"{author.slug}@example.org", first_name=first, last_name=last)
        Author.objects.filter(pk=author.pk).update(user=user)
