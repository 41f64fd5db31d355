"""What people think of pages now has its part in what is best."""

from __future__ import annotations

import pytest

from smo_kit.best.scores.renewing import renew_scores
from smo_kit.core.opinions import opinions_of
from smo_kit.core.subjects import Key
from smo_kit.ratings.models import Rating, Summary
from smo_kit.ratings.services import recount
from tests.apps.best.scored import VIEWS, card, done, scores

pytestmark = pytest.mark.django_db


def opinion(row):
    key = Key(row.content_type_id, row.object_pk)
    return opinions_of([key]).get(key)


@pytest.fixture
def page():
    """Return a page that some have read."""
    row = card("page")
    done(row, VIEWS, 20)
    return row


def score():
    renew_scores()
    return scores()["page"]


def summary(row, kind, values, total=0):
    subject = {"content_type": row.content_type, "object_pk": row.object_pk}
    Summary.objects.create(**subject, kind=kind, values=values, count=sum(values.values()), total=total)


@pytest.mark.parametrize(
    ("kind", "values", "total", "expected"),
    [
        ("stars", {"5": 2}, 10, (2, 1.0)),
        ("stars", {"1": 3}, 3, (3, -1.0)),
        ("stars", {"2": 1, "4": 1}, 6, (2, 0.0)),
        ("like", {"like": 4}, 0, (4, 1.0)),
        ("reactions", {"1": 2, "2": 1}, 0, (3, 1.0)),
    ],
    ids=["fives", "ones", "mixed", "likes", "reactions named as stars"],
)
def test_ratings_say_what_is_thought(page, kind, values, total, expected):
    summary(page, kind, values, total)
    assert opinion(page) == expected


def test_kinds_of_one_page_are_taken_together(page):
    summary(page, "stars", {"1": 1}, 1)
    summary(page, "like", {"like": 3})
    assert opinion(page) == (4, 0.5)


def test_who_is_not_rated_is_thought_nothing_of(page):
    summary(page, "stars", {})
    assert opinion(page) is None


def test_another_site_thinks_for_itself(page, settings):
    summary(page, "like", {"like": 3})
    settings.SITE_ID = 2
    assert opinion(page) is None


def test_high_ratings_lift_a_page_that_is_read(page):
    plain = score()
    summary(page, "stars", {"5": 4}, 20)
    assert score() > plain


def test_ratings_that_were_deleted_lift_nothing(page):
    plain = score()
    page_key = Key(page.content_type_id, page.object_pk)
    for number in range(4):
        Rating.objects.create(**page_key.fields, kind="stars", voter=str(number), value="5")
    recount(page_key, "stars")
    assert score() > plain
    Rating.objects.all().delete()
    recount(page_key, "stars")
    assert score() == plain


def test_a_low_rating_that_was_made_a_high_one_is_one():
    row = card("page")
    done(row, VIEWS, 20)
    plain = score()
    summary(row, "stars", {"1": 1}, 1)
    assert score() < plain
    Summary.objects.update(values={"5": 1}, total=5)
    assert score() > plain


def test_ratings_without_readers_make_no_page_the_best(page):
    stuffed = card("stuffed")
    summary(stuffed, "stars", {"5": 120}, 600)
    done(stuffed, ("shared", "reader"), 1)
    renew_scores()
    assert list(scores()) == ["page", "stuffed"]
