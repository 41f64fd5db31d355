"""Measure a discussion on the database of ``DATABASE_URL`` and print the figures as JSON."""

from __future__ import annotations

import json
import os
import sys
import time
import uuid
from collections.abc import Callable
from statistics import median
from typing import Any, Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.site.talk_settings")

COMMENTS: Final = 1000
PEOPLE: Final = 100
LIKES: Final = 3
THREAD: Final = 4
MANY: Final = 100_000
ROUNDS: Final = 15
STOCK_ROUNDS: Final = 3
POSTS: Final = 25
STOCK: Final = "{% load comments_xtd %}{% render_xtdcomment_tree for article %}"
OURS: Final = "{% load smo %}{% smo_comments article %}"


def main() -> None:
    """Write the rows, measure the peer and us in turns."""
    django.setup()
    from django.core.cache import cache
    from django.core.management import call_command
    from django.db import connection, transaction

    from benchmarks.site.pages import articles
    from smo_kit.comments.discussions import discussion_of

    call_command("migrate", run_syncdb=True, verbosity=0)
    small, large = articles(2)
    people = _people()
    with transaction.atomic():
        _write(small, people, COMMENTS, of_thread=THREAD)
    _like(people)
    before = time.perf_counter()
    discussion_of(small)
    figures: dict[str, Any] = {"taken in": time.perf_counter() - before}
    stock, ours = _page(STOCK, small), _page(OURS, small)
    figures["stock"] = _milliseconds(stock, STOCK_ROUNDS)
    figures["cold"] = _milliseconds(ours, ROUNDS, before=cache.clear)
    figures["warm"] = _milliseconds(ours, ROUNDS)
    figures["stock queries"], figures["warm queries"] = _queries(stock), _queries(ours)
    cache.clear()
    figures["cold queries"] = _queries(ours)
    figures["post, short thread"] = _posting(small, people[0])
    with transaction.atomic():
        _write(large, people, MANY, of_thread=MANY)
    discussion_of(large)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum does within a minute
    figures["long thread"] = _milliseconds(_page(OURS, large), ROUNDS, before=cache.clear)
    deep = _page(OURS, large, f"?comments-after={_middle(large)}")
    figures["long thread, middle"] = _milliseconds(deep, ROUNDS, before=cache.clear)
    figures["post, long thread"] = _posting(large, people[0])
    json.dump(figures, sys.stdout)


def _people() -> list[Any]:
    from django.contrib.auth.models import User

    return User.objects.bulk_create(
        [User(username=f"reader{n}", first_name=f"Reader {n}", email=f"reader{n}@bench.example") for n in range(PEOPLE)]
    )


def _write(article: Any, people: list[Any], number: int, *, of_thread: int) -> None:
    """Write comments as a stock site has them: threads of so many, each reply under the first one of its thread."""
    from django.contrib.contenttypes.models import ContentType
    from django.utils import timezone
    from django_comments.models import Comment

    from smo_kit.comments.storage import add_many, add_missing, put

    kind, now = ContentType.objects.get_for_model(article), timezone.now()
    comments = [
        Comment(
            content_type=kind,
            object_pk=str(article.pk),
            site_id=1,
            user=people[n % PEOPLE],
            user_name=people[n % PEOPLE].first_name,
            comment=f"Comment number {n} says something of the article, in two sentences. This is the second one.",
            submit_date=now,
        )
        for n in range(number)
    ]
    for start in range(0, number, 5000):
        add_many(comments[start : start + 5000])
    first = {n: comments[n - n % of_thread].pk for n in range(number)}
    add_missing({comments[n].pk: first[n] for n in range(number)})
    places = []
    for n in range(number):
        place = n % of_thread
        below = min(of_thread, number) - 1 if not place else 0
        places.append((first[n], first[n], min(place, 1), place + 1, below, comments[n].pk))
    put(places)


def _like(people: list[Any]) -> None:
    from django.utils import timezone
    from django_comments.models import Comment, CommentFlag
    from django_comments_xtd.models import LIKEDIT_FLAG

    now = timezone.now()
    CommentFlag.objects.bulk_create(
        [
            CommentFlag(comment_id=pk, user=people[(pk + n) % PEOPLE], flag=LIKEDIT_FLAG, flag_date=now)
            for pk in Comment.objects.values_list("pk", flat=True)
            for n in range(LIKES)
        ]
    )


def _page(source: str, article: Any, query: str = "") -> Callable[[], str]:
    from django.contrib.auth.models import AnonymousUser
    from django.template import engines
    from django.test import RequestFactory

    template = engines["django"].from_string(source)
    request = RequestFactory().get(article.get_absolute_url() + query, headers={"Host": "bench.example"})
    request.user = AnonymousUser()
    context = {"article": article, "user": request.user, "perms": {}}
    return lambda: template.render(context, request)


def _middle(article: Any) -> int:
    from django_comments.models import Comment

    return Comment.objects.filter(object_pk=str(article.pk)).order_by("pk").values_list("pk", flat=True)[MANY // 2]


def _milliseconds(work: Callable[[], Any], rounds: int, *, before: Callable[[], None] = lambda: None) -> float:
    work()
    times = []
    for _ in range(rounds):
        before()
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return median(times)


def _queries(work: Callable[[], Any]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def _posting(article: Any, user: Any) -> float:
    from smo_kit.comments.drafts import Draft
    from smo_kit.comments.models import Entry
    from smo_kit.comments.services import post

    root = Entry.objects.filter(discussion__object_pk=str(article.pk), parent=None).order_by("pk")[0]

    def write() -> None:
        post(article, Draft(text=f"A reply of its own: {uuid.uuid4().hex}", user=user, reply_to=root.pk))

    return _milliseconds(write, POSTS)


if __name__ == "__main__":
    main()
