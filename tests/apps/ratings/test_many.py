"""Many rate at once: PostgreSQL and MariaDB take them side by side, SQLite one after the other."""

from __future__ import annotations

from collections import Counter
from threading import Event

import pytest
from django.db import transaction

from smo_kit.core.signals import engaged
from smo_kit.core.visitors import Visitor
from smo_kit.ratings.models import Rating, Summary
from smo_kit.ratings.services import rate, summary_of, unrate
from tests.apps.engagement.threads import side_by_side
from tests.apps.ratings.conftest import guest
from tests.blog.models import Post

pytestmark = pytest.mark.django_db(transaction=True)

READERS = 20


@pytest.fixture
def told():
    told: list[str] = []

    def hear(sender, kind, facet, **kwargs):
        told.append(facet)

    engaged.connect(hear)
    yield told
    engaged.disconnect(hear)


@pytest.fixture
def page():
    return Post.objects.create(slug="bridges", title="Bridges of stone")


def test_twenty_times_the_same_reader_is_one_row(page, told):
    side_by_side(lambda n: rate(page, str(n % 5 + 1), guest(1)), READERS)

    row = Rating.objects.get()
    assert summary_of(page).figures() == (1, int(row.value), {row.value: 1})
    assert Summary.objects.count() == 1
    assert len(told) == 1


def test_twenty_readers_at_once_are_all_counted(page, told):
    side_by_side(lambda n: rate(page, str(n % 5 + 1), guest(n)), READERS)

    assert summary_of(page).figures() == (20, 60, dict.fromkeys("12345", 4))
    assert Rating.objects.count() == READERS
    assert Counter(told) == dict.fromkeys("12345", 4)


def test_giving_and_taking_back_side_by_side_leaves_right_sums(page):
    for n in range(4):
        rate(page, "5", guest(n))

    def act(n: int) -> None:
        rate(page, "1", guest(n % 4)) if n % 2 else unrate(page, guest(n % 4))

    side_by_side(act, READERS)

    left = Counter(Rating.objects.exclude(value="").values_list("value", flat=True))
    assert summary_of(page).figures() == (sum(left.values()), sum(int(v) * n for v, n in left.items()), dict(left))


def test_of_a_newcomer_who_clicks_twice_one_rating_is_counted(page):
    side_by_side(lambda n: rate(page, "4", Visitor(f"{n:032x}"), newcomer="a house and its browser"), 4)

    assert Rating.objects.count() == 1
    assert summary_of(page).figures() == (1, 4, {"4": 1})


def test_what_is_given_while_its_page_is_deleted_goes_with_it(page):
    rate(page, "4", guest(1))
    in_hand, held = Event(), Event()

    def give() -> None:
        with transaction.atomic():
            rate(page, "5", guest(2))
            in_hand.set()
            held.wait(0.3)

    def delete() -> None:
        in_hand.wait(5)
        Post.objects.get(pk=page.pk).delete()

    side_by_side(lambda n: (give, delete)[n](), 2)

    assert not Rating.objects.exists()
    assert not Summary.objects.exists()


def test_newcomers_of_two_houses_are_two(page):
    for number in range(2):
        rate(page, "4", guest(number), newcomer=f"house {number}")
    assert summary_of(page).count == 2
