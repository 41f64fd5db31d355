"""``demo_fill``: a site of any size, as right as one that has grown by itself."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import Sum

from demo_site.articles.filling.comments import fill_comments
from demo_site.articles.filling.engagement import fill_engagement
from demo_site.articles.filling.pages import fill_pages
from demo_site.articles.filling.subscribers import fill_subscribers
from demo_site.articles.models import Article, Author, Translation
from smo_kit.comments.models import Discussion, Entry
from smo_kit.comments.repairing import repair
from smo_kit.core.models import CardRow
from smo_kit.engagement.models import Count
from smo_kit.notify.models import Subscriber

pytestmark = pytest.mark.django_db


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
