"""What search engines are told: of enough stars, and of nothing else."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.test import RequestFactory

from smo_kit.ratings.services import rate
from tests.apps.ratings.conftest import guest

pytestmark = pytest.mark.django_db


def article(page):
    template = Template("{% load smo %}{% smo_head page %}")
    html = template.render(Context({"page": page, "request": RequestFactory().get("/")}))
    nodes = json.loads(BeautifulSoup(html, "html.parser").find("script", type="application/ld+json").string)["@graph"]
    return nodes[0]


def give(page, *values, kind="stars"):
    for number, value in enumerate(values):
        rate(page, value, guest(number), kind=kind)


def test_enough_stars_are_told(page):
    give(page, "5", "4", "4")
    assert article(page)["aggregateRating"] == {
        "@type": "AggregateRating",
        "ratingValue": 4.33,
        "ratingCount": 3,
        "bestRating": 5,
        "worstRating": 1,
    }


def test_they_are_told_again_when_somebody_has_rated(page):
    give(page, "5", "4", "4")
    article(page)
    rate(page, "1", guest(9))
    assert article(page)["aggregateRating"]["ratingCount"] == 4


def test_too_few_are_not_told(page):
    give(page, "5", "4")
    assert "aggregateRating" not in article(page)


@pytest.mark.parametrize("conf", [{"kind": "like"}, {"kind": "reactions"}, {"search": False}], ids=str)
def test_what_readers_do_not_see_as_stars_is_not_told(page, settings, conf):
    give(page, "5", "4", "4")
    give(page, "like", "like", "like", kind="like")
    settings.SMO_KIT = {"RATINGS": conf}
    assert "aggregateRating" not in article(page)


def test_a_page_that_is_no_article_tells_nothing():
    html = Template("{% load smo %}{% smo_head %}").render(Context({"request": RequestFactory().get("/about/")}))
    assert "aggregateRating" not in html


def test_a_warm_head_asks_the_database_nothing(page, django_assert_num_queries):
    give(page, "5", "4", "4")
    article(page)
    with django_assert_num_queries(0):
        article(page)
