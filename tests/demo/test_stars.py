"""The magazine's first stars."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from demo_site.articles.stars import seed_ratings
from smo_kit.ratings.models import Rating
from smo_kit.ratings.services import summary_of

pytestmark = pytest.mark.django_db


def test_stars_are_given_once_and_always_the_same(make_article):
    articles = [make_article(key, "en") for key in ("one", "two", "three")]
    given = seed_ratings()
    assert given == Rating.objects.count() == sum(summary_of(one).count for one in articles)
    first = [summary_of(one).figures() for one in articles]
    assert seed_ratings() == 0

    Rating.objects.all().delete()
    type(summary_of(articles[0]))._default_manager.all().delete()
    assert seed_ratings() == given
    assert [summary_of(one).figures() for one in articles] == first


@pytest.mark.usefixtures("pages")
def test_stars_stand_under_an_article_and_in_lists(client, make_article):
    make_article("one", "en")
    seed_ratings()
    article = BeautifulSoup(client.get("/en/articles/one-en/").content, "html.parser")
    mean = article.select_one(".smo-rate output").text.split(" ")[0]
    assert article.find("script", type="application/ld+json").string.count("aggregateRating") == 1
    listed = BeautifulSoup(client.get("/en/articles/").content, "html.parser").select_one(".byline").text
    assert f"★ {mean}" in listed
