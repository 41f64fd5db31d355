"""What readers do. Each is taken back at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from benchmarks.large.target import Target, taken_back
from demo_site.articles.filling.locks import NAME
from demo_site.articles.models import Article
from smo_kit.comments.drafts import Draft
from smo_kit.comments.models import Discussion, Entry
from smo_kit.comments.moderation import decide
from smo_kit.comments.services import post
from smo_kit.comments.votes import vote
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import key_of
from smo_kit.core.visitors import Visitor
from smo_kit.engagement.models import Count
from smo_kit.engagement.upsert import add
from smo_kit.lock.models import Lock
from smo_kit.lock.opening import begin
from smo_kit.lock.terms import terms_with
from smo_kit.notify.models import Subscriber
from smo_kit.notify.services import follow
from smo_kit.ratings.services import rate
from smo_kit.share.links import mint

TEXT: Final = "The second part made the difference: thank you for what you have written here about pictures."
WHY: Final = {"act: mark as spam": "where it was the last of its page, all others of the page are looked through"}
"""What of these may grow."""


def acts() -> Iterator[Target]:
    """Yield what a reader does on the page where most is done, and a moderator to its last comment."""
    busy = Discussion.objects.order_by("-count")[:1].get()
    article = Article.objects.get(pk=int(busy.object_pk))
    comment = Entry.objects.published().filter(discussion=busy).order_by("-pk").values_list("pk", flat=True)[0]
    lock = Lock.objects.filter(name=NAME).order_by("pk")[:1].get()
    subscriber = Subscriber.objects.order_by("-pk")[:1].get()
    key, visitor = key_of(article), Visitor("f" * 32)
    view = (site_id(), key.content_type_id, key.object_pk, "viewed", "", "", timezone.now().date())
    draft = Draft(text=TEXT, name="Ann", email="ann@example.org", language="en", visitor=visitor)
    done: dict[str, Callable[[], object]] = {
        "act: rate": partial(rate, key, "4", visitor, kind="stars"),
        "act: comment": partial(post, key, draft),
        "act: like a comment": lambda: vote(Entry.objects.get(pk=comment), 1, visitor),
        "act: mark as spam": lambda: decide(Entry.objects.get(pk=comment), "spam"),
        "act: follow": partial(follow, subscriber, busy),
        "act: count a view": partial(add, Count, Count.identity, "n", {view: 1}, using=DEFAULT_DB_ALIAS),
        "act: make a personal link": partial(mint, visitor, key, "telegram"),
        "act: set out to open a lock": partial(begin, visitor, terms_with(lock, {}), "share"),
    }
    for name, act in done.items():
        yield Target(name, partial(taken_back, act), why=WHY.get(name, ""))
