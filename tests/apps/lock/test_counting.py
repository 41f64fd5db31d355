"""How often locks are shown, tried and opened, in the database that the tests run with."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from smo_kit.lock import counting
from smo_kit.lock.counting import count, today
from smo_kit.lock.models import Count, Lock
from tests.apps.engagement.threads import side_by_side
from tests.apps.lock.desk_locks import lock_of, post


@pytest.fixture
def lock(db: None) -> Lock:
    return lock_of(post())


def rows() -> list[tuple[Any, ...]]:
    return sorted(Count.objects.values_list("what", "way", "network", "variant", "n"))


def test_what_happens_is_counted_for_the_day(lock: Lock, committed: None) -> None:
    count(lock.pk, "shown", variant="a")
    count(lock.pk, "tried", way="share", network="vk")
    count(lock.pk, "tried", way="share", network="vk")
    count(lock.pk, "opened", way="wait")

    assert rows() == [("opened", "wait", "", "", 1), ("shown", "", "", "a", 1), ("tried", "share", "vk", "", 2)]
    assert {one.day for one in Count.objects.all()} == {today()}


def test_one_statement_is_asked(lock: Lock, committed: None) -> None:
    with CaptureQueriesContext(connection) as asked:
        count(lock.pk, "opened", way="wait")

    assert len(asked) == 1


def test_showings_wait_for_others(lock: Lock, committed: None, settings: Any) -> None:
    settings.SMO_KIT = {**settings.SMO_KIT, "ENGAGEMENT": {"buffer_seconds": 60}}
    with CaptureQueriesContext(connection) as asked:
        count(lock.pk, "shown")
        count(lock.pk, "shown")
    assert [one for one in asked if "INSERT" in one["sql"]] == []

    counting.buffer.flush()
    assert rows() == [("shown", "", "", "", 2)]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_counted() -> None:
    lock = lock_of(post())
    with transaction.atomic():
        count(lock.pk, "opened", way="wait")
        transaction.set_rollback(True)

    assert rows() == []


@pytest.mark.django_db(transaction=True)
def test_a_lock_that_is_gone_troubles_nobody() -> None:
    there = lock_of(post())
    with transaction.atomic():
        count(there.pk + 1000, "opened", way="wait")
        count(there.pk, "opened", way="wait")

    assert rows() == [("opened", "wait", "", "", 1)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("failure", [OperationalError("away"), DatabaseError("no"), ValueError("odd")])
def test_a_database_that_fails_troubles_nobody(monkeypatch: pytest.MonkeyPatch, failure: Exception) -> None:
    lock = lock_of(post())

    def fail(*args: Any, **kwargs: Any) -> None:
        raise failure

    with monkeypatch.context() as patch:
        patch.setattr(counting, "add", fail)
        patch.setattr(counting.buffer, "_keep", lambda seconds: None)
        count(lock.pk, "opened", way="wait")
    counting.buffer.flush()

    assert len(rows()) == isinstance(failure, OperationalError)  # it is kept and tried again


@pytest.mark.django_db(transaction=True)
def test_many_at_once_lose_nothing() -> None:
    lock = lock_of(post())

    def work(which: int) -> None:
        for _ in range(10):
            count(lock.pk, "tried", way="share", network="vk" if which % 2 else "x")

    side_by_side(work, 4)
    counting.buffer.flush()

    assert rows() == [("tried", "share", "vk", "", 20), ("tried", "share", "x", "", 20)]
