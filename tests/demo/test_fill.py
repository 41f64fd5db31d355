"""``demo_fill``: a site of any size, as right as one that has grown by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, models
from django.db.models import Sum

from demo_site.articles.filling.comments import fill_comments
from demo_site.articles.filling.engagement import fill_engagement
from demo_site.articles.filling.links import fill_links, fill_visits
from demo_site.articles.filling.locks import fill_lock_counts, fill_locks, fill_openings
from demo_site.articles.filling.offers import fill_offers, fill_pairs
from demo_site.articles.filling.pages import fill_pages
from demo_site.articles.filling.ratings import fill_ratings
from demo_site.articles.filling.spam import fill_decisions, fill_prints, fill_reputations
from demo_site.articles.filling.subscribers import fill_subscribers, fill_suppressions
from demo_site.articles.management.commands.demo_fill import FILLS
from demo_site.articles.models import Article, Author, Translation
from demo_site.articles.readers import read_new_texts
from smo_kit.best.models import Offer, Pair
from smo_kit.comments.models import Discussion, Entry
from smo_kit.comments.repairing import repair
from smo_kit.core.models import CardRow
from smo_kit.core.subjects import Key
from smo_kit.core.sweeps import run_sweeps
from smo_kit.engagement.models import Count
from smo_kit.lock.models import Count as LockCount
from smo_kit.lock.models import Lock, Opening
from smo_kit.mail.models import Suppression
from smo_kit.notify.models import Subscriber
from smo_kit.ratings.models import Rating, Summary
from smo_kit.ratings.services import recount
from smo_kit.share.models import PersonalLink, Visit
from smo_kit.spam.models import Band, Decision, Print, Reputation

pytestmark = pytest.mark.django_db
by_database = pytest.mark.skipif(
    connection.vendor not in {"sqlite", "postgresql"}, reason="these tables are filled on SQLite and PostgreSQL alone"
)
TABLES = [
    (fill_ratings, Rating, 200),
    (fill_links, PersonalLink, 100),
    (fill_offers, Offer, 200),
    (fill_pairs, Pair, 100),
]


@pytest.fixture
def pages() -> None:
    Author.objects.create(slug="ada", name_en="Ada", name_ru="Ада")
    list(fill_pages(20))


def test_pages_have_snapshots(pages: None) -> None:
    assert Article.objects.count() == 20
    assert (
        CardRow.objects.filter(source_pk__in=map(str, Translation.objects.values_list("pk", flat=True))).count() == 25
    )
    assert all(one.excerpt for one in Translation.objects.all())


def test_it_goes_on_where_it_was(pages: None) -> None:
    assert list(fill_pages(20)) == [20]
    assert list(fill_pages(23)) == [20, 23]
    assert Article.objects.count() == 23


def test_texts_are_compared_again_only_when_there_are_more(pages: None) -> None:
    assert read_new_texts()
    assert not read_new_texts()
    list(fill_pages(21))
    assert read_new_texts()


def test_comments_are_as_right_as_those_that_were_written_one_by_one(pages: None) -> None:
    done = list(fill_comments(300))[-1]

    assert done == Entry.objects.count() == 300
    assert not list(repair(is_dry=True))[-1].found
    assert Discussion.objects.aggregate(n=Sum("count"))["n"] == Entry.objects.published().count()
    assert {one.level for one in Entry.objects.all()} > {0, 1, 2}
    assert list(fill_comments(300)) == [300]


def test_subscribers_follow(pages: None) -> None:
    list(fill_comments(50))
    assert list(fill_subscribers(30))[-1] == 30
    assert Subscriber.objects.filter(user=None).count() == 27
    assert list(fill_subscribers(30)) == [30]


def test_counts_are_written_by_the_database(pages: None) -> None:
    if connection.vendor not in {"sqlite", "postgresql"}:
        with pytest.raises(NotImplementedError):
            list(fill_engagement(1000))
        return
    done = list(fill_engagement(1000))[-1]

    assert done == Count.objects.count() > 800
    assert len(set(Count.objects.values_list("day", flat=True))) > 50
    of_each = Count.objects.values_list("object_pk").annotate(n=Sum("n")).order_by("-n")
    assert of_each[0][1] > 5 * of_each[10][1], "few pages are read by most"


@by_database
@pytest.mark.parametrize(("fill", "model", "wanted"), TABLES, ids=lambda one: getattr(one, "__name__", str(one)))
def test_tables_are_filled_once(
    pages: None, fill: Callable[[int], Iterator[int]], model: type[models.Model], wanted: int
) -> None:
    done = list(fill(wanted))[-1]

    assert wanted / 2 <= done == model._default_manager.count()
    assert list(fill(done)) == [done], "there is enough"
    assert list(fill(2 * done))[-1] > done, "it goes on for more"


@by_database
def test_what_hangs_on_links_and_locks_is_filled_after_them(pages: None) -> None:
    list(fill_links(100))
    list(fill_locks(2))
    for fill, model, wanted in (
        (fill_visits, Visit, 100),
        (fill_openings, Opening, 100),
        (fill_lock_counts, LockCount, 100),
    ):
        assert list(fill(wanted))[-1] == model._default_manager.count() > wanted / 3
    assert Lock.objects.count() == 2
    assert Opening.objects.filter(opened=None).exists()


@by_database
def test_ratings_are_counted_as_if_they_had_been_given_one_by_one(pages: None) -> None:
    list(fill_ratings(200))
    few = Summary.objects.aggregate(given=Sum("count"))["given"]
    list(fill_ratings(400))
    counted = {one.object_pk: one.figures() for one in Summary.objects.all()}

    assert len(counted) == 20
    assert sum(count for count, *_ in counted.values()) == Rating.objects.count() > few
    for one in list(Summary.objects.all()):
        recount(Key(one.content_type_id, one.object_pk), one.kind)
    assert {one.object_pk: one.figures() for one in Summary.objects.all()} == counted


@by_database
def test_authors_are_known_once(pages: None) -> None:
    assert list(fill_reputations(20)) == [0, 20]
    assert list(fill_reputations(21))[-1] == Reputation.objects.count() == 20, "there is one of each page"


@by_database
def test_pairs_stand_once(pages: None) -> None:
    list(fill_pairs(100))
    assert all(one.first_pk < one.second_pk for one in Pair.objects.all())


def test_what_the_filter_keeps(pages: None) -> None:
    assert list(fill_prints(30)) == [0, 30]
    assert list(fill_decisions(30)) == [0, 30]
    assert Print.objects.count() == Decision.objects.count() == 30
    assert Band.objects.count() == 8 * 30
    assert list(fill_prints(30)) == list(fill_decisions(30)) == [30]


def test_some_subscribers_are_suppressed(pages: None) -> None:
    list(fill_subscribers(60))
    assert list(fill_suppressions(2)) == [0, 2]
    marks = Suppression.objects.values("mark")
    assert Subscriber.objects.filter(mark__in=marks).count() == 2


@by_database
def test_nothing_that_was_filled_in_is_old_at_once(pages: None) -> None:
    for name, (_, fill) in FILLS.items():
        list(fill({"pages": 20}.get(name, 60)))
    tables: list[Any] = [Rating, PersonalLink, Visit, Opening, LockCount, Offer, Pair, Print, Decision]
    before = [table.objects.count() for table in tables]

    run_sweeps()

    assert [table.objects.count() for table in tables] == before
