"""How pairs and offers come into the database, and what that has to do with the order of pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from smo_kit.best.models import Offer, Pair, Text
from smo_kit.best.told import tally
from smo_kit.best.told.offers import Offering
from smo_kit.core.models import CardRow
from smo_kit.core.subjects import Key, key_of
from smo_kit.engagement import buffer as buffers
from tests.apps.best.telling import BLOCK
from tests.blog.models import Post

LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hits wait until the test has them written."""
    monkeypatch.setattr(buffers.threading.Thread, "start", lambda thread: None)
    with override_settings(SMO_KIT={"ENGAGEMENT": {"buffer_seconds": 60}}):
        yield


def indexed(*posts: Post, unranked: dt.datetime | None = None) -> None:
    for post in posts:
        card = CardRow.objects.get(object_pk=str(post.pk))
        Text.objects.update_or_create(card=card, defaults={"language": "en", "unranked": unranked, "due": None})


def unranked() -> set[str]:
    return set(Text.objects.filter(unranked__isnull=False).values_list("card__object_pk", flat=True))


def offering(page: Post | None, *shown: Post) -> Offering:
    return Offering(BLOCK, key_of(page) if page else None, tuple(key_of(one) for one in shown))


def test_hits_wait_and_are_written_together(waiting: None, a: Post, b: Post, c: Post) -> None:
    for _ in range(3):
        tally.add_pair(key_of(b), key_of(a))
        tally.add_shown(offering(a, b, c))
    tally.add_clicked(offering(a, b, c), 1)
    assert not Pair.objects.exists()

    with CaptureQueriesContext(connection) as queries:
        tally.buffer.flush()

    assert Pair.objects.get().n == 3
    assert list(Offer.objects.order_by("position").values_list("shown", "clicked")) == [(3, 0), (3, 1)]
    sent = [query["sql"].split()[0] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert sent == ["SELECT", "INSERT", "INSERT", "UPDATE"]


def test_both_pages_of_a_pair_wait_to_be_put_in_order(a: Post, b: Post, c: Post) -> None:
    indexed(a, b, c)
    before = timezone.now()

    tally.add_pair(key_of(a), key_of(b))

    assert unranked() == {str(a.pk), str(b.pk)}
    assert Text.objects.filter(unranked__gte=before).count() == 2


def test_a_click_has_its_page_wait_and_a_showing_none(a: Post, b: Post) -> None:
    indexed(a, b)

    tally.add_shown(offering(a, b))
    assert unranked() == set()
    tally.add_clicked(offering(a, b), 0)
    assert unranked() == {str(a.pk)}


def test_a_click_on_a_page_without_a_subject_has_none_wait(a: Post, b: Post) -> None:
    indexed(a, b)

    tally.add_clicked(offering(None, b), 0)

    assert unranked() == set()
    assert Offer.objects.get().clicked == 1


def test_who_waits_already_keeps_his_place_in_the_queue(a: Post, b: Post) -> None:
    indexed(a, b, unranked=LONG_AGO)

    tally.add_pair(key_of(a), key_of(b))

    assert set(Text.objects.values_list("unranked", flat=True)) == {LONG_AGO}


def test_a_pair_of_which_one_is_gone_has_the_other_not_wait(a: Post) -> None:
    indexed(a)

    tally.add_pair(key_of(a), Key(key_of(a).content_type_id, "999999"))

    assert not Pair.objects.exists()
    assert unranked() == set()


def test_keys_are_ordered_by_type_and_then_as_texts() -> None:
    assert tally.pair_of(Key(10, "1"), Key(9, "2", "ru")) == ((9, "2"), (10, "1"))
    assert tally.pair_of(Key(9, "9"), Key(9, "10")) == ((9, "10"), (9, "9"))


def test_what_fails_in_the_middle_is_written_once_when_the_database_is_back(
    waiting: None, a: Post, b: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: Any) -> None:
        raise OperationalError("away")

    tally.add_pair(key_of(a), key_of(b))
    tally.add_shown(offering(a, b))
    with monkeypatch.context() as patch:
        patch.setattr(tally, "add_each", away)
        tally.buffer.flush()
    assert not Pair.objects.exists()

    tally.buffer.flush()
    tally.buffer.flush()

    assert (Pair.objects.get().n, Offer.objects.get().shown) == (1, 1)


def test_a_full_chunk_fits_into_one_statement(waiting: None, a: Post) -> None:
    many = tuple(Key(1, str(pk)) for pk in range(tally.CHUNK))
    tally.add_shown(Offering(BLOCK, key_of(a), many))

    with CaptureQueriesContext(connection) as queries:
        tally.buffer.flush()

    assert Offer.objects.count() == tally.CHUNK
    assert sum(query["sql"].startswith("INSERT") for query in queries) == 1
    assert tally.CHUNK * (len(Offer.identity) + 2) <= 999


def test_what_waits_is_written_when_the_process_ends(waiting: None, a: Post, b: Post) -> None:
    tally.add_pair(key_of(a), key_of(b))

    buffers.close_all()

    assert Pair.objects.get().n == 1


def test_the_child_of_a_fork_starts_empty(waiting: None, a: Post, b: Post) -> None:
    tally.add_pair(key_of(a), key_of(b))

    buffers.renew_all()
    buffers.close_all()

    assert not Pair.objects.exists()
