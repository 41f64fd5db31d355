"""What readers did before the demo was there; the blocks of the magazine's own pages."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.db.models import F, Sum
from django.utils import timezone

from demo_site.articles.models import Article
from demo_site.articles.offers import WEEKS, seed_offers
from demo_site.articles.pictures import srcset_of
from demo_site.articles.readers import DAYS, seed_readers
from smo_kit.best.kinds import READ, SECONDS
from smo_kit.best.models import Neighbour, Offer, Score, Text
from smo_kit.core.models import CardRow
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import key_of
from smo_kit.engagement.kinds import READER
from smo_kit.engagement.models import Count


@pytest.fixture
def articles(make_article) -> list[Article]:
    return [make_article(f"one-{number}", "en", "ru") for number in range(5)]


def of(article: Article) -> list[tuple[object, ...]]:
    """Return all counts of an article."""
    rows = Count.objects.filter(**key_of(article).fields)
    return sorted(rows.values_list("day", "kind", "network", "facet", "n"))


class TestReaders:
    def test_have_read_each_article(self, articles):
        assert seed_readers() == 5
        assert {READ.id} == set(Count.objects.filter(facet=SECONDS).values_list("kind", flat=True))
        assert Count.objects.filter(facet=READER).exists()
        assert len(set(map(len, map(of, articles)))) > 1

    def test_are_counted_once(self, articles):
        seed_readers()
        before = Count.objects.count()
        assert (seed_readers(), Count.objects.count()) == (0, before)

    def test_are_the_same_in_every_demo(self, articles):
        seed_readers()
        before = [of(one) for one in articles]
        Count.objects.all().delete()
        seed_readers()
        assert [of(one) for one in articles] == before

    def test_came_lately(self, articles):
        seed_readers()
        days = set(Count.objects.values_list("day", flat=True))
        today = timezone.now().astimezone(dt.UTC).date()
        assert today - dt.timedelta(days=DAYS) < min(days) <= max(days) <= today


class TestCopies:
    def test_of_a_cover_are_those_that_are_smaller(self):
        said = "/media/covers/tree-400.webp 400w, /media/covers/tree-800.webp 800w"
        assert srcset_of("/media/covers/tree.jpg", 1000) == said

    def test_of_another_picture_there_are_none(self):
        assert srcset_of("/smo/cards/1.jpg", 1200) == ""


def test_what_is_alike_stands_below_an_article(client, articles):
    first, second, third = articles[:3]
    rows = [CardRow.objects.create(**columns(one)) for one in (first, second, third)]
    for row in rows:
        Text.objects.create(card=row, language="en")
        Score.objects.create(site_id=site_id(), card=row, period="month", score=1)
    Neighbour.objects.create(card=rows[0], other=rows[1], place=0)
    soup = BeautifulSoup(client.get("/en/articles/one-0-en/").content, "html.parser")
    assert [one["href"] for one in soup.select(".smo-best-next a")] == ["/en/articles/one-1-en/"]
    assert soup.select(".smo-best-compact a")


class TestOffers:
    @pytest.fixture
    def beside(self, articles) -> None:
        rows = [CardRow.objects.create(**columns(one)) for one in articles]
        for row in rows:
            Text.objects.create(card=row, language="en")
            Score.objects.create(site_id=site_id(), card=row, period="month", score=1)
        for place, other in enumerate(rows[1:]):
            Neighbour.objects.create(card=rows[0], other=other, place=place)

    def test_were_seen_and_followed_in_each_block(self, beside):
        assert seed_offers() == Offer.objects.count() > 0
        for block in ("related:next", "best:compact"):
            seen, followed = Offer.objects.filter(block=block).aggregate(s=Sum("shown"), c=Sum("clicked")).values()
            assert 0 < followed < seen
        assert Offer.objects.values("week").distinct().count() == WEEKS
        assert not Offer.objects.filter(page_pk=F("shown_pk")).exists()

    def test_are_counted_once(self, beside):
        seed_offers()
        assert seed_offers() == 0

    def test_are_the_same_in_every_demo(self, beside):
        columns = ("week", "block", "page_pk", "shown_pk", "position", "shown", "clicked")
        seed_offers()
        before = sorted(Offer.objects.values_list(*columns))
        Offer.objects.all().delete()
        seed_offers()
        assert sorted(Offer.objects.values_list(*columns)) == before

    def test_an_editor_sees_how_often_they_are_followed(self, beside, admin_client):
        seed_offers()
        answer = admin_client.get("/admin/smo_best/offer/")
        assert "Read next: strip" in answer.text
        assert "Best materials: titles alone" in answer.text


def columns(article: Article) -> dict[str, object]:
    """Return what a snapshot of an article's English text is made of."""
    key = key_of(article)
    source = {"source_type_id": key.content_type_id, "source_pk": key.object_pk}
    return {**key.fields, **source, "language": "en", "title": article.key, "url": f"/en/articles/{article.key}-en/"}
