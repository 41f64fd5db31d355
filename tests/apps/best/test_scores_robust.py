"""One person's clicking lifts no page: through the endpoint that pages report to."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from smo_kit.best.scores.renewing import renew_scores
from smo_kit.core.subjects import Key
from smo_kit.engagement.services import buffer, total
from smo_kit.networks.registry import networks_that_can
from tests.apps.best.scored import card, done, scores

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def committed(monkeypatch):
    monkeypatch.setattr(transaction, "on_commit", lambda callback, **kwargs: callback())
    yield
    buffer.renew()


@pytest.fixture
def many(settings):
    """Let one address report as often as it likes, as if it took the whole day for it."""
    conf = {"ENGAGEMENT": {"buffer_seconds": 0, "address_limit": 100_000, "repeat_seconds": 0}}
    settings.SMO_KIT = settings.SMO_KIT | conf


@pytest.fixture
def tell():
    client = Client(headers={"User-Agent": BROWSER, "Sec-Fetch-Site": "same-origin"})

    def tell(row, by, **fields):
        subject = Key(row.content_type_id, row.object_pk)
        answer = client.post(reverse("smo_engagement:seen"), {"o": subject.sign(), **fields}, REMOTE_ADDR=by)
        assert answer.status_code == 204

    return tell


@pytest.fixture
def read_by_five(tell):
    page = card("read by five", age=20)
    for number in range(5):
        tell(page, f"8.8.4.{number}")
    return page


@pytest.mark.parametrize("age", [20, 0], ids=["old", "new"])
def test_a_thousand_clicks_of_one_address_lift_no_page_above_what_five_read(many, tell, read_by_five, age):
    clicked = card("clicked by one", age=age)
    networks = [one.id for one in networks_that_can("share")]
    for turn in range(500):
        tell(clicked, "9.9.9.9")
        tell(clicked, "9.9.9.9", k="shared", n=networks[turn % len(networks)])
    done(clicked, ("read", "seconds"), 600 * 48)
    done(clicked, ("clicked", "related"), 1000)
    renew_scores()
    for period in ("week", "month", "year", "ever"):
        assert list(scores(period)) == ["read by five", "clicked by one"]
    assert total(Key(clicked.content_type_id, clicked.object_pk)) == 500


def test_a_reader_counts_once_a_day_and_again_the_next(many, tell, monkeypatch):
    page = card("a")
    subject = Key(page.content_type_id, page.object_pk)
    for _ in range(3):
        tell(page, "8.8.8.8")
    assert total(subject, facet="reader") == 1
    tomorrow = timezone.now() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    tell(page, "8.8.8.8")
    assert total(subject, facet="reader") == 2


def test_a_household_with_many_addresses_is_one_reader(many, tell):
    page = card("a")
    for number in range(9):
        tell(page, f"2001:4860::{number}")
    assert total(Key(page.content_type_id, page.object_pk), facet="reader") == 1


def test_readers_whose_address_is_not_known_lift_nothing(tell, read_by_five):
    page = card("by nobody")
    for _ in range(20):
        tell(page, "")
    renew_scores()
    assert list(scores()) == ["read by five"]


def test_a_cache_that_forgets_counts_no_more_than_looks(tell):
    page = card("a")
    tell(page, "8.8.8.8")
    cache.clear()
    tell(page, "8.8.8.8")
    subject = Key(page.content_type_id, page.object_pk)
    assert total(subject, facet="reader") == total(subject) == 2
